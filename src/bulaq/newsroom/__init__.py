"""The newsroom: models, actions (every write), queries (every read), permissions and the desk."""
