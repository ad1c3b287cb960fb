"""Titled lists of other articles, which are links and never text."""
