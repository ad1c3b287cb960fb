"""What repeats across the documents of one archive is frame, not content; no label and no template is needed.

A caller that has several flattened pages of one site counts them first and hands the count to the reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bulaq.intake.box_headings import fold_heading

MIN_DOCUMENTS = 3
"""Fewer pages than this cannot tell a frame from two articles that quote each other."""

FRAME_SHARE = 0.3
"""A line on this share of the pages is frame: navigation, labels, legal lines, boxes that stand everywhere."""


class Repeats:
    """Counts in how many documents of a batch each line stands."""

    def __init__(self) -> None:
        self._documents = 0
        self._counts: Counter[str] = Counter()

    def add(self, lines: Iterable[str]) -> None:
        """Count one document's lines, each once."""
        self._documents += 1
        self._counts.update({fold_heading(line)[:120] for line in lines if line.strip()})

    def is_frame(self, line: str) -> bool:
        """Whether `line` repeats across the batch so often that it belongs to the pages' frame."""
        if self._documents < MIN_DOCUMENTS:
            return False
        return self._counts[fold_heading(line)[:120]] >= max(MIN_DOCUMENTS, FRAME_SHARE * self._documents)
