"""Reads dates as Arabic pages print them; never invents one.

All of these are one grammar: Mashriqi, Levantine, Maghrebi, Moroccan and double month names, figures of every
script, Hijri alone or beside the Gregorian day, the Solar Hijri calendar of Persian pages, ص/م, zones, times told
from now, ISO 8601, RFC 822 (also with Arabic names), English and French. What is read keeps the page's own
offset and is never converted; a page that gives no time has none here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, Literal

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.clock import Clock, clock_at
from bulaq.arabic.dates.day import Day, Settings
from bulaq.arabic.dates.days import day_at
from bulaq.arabic.dates.month_at import month_at
from bulaq.arabic.dates.months import MEANINGS, Calendar
from bulaq.arabic.dates.relative import distance_at
from bulaq.arabic.dates.tokens import AHEAD, Token, tokenise
from bulaq.arabic.dates.zones import UNIVERSAL, Zone, offset_of
from bulaq.arabic.normalise import matching_key, with_offsets

Precision = Literal["month", "day", "hour", "minute", "second"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that stands in a text, as a Gregorian day.

    `span` is where it stands, in characters of the text. `calendar` is the one that it was written in. With
    precision "month" the day is the first and says nothing. `relative`: told from now («منذ ساعتين»).
    """

    date: date
    time: time | None
    offset: timedelta | None
    precision: Precision
    span: tuple[int, int]
    calendar: Calendar
    relative: bool = False

    def isoformat(self) -> str:
        """ISO 8601: month, or day, or day and time, with the offset that the page gave, if it gave one."""
        if self.precision == "month":
            return self.date.isoformat()[:7]
        if self.time is None:
            return self.date.isoformat()
        moment = datetime.combine(self.date, self.time)
        if self.offset is not None:
            moment = moment.replace(tzinfo=timezone(self.offset))
        return moment.isoformat(timespec="seconds")


def read_date(
    text: str, *, now: datetime | None = None, tz: tzinfo | None = None, day_first: bool = True
) -> FoundDate | None:
    """The date that a short text tells (the line under a headline, a `<time>`, a feed's field), or None.

    `now` is when the page was taken: without it «منذ ساعتين», «أمس» and dates without a year are not read. `tz`
    is the page's own zone, where known: `now` is seen from there, and times that name no zone get its offset.
    `day_first` decides «3/4/2020» alone. Of several dates: a full one before one told from now, before one
    without a year, before a month; a date of publication before «آخر تحديث»; the
    Gregorian one; then the first.
    """
    found = _find(text, now, tz, day_first, strict=False)
    return min(found, key=lambda pair: pair[0])[1] if found else None


def find_dates(
    text: str, *, now: datetime | None = None, tz: tzinfo | None = None, day_first: bool = True
) -> list[FoundDate]:
    """All dates of a longer text, in its order; stricter than `read_date`, since prose is full of figures.

    Time grows with the length of the text, whatever it holds.
    """
    return [found for _, found in _find(text, now, tz, day_first, strict=True)]


_Rank = tuple[int, bool, bool, int]


def _find(
    text: str, now: datetime | None, tz: tzinfo | None, day_first: bool, *, strict: bool
) -> list[tuple[_Rank, FoundDate]]:
    folded, offsets = with_offsets(text)
    tokens = tokenise(folded)
    if now is not None and tz is not None:
        now = now.astimezone(tz) if now.tzinfo else now.replace(tzinfo=tz)
    reader = _Reader(tokens, Settings(now.date() if now else None, day_first, strict), now)
    result = []
    index = 0
    last = len(tokens) - AHEAD
    while index < last:
        moment = reader.moment_at(index)
        if moment is None:
            index += 1
            continue
        span = (offsets[tokens[index].start], _end_in(text, offsets[tokens[moment.end - 1].end - 1] + 1))
        found = moment.found(span, now, tz)
        update = any(token.text in v.UPDATES for token in tokens[max(0, index - 4) : index])
        result.append(((moment.rank(), update, found.calendar != "gregorian", index), found))
        index = moment.end
    return result


def _end_in(text: str, end: int) -> int:
    """Past the diacritics and tatweel of the last letter («١٤٤٢هـ»), not past marks of direction."""
    while end < len(text) and (text[end] == "ـ" or unicodedata.combining(text[end])):
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class _Moment:
    """The parts of one moment as they were met."""

    end: int
    day: Day | None = None
    clock: Clock | None = None
    told: datetime | None = None
    precision: Precision = "day"

    @property
    def timeable(self) -> bool:
        """A time may be added: not to «منذ ساعتين», which says it already."""
        return self.told is None or self.precision == "day" or self.day is not None

    def rank(self) -> int:
        if self.day is None:
            return 1
        return 3 if self.day.precision == "month" else 2 if self.day.yearless else 0

    def found(self, span: tuple[int, int], now: datetime | None, tz: tzinfo | None) -> FoundDate:
        clock = self.clock
        if self.day is None and self.told is not None and clock is None and self.precision != "day":
            moment = self.told.replace(microsecond=0)
            if self.precision != "second":
                moment = moment.replace(second=0)
            return FoundDate(
                moment.date(),
                moment.time(),
                moment.utcoffset(),
                self.precision,
                span,
                "gregorian",
                relative=True,
            )
        if self.day is not None:
            day, calendar, relative = self.day.date, self.day.calendar, False
            precision: Precision = self.day.precision
        else:
            assert self.told is not None
            day, calendar, relative, precision = self.told.date(), "gregorian", True, "day"
        if clock is None or precision == "month":
            return FoundDate(day, None, None, precision, span, calendar, relative)
        offset = self._offset(clock.zone, day, clock.time, now if relative else None, tz)
        return FoundDate(day, clock.time, offset, clock.precision, span, calendar, relative)

    @staticmethod
    def _offset(
        zone: Zone | None, day: date, at: time, now: datetime | None, tz: tzinfo | None
    ) -> timedelta | None:
        if zone is not None:
            return offset_of(zone, day, at)
        if tz is not None:
            return tz.utcoffset(datetime.combine(day, at))
        return now.utcoffset() if now else None


class _Reader:
    """One reading of one list of tokens."""

    def __init__(self, tokens: list[Token], settings: Settings, now: datetime | None) -> None:
        self.tokens = tokens
        self.settings = settings
        self.now = now

    def moment_at(self, index: int) -> _Moment | None:
        """The moment that begins with the token at `index`: its parts may come in any order."""
        first = self.tokens[index]
        if first.kind != "n" and first.text not in _STARTERS:
            return None
        moment = _Moment(index)
        weekday: int | None = None
        year: int | None = None
        bare = False
        at = index
        for _ in range(6):
            token = self.tokens[at]
            if weekday is None and token.text in v.WEEKDAYS:
                weekday = v.WEEKDAYS[token.text]
                at += 1
                if self.tokens[at].text in v.LAST and self.now and moment.day is None and moment.told is None:
                    at += 1
                    moment = replace(moment, end=at, told=_last(weekday, self.now))
                elif moment.day:
                    moment = replace(moment, end=at)
            elif moment.day is None and (day := day_at(self.tokens, at, self._settings(weekday, year))):
                moment = replace(moment, end=day.end, day=day, clock=moment.clock or day.clock)
            elif (
                moment.day is None
                and moment.told is None
                and self.now is not None
                and (told := distance_at(self.tokens, at, self.now, strict=self.settings.strict))
            ):
                bare = told.bare
                moment = replace(moment, end=told.end, told=told.moment, precision=told.precision)
            elif moment.clock is None and moment.timeable and (clock := clock_at(self.tokens, at)):
                moment = replace(moment, end=clock.end, clock=clock)
            elif moment.clock and moment.day is None and (over := self._year_in_front(at)):
                year = int(token.text)
                at += over
            elif moment.day and (day := self._same_day(moment.day, at)):
                moment = replace(moment, end=day.end, day=_better(moment.day, day))
            else:
                break
            at = self._over_links(max(at, moment.end))
        if moment.day is None and (moment.told is None or (bare and not self._trusted(index, moment))):
            return None
        return moment

    def _settings(self, weekday: int | None, year: int | None) -> Settings:
        if weekday is None and year is None:
            return self.settings
        return replace(self.settings, weekday=weekday, year=year)

    def _year_in_front(self, at: int) -> int:
        """How many tokens to pass where a year stands before the day's name («GMT 10:30 2017 الأحد 3 أيلول»), which may be
        misspelt there; 0 where none does."""
        year, name, day = self.tokens[at : at + 3]
        if year.kind != "n" or len(year.text) != 4:
            return 0
        if name.text in v.WEEKDAYS:
            return 1
        misspelt = name.kind == "w" and name.text.startswith("ال") and day.kind == "n" and len(day.text) <= 2
        return 2 if misspelt and month_at(self.tokens, at + 3, guess=False) else 0

    def _same_day(self, known: Day, at: int) -> Day | None:
        """The day once more, in another calendar («24 أغسطس 2020 الموافق 5 محرم 1442»)."""
        day = day_at(self.tokens, at, self.settings)
        if day is None or day.calendar == known.calendar or day.precision != known.precision:
            return None
        said = any(token.text in _EQUALS for token in self.tokens[known.end : at])
        return day if said or abs(day.date - known.date) <= _MOON else None

    def _over_links(self, index: int) -> int:
        """Past the signs and small words that hold the parts of a moment together."""
        for at in range(index, min(index + 9, len(self.tokens))):
            token = self.tokens[at]
            if token.kind == "n" or (token.kind == "s" and token.text not in _LINK_SIGNS):
                return at
            if token.kind == "w" and (token.text not in v.LINKS or token.text in v.HOUR_WORDS):
                return at
            if token.text in v.MERIDIEMS and self.tokens[at + 1].kind == "n":
                return at
        return index

    def _trusted(self, index: int, moment: _Moment) -> bool:
        """Whether a bare «اليوم» is a date here: with a time, or where the text says nothing else."""
        if moment.clock is not None:
            return True
        others = (*self.tokens[:index], *self.tokens[moment.end :])
        return not self.settings.strict and all(
            token.kind in "se" or token.text in v.FILLERS or token.text in v.WEEKDAYS for token in others
        )


def _last(weekday: int, now: datetime) -> datetime:
    """«الأحد الماضي»: the latest such day before today."""
    return now - timedelta(days=(now.weekday() - weekday - 1) % 7 + 1)


def _better(one: Day, other: Day) -> Day:
    """The Gregorian one: a Hijri day depends on where the moon was seen."""
    return other if other.calendar == "gregorian" else one


# The moon makes a day or two of it; the wrong month's name is a common slip.
_MOON: Final = timedelta(days=35)
_LINK_SIGNS: Final = frozenset('،,-–—|/\\•·()[]:؛;._"~=@»«>*●▪✎⏰🕒')
_EQUALS: Final = frozenset(
    matching_key(word) for word in ("الموافق", "الموافقة", "والموافق", "المصادف", "مصادف", "برابر با")
)
_STARTERS: Final = frozenset(
    word
    for vocabulary in (
        MEANINGS, v.WEEKDAYS, v.ORDINAL_DAYS, v.NAMED_DAYS, v.JUST_NOW, v.SINCE, v.LOOSELY_SINCE, v.HENCE, v.NUMBERS,
        v.UNITS, v.HOUR_WORDS, v.MERIDIEMS, UNIVERSAL,
        ("ك", "ت", "half", "نصف", "ربع"),
    )
    for word in vocabulary
)  # fmt: skip
"""The words that a moment may begin with."""
