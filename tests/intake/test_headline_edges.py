"""Headlines in a row, with nothing between them, come apart where their words tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulaq.intake.flat.one_line.headline_edges import LONGEST, learned, spans_of

WORDS = st.lists(
    st.sampled_from(
        ["وزير", "الثقافة", "يفتتح", "معرضا", "في", "«بيت", "الحكمة»", "2024", "Wi-Fi", "؟", "…", "القدس…"]
    ),
    max_size=60,
)


def test_headlines_come_apart_before_the_words_that_open_one() -> None:
    row = [
        "العثور على آثار مدينة قديمة قرب الساحل",
        "رئيس الوزراء يستقبل وفد اتحاد الكتاب العرب",
        "لماذا يهاجر الطير جنوبا كل شتاء",
    ]
    words = " ".join(row).split()
    assert [" ".join(words[span.begin : span.end]) for span in spans_of(words)] == row


def test_a_heading_is_taken_out_and_a_cut_headline_ends_where_it_says() -> None:
    words = ["دراسة", "تكشف", "فوائد", "المشي…", "رياضة", "وزير", "الثقافة", "يفتتح", "معرض", "الكتاب"]
    spans = spans_of(words, fixed=frozenset({4}), headings={5: {4: 4.0}})
    assert [(span.begin, span.end, span.is_heading) for span in spans] == [
        (0, 4, False),
        (4, 5, True),
        (5, 10, False),
    ]


@given(WORDS, st.one_of(st.none(), st.integers(3, 9)))
def test_every_word_stands_in_one_span(words: list[str], limit: int | None) -> None:
    spans = spans_of(words, limit=limit)
    assert [number for span in spans for number in range(span.begin, span.end)] == list(range(len(words)))
    assert all(0 < span.end - span.begin <= LONGEST for span in spans)
    assert len(learned().log_odds(words)) == max(0, len(words) - 1)
