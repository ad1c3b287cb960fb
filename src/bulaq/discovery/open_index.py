"""Which search index is used, by its address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.index import SearchIndex


def open_index(address: str, analyser: Analyser | None = None) -> SearchIndex:
    """The index at a `postgresql://` address, or the embedded one in a folder (a path, or `file://` and one);
    raises ValueError for any other scheme."""
    parts = urlsplit(address)
    if parts.scheme in ("postgresql", "postgres"):
        from bulaq.discovery.postgres.index import PostgresIndex

        return PostgresIndex(address, analyser)
    if parts.scheme not in ("", "file"):
        raise ValueError(f"{parts.scheme}: no search index of this kind; use a folder or postgresql://")
    from bulaq.discovery.embedded.engine import EmbeddedIndex

    return EmbeddedIndex(Path(unquote(parts.path) if parts.scheme else address), analyser)
