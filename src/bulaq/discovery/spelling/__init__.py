"""What was meant by a word that hardly anybody wrote, learned from the words that the archive holds."""
