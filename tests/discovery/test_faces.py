"""Texts looked up many at once have the words that the analyser finds in each."""

from __future__ import annotations

import struct
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.arabic.analysis import _WORD, Analyser
from bulaq.arabic.stemming import fold
from bulaq.discovery.terms.chunks import AT_ONCE
from bulaq.discovery.terms.codes import code_of
from bulaq.discovery.terms.faces import Faces, TextFaces
from bulaq.discovery.terms.letters import decoded, encoded, encoded_bytes

ANALYSER = Analyser()
REMEMBERING = TextFaces(ANALYSER)
WORDS = st.sampled_from(
    [
        "والحكومات",
        "السلام،",
        "«غزة»",
        "MH17",
        "Zürich",
        "١٬٢٥٠",
        "في",
        "—",
        "الأُمــم",
        "O’Neill",
        "Киев",
        "🙂كلمة",
        "20.5%",
    ]
)
PROSE = st.lists(WORDS | st.text(max_size=6), max_size=12).map(" ".join)


def expected(text: str) -> Faces:
    terms = ANALYSER.terms(text)
    return Faces(
        encoded(" ".join(term.light for term in terms)),
        encoded(" ".join(term.light if term.stop else term.root for term in terms)),
        struct.pack(f"<{len(terms)}I", *map(code_of, terms)),
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(PROSE | st.text(), max_size=6))
def test_each_text_has_the_faces_of_its_own_words(texts: list[str]) -> None:
    wanted = [expected(text) for text in texts]
    assert TextFaces(ANALYSER).of(texts) == wanted
    assert REMEMBERING.of(texts) == wanted
    assert [REMEMBERING.of([text])[0] for text in texts] == wanted


def test_long_texts_are_cut_where_no_word_is() -> None:
    text = "قالت الحكومة إن «القمح» وصل.\n" * (2 * AT_ONCE // 28)
    assert len(text) > 2 * AT_ONCE
    assert TextFaces(ANALYSER).of(["قبل", text, "بعد"]) == [expected("قبل"), expected(text), expected("بعد")]
    endless = TextFaces(ANALYSER).of(["\U0001f642" * (3 * AT_ONCE), "بعد"])
    assert endless == [Faces(), expected("بعد")]


def test_an_endless_vocabulary_is_forgotten_and_still_right(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(TextFaces, "MOST", 5_000)
    faces = TextFaces(ANALYSER)
    for turn in range(6):
        text = " ".join(f"كلمة{number}" for number in range(turn * 2_000, turn * 2_000 + 3_000))
        assert faces.of([text]) == [expected(text)]
        assert faces._count <= TextFaces.MOST


def test_no_word_of_any_script_has_the_signs_that_stand_for_arabic_letters() -> None:
    signs = set(encoded("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))
    assert len(signs) == 28
    characters = [character for character in map(chr, range(0x110000)) if _is_folded(character)]
    clashing = [character for character in characters if signs & set(fold(character))]
    assert clashing
    assert not any(_WORD.fullmatch(character) or _WORD.fullmatch(f"a{character}") for character in clashing)


def _is_folded(character: str) -> bool:
    """Whether anything at all may become of it."""
    return bool(unicodedata.decomposition(character)) or character.casefold() != character


def test_the_shorter_way_writes_the_same_letters() -> None:
    for word in ("حكوم", "zurich", "20.5", "киев", "٪", ""):
        assert encoded_bytes(word) == encoded(word).encode()
        assert decoded(encoded(word)) == word
