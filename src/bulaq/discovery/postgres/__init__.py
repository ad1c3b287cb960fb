"""The search index in PostgreSQL, for a network that has a server and wants no second kind of storage."""
