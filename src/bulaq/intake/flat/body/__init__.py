"""The text of a flattened page."""
