"""Texts as terms in numbers: what every index keeps of them, found many at once."""
