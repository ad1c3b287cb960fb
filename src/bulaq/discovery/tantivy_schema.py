"""The fields of the embedded index, and what a document puts into them.

`text` holds the light stems of the whole document, with positions, and `root` the roots: one list of documents tells
who holds a word in any of its forms; all of them in `term_letters`. The headline has both again, for itself; the stems of the
smaller fields stand in `beside`, so that a reporter's or a topic's articles are among the candidates. `codes` is the
array the ranking works on, `source` what a result shows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import tantivy
import zstandard

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.document_faces import DocumentFaces
from bulaq.discovery.hits import source_of
from bulaq.discovery.marks import marks_of
from bulaq.discovery.term_letters import encoded

LAYOUT: Final = "12"
"""Changes with the fields below; an index of another layout or analyser is rebuilt."""

META: Final = -1
"""The id of the document that carries the cursor."""
EXISTENCE: Final = "basic"
LIGHT_FIELDS: Final = (("beside", 1.0), ("headline", 1.0), ("text", 1.0))
"""Fields of light stems, with their weight when candidates are chosen."""
ROOT_FIELDS: Final = (("headline_root", 0.8), ("root", 0.8))
"""Fields of roots, likewise; of stop words they hold the light stem."""
SAMPLE: Final = "~"
"""The mark of one document in `SAMPLE_OF`, by which great numbers are estimated."""
SAMPLE_OF: Final = 16
IN_SAMPLE: Final = {"text": "sample_text", "root": "sample_root"}
"""Fields that hold the same terms, of the sample's documents alone: their lists are as much shorter."""
PERIOD_MARK: Final = "@"
PERIOD: Final = 7 * 86_400
"""Seconds of a period: each has a mark, by which the newest documents are found without reading the lists of all."""
MOST_EDITIONS: Final = 62
"""Editions with ids below have a bit of their own in `editions` (where a document is live) and `placed` (where it
stands in any state)."""


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    for name in ("headline", "beside", "headline_root", "root"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("marks", "word", *IN_SAMPLE.values()):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=EXISTENCE)
    for name in ("time", "headline_length", "body_length"):
        builder.add_integer_field(name, fast=True)
    builder.add_integer_field("section", fast=True)
    builder.add_integer_field("year", fast=True)
    for name in ("editions", "placed"):
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("codes", stored=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


def open_index(path: Path, *, create: bool = False) -> tantivy.Index:
    index = tantivy.Index(schema(), str(path)) if create else tantivy.Index.open(str(path))
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", whitespace)
    return index


def to_tantivy(
    document: Document, faces: DocumentFaces, analyser: Analyser, compressor: zstandard.ZstdCompressor
) -> tantivy.Document:
    result = tantivy.Document()
    result.add_integer("id", document.id)
    headline, body, beside = faces.headline, faces.body, faces.beside
    marks = marks_of(document)
    fields = [("text", "root")]
    if document.id * 0x9E3779B1 >> 16 & 0xFFFF < 0x10000 // SAMPLE_OF:
        marks.append(SAMPLE)
        fields.append((IN_SAMPLE["text"], IN_SAMPLE["root"]))
    for part in (headline, body, *beside):  # parted, so that no phrase reaches from one into the next
        if part.codes:
            for text, root in fields:
                result.add_text(text, part.lights)
                result.add_text(root, part.roots)
    for part in beside:
        result.add_text("beside", part.lights)
    result.add_text("headline", headline.lights)
    result.add_text("headline_root", headline.roots)
    result.add_text("word", encoded(" ".join([term.exact for term in analyser.terms(document.headline)])))
    time = document.time
    if time is not None:
        marks.append(f"{PERIOD_MARK}{int(time.timestamp()) // PERIOD}")
    result.add_text("marks", " ".join(marks))
    result.add_integer("headline_length", headline.length)
    result.add_integer("body_length", body.length)
    if time is not None:
        result.add_integer("time", int(time.timestamp()))
        result.add_integer("year", time.year)
    for placement in document.placements:
        if placement.live and placement.section is not None:
            result.add_integer("section", placement.edition << 32 | placement.section)
    result.add_integer("editions", _editions(place for place in document.placements if place.live))
    result.add_integer("placed", _editions(document.placements))
    result.add_bytes("codes", faces.packed())
    result.add_bytes("source", compressor.compress(source_of(document)))
    return result


def bit_of(edition: int) -> int:
    """The bit of an edition in `editions`; the last one for all those with larger ids."""
    return 1 << max(0, min(edition, MOST_EDITIONS))


def _editions(placements: Iterable[Placement]) -> int:
    bits = 0
    for placement in placements:
        bits |= bit_of(placement.edition)
    return bits


class _Decompressor(threading.local):
    """One for each thread: it may not be shared, and to make one anew costs more than to use it."""

    def __init__(self) -> None:
        self.decompress = zstandard.ZstdDecompressor().decompress


_DECOMPRESSOR: Final = _Decompressor()


def source_in(document: tantivy.Document) -> str:
    """What a document keeps to be shown; compressed here, because the store's own compression takes half as much
    again."""
    return _DECOMPRESSOR.decompress(stored(document, "source")).decode()


def stored(document: tantivy.Document, field: str) -> bytes:
    """The bytes of a stored field, none when it is not there."""
    value = document.get_first(field)
    return bytes(value) if value is not None else b""
