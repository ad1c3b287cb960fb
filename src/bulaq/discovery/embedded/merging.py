"""Several segments made one, without the documents that were taken out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bulaq.discovery.embedded.array_file import Array
from bulaq.discovery.embedded.code_column import packed_codes
from bulaq.discovery.embedded.gathering import arrays_of, form_lists, stems
from bulaq.discovery.embedded.inversion import Keys, inverted, lengths_of, lists, new_in, ranked
from bulaq.discovery.embedded.segment import Places, Segment
from bulaq.discovery.terms.chunks import spread


def merged(segments: Sequence[Segment]) -> dict[str, Array]:
    """The arrays of a segment with the living documents of some others, by id."""
    ids = np.concatenate([segment.ids[segment.alive] for segment in segments])
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    places: list[Places] = []  # of each segment: where its documents come to stand, -1 for those taken out
    first = 0
    for segment in segments:
        count = int(segment.alive.sum())
        new = np.full(segment.count, -1)
        new[segment.alive] = place[first : first + count]
        places.append(new)
        first += count

    def column(name: str) -> Array:
        return np.concatenate([each.arrays[name][each.alive] for each in segments])[order]

    return {
        "ids": ids[order],
        "times": column("times"),
        "years": column("years"),
        **_marks(segments, places),
        **_sections(segments, places),
        **_sources(segments, order),
        **_words(segments, places),
        **_forms(segments, places),
        **_codes(segments, order),
    }


def _listed(
    segments: Sequence[Segment], places: Sequence[Places], keys: str, starts: str, docs: str
) -> tuple[Array, Array]:
    """Lists of all segments, a key and a document each."""
    held, found = [], []
    for segment, place in zip(segments, places, strict=True):
        each = np.repeat(segment.arrays[keys], lengths_of(segment.arrays[starts]))
        new = place[segment.arrays[docs]]
        held.append(each[new >= 0])
        found.append(new[new >= 0])
    return np.concatenate(held), np.concatenate(found)


def _marks(segments: Sequence[Segment], places: Sequence[Places]) -> dict[str, Array]:
    keys, starts, docs = lists(*_listed(segments, places, "mark_keys", "mark_starts", "mark_docs"))
    return {"mark_keys": keys, "mark_starts": starts, "mark_docs": docs}


def _forms(segments: Sequence[Segment], places: Sequence[Places]) -> dict[str, Array]:
    return form_lists(*_listed(segments, places, "forms", "form_starts", "form_docs"))


def _sections(segments: Sequence[Segment], places: Sequence[Places]) -> dict[str, Array]:
    docs = np.concatenate(
        [new[each.arrays["section_docs"]] for each, new in zip(segments, places, strict=True)]
    )
    values = np.concatenate([each.arrays["section_values"] for each in segments])
    return {"section_docs": docs[docs >= 0].astype(np.uint16), "section_values": values[docs >= 0]}


def _sources(segments: Sequence[Segment], order: Places) -> dict[str, Array]:
    pieces: list[memoryview] = []
    for segment in segments:
        data, ends = segment.arrays["sources"].data, segment.arrays["source_ends"].tolist()
        pieces += [data[ends[doc] : ends[doc + 1]] for doc in np.flatnonzero(segment.alive).tolist()]
    chosen = [pieces[place] for place in order.tolist()]
    ends = np.cumsum([0, *map(len, chosen)])
    return {"source_ends": ends, "sources": np.frombuffer(b"".join(chosen), dtype=np.uint8)}


def _codes(segments: Sequence[Segment], order: Places) -> dict[str, Array]:
    lengths, codes = [], []
    for segment in segments:
        each = segment.arrays["lengths"].reshape(-1, 3).astype(np.int64)
        totals = each.sum(axis=1)
        living = np.flatnonzero(segment.alive)
        lengths.append(each[living])
        codes.append(segment.codes.of_all(living, (np.cumsum(totals) - totals)[living], totals[living]))
    of_each = np.concatenate(lengths)
    totals = of_each.sum(axis=1)
    all_codes = np.concatenate(codes)[spread((np.cumsum(totals) - totals)[order], totals[order])]
    ordered = np.sort(all_codes)
    table = ordered[new_in(ordered)]
    words = np.searchsorted(table, all_codes)
    return {
        "lengths": of_each[order].reshape(-1).astype(np.uint32),
        **packed_codes(words, table, np.cumsum(totals[order])),
    }


def _words(segments: Sequence[Segment], places: Sequence[Places]) -> dict[str, Array]:
    roots = [np.repeat(each.arrays["roots"], lengths_of(each.arrays["root_starts"])) for each in segments]
    lights = [each.arrays["lights"] for each in segments]
    ranks, one_of_rank = ranked(np.concatenate(roots), np.concatenate(lights))
    shifts = np.cumsum([0, *map(len, lights)])
    postings = []
    for number, (segment, place) in enumerate(zip(segments, places, strict=True)):
        rank = ranks[shifts[number] : shifts[number + 1]].astype(np.uint64)
        each = np.repeat(rank, lengths_of(segment.arrays["light_starts"]))
        docs = place[segment.arrays["docs"]]
        kept = docs >= 0
        posting = each[kept] << np.uint64(24) | docs[kept].astype(np.uint64) << np.uint64(8)
        postings.append(posting | segment.arrays["marks"][kept])
    everything: Keys = np.concatenate(postings)
    everything.sort()
    found = inverted(everything, np.concatenate(roots)[one_of_rank], np.concatenate(lights)[one_of_rank])
    held = np.unique(
        (everything >> np.uint64(24)).astype(np.int64)
    )  # words that no document holds are left out
    words = [word for each in segments for word in each.stems()[0]]
    return {**arrays_of(found), **stems([words[place] for place in one_of_rank[held].tolist()])}
