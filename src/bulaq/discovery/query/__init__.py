"""What a reader typed, understood: words, phrases, exclusions, and what the words are called elsewhere."""
