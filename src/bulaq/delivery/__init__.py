"""The edge: page store, composition, HTTP caching, purge, readings. Pure Python WSGI; knows nothing of Django."""
