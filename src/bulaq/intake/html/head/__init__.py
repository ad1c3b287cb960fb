"""What stands over an article: its headline, its day, the names of its site."""
