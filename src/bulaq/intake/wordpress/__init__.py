"""WordPress exports (WXR): posts and pages with all that belongs to them. `READER` is the entry point."""

from bulaq.intake.wordpress.reader import READER, WordPressReader

__all__ = ["READER", "WordPressReader"]
