"""What a word that hardly anybody wrote was meant for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.spelling.meant_words import MeantWords
from bulaq.discovery.spelling.vocabulary import Vocabulary
from bulaq.discovery.spelling.written_forms import Counting, WrittenForms
from bulaq.discovery.terms.codes import code_of

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


@pytest.fixture(scope="module")
def of_texts() -> MeantWords:
    """What is guessed where it is known how often each word is written as it is."""
    texts = {
        "روسيا": 4000,
        "رويس": 36,
        "الدوري": 9,
        "والدوري": 700,
        "أجل": 3000,
        "أوجلان": 12,
        "غوغل": 340,
        "قول": 900,
    }
    counting = Counting()
    for word, count in texts.items():
        code = np.full(count, code_of(analyser.term(word)), dtype=np.uint32)
        assert all(text is code for text in counting.passing([code]))
    stems = Vocabulary({analyser.term(word).light: count for word, count in texts.items()})
    forms = Vocabulary(
        {analyser.term(word).exact: 9 for word in ("روسيا", "أجل", "أوجلان", "غوغل", "والدوري")}
    )
    written = WrittenForms.from_text(counting.counted().to_text())
    assert [written.times(analyser.term(word)) for word in ("رويس", "رويسا")] == [36, 0]
    return MeantWords(stems, forms, {}, written)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("رويسا", "روسيا"),  # which nobody wrote, though it has the stem of «رويس»
        ("رويس", None),
        ("والدوري", None),
        ("أوجلان", None),  # no «أجل», with the ending that nobody gives it
        ("Rusia", "روسيا"),
        ("Rousjla", None),  # «روسلا» and its like are near to «روسيا»; but too short for a guess
        ("قوقل", "غوغل"),  # one letter for another, twice, is one spelling and not two slips
    ],
)
def test_a_form_that_nobody_wrote_is_a_slip_though_its_stem_is_known(
    of_texts: MeantWords, typed: str, meant: str | None
) -> None:
    guesses = [word for word, _ in of_texts.guesses(analyser.term(typed))][:1]
    assert guesses == ([] if meant is None else [analyser.term(meant).light])


def test_counts_of_forms_outlive_a_file(tmp_path: Path) -> None:
    counting = Counting()
    list(counting.passing([np.array([7, 7, 9], dtype=np.uint32), np.array([7], dtype=np.uint32)]))
    counting.counted().save(tmp_path / "learned.written")
    again = WrittenForms.load(tmp_path / "learned.written")
    assert again.to_text() == counting.counted().to_text() != WrittenForms().to_text()
    assert again
    assert not WrittenForms.from_text(WrittenForms().to_text())
