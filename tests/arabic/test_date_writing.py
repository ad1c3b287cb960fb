"""Dates as editions print them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.dates.calendars import (
    gregorian_to_hijri,
    hijri_to_gregorian,
    jalali_to_gregorian,
)
from bulaq.arabic.dates.months import MonthNaming, month_name
from bulaq.arabic.dates.reading import read_date
from bulaq.arabic.dates.writing import write_date, write_datetime, write_hijri, write_time

DAY = date(2020, 8, 24)


@pytest.mark.parametrize(
    ("months", "written"),
    [
        ("egyptian", "24 أغسطس 2020"),
        ("levantine", "24 آب 2020"),
        ("maghrebi", "24 أوت 2020"),
        ("moroccan", "24 غشت 2020"),
        ("levantine+egyptian", "24 آب/أغسطس 2020"),
        ("egyptian+levantine", "24 أغسطس/آب 2020"),
    ],
)
def test_month_names_of_the_edition(months: MonthNaming, written: str) -> None:
    assert write_date(DAY, months=months) == written


def test_the_parts_of_a_date() -> None:
    assert (
        write_date(DAY, months="levantine+egyptian", digits="arab", weekday=True)
        == "الاثنين، ٢٤ آب/أغسطس ٢٠٢٠"
    )
    assert write_date(DAY, year=False) == "24 أغسطس"
    assert write_date(DAY, hijri=True) == "24 أغسطس 2020 (5 محرم 1442 هـ)"
    assert write_date(date(1800, 1, 1), hijri=True) == "1 يناير 1800"
    assert write_date(DAY, weekday=True, language="en") == "Monday, 24 August 2020"
    assert write_hijri(DAY, digits="arab") == "٥ محرم ١٤٤٢ هـ"


@pytest.mark.parametrize(
    ("at", "twelve", "twenty_four"),
    [
        (time(0, 5), "12:05 ص", "00:05"),
        (time(9, 5), "9:05 ص", "09:05"),
        (time(12, 0), "12:00 م", "12:00"),
        (time(21, 5), "9:05 م", "21:05"),
    ],
)
def test_both_clocks(at: time, twelve: str, twenty_four: str) -> None:
    assert write_time(at) == twelve
    assert write_time(at, clock="24") == twenty_four


def test_day_and_time() -> None:
    moment = datetime(2020, 8, 24, 21, 5)
    assert write_datetime(moment, digits="arab") == "٢٤ أغسطس ٢٠٢٠، ٩:٠٥ م"
    assert write_datetime(moment, language="en", clock="24") == "24 August 2020, 21:05"


def test_no_such_month_is_refused() -> None:
    with pytest.raises(ValueError, match="13"):
        month_name(13)
    with pytest.raises(ValueError, match="roman"):
        month_name(1, "roman")  # type: ignore[arg-type]


NEW_YEARS = [
    (1375, 1996, 20),
    (1376, 1997, 21),
    (1399, 2020, 20),
    (1400, 2021, 21),
    (1403, 2024, 20),
    (1404, 2025, 21),
]


@pytest.mark.parametrize(("year", "gregorian", "day"), NEW_YEARS)
def test_the_persian_new_year(year: int, gregorian: int, day: int) -> None:
    assert jalali_to_gregorian(year, 1, 1) == date(gregorian, 3, day)


def test_known_days() -> None:
    assert jalali_to_gregorian(1357, 11, 22) == date(1979, 2, 11)
    assert jalali_to_gregorian(1403, 12, 30) == date(2025, 3, 20)
    with pytest.raises(ValueError, match="30"):
        jalali_to_gregorian(1404, 12, 30)


@given(st.dates(date(1930, 1, 1), date(2070, 1, 1)))
def test_hijri_there_and_back(day: date) -> None:
    assert hijri_to_gregorian(*gregorian_to_hijri(day)) == day


@given(
    st.datetimes(datetime(1930, 1, 1), datetime(2070, 1, 1)),
    st.sampled_from(get_args(MonthNaming)),
    st.sampled_from(["latn", "arab", "arabext"]),
    st.sampled_from(["12", "24"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["ar", "en"]),
)
def test_what_is_written_is_read(
    moment: datetime, months: str, digits: str, clock: str, weekday: bool, hijri: bool, language: str
) -> None:
    moment = moment.replace(second=0, microsecond=0)
    written = write_datetime(
        moment,
        months=months,  # type: ignore[arg-type]
        digits=digits,  # type: ignore[arg-type]
        clock=clock,  # type: ignore[arg-type]
        weekday=weekday,
        hijri=hijri,
        language=language,
    )
    found = read_date(written)
    assert found is not None
    assert found.isoformat() == moment.isoformat()
    assert found.span == (0, len(written))
