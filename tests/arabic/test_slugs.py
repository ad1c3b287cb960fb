"""Addresses that a reader can read."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.slugs import slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("أخبار اليوم: القاهرة، 24 أغسطس", "أخبار-اليوم-القاهرة-24-أغسطس"),
        ("قَدْ يُهِمُّكَ أيضــــا!", "قد-يهمك-أيضا"),
        ("«مستشفى» المدينة (قصّة)", "مستشفى-المدينة-قصة"),
        ("Apple تطلق iPhone 15", "apple-تطلق-iphone-15"),
        ("Café d'été & don't", "café-dété-dont"),
        ("٢٤ ساعة", "24-ساعة"),
        ("ﻣﺴﺘﺸﻔﻰ", "مستشفى"),
        ("می‌خواهم", "میخواهم"),
        ("  --  ", ""),
        ("#عيد_الأضحى", "عيد-الأضحى"),
        ("\u200fنص\u200f", "نص"),
    ],
)
def test_slug(text: str, made: str) -> None:
    assert slug(text) == made


def test_ends_at_a_word_within_the_bytes() -> None:
    made = slug("كلمة " * 40)
    assert made == "-".join(["كلمة"] * 8)
    assert len(quote(made)) == 199
    assert slug("ا" * 60) == "ا" * 33
    assert slug("كلمة طويلة", 30) == "كلمة"


@given(
    st.text(max_size=120) | st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF)),
    st.integers(12, 250),
)
def test_every_slug_is_safe_short_and_stable(text: str, size: int) -> None:
    made = slug(text, size)
    assert len(quote(made)) <= size
    assert slug(made, size) == made
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert all(character.isalnum() or character == "-" for character in made)
    if any(character.isalpha() and character.isalnum() for character in made):
        assert made
    if not made:
        assert not any(
            "\u0620" <= character <= "\u063a" or (character.isascii() and character.isalnum())
            for character in text
        )
