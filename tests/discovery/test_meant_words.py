"""What a word that hardly anybody wrote was meant for."""

from __future__ import annotations

import pytest

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.meant_words import MeantWords
from bulaq.discovery.vocabulary import Vocabulary

WRITTEN = {
    "المونديال": 900,
    "إسرائيل": 800,
    "الحكومة": 700,
    "السياسة": 600,
    "الشرطة": 500,
    "النظام": 400,
    "الضرائب": 300,
    "بوتين": 200,
    "غوغل": 200,
    "فيسبوك": 200,
    "صلاح": 200,
    "سلاح": 200,
    "محمد": 200,
    "المؤبد": 30,
    "المونديل": 2,
    "نابولي": 3,
    "كابول": 300,
}
analyser = Analyser()
words = MeantWords(
    Vocabulary({analyser.term(word).light: count for word, count in WRITTEN.items()}),
    Vocabulary({analyser.term(word).exact: count for word, count in WRITTEN.items() if word != "المونديل"}),
    {analyser.term("غوغل").light: (("جوجل", 0.8),)},
)


def first(typed: str) -> str | None:
    guesses = words.guesses(analyser.term(typed))
    return guesses[0][0] if guesses else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الحكومه", None),  # another way to write it is no slip
        ("الحوكمة", "الحكومة"),
        ("الشرظة", "الشرطة"),
        ("المؤببد", "المؤبد"),
        ("النضام", "النظام"),
        ("الظرائب", "الضرائب"),
        ("السياسةة", "السياسة"),
        ("فبوتين", "بوتين"),  # «so Putin»
        ("المونديل", "المونديال"),  # two documents have the slip
        ("نابولي", None),  # a rare name is no slip for a frequent one
        ("گوگل", "غوغل"),
        ("Facebook", "فيسبوك"),
        ("putin", "بوتين"),
        ("Mohamed", "محمد"),
        ("xyzzy", None),
        ("قسطنطينية", None),
        ("2018", None),
        ("", None),
    ],
)
def test_what_was_meant(typed: str, meant: str | None) -> None:
    assert first(typed) == (None if meant is None else analyser.term(meant).light)


def test_a_latin_name_may_be_several_words_and_brings_their_learned_spellings() -> None:
    salah = [word for word, _ in words.guesses(analyser.term("Salah"))]
    assert {"صلاح", "سلاح"} <= set(salah)
    assert ("جوجل", 0.72) in words.guesses(analyser.term("Google"))


def test_a_latin_word_that_the_archive_has_as_often_stands_for_itself() -> None:
    both = MeantWords(Vocabulary({"googl": 50, "غوغل": 200}), Vocabulary(), {})
    assert both.guesses(analyser.term("Google")) == ()


def test_a_slip_in_a_latin_word_is_mended_beside_what_it_may_be_in_arabic() -> None:
    arabic, latin = analyser.term("سيتي").light, analyser.term("city").light
    both = MeantWords(Vocabulary({latin: 40, arabic: 200}), Vocabulary({"city": 9}), {})
    assert {word for word, _ in both.guesses(analyser.term("sity"))} == {arabic, latin}


def test_nothing_is_guessed_from_an_empty_archive() -> None:
    assert MeantWords(Vocabulary(), Vocabulary(), {}).guesses(analyser.term("الحكومه")) == ()
