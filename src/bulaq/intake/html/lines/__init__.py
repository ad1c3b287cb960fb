"""Lines of a page that are none of the article's text, told by what they say and where they stand."""
