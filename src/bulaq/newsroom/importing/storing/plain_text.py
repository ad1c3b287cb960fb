"""Foreign text made fit for a column: no control characters, one space for white space, no longer than it may be."""

from __future__ import annotations

import re

from bulaq.arabic.truncation import cut
from bulaq.intake.plain_text import UNFIT, clean


def fitted(text: str | None, limit: int) -> str:
    """Clean, and cut at a word with «…» where it is longer than the column."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= limit else cut(cleaned, limit)


def address(value: str | None, limit: int = 2000) -> str:
    """An http(s) address fit to be stored and linked, or nothing: no other scheme ever reaches a reader."""
    cleaned = UNFIT.sub("", value or "").strip()
    if (
        not cleaned.lower().startswith(("http://", "https://"))
        or len(cleaned) > limit
        or re.search(r"\s", cleaned)
    ):
        return ""
    return cleaned
