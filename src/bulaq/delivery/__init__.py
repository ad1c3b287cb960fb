"""The edge: it stores pages, composes them from their boxes, and serves them, whatever becomes of the application.

Pure Python WSGI; knows nothing of Django. `edge.Edge` wraps any WSGI application that sends the headers of docs/edge.md;
`listener` serves it without a WSGI server. `policies` holds every cache time with its reason, `keys` every surrogate key,
`purge_log` what was forgotten. `readings` counts readers without knowing them.
"""
