"""Headings of boxes are known by their words, however a newsroom decorates or misspells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.intake.box_headings import (
    box_kind,
    fold_heading,
    heading_kind,
    is_comments_heading,
    is_read_also_heading,
    is_share_label,
    is_tags_heading,
    split_read_also,
)


@pytest.mark.parametrize(
    "title",
    [
        "قد يهمك أيضــــــــا",
        "إقرأ أيضا",
        "اقرأ أيضًا:",
        "◄ شاهد أيضاً",
        "وقد يهمكم أيضا",
        "Read also",
        "À lire aussi",
        "بیشتر بخوانید",
    ],
)
def test_read_also_headings(title: str) -> None:
    assert is_read_also_heading(title)
    assert box_kind(title) == "related"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("أخبار ذات صلة", "related"),
        ("مواضيع ذات صلة:", "related"),
        ("مقالات قد تعجبك", "related"),
        ("موضوعات متعلّقة", "related"),
        ("Related articles", "related"),
        ("اخر الاخبار", "latest"),
        ("آخِر الأخبار في المغرب", "latest"),
        ("Dernières nouvelles", "latest"),
        ("آخرین اخبار", "latest"),
        ("الأخبار الأكثر قراءة", "most_read"),
        ("الاكثر مشاهده", "most_read"),
        ("Les plus lus", "most_read"),
        ("پربازدیدترین‌ها", "most_read"),
        ("فن وموسيقى", "section"),
        ("صحة وتغذية", "section"),
        ("Arts and culture", "section"),
        ("اخترنا لكم", "other"),
        ("المزيد من الأخبار", "other"),
    ],
)
def test_box_kinds(title: str, kind: str) -> None:
    assert box_kind(title) == kind


@pytest.mark.parametrize(
    "line",
    [
        "شارك الوزير في افتتاح المعرض",
        "آخر ظهور للفنان في المهرجان",
        "قد يهمّك أن تعرف أن هذه المدينة القديمة كانت ميناءً للتوابل والحرير قبل قرون طويلة.",
        "وقال المدير إن المكتبة ستفتح أبوابها للجميع.",
        "المكتبة الوطنية تفتح أبوابها للقرّاء",
        "",
        "…",
    ],
)
def test_headlines_and_sentences_are_no_headings(line: str) -> None:
    assert heading_kind(line) is None


def test_headings_that_head_no_headlines() -> None:
    assert is_tags_heading("الكلمات المفتاحية:")
    assert is_share_label("شارك على فيسبوك")
    assert is_comments_heading("التعليقات (3)")
    assert box_kind("وسوم") is None


def test_heading_and_link_on_one_line() -> None:
    assert split_read_also("اقرأ أيضًا: متحف جديد للخط العربي في فاس") == (
        "اقرأ أيضًا",
        "متحف جديد للخط العربي في فاس",
    )
    for between in (" | ", ".. ", " - "):
        assert split_read_also(f"طالع المزيد{between}متحف جديد للخط العربي في فاس") == (
            "طالع المزيد",
            "متحف جديد للخط العربي في فاس",
        )
    assert split_read_also("المدير - سنفتح الأبواب غدًا صباحًا") == ()
    assert split_read_also("وقال المدير: سنفتح الأبواب غدًا صباحًا") == ()


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    heading_kind(text)
    assert fold_heading(fold_heading(text)) == fold_heading(text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("قد يعجبك ايضا", "related"),
        ("حول هذه القصة", "related"),
        ("مواضيع ذات صلة بـ : طريقة عمل القطائف بالقشطة", "related"),
        ("مقالات أخرى للكاتب", "more"),
        ("Latest in", "latest"),
        ("صوت وصورة", "section"),
    ],
)
def test_more_headings(line: str, kind: str) -> None:
    assert heading_kind(line) == kind
