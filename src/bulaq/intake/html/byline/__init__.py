"""Who wrote an article, from where, and which agencies sent it."""
