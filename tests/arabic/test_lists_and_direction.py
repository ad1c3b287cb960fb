"""Lists, scripts and directions."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.direction import direction, isolate, isolate_text, script
from bulaq.arabic.lists import join


@pytest.mark.parametrize(
    ("items", "language", "joined"),
    [
        ([], "ar", ""),
        (["بيروت"], "ar", "بيروت"),
        (["بيروت", "دمشق"], "ar", "بيروت ودمشق"),
        (["بيروت", "دمشق", "وهران"], "ar", "بيروت، دمشق ووهران"),
        (["بيروت", " ", "دمشق"], "ar", "بيروت ودمشق"),
        (["Beirut", "Cairo", "Fez"], "en", "Beirut, Cairo and Fez"),
    ],
)
def test_join(items: list[str], language: str, joined: str) -> None:
    assert join(items, language) == joined


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("شركة Apple الأميركية", "Arab"),
        ("Apple Inc. (آبل)", "Latn"),
        ("Привет", "Cyrl"),
        ("שלום", "Hebr"),
        ("北京", "Hans"),
        ("นี่", "Zzzz"),
        ("24/8", None),
    ],
)
def test_script(text: str, found: str | None) -> None:
    assert script(text) == found


@pytest.mark.parametrize(
    ("text", "first", "most"),
    [
        ("أخبار", "rtl", "rtl"),
        ("BBC تعلن عن خطة جديدة", "ltr", "rtl"),
        ("«أ» is the first letter of it", "rtl", "ltr"),
        ("24 - 8", None, None),
        ("\u2067שלום\u2069 hi", "ltr", "rtl"),
    ],
)
def test_direction(text: str, first: str | None, most: str | None) -> None:
    assert direction(text) == first
    assert direction(text, "majority") == most


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("أعلنت Apple Inc. اليوم", "أعلنت <bdi>Apple Inc</bdi>. اليوم"),
        ("عام 2020 أعلنت OpenAI أن", "عام 2020 أعلنت <bdi>OpenAI</bdi> أن"),
        ("هاتف iPhone 15 الجديد", "هاتف <bdi>iPhone 15</bdi> الجديد"),
        ("باعت Apple 300 ألف جهاز", "باعت <bdi>Apple</bdi> 300 ألف جهاز"),
        ("اتصل +961 1 234567 الآن", 'اتصل <bdi class="n">+961 1 234567</bdi> الآن'),
        ("موقع https://example.com/a?b=1&c=2، هنا", "موقع <bdi>https://example.com/a?b=1&amp;c=2</bdi>، هنا"),
        ("قال (WHO) إن", "قال (<bdi>WHO</bdi>) إن"),
        ("على @nakhla_news", "على <bdi>@nakhla_news</bdi>"),
        ("لغة C++ أولا", "لغة <bdi>C++</bdi> أولا"),
        ("<b>نص</b>", "&lt;<bdi>b</bdi>&gt;نص&lt;/<bdi>b</bdi>&gt;"),
        ("نص وحده 24", "نص وحده 24"),
        ("في الدقيقة 90+5", "في الدقيقة 90+5"),
        ("هاتف 01-345678", 'هاتف <bdi class="n">01-345678</bdi>'),
        ("هاتف 00961-1-345678،", 'هاتف <bdi class="n">00961-1-345678</bdi>،'),
        ("واتساب ٠٥ ٢٢ ٣٣ ٤٤ ٥٥", 'واتساب <bdo class="n" dir="ltr">٠٥ ٢٢ ٣٣ ٤٤ ٥٥</bdo>'),
        ("يوم 05-06-2026", 'يوم <span class="n">05-06-2026</span>'),
        ("فاز 2-1 عام ٢٠١٩/٢٠٢٠", 'فاز <span class="n">2-1</span> عام <span class="n">٢٠١٩/٢٠٢٠</span>'),
        ("المبنى 7/ب", 'المبنى <span class="n">7/ب</span>'),
        ("هبط (-3.2%) وارتفع ٣٫٢٪", "هبط (<bdi>-3.2%</bdi>) وارتفع ٣٫٢٪"),
        ("من -5 مئوية إلى +12 نهاراً", "من <bdi>-5</bdi> مئوية إلى <bdi>+12</bdi> نهاراً"),
        ("بنسبة 60-70%", 'بنسبة <span class="n">60-<bdi>70%</bdi></span>'),
        ("لقاح كوفيد -19 والنتيجة 4 -3", "لقاح كوفيد -19 والنتيجة 4 -3"),
    ],
)
def test_foreign_runs_in_an_arabic_line(text: str, html: str) -> None:
    assert isolate(text) == html


def test_arabic_in_an_english_line() -> None:
    assert isolate("The word كتاب جديد means a book", "ltr") == "The word <bdi>كتاب جديد</bdi> means a book"


def test_without_markup() -> None:
    assert isolate_text("أعلنت Apple أن") == "أعلنت \u2068Apple\u2069 أن"
    once = isolate_text("اتصل +961 1 234567")
    assert once == "اتصل \u2066+961 1 234567\u2069"
    assert isolate_text(once) == once
    assert isolate_text("نتيجة 2-1 وهاتف ٠١-٣٤٥٦٧٨") == "نتيجة 2-1 وهاتف \u2066\u202d٠١-٣٤٥٦٧٨\u202c\u2069"


@pytest.mark.parametrize("piece", [".", "1", "+1 ", "0-", "1/2", "-1.", "@", "،", "ا ", "a "])
def test_a_long_row_of_signs_takes_no_longer_than_other_text(piece: str) -> None:
    begin = time.process_time()
    isolate(piece * 30_000)
    isolate(piece * 30_000, "ltr")
    assert time.process_time() - begin < 2


@given(st.text(max_size=60) | st.text(st.sampled_from("ابA1 .+-@<&\"'/:"), max_size=40))
def test_isolation_keeps_every_character_and_lets_no_markup_in(text: str) -> None:
    for base in ("rtl", "ltr"):
        html = isolate(text, base)  # type: ignore[arg-type]
        bare = re.sub("</?(?:bdi|bdo|span)( [^<>]*)?>", "", html)
        assert "<" not in bare
        assert unescape(bare) == text or "&" in text
        assert html.count("<bdi") == html.count("</bdi>")
