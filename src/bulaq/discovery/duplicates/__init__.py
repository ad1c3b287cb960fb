"""Near-duplicates: which articles were published before, and what two versions of a text say differently."""

from bulaq.discovery.duplicates.differences import Passage, differences
from bulaq.discovery.duplicates.index import DuplicateIndex, OutdatedIndexError

__all__ = ["DuplicateIndex", "OutdatedIndexError", "Passage", "differences"]
