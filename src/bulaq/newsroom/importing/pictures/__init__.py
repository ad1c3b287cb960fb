"""The pictures of an import."""
