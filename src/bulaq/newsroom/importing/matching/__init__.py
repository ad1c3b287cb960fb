"""Theirs and ours: people, agencies, topics and sections."""
