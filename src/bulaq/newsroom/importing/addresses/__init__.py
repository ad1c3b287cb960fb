"""Old addresses, and links to what was imported."""
