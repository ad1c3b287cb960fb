"""Figures and what is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.digits import DigitSystem, format_number, to_digits, to_latin
from bulaq.arabic.plurals import Category, Plural, category, count

COMMENTS = Plural(
    zero="لا تعليقات",
    one="تعليق واحد",
    two="تعليقان",
    few="{n} تعليقات",
    many="{n} تعليقا",
    other="{n} تعليق",
)


@pytest.mark.parametrize(
    ("text", "system", "shown"),
    [
        (2020, "arab", "٢٠٢٠"),
        ("نشر في ٢٤/8/۲۰۲۰", "latn", "نشر في 24/8/2020"),
        ("10:30", "arabext", "۱۰:۳۰"),
        ("٣٫٥", "latn", "3٫5"),
    ],
)
def test_digits_of_the_edition(text: str | int, system: DigitSystem, shown: str) -> None:
    assert to_digits(text, system) == shown


def test_unknown_digits_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="deva"):
        to_digits("1", "deva")  # type: ignore[arg-type]


def test_latin_digits_come_from_every_script() -> None:
    assert to_latin("٢٤ و۲۴ و२४ و2") == "24 و24 و24 و2"


@pytest.mark.parametrize(
    ("number", "system", "decimals", "shown"),
    [
        (1234567, "arab", None, "١٬٢٣٤٬٥٦٧"),
        (1234567, "latn", None, "1,234,567"),
        (1234.5, "arab", None, "١٬٢٣٤٫٥"),
        (Decimal("3.14159"), "arabext", 2, "۳٫۱۴"),
        (0.1 + 0.2, "latn", 1, "0.3"),
        (-5, "arab", None, "\u061c-٥"),
        (12, "arab", 1, "١٢٫٠"),
        (1e21, "latn", None, "1,000,000,000,000,000,000,000"),
    ],
)
def test_numbers(
    number: int | float | Decimal, system: DigitSystem, decimals: int | None, shown: str
) -> None:
    assert format_number(number, system, decimals=decimals) == shown


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        format_number(float("nan"))


@given(st.integers(-(10**18), 10**18), st.sampled_from(["latn", "arab", "arabext"]))
def test_digits_lead_back_to_the_number(number: int, system: DigitSystem) -> None:
    assert int(to_latin(to_digits(number, system))) == number


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (10, "few"),
        (11, "many"),
        (99, "many"),
        (100, "other"),
        (102, "other"),
        (103, "few"),
        (111, "many"),
        (1000, "other"),
        (Decimal("1.5"), "other"),
    ],
)
def test_arabic_has_six_categories(number: int | Decimal, kind: Category) -> None:
    assert category(number) == kind


def test_english_has_two() -> None:
    assert [category(number, "en") for number in (0, 1, 2, 11)] == ["other", "one", "other", "other"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "لا تعليقات"),
        (1, "تعليق واحد"),
        (2, "تعليقان"),
        (3, "٣ تعليقات"),
        (11, "١١ تعليقا"),
        (100, "١٠٠ تعليق"),
        (1234, "١٬٢٣٤ تعليقا"),
    ],
)
def test_counting(number: int, shown: str) -> None:
    assert count(number, COMMENTS, "arab") == shown


def test_a_form_that_is_missing_is_the_other() -> None:
    assert count(2, Plural(other="{n} مادة")) == "2 مادة"
