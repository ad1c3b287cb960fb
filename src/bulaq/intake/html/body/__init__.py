"""The article's text: where it stands, which of the lines there it is, and its typed blocks."""
