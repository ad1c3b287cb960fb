"""Web archives: WARC, and ARC of the years before it."""

from bulaq.intake.web_archives.warc import READER

__all__ = ["READER"]
