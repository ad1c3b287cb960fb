"""The lines above the text."""
