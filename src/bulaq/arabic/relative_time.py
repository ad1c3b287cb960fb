"""How long ago, or how soon: «قبل دقيقتين», «قبل 3 دقائق», «أمس», «بعد ساعتين», "3 minutes ago"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from bulaq.arabic.digits import DigitSystem
from bulaq.arabic.plurals import Plural, count

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Case = Literal["genitive", "nominative"]
"""The case of the dual: «دقيقتين» after «قبل» and «بعد», «دقيقتان» as a subject («مضت دقيقتان»)."""


def relative(
    then: datetime, now: datetime, language: str = "ar", digits: DigitSystem = "latn", *, words: bool = True
) -> str:
    """The distance from `now` to `then`, past or future, in one unit, rounded down.

    Under a minute it is «الآن»; to 24 hours minutes and hours; then the days of the calendar in the zone of `now`
    («أمس», «غدا», unless `words` is false), weeks from the seventh day, months from the thirtieth, years. Both
    times are aware, or both are naive: otherwise ValueError. `language` is "ar" or "en".
    """
    if (then.tzinfo is None) != (now.tzinfo is None):
        raise ValueError("one of the two times has a zone and the other has none")
    wording = _wording(language)
    if now.tzinfo is not None:
        then = then.astimezone(now.tzinfo)
    # Of naive and of aware times alike: aware ones of one zone would be subtracted on the wall clock.
    seconds = (now - then).total_seconds() if now.tzinfo is None else now.timestamp() - then.timestamp()
    past = seconds >= 0
    seconds = abs(seconds)
    if seconds < 60:
        return wording["now"]
    if seconds < 86400:
        unit: Unit = "minute" if seconds < 3600 else "hour"
        number = int(seconds // (60 if unit == "minute" else 3600))
    else:
        days = max(1, abs((now.date() - then.date()).days))
        if days == 1 and words:
            return wording["yesterday" if past else "tomorrow"]
        unit, number = _calendar_unit(days)
    return wording["ago" if past else "in"].format(_units(language, "genitive", unit, number, digits))


def _calendar_unit(days: int) -> tuple[Unit, int]:
    if days < 7:
        return "day", days
    if days < 30:
        return "week", days // 7
    if days < 365:
        return "month", min(11, days * 12 // 365 or 1)
    return "year", days * 100 // 36525 or 1


def duration(
    length: timedelta, language: str = "ar", digits: DigitSystem = "latn", *, case: Case = "genitive"
) -> str:
    """A length of time in its largest whole unit, up to days: «دقيقتين», «3 ساعات», "11 minutes"."""
    seconds = int(abs(length).total_seconds())
    for unit, size in _SIZES:
        if seconds >= size:
            return _units(language, case, unit, seconds // size, digits)
    return _units(language, case, "second", seconds, digits)


_SIZES: Final[tuple[tuple[Unit, int], ...]] = (("day", 86400), ("hour", 3600), ("minute", 60))


def _units(language: str, case: Case, unit: Unit, number: int, digits: DigitSystem) -> str:
    if language.startswith("en"):
        return count(number, Plural(one=f"{{n}} {unit}", other=f"{{n}} {unit}s"), digits, language="en")
    return count(number, _ARABIC[case][unit], digits)


def _forms(one: str, two: str, few: str, many: str, other: str) -> Plural:
    return Plural(
        zero=f"{{n}} {other}",
        one=one,
        two=two,
        few=f"{{n}} {few}",
        many=f"{{n}} {many}",
        other=f"{{n}} {other}",
    )


_NOUNS: Final[dict[Unit, tuple[str, str, str, str]]] = {
    # The noun, its dual without ending, its plural, its accusative (after 11 to 99).
    "second": ("ثانية", "ثانيت", "ثوان", "ثانية"),
    "minute": ("دقيقة", "دقيقت", "دقائق", "دقيقة"),
    "hour": ("ساعة", "ساعت", "ساعات", "ساعة"),
    "day": ("يوم", "يوم", "أيام", "يوما"),
    "week": ("أسبوع", "أسبوع", "أسابيع", "أسبوعا"),
    "month": ("شهر", "شهر", "أشهر", "شهرا"),
    "year": ("سنة", "سنت", "سنوات", "سنة"),
}


def _declined(ending: str) -> dict[Unit, Plural]:
    return {
        unit: _forms(one, dual + ending, few, many, one) for unit, (one, dual, few, many) in _NOUNS.items()
    }


_ARABIC: Final[dict[Case, dict[Unit, Plural]]] = {"genitive": _declined("ين"), "nominative": _declined("ان")}

_WORDINGS: Final[dict[str, dict[str, str]]] = {
    "ar": {"now": "الآن", "yesterday": "أمس", "tomorrow": "غدا", "ago": "قبل {}", "in": "بعد {}"},
    "en": {
        "now": "just now",
        "yesterday": "yesterday",
        "tomorrow": "tomorrow",
        "ago": "{} ago",
        "in": "in {}",
    },
}


def _wording(language: str) -> dict[str, str]:
    try:
        return _WORDINGS[language[:2]]
    except KeyError:
        raise ValueError(f"no relative times in {language!r}: {', '.join(_WORDINGS)}") from None
