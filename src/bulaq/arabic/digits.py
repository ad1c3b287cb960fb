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


def localise_numbers(text: str, system: DigitSystem) -> str:
    """The numbers of running text in `system`, with its separators and percent sign: «1,500» and «3.5%» become «١٬٥٠٠»
    and «٣٫٥٪».

    Figures that belong to something written in Latin letters stay as they are: names («F1», «COVID-19»), addresses,
    handles; so do telephone numbers with their «+» (a plus before fewer than seven digits is a sign: «+12 درجة»), and a whole number after a Latin word, which is part of the name
    («iPhone 17 Pro», «Windows 11») unless it counts what follows.

    >>> localise_numbers("بلغت 1,500 نسخة بزيادة 3.5% عن عام 2019", "arab")
    'بلغت ١٬٥٠٠ نسخة بزيادة ٣٫٥٪ عن عام ٢٠١٩'
    >>> localise_numbers("طراز F1 عام ١٩٥٠", "latn")
    'طراز F1 عام 1950'
    >>> localise_numbers("هاتف iPhone 17 Pro ونظام Windows 11 الجديد، وباعت Apple 300 ألف جهاز", "arab")
    'هاتف iPhone 17 Pro ونظام Windows 11 الجديد، وباعت Apple ٣٠٠ ألف جهاز'
    >>> localise_numbers("هاتف +20 2 123 4567 حتى الساعة 5", "arab")
    'هاتف +20 2 123 4567 حتى الساعة ٥'
    """
    return _RUN.sub(lambda match: _localised(match.group(), system), text)


SCALES: Final = r"(?:ألف|آلاف|مليون|ملايين|مليار|تريليون|(?:في ال|بال)ما?ئ)"
"""How words begin that a number before them counts by: «300 ألف», «5 في المئة»."""

TELEPHONE: Final = r"(?<![0-9٠-٩۰-۹])\+(?=(?:[ ()\-]{0,2}[0-9]){7})[0-9][0-9 ()\-]*[0-9]"
"""A telephone number with its plus and the spaces between its groups: seven digits at least. Behind a number a plus adds: «90+5»."""

_LATIN: Final = r"A-Za-z\u00c0-\u024f"
_RUN: Final = re.compile(
    # a telephone number, or a country's code that is told as one
    rf"{TELEPHONE}|(?:رقم|رمز|مفتاح|هاتف|كود)(?: [ء-ي]+)? \+[0-9]{{1,6}}(?![0-9.,%]|[ \-][0-9])"
    # a name that ends in a number, or goes on after it
    rf"|[{_LATIN}]+ [0-9]{{1,4}}(?![0-9{_LATIN}%٪]|[.,:/\-٫٬][0-9]| {SCALES})"
    rf"|[0-9٠-٩۰-۹@#_/\\.,:%&+=~?\-\u2010\u2011٫٬٪{_LATIN}]+"
)
_DIGITS: Final = re.compile("[0-9٠-٩۰-۹]")
_NOT_A_NUMBER: Final = re.compile(rf"[A-Za-z@#_\\&=~\u00c0-\u024f]|://|^{TELEPHONE}|^[ء-ي]")
_GROUP: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_POINT: Final = re.compile(r"(?<![0-9.][.])(?<=[0-9])\.(?=[0-9]+(?![0-9]*\.[0-9]))")


def _localised(run: str, system: DigitSystem) -> str:
    if not _DIGITS.search(run) or _NOT_A_NUMBER.search(run):
        return run
    plain = to_latin(run).replace("٬", ",").replace("٫", ".").replace("٪", "%")
    if system == "latn":
        return plain
    if plain.count(".") == 1 or "," in plain:
        plain = _POINT.sub("٫", _GROUP.sub("٬", plain))
    return to_digits(plain.replace("%", "٪"), system)


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
