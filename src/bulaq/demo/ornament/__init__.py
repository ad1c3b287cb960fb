"""The pictures of the demo newsroom: ornament drawn from geometry, one picture of its own for each seed."""

from bulaq.demo.ornament.picture import PATTERNS, draw

__all__ = ["PATTERNS", "draw"]
