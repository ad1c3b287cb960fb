"""What keeps a search of a large archive fast must not change what it finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.arabic.analysis import Analyser
from bulaq.discovery import tantivy_candidates, tantivy_matching, tantivy_newest
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.edit_distance import distances
from bulaq.discovery.faces import TextFaces
from bulaq.discovery.hits import headline_of, source_of, texts_of
from bulaq.discovery.index import Search, Sort
from bulaq.discovery.query import understand
from bulaq.discovery.snippets import Highlighter
from bulaq.discovery.tantivy_index import TantivyIndex
from bulaq.discovery.vocabulary import Vocabulary

WORDS = st.text("ابتجد", min_size=1, max_size=8)


@pytest.mark.parametrize("text", ["الحكومة القمح", "الحكومة الوزير", "الحكومة الوزير القمح", "الحكومة"])
def test_very_frequent_words_are_passed_over_without_losing_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    index = TantivyIndex(tmp_path)
    with index.writer() as writer:
        for number in range(1, 401):
            body = ["الحكومة", "الوزير" if number % 3 else "مدينة", "القمح" if number % 3 == 1 else "بحر"]
            headline = "أسعار القمح" if number == 200 else f"خبر {number}"
            edition = 1 if number % 5 else 2
            writer.put([Document(number, headline, " ".join(body), placements=(Placement(edition),))])
        writer.commit("1")
    whole = index.search(Search(text, edition=1))
    monkeypatch.setattr(tantivy_candidates, "COMMON", 150)
    pruned = index.search(Search(text, edition=1))
    assert pruned.total == whole.total
    assert [hit.score for hit in pruned.hits] == [hit.score for hit in whole.hits]


def test_great_numbers_are_estimated_from_a_sample_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = TantivyIndex(tmp_path)
    with index.rebuild() as writer:
        writer.put(
            Document(number, "أسعار القمح" if number % 4 else "البحر", placements=(Placement(1, number % 3),))
            for number in range(1, 20_001)
        )
        writer.commit("1")
    exact = index.search(Search("القمح", edition=1, facets=True))
    assert (exact.total, exact.approximate) == (15_000, False)
    monkeypatch.setattr(tantivy_matching, "COUNTED", 1_000)
    estimated = index.search(Search("القمح", edition=1, facets=True))
    assert estimated.approximate
    assert estimated.total == pytest.approx(15_000, rel=0.1)
    assert estimated.facets is not None
    assert sum(estimated.facets.sections.values()) == estimated.total
    rare = index.search(Search("البحر القمح", edition=1, sort=Sort.TIME, limit=1))
    assert (rare.total, rare.relaxed) != (0, False)
    assert [hit.id for hit in estimated.hits] == [hit.id for hit in exact.hits]


@pytest.mark.parametrize("edition", [1, 2, 3, None])
def test_an_edition_looked_at_afterwards_lets_the_same_documents_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: int | None
) -> None:
    index = TantivyIndex(tmp_path)
    with index.rebuild() as writer:
        for number in range(1, 601):
            placements = (Placement(1 if number % 2 else 2, live=number % 5 != 0),)
            writer.put(
                [Document(number, f"خبر {number}", "القمح " * (number % 9 + 1), placements=placements)]
            )
        writer.commit("1")
    for drafts in (False, True):
        search = Search("القمح", edition=edition, drafts=drafts, limit=100)
        monkeypatch.setattr(tantivy_candidates, "_SHARE", 0.01)
        afterwards = index.search(search)
        monkeypatch.setattr(tantivy_candidates, "_SHARE", 2.0)
        before = index.search(search)
        assert {hit.id for hit in afterwards.hits} == {hit.id for hit in before.hits}


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
    from bulaq.discovery.codes import pack, unpack

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


def test_the_newest_of_a_long_archive_are_found_among_its_newest_weeks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = TantivyIndex(tmp_path)
    first = datetime(1969, 11, 1, tzinfo=UTC)
    with index.rebuild() as writer:
        writer.put(
            Document(
                number,
                f"{'أسعار القمح' if number % 7 else 'أسواق البحر'} {number}",
                "جزيرة" if number == 3 else "",
                placements=(
                    Placement(number % 2 + 1, published_at=first + timedelta(days=number * 37 % 900)),
                )
                if number % 11
                else (Placement(1),),
            )
            for number in range(1, 901)
        )
        writer.commit("1")
    questions = [
        Search(text, edition=edition, sort=Sort.TIME, limit=limit, offset=5)
        for text in ("", "القمح", "البحر", "جزيرة")
        for edition in (None, 1, 2)
        for limit in (10, 200)
    ]

    def answers() -> list[object]:
        suggested = [index.suggest(text, edition=1) for text in ("أس", "ال", "أسعار ال")]
        return [*(index.search(question) for question in questions), *suggested]

    whole = answers()
    monkeypatch.setattr(tantivy_newest, "_NEWEST", (30, 120))
    assert answers() == whole
