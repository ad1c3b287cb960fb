"""Numbers of rows as forms and addresses send them: anything may stand there."""

from __future__ import annotations

MOST_DIGITS = 18
"""Any number of so many digits fits the 64-bit keys of both databases."""


def row_number(text: str | None) -> int:
    """The number written as `text`; 0, which no row has, for what is none."""
    # Not `isdigit`: «²» is a digit to Python, and no number.
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0
