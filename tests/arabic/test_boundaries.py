"""Words and sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.boundaries import sentences, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال «نعم»، ثم مضى.", ["قال", "نعم", "ثم", "مضى"]),
        ("قَدْ يُهِمُّكَ أَيْضًا", ["قَدْ", "يُهِمُّكَ", "أَيْضًا"]),
        ("أيضــــا", ["أيضــــا"]),
        ("#عيد_الأضحى_المبارك", ["عيد", "الأضحى", "المبارك"]),
        ("بنسبة 3.5% و١٬٢٣٤ دولارا", ["بنسبة", "3.5%", "و", "١٬٢٣٤", "دولارا"]),
        ("الساعة 10:30، 24/8/2020", ["الساعة", "10:30", "24/8/2020"]),
        ("می‌خواهم بروم", ["می‌خواهم", "بروم"]),
        ("موقع https://example.com/a?b=1، هنا", ["موقع", "https://example.com/a?b=1", "هنا"]),
        ("راسلنا info@example.org الآن", ["راسلنا", "info@example.org", "الآن"]),
        ("Jean-Luc doesn't", ["Jean-Luc", "doesn't"]),
        ("سوري-لبناني", ["سوري", "لبناني"]),
        ("كوفيد-19", ["كوفيد", "19"]),
        ("انتهى.وقال", ["انتهى", "وقال"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert [word.text for word in words(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وصل الوفد. بدأ اللقاء.", ["وصل الوفد.", "بدأ اللقاء."]),
        ("هل وصل؟ نعم! بدأ اللقاء", ["هل وصل؟", "نعم!", "بدأ اللقاء"]),
        ("بلغ النمو 3.5 في المئة. وزاد.", ["بلغ النمو 3.5 في المئة.", "وزاد."]),
        ("قال د. أحمد سالم إن العمل بدأ. وأضاف.", ["قال د. أحمد سالم إن العمل بدأ.", "وأضاف."]),
        ("كتب أ.د. سالم مقالا. ونشره.", ["كتب أ.د. سالم مقالا.", "ونشره."]),
        ("العنوان ص.ب. 1234 بيروت. للتواصل.", ["العنوان ص.ب. 1234 بيروت.", "للتواصل."]),
        ("في القرن الثالث ق.م. كان المرفأ هنا.", ["في القرن الثالث ق.م. كان المرفأ هنا."]),
        ("قال: «لن نعود.» ثم مضى.", ["قال: «لن نعود.»", "ثم مضى."]),
        ("انتظر… ثم مضى.", ["انتظر…", "ثم مضى."]),
        ("زوروا www.example.com. شكرا.", ["زوروا www.example.com.", "شكرا."]),
        ("انتهى العرض.وقال المخرج.", ["انتهى العرض.", "وقال المخرج."]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("جملة؛ تتمتها. أخرى", ["جملة؛ تتمتها.", "أخرى"]),
        ("Dr. Smith met J. R. Hall. They spoke.", ["Dr. Smith met J. R. Hall.", "They spoke."]),
        ("كيف؟! لا أدري...", ["كيف؟!", "لا أدري..."]),
        ("  ", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == found


PIECES = st.sampled_from(
    [
        "قال",
        "د",
        ".",
        "…",
        "؟",
        " ",
        "\n",
        "«",
        "»",
        "3.5",
        "www.a.com",
        "#",
        "_",
        "ـ",
        "ُ",
        "A",
        "a",
        "-",
        "'",
        "!",
        "@",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join))
def test_parts_are_where_they_say_and_lose_nothing(text: str) -> None:
    for part in (words, sentences):
        position = 0
        for span in part(text):
            assert span.text
            assert text[span.start : span.end] == span.text
            assert span.start >= position
            position = span.end
    assert "".join("".join(s.text for s in sentences(text)).split()) == "".join(text.split())


def test_time_is_linear_in_the_text() -> None:
    started = time.process_time()
    for hostile in (
        "." * 50_000,
        "a." * 50_000,
        "«" * 50_000,
        "www." * 20_000,
        "a@" * 30_000,
        "ـ" * 50_000,
        "1." * 50_000,
    ):
        assert list(words(hostile)) is not None
        assert list(sentences(hostile))
    assert time.process_time() - started < 20
