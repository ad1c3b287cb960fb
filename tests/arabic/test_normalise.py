"""What equals what: the levels of `bulaq.arabic.normalise`."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.normalise import (
    fold_white_space,
    for_display,
    for_matching,
    matching_key,
    with_offsets,
)

SAME = [
    ("قَدْ يُهِمُّكَ أَيْضًا", "قد يهمك ايضا"),
    ("قد يهمك أيضــــا", "قد يهمك ايضا"),
    ("إسرائيل", "اسراييل"),
    ("آب", "اب"),
    ("مسؤول", "مسوول"),
    ("القيادة للمرأة", "القياده للمراه"),
    ("مستشفى", "مستشفي"),
    ("ﻣﺴﺘﺸﻔﻰ", "مستشفي"),
    ("ﻻ إله إلا ﷲ", "لا اله الا الله"),
    ("٢٠٢٠", "2020"),
    ("۱۳۹۸", "1398"),
    ("٣٫٥٪", "3.5%"),
    ("ایران", "ايران"),
    ("کتاب", "كتاب"),
    ("گوگل", "كوكل"),
    ("پاريس", "باريس"),
    ("ڤيديو", "فيديو"),
    ("الرحمٰن", "الرحمن"),
    ("می‌خواهم", "ميخواهم"),
    ("\u200fالأخبار\u200e", "الاخبار"),
    ("ا\u0654خبار", "اخبار"),
    ("ي\u0654", "ي"),
    ("پێشمه‌رگه", "بيشمهركه"),
    ("Café ŒUVRE", "cafe œuvre"),
    ("１２３ ＡＢＣ", "123 abc"),
    ("شهر\u00a0مايو", "شهر مايو"),
    ("ماء", "ماء"),
    ("ﹰ", ""),
]


@pytest.mark.parametrize(("text", "folded"), SAME)
def test_matching_folds_what_a_reader_takes_for_the_same(text: str, folded: str) -> None:
    assert for_matching(text) == folded


@pytest.mark.parametrize(("one", "other"), [("ماء", "ما"), ("كتاب", "كتب"), ("قلب", "كلب"), ("ذهب", "دهب")])
def test_matching_keeps_different_words_apart(one: str, other: str) -> None:
    assert for_matching(one) != for_matching(other)


ARABIC = st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=40)
ANY = st.text(max_size=40)


@given(ANY | ARABIC)
def test_matching_twice_is_matching_once(text: str) -> None:
    assert for_matching(for_matching(text)) == for_matching(text)


@given(ANY | ARABIC)
def test_matching_does_not_depend_on_composition(text: str) -> None:
    expected = for_matching(text)
    for form in ("NFC", "NFD"):
        assert for_matching(unicodedata.normalize(form, text)) == expected


@given(st.permutations("\u064e\u0651\u0654\u0640\u200d\u200f"), st.sampled_from("ابوي"))
def test_matching_does_not_depend_on_the_order_of_marks(marks: list[str], letter: str) -> None:
    assert for_matching(letter + "".join(marks)) == letter


@given(ANY | ARABIC, ANY | ARABIC)
def test_matching_maps_each_part_by_itself(one: str, other: str) -> None:
    assert for_matching(one + other) == for_matching(one) + for_matching(other)


@given(ANY | ARABIC)
def test_offsets_lead_back_to_the_source(text: str) -> None:
    folded, offsets = with_offsets(text)
    assert folded == for_matching(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert list(offsets) == sorted(offsets)
    for index, character in enumerate(folded):
        assert character in for_matching(text[offsets[index]])


def test_offsets_take_the_marks_of_a_letter_along() -> None:
    text = "رَئيسُ الوُزَراءِ السّابِقُ"
    folded, offsets = with_offsets(text)
    start = folded.index("الوزراء")
    assert text[offsets[start] : offsets[start + len("الوزراء ")]] == "الوُزَراءِ "


@given(ANY | ARABIC)
def test_display_loses_nothing_that_matching_sees(text: str) -> None:
    assert matching_key(for_display(text)) == matching_key(text)
    assert for_display(for_display(text)) == for_display(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  أخبار\u00a0\n اليوم\t", "أخبار اليوم"),
        ("می‌خواهم", "می‌خواهم"),
        ("ا\u0654خبار", "أخبار"),
        ("خـــبر عاجلٌ", "خـــبر عاجلٌ"),
        ("\ufeffنص\x00 \x07 آخر", "نص آخر"),
        ("\u200fنص\u200f", "\u200fنص\u200f"),
    ],
)
def test_display_is_tidy_and_complete(text: str, shown: str) -> None:
    assert for_display(text) == shown


def test_white_space_of_all_kinds_becomes_one_space() -> None:
    assert fold_white_space("\u2028من\u00a0\u00a0هنا \u0085 إلى\u202fهناك\n") == "من هنا إلى هناك"
    assert fold_white_space("می‌خواهم") == "می‌خواهم"
