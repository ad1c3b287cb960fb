"""Of several guesses at a word, the one that stands beside the query's other words in the archive is meant."""

from __future__ import annotations

from collections import Counter

import pytest

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.query.parsing import understand
from bulaq.discovery.spelling.company import in_company
from bulaq.discovery.spelling.did_you_mean import did_you_mean
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.spelling.vocabulary import Vocabulary

HEADLINES = (
    """
محمد صلاح يسجل هدفين|محمد صلاح في قائمة المنتخب|محمد صلاح يعود إلى الملاعب|سلاح المهندسين|سلاح البحرية|سلاح الجو
سلاح قديم|سلاح نادر|سلاح الحدود|ميغان ماركل في لندن|ميغان ماركل تزور المدرسة|ميغان ماركل|ميدان التحرير|ميدان السباق
ميدان المدينة|ميدان الكرة|ميدان الحرية|ميدان القلعة|ميدان الشهداء|كرة الماء|ماركل في المدينة|محمد في المدينة
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
analyser = Analyser()
TERMS = [[analyser.term(word) for word in headline.split()] for headline in HEADLINES]
WORDS = [term for terms in TERMS for term in terms]
TIMES = 20
"""How many articles there are for each of the headlines."""
LEARNED = Learned(
    {},
    Vocabulary({light: TIMES * count for light, count in Counter(term.light for term in WORDS).items()}),
    Vocabulary(Counter(term.exact for term in WORDS)),
)


def together(one: str, other: str, headlines: bool) -> int:
    return sum({one, other} <= {term.light for term in terms} for terms in TERMS) if headlines else 0


def meant(text: str) -> list[list[str]]:
    query = in_company(understand(text, analyser, LEARNED, LEARNED.vocabulary), LEARNED, together)
    return [[variant.light for variant, _ in word.variants] for word in query.words]


@pytest.mark.parametrize(
    ("typed", "alone", "beside"),
    [("Salah", "سلاح", ("Mohamed Salah", "صلاح")), ("ميجان", "ميدان", ("ميجان ماركل", "ميغان"))],
)
def test_the_frequent_word_is_meant_alone_and_another_one_beside_its_neighbour(
    typed: str, alone: str, beside: tuple[str, str]
) -> None:
    assert alone in meant(typed)[0]
    query, name = beside
    assert name in meant(query)[query.split().index(typed)]
    assert alone not in meant(query)[query.split().index(typed)]


def test_what_stands_beside_nothing_is_guessed_as_alone() -> None:
    assert meant("ميجان القمر")[0] == meant("ميجان")[0]


def test_names_in_latin_letters_are_offered_in_arabic_ones_all_or_none() -> None:
    def offered(text: str) -> str | None:
        query = in_company(understand(text, analyser, LEARNED, LEARNED.vocabulary), LEARNED, together)
        forms = {term.light: {term.exact: 1} for term in WORDS}
        return did_you_mean(query, LEARNED, lambda light: forms.get(light, {}))

    assert offered("Mohamed Salah") == "محمد صلاح"
    assert offered("Mohamed Xyzzy") is None
    assert offered("ميجان ماركل") == "ميغان ماركل"


def test_a_query_of_misspelt_words_asks_the_index_no_question_twice_and_not_for_all_of_them() -> None:
    asked: list[tuple[str, str, bool]] = []

    def nowhere(one: str, other: str, headlines: bool) -> int:
        asked.append((one, other, headlines))
        return 0

    letters = "بتثجحخدرزسشصضطعفق"
    query = understand(" ".join(f"مي{letter}ان" for letter in letters), analyser, LEARNED, LEARNED.vocabulary)
    uncertain = [word for word in query.words if LEARNED.possible(word.term)]
    assert len(uncertain) > 10
    assert in_company(query, LEARNED, nowhere).words == query.words
    assert len(asked) == len(set(asked)) < 6 * 9 * 8 * 2
    assert uncertain[-1].term.light not in {light for one, other, _ in asked for light in (one, other)}


def test_whole_words_are_replaced_by_the_form_that_is_written_most() -> None:
    query = understand("ميجانستان ميجان", analyser, LEARNED, LEARNED.vocabulary)
    light = LEARNED.possible(query.words[1].term)[0][0]
    right = next(term.exact for term in WORDS if term.light == light)
    written = {light: {f"{right}\u0640": 1, right: 3}}
    assert did_you_mean(query, LEARNED, lambda light: written.get(light, {})) == f"ميجانستان {right}"
