"""Bulaq: an Arabic-first newsroom platform.

Eight rooms, each of which may import only from those below it: `project` (settings, servers, commands), `demo` (the invented
newsroom), `reader` (the public site), `newsroom` (models, acts, queries, the desk), then `delivery` (the edge), `discovery`
(search, related, topics) and `intake` (foreign material), which know nothing of Django or of each other, and `arabic` (the
language). docs/architecture.md shows three ways through them.
"""

__version__ = "0.1.0"
