"""Tables of articles: CSV, TSV, JSON and JSON Lines."""

from bulaq.intake.tabular.reader import READER

__all__ = ["READER"]
