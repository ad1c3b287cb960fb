"""Which search index is used, by its address.

An engine of one's own is installed as an entry point in the group `bulaq.search_engines`, named after the scheme of its
addresses: a callable that takes the address and gives a `SearchIndex`.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from bulaq.discovery.index import SearchIndex

ENGINES: Final = "bulaq.search_engines"
"""The group of entry points."""
_POSTGRESQL: Final = ("postgresql", "postgres")


def schemes() -> tuple[str, ...]:
    """The schemes of addresses of engines that are installed."""
    return (*_POSTGRESQL, *sorted(point.name for point in entry_points(group=ENGINES)))


def open_index(address: str) -> SearchIndex:
    """The index at a `postgresql://` address or another engine's, or the embedded one in a folder (a path, or `file://`
    and one); raises ValueError for a scheme of which no engine is installed, and for an engine that cannot be used."""
    parts = urlsplit(address)
    if parts.scheme in ("", "file"):
        from bulaq.discovery.embedded.engine import EmbeddedIndex

        return EmbeddedIndex(Path(unquote(parts.path) if parts.scheme else address))
    if parts.scheme in _POSTGRESQL:
        from bulaq.discovery.postgres.index import PostgresIndex

        return PostgresIndex(address)
    for point in entry_points(group=ENGINES, name=parts.scheme):
        named = f"{ENGINES}: {point.name} ({point.value})"
        try:
            engine = point.load()
        except (
            Exception,
            SystemExit,
        ) as error:  # whatever somebody else's package raises when it is imported
            raise ValueError(f"{named} cannot be used: {type(error).__name__}: {error}") from error
        if not callable(engine):
            raise ValueError(f"{named} cannot be called with an address")
        index: SearchIndex = engine(address)
        return index
    raise ValueError(
        f"{parts.scheme}: no search index of this kind; use a folder or {'://, '.join(schemes())}://"
    )
