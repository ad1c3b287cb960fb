"""RSS, Atom and JSON Feed."""

from bulaq.intake.feeds.reader import READER

__all__ = ["READER"]
