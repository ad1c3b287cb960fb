"""«بيروت، دمشق وعمّان»: a list of names as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable


def join(items: Iterable[str], language: str = "ar") -> str:
    """The items with «،» between them and «و» glued to the last one; in English "a, b and c".

    Empty items are left out.
    """
    named = [item for item in (item.strip() for item in items) if item]
    comma, last = (", ", " and ") if language.startswith("en") else ("، ", " و")
    if len(named) < 2:
        return "".join(named)
    return comma.join(named[:-1]) + last + named[-1]
