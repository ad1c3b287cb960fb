"""IPTC ninjs, versions 1.x to 3.x, and the JSON in which Superdesk keeps its items."""

from bulaq.intake.ninjs.reader import READER

__all__ = ["READER"]
