"""Foreign text made fit for a column: no control characters, one space for white space, no longer than it may be."""

from __future__ import annotations

import re

from bulaq.arabic.normalise import fold_white_space
from bulaq.arabic.truncation import cut

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufffe\uffff]")


def clean(text: str | None) -> str:
    """Every character of the source is kept but those that no document may hold (and no database takes)."""
    if not text:
        return ""
    return fold_white_space(_UNFIT.sub("", text))


def fitted(text: str | None, limit: int) -> str:
    """Clean, and cut at a word with «…» where it is longer than the column."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= limit else cut(cleaned, limit)


def address(value: str | None, limit: int = 2000) -> str:
    """An http(s) address fit to be stored and linked, or nothing: no other scheme ever reaches a reader."""
    cleaned = _UNFIT.sub("", value or "").strip()
    if (
        not cleaned.lower().startswith(("http://", "https://"))
        or len(cleaned) > limit
        or re.search(r"\s", cleaned)
    ):
        return ""
    return cleaned
