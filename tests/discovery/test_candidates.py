"""What keeps a search of a large archive fast must not change what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search
from bulaq.discovery.query.parsing import understand
from bulaq.discovery.ranking import rarity
from bulaq.discovery.results.hits import headline_of, source_of, texts_of
from bulaq.discovery.results.snippets import Highlighter
from bulaq.discovery.spelling.edit_distance import distances
from bulaq.discovery.spelling.vocabulary import Vocabulary
from bulaq.discovery.terms.faces import TextFaces

WORDS = st.text("ابتجد", min_size=1, max_size=8)


@pytest.mark.parametrize("text", ["الحكومة القمح", "الحكومة الوزير", "الحكومة الوزير القمح", "الحكومة"])
def test_very_frequent_words_are_passed_over_without_losing_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    index = EmbeddedIndex(tmp_path)
    with index.writer() as writer:
        for number in range(1, 401):
            body = ["الحكومة", "الوزير" if number % 3 else "مدينة", "القمح" if number % 3 == 1 else "بحر"]
            headline = "أسعار القمح" if number == 200 else f"خبر {number}"
            edition = 1 if number % 5 else 2
            writer.put([Document(number, headline, " ".join(body), placements=(Placement(edition),))])
        writer.commit("1")
    whole = index.search(Search(text, edition=1))
    monkeypatch.setattr(rarity, "COMMON", 150)
    pruned = index.search(Search(text, edition=1))
    assert pruned.total == whole.total
    assert [hit.score for hit in pruned.hits] == [hit.score for hit in whole.hits]


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, max_size=8))
def test_edits_between_words_are_counted_for_all_at_once(word: str, others: list[str]) -> None:
    assert distances(word, others) == [_distance(word, other) for other in others]


@settings(deadline=None)
@given(st.dictionaries(WORDS, st.integers(1, 1000), max_size=30), WORDS, st.integers(1, 2))
def test_a_vocabulary_finds_all_that_is_near_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, words: dict[str, int], word: str, edits: int
) -> None:
    path = tmp_path_factory.mktemp("vocabulary") / "words"
    Vocabulary(words).save(path)
    vocabulary = Vocabulary.load(path)
    assert dict(vocabulary) == words
    assert vocabulary.get(word) == words.get(word)
    near = {(other, _distance(word, other), count) for other, count in words.items()}
    assert set(vocabulary.near(word, edits)) == {each for each in near if each[1] <= edits}


def test_an_exchange_of_neighbours_is_one_edit() -> None:
    assert distances("برلمان", ["برلمان", "برملان", "برلمن", "ببرلمان", "سفينة"])[:4] == [0, 1, 1, 1]


def test_what_a_result_shows_is_kept_whatever_it_holds() -> None:
    document = Document(1, "أ\x1eب", "نص\x1eآخر\ud800", standfirst="مقدمة", url="/1\x1e/")
    source = source_of(document).decode()
    assert headline_of(source) == "أ ب"
    assert texts_of(source) == ("أ ب", "مقدمة\nنص\x1eآخر?")


@pytest.mark.parametrize("query", ["الأسعار", "وزير المالية", "«رفع الأسعار»", "كلمة أخرى"])
def test_codes_change_no_snippet(query: str) -> None:
    analyser = Analyser()
    text = f"{'مقدمة طويلة عن الأسواق. ' * 30}قال وزير المالية إن رفع الأسعار مؤجل.{' ثم نقاش آخر.' * 60}"
    highlighter = Highlighter(understand(query, analyser), analyser)
    codes = TextFaces(analyser).of([text])[0].codes
    assert highlighter.snippet(text, codes=_array(codes)) == highlighter.snippet(text)


@pytest.mark.parametrize(
    "before", ["كَلِمَاتٌ " * 740, "كَلِمَاتٌ " * 603, "—" * 7_000], ids=["vowelled", "nearly", "wordless"]
)
def test_a_match_beyond_what_is_looked_at_is_no_failure(before: str) -> None:
    analyser = Analyser()
    text = f"{before} سفينة <b>"
    highlighter = Highlighter(understand("سفينة", analyser), analyser)
    codes = TextFaces(analyser).of([text])[0].codes
    shown = highlighter.snippet(text, codes=_array(codes))
    assert shown.startswith(before.split()[0][:200])
    assert len(shown) < 300
    assert "<" not in shown


@pytest.mark.parametrize(
    "word", ["س" * 6_000, "سوريا" + "\u064b" * 5_000, "x" * 7_000 + " سوريا", "1," * 3_000]
)
def test_a_word_longer_than_a_snippet_is_cut(word: str) -> None:
    shown = Highlighter(understand("سوريا", Analyser()), Analyser()).snippet(f"{word} & ثم سوريا")
    assert 0 < len(shown) < 260


def _array(codes: bytes):  # type: ignore[no-untyped-def]
    from bulaq.discovery.terms.codes import pack, unpack

    return unpack(pack(b"", codes, b""))[1]


def _distance(first: str, second: str) -> int:
    """The restricted distance by its definition."""
    table = {(i, 0): i for i in range(len(first) + 1)} | {(0, j): j for j in range(len(second) + 1)}
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            cost = first[i - 1] != second[j - 1]
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and first[i - 1] == second[j - 2] and first[i - 2] == second[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(first), len(second)]
