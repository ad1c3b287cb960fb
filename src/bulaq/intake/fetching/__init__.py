"""Fetching from the web, politely and safely."""
