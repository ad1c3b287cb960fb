"""Documents gathered in memory until they are written as a segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import zstandard

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.array_file import Array
from bulaq.discovery.embedded.code_column import packed_codes
from bulaq.discovery.embedded.inversion import (
    BESIDE_FIELD,
    IN_HEADLINE_FIELD,
    NOT_INDEXED,
    Inverted,
    inverted,
    lists,
    marked,
    ranked,
)
from bulaq.discovery.embedded.keys import key_of
from bulaq.discovery.embedded.segment import FULL, NO_TIME
from bulaq.discovery.embedded.word_numbers import MARK, Numbers, WordNumbers
from bulaq.discovery.marks import marks_of
from bulaq.discovery.results.hits import source_of
from bulaq.discovery.terms import smaller_fields
from bulaq.discovery.terms.document_faces import text_of

_AT_ONCE: Final = 60_000
"""Characters of a batch whose words are looked up together…"""
_MOST_AT_ONCE: Final = 500
"""… and its documents at most."""
MOST_WORDS: Final = 24_000_000
"""Words after which a segment is written though it could hold more documents."""
_MOST_FORMS: Final = 1_500_000
"""Different words after which their numbers begin anew."""
_PARTS: Final = 3
"""Arrays of words that a document has: headline, text (standfirst first), smaller fields."""
_STANDFIRST: Final = smaller_fields.ORDER.index("standfirst")
_LONGEST_FORM: Final = 32  # bytes of a headline's word that is kept for suggestions


class Gathering:
    """The documents of the next segment."""

    def __init__(self, numbers: WordNumbers) -> None:
        self._numbers = numbers
        self._compressor = zstandard.ZstdCompressor(1)
        self._begin()

    def _begin(self) -> None:
        self._places: dict[int, int] = {}  # id → its last document
        self._documents: list[tuple[int, int, int]] = []  # id, time, year
        self._words: list[Numbers] = []
        self._lengths: list[npt.NDArray[np.int64]] = []
        self._sources: list[bytes] = []
        self._marks: list[int] = []
        self._marked: list[int] = []  # how many marks each document has
        self._sections: list[tuple[int, int]] = []
        self._count_words = 0
        if len(self._numbers) > _MOST_FORMS:
            self._numbers.begin_anew()

    def __len__(self) -> int:
        return len(self._documents)

    def has_room_for(self, documents: int) -> bool:
        """Whether so many documents more fit into the segment."""
        bounded = self._count_words <= MOST_WORDS and len(self._numbers) <= 2 * _MOST_FORMS
        return bounded and len(self) + documents <= FULL

    def put(self, documents: Sequence[Document]) -> None:
        """Take documents in, each in place of an earlier one with its id."""
        texts: list[str] = []
        for document in documents:
            texts += (document.headline, text_of(document), _smaller(document))
            self._keep(document)
        words, lengths = self._numbers.of(texts)
        self._words.append(words)
        self._lengths.append(lengths)
        self._count_words += len(words)

    def _keep(self, document: Document) -> None:
        place = len(self._documents)
        self._places[document.id] = place
        time = document.time
        self._documents.append(
            (document.id, NO_TIME if time is None else int(time.timestamp()), time.year if time else 0)
        )
        self._sources.append(self._compressor.compress(source_of(document)))
        marks = list(map(key_of, marks_of(document)))
        self._marks += marks
        self._marked.append(len(marks))
        self._sections += [(place, key) for key in sorted(set(_sections(document.placements)))]

    def delete(self, identity: int) -> None:
        """Take a document out again, if it is here."""
        self._places.pop(identity, None)

    def take(self) -> dict[str, Array] | None:
        """All as the arrays of a segment, documents by id; None when nothing is left. What comes next begins anew."""
        try:
            return self._arrays() if self._places else None
        finally:
            self._begin()

    def _arrays(self) -> dict[str, Array]:
        ids = np.array(sorted(self._places), dtype=np.int64)
        order = np.array([self._places[identity] for identity in ids.tolist()])
        place_of = np.full(len(self._documents), -1)
        place_of[order] = np.arange(len(order))  # where a document comes to stand; -1: nowhere
        lengths = np.concatenate(self._lengths)
        words = np.concatenate(self._words)
        if not np.array_equal(order, np.arange(len(self._documents))):
            words, lengths = _reordered(words, lengths, order)
        columns = np.array(self._documents, dtype=np.int64)[order]
        sources = [self._sources[place] for place in order.tolist()]
        sections = np.array(self._sections, dtype=np.int64).reshape(-1, 2)
        section_docs = place_of[sections[:, 0]]
        mark_docs = np.repeat(place_of, self._marked)
        kept = mark_docs >= 0
        marks = lists(np.array(self._marks, dtype=np.uint64)[kept], mark_docs[kept])
        return {
            "ids": ids,
            "times": columns[:, 1],
            "years": columns[:, 2].astype(np.int16),
            "mark_keys": marks[0],
            "mark_starts": marks[1],
            "mark_docs": marks[2],
            "section_docs": section_docs[section_docs >= 0].astype(np.uint16),
            "section_values": sections[section_docs >= 0, 1],
            "source_ends": np.cumsum([0, *map(len, sources)]),
            "sources": np.frombuffer(b"".join(sources), dtype=np.uint8),
            **self._arrays_of_words(words, lengths),
        }

    def _arrays_of_words(self, words: Numbers, lengths: npt.NDArray[np.int64]) -> dict[str, Array]:
        """The lists and the codes. Tens of millions of words: each array here has the smallest type that will do."""
        of_documents = lengths.reshape(-1, _PARTS).sum(axis=1)
        docs = np.repeat(np.arange(len(of_documents), dtype=np.uint16), of_documents)
        fields = _fields(words, lengths)
        headline = fields == IN_HEADLINE_FIELD
        forms = self._forms(words[headline], docs[headline])
        indexed = fields != NOT_INDEXED
        used = np.flatnonzero(np.bincount(words[indexed], minlength=len(self._numbers)))
        roots, lights = self._numbers.roots[used], self._numbers.lights[used]
        rank_of_used, one_of_rank = ranked(roots, lights)
        ranks = np.zeros(len(self._numbers), dtype=np.uint64)
        ranks[used] = rank_of_used
        postings = marked(ranks[words[indexed]], docs[indexed], fields[indexed])
        del docs, fields, indexed, headline
        found = inverted(postings, roots[one_of_rank], lights[one_of_rank])
        del postings
        return {
            **arrays_of(found),
            **stems([self._numbers.light[used[place]] for place in one_of_rank.tolist()]),
            **forms,
            "lengths": lengths.astype(np.uint32),
            **packed_codes(words, self._numbers.codes, np.cumsum(of_documents)),
        }

    def _forms(self, words: Numbers, docs: npt.NDArray[np.integer[Any]]) -> dict[str, Array]:
        """The words of headlines as they are written, sorted, and the documents with each."""
        used = np.flatnonzero(np.bincount(words, minlength=1))
        exact = [self._numbers.exact[number].encode("utf-8", "replace") for number in used.tolist()]
        forms = np.array(
            [form if len(form) <= _LONGEST_FORM else b"" for form in exact], dtype=f"S{_LONGEST_FORM}"
        )
        return form_lists(forms[np.searchsorted(used, words)], docs)


def form_lists(forms: npt.NDArray[np.bytes_], docs: npt.NDArray[np.integer[Any]]) -> dict[str, Array]:
    """Words as lists: sorted, where each one's documents begin, and these."""
    known, numbers = np.unique(forms, return_inverse=True)
    keys, starts, found = lists(numbers.astype(np.uint64), docs)
    return {"forms": known[keys.astype(np.int64)], "form_starts": starts, "form_docs": found}


def arrays_of(found: Inverted) -> dict[str, Array]:
    """The lists of words under the names they have in a segment."""
    return {
        "roots": found.roots,
        "root_starts": found.root_starts,
        "root_documents": found.root_documents,
        "lights": found.lights,
        "light_starts": found.light_starts,
        "docs": found.docs,
        "marks": found.marks,
    }


def stems(words: Iterable[str]) -> dict[str, Array]:
    """The light stems of a segment, in the order of its lists, compressed: only learning reads them."""
    text = "\n".join(words).encode("utf-8", "replace")
    return {"stems": np.frombuffer(zstandard.compress(text, 3), dtype=np.uint8)}


def _smaller(document: Document) -> str:
    texts = smaller_fields.texts_of(document)
    return f" {MARK} ".join(text.replace(MARK, " ") for text in texts) if any(texts) else ""


def _sections(placements: Iterable[Placement]) -> Iterator[int]:
    return (
        place.edition << 32 | place.section
        for place in placements
        if place.live and place.section is not None
    )


def _fields(words: Numbers, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """Of each word the field as `inversion.marked` has it. Not indexed are the marks between the smaller fields, and the
    standfirst there (it begins the text, too)."""
    kinds = np.array([IN_HEADLINE_FIELD, 0, BESIDE_FIELD], dtype=np.uint8)
    fields = np.repeat(np.tile(kinds, len(lengths) // _PARTS), lengths)
    beside = np.flatnonzero(fields == BESIDE_FIELD)
    if beside.size:
        marks = words[beside] == 0
        upto = np.cumsum(marks)
        of_document = lengths[2::_PARTS]
        ends = np.cumsum(of_document)
        before = np.concatenate(([0], upto))[ends - of_document]
        number = upto - np.repeat(before, of_document)
        fields[beside[marks | (number == _STANDFIRST)]] = NOT_INDEXED
    return fields


def _reordered(
    words: Numbers, lengths: npt.NDArray[np.int64], order: npt.NDArray[np.int64]
) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """The words of the documents in another order, some left out."""
    each = lengths.reshape(-1, _PARTS)
    ends = np.cumsum(each.sum(axis=1))
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    pieces = [words[starts[place] : ends[place]] for place in order.tolist()]
    return np.concatenate(pieces), each[order].reshape(-1)


def batched(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents, so many at once as are looked up together."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.body)
        if size >= _AT_ONCE or len(batch) == _MOST_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
