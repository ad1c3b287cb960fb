"""Ghost's export."""

from bulaq.intake.ghost.reader import READER

__all__ = ["READER"]
