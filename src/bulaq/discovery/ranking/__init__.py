"""The order of what was found: where the words of a query stand in each candidate, and how near they are in meaning."""
