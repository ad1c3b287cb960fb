"""What a reader sees of an answer: headline and snippet with what matched, and ways to go on typing."""
