"""How long ago, in real Arabic plurals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.dates.reading import read_date
from bulaq.arabic.relative_time import duration, relative

NOW = datetime(2020, 8, 26, 15, 40, tzinfo=timezone(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("ago", "arabic", "english"),
    [
        (timedelta(seconds=20), "الآن", "just now"),
        (timedelta(minutes=1), "قبل دقيقة", "1 minute ago"),
        (timedelta(minutes=2), "قبل دقيقتين", "2 minutes ago"),
        (timedelta(minutes=3), "قبل 3 دقائق", "3 minutes ago"),
        (timedelta(minutes=10, seconds=59), "قبل 10 دقائق", "10 minutes ago"),
        (timedelta(minutes=11), "قبل 11 دقيقة", "11 minutes ago"),
        (timedelta(minutes=59), "قبل 59 دقيقة", "59 minutes ago"),
        (timedelta(hours=1), "قبل ساعة", "1 hour ago"),
        (timedelta(hours=2), "قبل ساعتين", "2 hours ago"),
        (timedelta(hours=5), "قبل 5 ساعات", "5 hours ago"),
        (timedelta(hours=23, minutes=59), "قبل 23 ساعة", "23 hours ago"),
        (timedelta(hours=25), "أمس", "yesterday"),
        (timedelta(hours=45), "قبل يومين", "2 days ago"),
        (timedelta(days=3), "قبل 3 أيام", "3 days ago"),
        (timedelta(days=7), "قبل أسبوع", "1 week ago"),
        (timedelta(days=15), "قبل أسبوعين", "2 weeks ago"),
        (timedelta(days=29), "قبل 4 أسابيع", "4 weeks ago"),
        (timedelta(days=30), "قبل شهر", "1 month ago"),
        (timedelta(days=70), "قبل شهرين", "2 months ago"),
        (timedelta(days=340), "قبل 11 شهرا", "11 months ago"),
        (timedelta(days=366), "قبل سنة", "1 year ago"),
        (timedelta(days=735), "قبل سنتين", "2 years ago"),
        (timedelta(days=365 * 12), "قبل 11 سنة", "11 years ago"),
        (-timedelta(minutes=2), "بعد دقيقتين", "in 2 minutes"),
        (-timedelta(hours=2), "بعد ساعتين", "in 2 hours"),
        (-timedelta(hours=25), "غدا", "tomorrow"),
        (-timedelta(days=4), "بعد 4 أيام", "in 4 days"),
    ],
)
def test_relative(ago: timedelta, arabic: str, english: str) -> None:
    assert relative(NOW - ago, NOW) == arabic
    assert relative(NOW - ago, NOW, "en") == english


def test_in_the_digits_of_the_edition_and_the_zone_of_now() -> None:
    assert relative(NOW - timedelta(minutes=3), NOW, digits="arab") == "قبل ٣ دقائق"
    assert relative((NOW - timedelta(hours=2)).astimezone(UTC), NOW) == "قبل ساعتين"
    assert relative(NOW - timedelta(hours=25), NOW, words=False) == "قبل يوم"


def test_a_time_with_a_zone_and_one_without_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        relative(NOW.replace(tzinfo=None), NOW)
    with pytest.raises(ValueError, match="xx"):
        relative(NOW, NOW, "xx")


@pytest.mark.parametrize(
    ("length", "shown"),
    [(timedelta(minutes=2), "دقيقتان"), (timedelta(hours=3), "3 ساعات"), (timedelta(seconds=1), "ثانية")],
)
def test_duration_as_a_subject(length: timedelta, shown: str) -> None:
    assert duration(length, case="nominative") == shown


@given(st.integers(1, 59), st.sampled_from(["latn", "arab"]))
def test_what_is_written_is_read(minutes: int, digits: str) -> None:
    then = NOW - timedelta(minutes=minutes)
    found = read_date(relative(then, NOW, digits=digits), now=NOW)  # type: ignore[arg-type]
    assert found is not None
    assert found.isoformat() == then.isoformat()
