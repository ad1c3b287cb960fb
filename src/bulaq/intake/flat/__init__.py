"""Flattened text: a page saved as lines, without markup, read back into its fields."""

from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.reader import FlatReader, read_text

READER = FlatReader()

__all__ = ["READER", "FlatReader", "Repeats", "read_text"]
