"""However documents come into the embedded index, it finds what one finds that got them all at once."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.discovery.test_backends_agree import DOCUMENT, SEARCH

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document
from bulaq.discovery.embedded import code_column, commits, gathering, writer
from bulaq.discovery.embedded.array_file import Array, ArrayFileError, read_arrays, write_arrays
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.embedded.segment import FULL
from bulaq.discovery.embedded.word_numbers import MARK, WordNumbers
from bulaq.discovery.index import IndexOutdated, IndexUnavailable, Search

PUT = st.lists(st.tuples(st.integers(1, 9), DOCUMENT), min_size=1, max_size=6)
STEP = st.tuples(st.just("put"), PUT) | st.tuples(st.just("delete"), st.lists(st.integers(1, 9), max_size=3))


@pytest.fixture(scope="module", autouse=True)
def _small_segments() -> object:
    """Segments are full, merged and worn after a few documents, and most codes are rare."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "FULL", 5)
        patch.setattr(gathering, "_AT_ONCE", 200)
        patch.setattr(gathering, "_MOST_AT_ONCE", 3)
        patch.setattr(gathering, "_MOST_FORMS", 20)
        patch.setattr(writer, "FULL", 12)
        patch.setattr(writer, "_TIER", 2)
        patch.setattr(writer, "_SMALLEST", 2)
        patch.setattr(code_column, "MOST_FREQUENT", 6)
        yield


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(st.lists(STEP, max_size=4), min_size=1, max_size=6), st.lists(SEARCH, min_size=4, max_size=4))
def test_documents_that_come_and_go_are_found_as_if_they_had_come_at_once(
    commits: list[list[tuple[str, list[Any]]]], searches: list[Search]
) -> None:
    held: dict[int, Document] = {}
    with tempfile.TemporaryDirectory() as folder:
        index, at_once = EmbeddedIndex(Path(folder) / "bit by bit"), EmbeddedIndex(Path(folder) / "at once")
        for number, steps in enumerate(commits):
            with index.writer() as writing:
                for kind, values in steps:
                    if kind == "put":
                        documents = [replace(document, id=identity) for identity, document in values]
                        writing.put(documents)
                        held |= {document.id: document for document in documents}
                    else:
                        writing.delete(values)
                        held = {identity: held[identity] for identity in held if identity not in values}
                writing.commit(str(number))
            assert (index.count(), index.cursor()) == (len(held), str(number))
        with at_once.rebuild() as writing:
            writing.put(held.values())
            writing.commit("1")
        index.learn()
        for search in searches:
            here, there = index.search(search), at_once.search(search)
            assert {hit.id: (hit.headline, hit.snippet) for hit in here.hits} == {
                hit.id: (hit.headline, hit.snippet) for hit in there.hits
            }
            assert (here.total, here.relaxed, here.facets) == (there.total, there.relaxed, there.facets)


def test_one_writes_and_the_others_read_on(tmp_path: Path) -> None:
    index, other = EmbeddedIndex(tmp_path), EmbeddedIndex(tmp_path)
    with index.writer() as writing:
        writing.put([Document(1, "القمح")])
        with pytest.raises(IndexUnavailable, match="another process"), other.writer():
            pass
        writing.commit("1")
        before = other.generation()
        assert before is not None
        for number in range(2, 30):
            writing.put([Document(number, f"القمح {number}")])
            writing.commit(str(number))
    assert other.search(Search("القمح", drafts=True, limit=100)).total == 29
    assert before.segments[0].source(0).startswith("القمح"), "files that were deleted since are still read"
    assert len(list(tmp_path.glob("generation-*/*.segment"))) < 8
    assert not set(tmp_path.glob("generation-*/*.segment")) - {
        segment.path
        for segment in other.generation().segments  # type: ignore[union-attr]
    }


def test_what_was_not_committed_is_gone(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path)
    with index.writer() as writing:
        writing.put([Document(number, f"خبر {number}") for number in range(1, 9)])
        writing.commit("1")
    with index.writer() as writing:
        writing.put([Document(number, f"خبر آخر {number}") for number in range(4, 20)])
        writing.delete([1])
    assert (index.count(), index.cursor(), index.search(Search("آخر", drafts=True)).total) == (8, "1", 0)
    assert len(list(tmp_path.glob("generation-*/*.segment"))) == len(index.generation().segments)  # type: ignore[union-attr]


@pytest.mark.parametrize(("step", "held"), [(1, (1, "1")), (2, (2, "2"))])
def test_a_commit_that_is_broken_off_while_it_reaches_the_disk_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, held: tuple[int, str]
) -> None:
    steps = iter(range(1, 9))

    def broken_off(_: Path) -> None:
        if next(steps) == step:
            raise KeyboardInterrupt

    index = EmbeddedIndex(tmp_path)
    with index.writer() as writing:
        writing.put([Document(1, "القمح")])
        writing.commit("1")
    monkeypatch.setattr(commits, "sync", broken_off)
    with index.writer() as writing:
        writing.put([Document(1, "الأرز"), Document(2, "القمح")])
        with pytest.raises(KeyboardInterrupt):
            writing.commit("2")
    assert (index.count(), index.cursor()) == held


def test_damage_that_a_merge_meets_asks_for_a_reindex(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path)
    with index.writer() as writing:
        writing.put([Document(1, "القمح", "نص الخبر")])
        writing.commit("1")
    file = next(tmp_path.glob("generation-*/*.segment"))
    data = bytearray(file.read_bytes())
    at = data.find(read_arrays(file)["stems"].tobytes())
    data[at : at + 4] = b"\0\0\0\0"
    file.write_bytes(data)
    index.check()
    with EmbeddedIndex(tmp_path).writer() as writing:
        writing.put([Document(2, "القمح")])
        with pytest.raises(IndexOutdated, match="damaged"):
            writing.commit("2")
    with pytest.raises(IndexOutdated, match="reindex"):
        index.check()


def test_no_segment_takes_more_documents_than_it_can_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "FULL", FULL)
    monkeypatch.setattr(gathering, "_MOST_AT_ONCE", 500)
    index = EmbeddedIndex(tmp_path)
    with index.writer() as writing:
        writing.put(
            Document(number, "الشعير" if number != FULL + 5 else "القمح") for number in range(FULL + 9)
        )
        writing.commit("1")
    assert [hit.id for hit in index.search(Search("القمح", drafts=True)).hits] == [FULL + 5]


@given(st.lists(st.text("ابتجد ،«\n" + MARK, max_size=12), max_size=9))
def test_words_have_one_number_each(texts: list[str]) -> None:
    analyser = Analyser()
    numbers = WordNumbers(analyser)
    words, lengths = numbers.of(texts)
    expected = [[term.exact for term in analyser.terms(text)] for text in texts]
    ends = np.cumsum(lengths)
    found = [words[end - length : end].tolist() for end, length in zip(ends, lengths, strict=True)]
    assert [[numbers.exact[number] for number in each if number] for each in found] == expected


def test_a_file_of_arrays_comes_back_or_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "file"
    arrays: dict[str, Array] = {
        "a": np.arange(7, dtype=np.int16),
        "none": np.zeros(0),
        "words": np.array([b"x", b"yy"]),
    }
    write_arrays(path, arrays)
    found = read_arrays(path)
    assert {name: values.tolist() for name, values in found.items()} == {
        name: values.tolist() for name, values in arrays.items()
    }
    whole = path.read_bytes()
    for damaged in (whole[:9], whole[:-1], whole + b"\0", b"x" + whole[1:], whole.replace(b'"a"', b'"b"', 1)):
        path.write_bytes(damaged)
        with pytest.raises(ArrayFileError, match=path.name):
            read_arrays(path)
