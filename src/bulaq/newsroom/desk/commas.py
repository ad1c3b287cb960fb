"""What stands in a row in one line, with the commas of the language that the desk is read in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language


def comma() -> str:
    """«،» in Arabic, "," in any other language."""
    return "،" if (get_language() or "ar").startswith("ar") else ","


def commas(items: Iterable[object]) -> str:
    """«بيروت، القاهرة» or "Beirut, Cairo"."""
    return f"{comma()} ".join(map(str, items))
