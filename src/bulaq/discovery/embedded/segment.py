"""A segment of the index, opened: some documents, their words inverted. Documents have numbers from 0 on, in order of id."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import zstandard

from bulaq.discovery.embedded.array_file import ArrayFileError, read_arrays
from bulaq.discovery.embedded.code_column import CodeColumn
from bulaq.discovery.embedded.inversion import TIMES, lengths_of, new_in
from bulaq.discovery.embedded.keys import key_of
from bulaq.discovery.terms.chunks import spread
from bulaq.discovery.terms.codes import LIGHT, Codes, light_code

FULL: Final = 1 << 16
"""Documents of a segment at most: so a document's number has two bytes."""
NO_TIME: Final = -(1 << 62)
"""The time of a document that has none: before all others."""

Chosen = npt.NDArray[np.bool_]
"""Of each document of a segment, whether it is meant."""
Places = npt.NDArray[np.int64]
_Array = npt.NDArray[Any]
_PARTS: Final = 3  # arrays of words that a document has
_ENDS: Final = (
    ("light_starts", "docs"),
    ("root_starts", "lights"),
    ("mark_starts", "mark_docs"),
    ("form_starts", "form_docs"),
    ("source_ends", "sources"),
    ("rare_starts", "rare_codes"),
)
"""Arrays that tell where the lists in others begin, and where the last one ends."""
_EMPTY: Final = slice(0, 0)
_MANY: Final = 8
"""The part of a segment's documents from which on all are gone through rather than each looked up."""
_OFTEN: Final = 32
"""The part of a segment's documents from which on a list is long: what is found in it by reading all of it is kept."""
_KEPT: Final = 8
"""Of all that is so kept, documents for each one of the segment at most: three bytes each."""
_AT_ONCE: Final = 2_000  # documents whose words are looked at together


class _Decompressor(threading.local):
    """One for each thread: it may not be shared, and to make one anew costs more than to use it."""

    def __init__(self) -> None:
        self.decompress = zstandard.ZstdDecompressor().decompress


_DECOMPRESSOR: Final = _Decompressor()


class Segment:
    """Documents and their words. `alive` tells which have not been taken out since."""

    def __init__(self, path: Path, alive: Chosen | None = None) -> None:
        """Opens a segment; raises OSError, and `ArrayFileError` when the file is damaged."""
        self.path = path
        self.arrays = read_arrays(path)
        try:
            self.ids: npt.NDArray[np.int64] = self.arrays["ids"]
            self.times: npt.NDArray[np.int64] = self.arrays["times"]
            self.years: npt.NDArray[np.int16] = self.arrays["years"]
            self._roots: npt.NDArray[np.uint64] = self.arrays["roots"]
            self._lights: npt.NDArray[np.uint64] = self.arrays["lights"]
            self._light_starts: _Array = self.arrays["light_starts"]
            self._lengths: _Array = self.arrays["lengths"].reshape(-1, _PARTS)
            self.count = len(self.ids)
            self._in_fields: dict[int, tuple[int, npt.NDArray[np.uint16], npt.NDArray[np.uint8]]] = {}
            self._kept_in_fields = 0
            self.alive: Chosen = np.ones(self.count, dtype=bool) if alive is None else alive
            whole = len(self.alive) == self.count <= FULL and self._fits_together()
        except (KeyError, ValueError) as error:
            raise ArrayFileError(f"{path}: damaged ({error})") from error
        if not whole:
            raise ArrayFileError(f"{path}: damaged (its parts do not fit together)")

    def with_alive(self, alive: Chosen) -> Segment:
        """The same segment, other documents taken out."""
        other = object.__new__(Segment)
        other.__dict__.update(self.__dict__)
        other.alive = alive
        return other

    def _fits_together(self) -> bool:
        """Whether the arrays are as long as others say, so that no list reaches beyond its end."""
        arrays = self.arrays
        whole = all(
            len(arrays[starts]) and int(arrays[starts][-1]) == len(arrays[held]) for starts, held in _ENDS
        )
        words = int(self._lengths.sum(dtype=np.int64))
        return whole and len(self._lengths) == self.count and words == len(arrays["codes"])

    # -- lists

    def root(self, root: str) -> int | None:
        """The place of a root among those of the segment; None when no document holds it."""
        key = key_of(root)
        place = int(self._roots.searchsorted(np.uint64(key)))
        return place if place < len(self._roots) and int(self._roots[place]) == key else None

    def documents_of(self, root: int) -> int:
        """How many documents hold a word of the root at a place, those taken out counted."""
        return int(self.arrays["root_documents"][root])

    def of_root(self, root: int) -> slice:
        """Where the lists of all its stems stand: in `docs` and `marks`. A document may come several times."""
        starts = self.arrays["root_starts"]
        return slice(
            int(self._light_starts[int(starts[root])]), int(self._light_starts[int(starts[root + 1])])
        )

    def of_light(self, root: int, light: str) -> slice:
        """Where the list of one of its light stems stands; each document once."""
        starts, key = self.arrays["root_starts"], key_of(light)
        first, last = int(starts[root]), int(starts[root + 1])
        place = first + int(self._lights[first:last].searchsorted(np.uint64(key)))
        if place == last or int(self._lights[place]) != key:
            return _EMPTY
        return slice(int(self._light_starts[place]), int(self._light_starts[place + 1]))

    def docs(self, where: slice) -> npt.NDArray[np.uint16]:
        """The documents of a list."""
        found: npt.NDArray[np.uint16] = self.arrays["docs"][where]
        return found

    def marks(self, where: slice) -> npt.NDArray[np.uint8]:
        """What `inversion` keeps of each document of a list."""
        found: npt.NDArray[np.uint8] = self.arrays["marks"][where]
        return found

    def in_fields(self, where: slice) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
        """The documents of a list that have the word elsewhere than in the text alone, few of a long list, and their marks."""
        known = self._in_fields.get(where.start)
        if known is not None and known[0] == where.stop:
            return known[1:]
        marks = self.marks(where)
        chosen = np.flatnonzero(marks > TIMES)
        found = self.docs(where)[chosen], marks[chosen]
        if len(marks) * _OFTEN > self.count and self._kept_in_fields + len(chosen) <= _KEPT * self.count:
            self._kept_in_fields += len(chosen)
            self._in_fields[where.start] = where.stop, *found
        return found

    def marked(self, mark: str) -> npt.NDArray[np.uint16]:
        """The documents with a mark (`bulaq.discovery.marks`)."""
        keys, key = self.arrays["mark_keys"], key_of(mark)
        place = int(np.searchsorted(keys, np.uint64(key)))
        if place == len(keys) or int(keys[place]) != key:
            return np.zeros(0, dtype=np.uint16)
        starts = self.arrays["mark_starts"]
        found: npt.NDArray[np.uint16] = self.arrays["mark_docs"][starts[place] : starts[place + 1]]
        return found

    # -- words of headlines as they are written

    def with_form(self, form: str) -> npt.NDArray[np.uint16]:
        """The documents whose headline has a word in this very form."""
        forms, wanted = self.arrays["forms"], np.bytes_(form.encode("utf-8", "replace"))
        place = int(np.searchsorted(forms, wanted))
        if place == len(forms) or forms[place] != wanted:
            return np.zeros(0, dtype=np.uint16)
        starts = self.arrays["form_starts"]
        found: npt.NDArray[np.uint16] = self.arrays["form_docs"][starts[place] : starts[place + 1]]
        return found

    def forms(self, beginning: str = "", most: int | None = None) -> tuple[list[str], Places]:
        """The words of headlines that begin so, and in how many headlines each stands; the most frequent, if not all."""
        forms, start = self.arrays["forms"], beginning.encode("utf-8", "replace")
        first = int(np.searchsorted(forms, np.bytes_(start)))
        last = int(np.searchsorted(forms, np.bytes_(start + b"\xff"))) if start else len(forms)
        counts = lengths_of(self.arrays["form_starts"][first : last + 1])
        found = forms[first:last]
        if most is not None and len(found) > most:
            best = np.argpartition(-counts, most)[:most]
            found, counts = found[best], counts[best]
        return [form.decode("utf-8", "replace") for form in found.tolist()], counts

    def stems(self) -> tuple[list[str], Places]:
        """All light stems, and how many documents hold each. (A stem may come twice: also as that of a stop word.)"""
        text = zstandard.decompress(self.arrays["stems"].tobytes()).decode()
        counts = lengths_of(self._light_starts)
        return (text.split("\n") if len(counts) else []), counts

    # -- documents

    @cached_property
    def codes(self) -> CodeColumn:
        """The codes of all documents."""
        return CodeColumn(self.arrays)

    @cached_property
    def _code_ends(self) -> Places:
        ends: Places = np.cumsum(self._lengths.sum(axis=1, dtype=np.int64))
        return ends

    def texts(self, doc: int) -> tuple[Codes, Codes, Codes]:
        """The codes of a document's headline, text and smaller fields."""
        headline, body, smaller = self._lengths[doc].tolist()
        end = int(self._code_ends[doc])
        codes = self.codes.of(doc, end - headline - body - smaller, end)
        return codes[:headline], codes[headline : headline + body], codes[headline + body :]

    def source(self, doc: int) -> str:
        """What is shown of a document (`hits.source_of`); raises ZstdError when it is damaged."""
        ends = self.arrays["source_ends"]
        data: bytes = self.arrays["sources"][ends[doc] : ends[doc + 1]].tobytes()
        return _DECOMPRESSOR.decompress(data).decode()

    @property
    def lengths(self) -> tuple[_Array, _Array, _Array]:
        """The words of all that is indexed of each document, of its headline, of its smaller fields."""
        each = self._lengths.astype(np.float32)
        return each.sum(axis=1), each[:, 0], each[:, 2]

    def section_counts(self, chosen: Chosen) -> tuple[list[int], list[int]]:
        """In which editions and sections documents are live (the edition in the upper 32 bits), and how many of the chosen
        ones."""
        known, docs, places, starts = self._sections
        these = np.flatnonzero(chosen)
        if len(these) * _MANY > self.count:
            of_these = places[chosen[docs]]
        else:
            of_these = places[spread(starts[these], starts[these + 1] - starts[these])]
        return known, np.bincount(of_these, minlength=len(known)).tolist()

    @cached_property
    def _sections(self) -> tuple[list[int], Places, Places, Places]:
        """All values of sections; documents in order, for each the place of its own in that list; where each document begins."""
        known, places = np.unique(self.arrays["section_values"], return_inverse=True)
        docs = self.arrays["section_docs"]
        order = np.argsort(docs, kind="stable")
        docs = docs[order].astype(np.int64)
        return known.tolist(), docs, places[order], docs.searchsorted(np.arange(self.count + 1))

    @cached_property
    def words(self) -> tuple[int, int]:
        """How many words stand in all headlines, and in all texts."""
        sums = self._lengths.sum(axis=0, dtype=np.int64)
        return int(sums[0]), int(sums[1])

    def in_a_row(self, docs: Places, lights: Sequence[str]) -> Places:
        """Those of some documents that have light stems in a row in one field. (By their codes: of documents that hold each
        of them one in sixty million may be named wrongly.)"""
        codes = [light_code(light) for light in lights]
        if len(docs) * 4 > self.count:
            found = self._starting_fields(
                self.codes.in_a_row(codes), np.cumsum(self._lengths.reshape(-1)), len(codes)
            )
            among = np.zeros(self.count, dtype=bool)
            among[docs] = True
            return found[among[found]]
        blocks = [
            self._in_a_row_of(docs[first : first + _AT_ONCE], codes)
            for first in range(0, len(docs), _AT_ONCE)
        ]
        return np.concatenate(blocks) if blocks else docs

    def _in_a_row_of(self, docs: Places, codes: Sequence[int]) -> Places:
        lengths = self._lengths[docs].astype(np.int64)
        totals = lengths.sum(axis=1)
        words = self.codes.of_all(docs, self._code_ends[docs] - totals, totals) & np.uint32(LIGHT)
        holds = np.ones(max(len(words) - len(codes) + 1, 0), dtype=bool)
        for place, code in enumerate(codes):
            holds &= words[place : place + len(holds)] == np.uint32(code)
        found: Places = docs[
            self._starting_fields(np.flatnonzero(holds), np.cumsum(lengths.reshape(-1)), len(codes))
        ]
        return found

    @staticmethod
    def _starting_fields(at: Places, ends: Places, count: int) -> Places:
        """The documents in which so many words from these places on are of one field; `ends` are those of the fields."""
        field = np.searchsorted(ends, at, side="right")
        documents: Places = field[at + count <= ends[field]] // _PARTS
        return documents[new_in(documents)]
