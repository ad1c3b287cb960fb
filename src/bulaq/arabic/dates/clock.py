"""The time of the day as pages write it: «الساعة 10:30 ص بتوقيت غرينتش», "09:56:00 +0300", «10h30»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final, Literal

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.tokens import Token
from bulaq.arabic.dates.zones import BARE, UNIVERSAL, ZONES, Zone
from bulaq.arabic.normalise import matching_key


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day that was read; `end` is the index of the token after it."""

    end: int
    time: time
    precision: Literal["hour", "minute", "second"]
    zone: Zone | None


def clock_at(tokens: list[Token], index: int) -> Clock | None:
    """The time that begins with the token at `index`, its ص/م and its zone included."""
    token = tokens[index]
    said = meridiem = None
    before: Zone | None = None
    if token.kind == "w":
        if token.text in v.HOUR_WORDS:
            said = token
            index += 1
            while tokens[index].text in _AROUND:
                index += 1
        elif token.text in v.MERIDIEMS and tokens[index + 1].kind == "n":
            meridiem = v.MERIDIEMS[token.text]
            index += 1
        elif token.text in UNIVERSAL and tokens[index + 1].kind == "n" and tokens[index + 2].text == ":":
            before = "UTC"  # «GMT 10:30»
            index += 1
        else:
            return None
        token = tokens[index]
    read = _figures(tokens, index, bool(said), meridiem is not None)
    if read is None and said and token.text in v.HOURS:
        read = _spelled(tokens, index)
    if read is None:
        return None
    end, hour, minute, second = read
    if meridiem is None:
        end, meridiem = _meridiem(tokens, end)
    if meridiem and (hour := _on_24(hour, meridiem)) < 0:
        return None
    if hour > 23 or (minute or 0) > 59 or (second or 0) > 59:
        return None
    exact = second is not None or tokens[index - 1].text == "t"
    end, zone = _zone(tokens, end, exact)
    zone = before if zone is None else zone  # an offset of nothing is an offset
    precision: Literal["hour", "minute", "second"] = (
        "hour" if minute is None else "minute" if second is None else "second"
    )
    return Clock(end, time(hour, minute or 0, second or 0), precision, zone)


_AROUND: Final = frozenset(matching_key(word) for word in (":", "تمام", "حوالي", "نحو", "الآن", "في"))
_Read = tuple[int, int, int | None, int | None]


def _figures(tokens: list[Token], index: int, said: bool, marked: bool) -> _Read | None:
    """Index after the figures, hour, minute and second."""
    token = tokens[index]
    if token.kind != "n":
        return None
    if index and tokens[index - 1].text == "t" and len(token.text) in (4, 6):
        # The basic form of ISO 8601: 20200824T095600.
        text = token.text
        return index + 1, int(text[:2]), int(text[2:4]), int(text[4:]) if len(text) == 6 else None
    if len(token.text) > 2:
        return None
    hour = int(token.text)
    sign, minutes = tokens[index + 1], tokens[index + 2]
    if sign.text == ":" and minutes.kind == "n" and len(minutes.text) == 2:
        end = index + 3
        if tokens[end].text == ":" and tokens[end + 1].kind == "n" and len(tokens[end + 1].text) == 2:
            second = int(tokens[end + 1].text)
            end += 2
            if (
                tokens[end].text in (".", ",")
                and tokens[end].glued
                and tokens[end + 1].kind == "n"
                and tokens[end + 1].glued
            ):
                end += 2  # a fraction of a second: read over
            return end, hour, int(minutes.text), second
        return end, hour, int(minutes.text), None
    if sign.text in _HOUR_MARKS:
        if minutes.kind == "n" and len(minutes.text) == 2 and minutes.glued:
            return index + 3, hour, int(minutes.text), None
        if sign.glued:
            return index + 2, hour, None, None
    if sign.text in (".", "٫") and minutes.kind == "n" and len(minutes.text) == 2 and minutes.glued:
        if said or marked or tokens[index + 3].text in v.MERIDIEMS or tokens[index + 3].text in BARE:
            return index + 3, hour, int(minutes.text), None
        return None
    if said and sign.text == "و" and _is_minutes(tokens, index + 2):
        return index + 4, hour, int(minutes.text[:3]), None  # «الساعة 10 و30 دقيقة»
    if said or _meridiem(tokens, index + 1)[1]:
        return index + 1, hour, None, None
    return None


def _is_minutes(tokens: list[Token], index: int) -> bool:
    return tokens[index].kind == "n" and v.UNITS.get(tokens[index + 1].text, ("",))[0] == "minute"


_HOUR_MARKS: Final = frozenset(("h", "سا"))


def _spelled(tokens: list[Token], index: int) -> _Read:
    """«العاشرة والنصف», «الثالثة إلا ربعا», «الخامسة و20 دقيقة»."""
    hour = v.HOURS[tokens[index].text]
    index += 1
    word = tokens[index].text
    if word in v.MINUTES:
        return index + 1, hour, v.MINUTES[word], None
    if word == "الا" and tokens[index + 1].text in v.MINUTES_LESS:
        return index + 2, (hour - 2) % 12 + 1, 60 - v.MINUTES_LESS[tokens[index + 1].text], None
    if word == "و" and _is_minutes(tokens, index + 1):
        return index + 3, hour, int(tokens[index + 1].text[:3]), None
    if (
        word[:1] == "و"
        and word[1:] in v.NUMBERS
        and v.UNITS.get(tokens[index + 1].text, ("",))[0] == "minute"
    ):
        return index + 2, hour, v.NUMBERS[word[1:]], None
    return index, hour, 0, None


def _meridiem(tokens: list[Token], index: int) -> tuple[int, v.Meridiem | None]:
    opened = tokens[index].text == "("
    found = v.MERIDIEMS.get(tokens[index + opened].text)
    if found is None or (opened and tokens[index + 2].text != ")"):
        if not opened and tokens[index].text in _HOUR_UNITS and tokens[index].kind == "w":
            return index + 1, v.MERIDIEMS.get(tokens[index + 1].text)
        return index, None
    end = index + 1 + 2 * opened
    if tokens[end].text == "." and tokens[end].glued and tokens[index].text in ("a m", "p m"):
        end += 1
    return end, found


_HOUR_UNITS: Final = frozenset(("سا", "h", "hrs"))


def _on_24(hour: int, meridiem: v.Meridiem) -> int:
    """The hour on the clock of 24; -1 when there is none («25 م»)."""
    if not 0 <= hour <= 12:
        return hour if hour < 24 else -1  # «15:30 م»: already on the clock of 24
    if meridiem == "am":
        return hour % 12
    if meridiem == "pm":
        return hour % 12 + 12
    if meridiem == "noon":  # ظهرا: from eleven to three
        return hour + 12 if hour < 10 else hour
    return hour % 12 + 12 if 6 <= hour < 12 else hour % 12  # ليلا: evening before midnight, night after


def _zone(tokens: list[Token], index: int, exact: bool) -> tuple[int, Zone | None]:
    """Index after the zone and the zone; the index unchanged and None where none is named."""
    start = index
    if tokens[index].text in _BEFORE_ZONE and tokens[index + 1].text in _ZONE_WORDS | BARE:
        index += 1
    opened = tokens[index].text in ("(", "[")
    index += opened
    zone: Zone | None = None
    word = tokens[index].text
    if word in _ZONE_WORDS:
        index += 1
        while tokens[index].text in _ZONE_FILLERS:
            index += 1
        name = tokens[index].text
        if name not in ZONES and name[:1] == "ل":
            name = name[1:]
        if name in ZONES:
            index += 1
            zone = ZONES[name]
        elif tokens[index - 1].text not in _ZONE_FILLERS:
            return start, None
    elif word in BARE and tokens[index].kind == "w":
        index += 1
        zone = ZONES[word]
    elif word in _SIGNS:
        after, offset = _offset(tokens, index, named=tokens[index + 2].text in UNIVERSAL, exact=exact)
        if offset is None:
            return start, None
        zone = offset
        index = after + (tokens[after].text in UNIVERSAL)
    else:
        return start, None
    if zone == "UTC" and tokens[index].text in _SIGNS:
        after, offset = _offset(tokens, index, named=True, exact=exact)
        if offset is not None:
            index, zone = after, offset
    if opened and tokens[index].text in (")", "]"):
        index += 1
    return index, zone


def _offset(tokens: list[Token], index: int, *, named: bool, exact: bool) -> tuple[int, timedelta | None]:
    """An offset that begins with its sign. `named`: GMT stands beside it, so that a bare «+3» counts."""
    sign, figures = tokens[index], tokens[index + 1]
    nothing = (index, None)
    if figures.kind != "n" or not (figures.glued or named) or len(figures.text) > 4:
        return nothing
    end = index + 2
    if len(figures.text) > 2:
        hours, minutes = divmod(int(figures.text), 100)
        if len(figures.text) == 3 and not named:
            return nothing
    else:
        hours, minutes = int(figures.text), 0
        colon = tokens[end].text == ":" and tokens[end + 1].kind == "n" and len(tokens[end + 1].text) == 2
        if colon:
            minutes = int(tokens[end + 1].text)
            end += 2
        # «10:30-11:30» is a span of time, "10:30:00-11:30" an offset.
        if not named and not exact and (sign.text != "+" or not colon):
            return nothing
    if hours > 14 or minutes > 59:
        return nothing
    offset = timedelta(hours=hours, minutes=minutes)
    return end, offset if sign.text == "+" else -offset


_SIGNS: Final = frozenset("+-−–")
_BEFORE_ZONE: Final = frozenset("،,-–|")
_ZONE_WORDS: Final = frozenset(
    matching_key(word) for word in ("بتوقيت", "توقيت", "بالتوقيت", "التوقيت", "بحسب", "حسب", "وفق", "وقت")
)
_ZONE_FILLERS: Final = frozenset(
    matching_key(word)
    for word in ("توقيت", "مدينة", "لمدينة", "دولة", "لدولة", "المحلي", "المحلى", "العاصمة", "محليا")
)
