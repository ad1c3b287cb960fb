"""The one writer of the embedded index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import tantivy

from bulaq.discovery.codes import IndexedWords
from bulaq.discovery.document import Document
from bulaq.discovery.index import IndexUnavailable
from bulaq.discovery.tantivy_schema import LAYOUT, META, open_index, to_tantivy

_HEAP: Final = 128_000_000  # bytes that a writer gathers before it writes a segment


@contextmanager
def writing(path: Path, words: IndexedWords) -> Iterator[TantivyWriter]:
    index = open_index(path, create=True)
    try:
        writer = index.writer(_HEAP, 1)
    except ValueError as error:
        raise IndexUnavailable(f"{path}: another process is writing the search index ({error})") from error
    ours = TantivyWriter(writer, words)
    try:
        yield ours
    finally:
        writer.rollback()
        writer.wait_merging_threads()


class TantivyWriter:
    def __init__(self, writer: tantivy.IndexWriter, words: IndexedWords) -> None:
        self._writer = writer
        self._words = words
        self.committed = False

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_document(to_tantivy(document, self._words))

    def delete(self, ids: Iterable[int]) -> None:
        for identity in ids:
            self._writer.delete_documents_by_term("id", identity)

    def commit(self, cursor: str) -> None:
        meta = tantivy.Document()
        meta.add_integer("id", META)
        state = {"cursor": cursor, "analyser": self._words.analyser.VERSION, "layout": LAYOUT}
        meta.add_bytes("source", json.dumps(state).encode())
        self._writer.delete_documents_by_term("id", META)
        self._writer.add_document(meta)
        self._writer.commit()
        self.committed = True
