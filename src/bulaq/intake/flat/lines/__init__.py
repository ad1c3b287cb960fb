"""The lines of a flattened page, and what can be seen on each."""
