"""Names in Latin letters, as Arabic newspapers may write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.stemming import fold
from bulaq.arabic.transliteration import MOST_SPELLINGS, arabic_spellings


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("facebook", "فيسبوك"),
        ("netflix", "نتفليكس"),
        ("huawei", "هواوي"),
        ("nato", "ناتو"),
        ("shakespeare", "شكسبير"),
        ("mozart", "موزارت"),
        ("mohamed", "محمد"),
        ("muhammad", "محمد"),
        ("khaled", "خالد"),
        ("omar", "عمر"),
        ("casablanca", "كازابلانكا"),
        ("philips", "فيليبس"),
        ("charlie", "تشارلي"),
        ("o'neill", "أونيل"),
        ("7ezb", "حزب"),
        ("mo7ammad", "محمد"),
        ("3iraq", "عراق"),
        ("ra2ees", "رئيس"),
    ],
)
def test_a_name_is_among_the_spellings(latin: str, arabic: str) -> None:
    assert fold(arabic) in [spelling for spelling, _ in arabic_spellings(latin)]


def test_the_plainest_spelling_comes_first_and_costs_nothing() -> None:
    assert arabic_spellings("putin")[0] == ("بوتين", 0.0)
    assert arabic_spellings("toronto")[0] == ("تورونتو", 0.0)


@given(st.text(max_size=40))
def test_any_text_has_few_spellings_in_order_of_cost(text: str) -> None:
    spellings = arabic_spellings(text.lower())
    assert len(spellings) <= MOST_SPELLINGS
    assert [cost for _, cost in spellings] == sorted(cost for _, cost in spellings)
    assert all("ء" <= letter <= "ي" for spelling, _ in spellings for letter in spelling)
