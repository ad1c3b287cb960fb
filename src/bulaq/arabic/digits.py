"""Figures in the digits of an edition: 0–9, ٠–٩ or ۰–۹ (the CLDR systems latn, arab and arabext)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final, Literal

DigitSystem = Literal["latn", "arab", "arabext"]

_ZERO: Final[dict[str, int]] = {"latn": 0x30, "arab": 0x660, "arabext": 0x6F0}
_TABLES: Final = {
    system: {start + value: chr(zero + value) for start in _ZERO.values() for value in range(10)}
    for system, zero in _ZERO.items()
}


def to_digits(text_or_number: str | int, system: DigitSystem) -> str:
    """The text with every digit (of the three systems) in `system`; all other characters stay as they are."""
    try:
        table = _TABLES[system]
    except KeyError:
        raise ValueError(f"no digits {system!r}: {', '.join(_ZERO)}") from None
    return str(text_or_number).translate(table)


def to_latin(text: str) -> str:
    """The text with the decimal digits of every script as 0–9."""
    if text.isascii():
        return text
    return _DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), text)


_DIGIT: Final = re.compile(r"(?![0-9])\d")


def format_number(
    number: int | float | Decimal,
    system: DigitSystem = "latn",
    *,
    decimals: int | None = None,
    grouping: bool = True,
) -> str:
    """«١٬٢٣٤٫٥» or "1,234.5".

    `decimals` fixes the places after the separator; without it a number shows those it has. A minus in arab and
    arabext digits carries the mark (U+061C) that keeps it before the number in a right-to-left line, as in CLDR.
    """
    value = Decimal(str(number))
    if not value.is_finite():
        raise ValueError(f"{number} is no number to show")
    spec = ("," if grouping else "") + (f".{decimals}f" if decimals is not None else "f")
    text = to_digits(format(value, spec), system)
    if system == "latn":
        return text
    return text.translate(_SEPARATORS)


_SEPARATORS: Final = str.maketrans({",": "٬", ".": "٫", "-": "\u061c-"})
