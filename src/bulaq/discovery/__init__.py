"""Search, related, duplicates, topics. Pure Python; knows nothing of Django."""
