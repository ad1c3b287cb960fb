"""The one writer of the embedded index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import tantivy
import zstandard

from bulaq.discovery.document import Document
from bulaq.discovery.document_faces import with_faces
from bulaq.discovery.faces import TextFaces
from bulaq.discovery.index import IndexUnavailable
from bulaq.discovery.tantivy_schema import LAYOUT, META, open_index, to_tantivy

_HEAP: Final = 256_000_000  # bytes that a writer gathers before it writes a segment


@contextmanager
def writing(path: Path, faces: TextFaces) -> Iterator[TantivyWriter]:
    index = open_index(path, create=True)
    try:
        writer = index.writer(_HEAP, 1)
    except ValueError as error:
        raise IndexUnavailable(f"{path}: another process is writing the search index ({error})") from error
    ours = TantivyWriter(writer, faces, empty=not index.searcher().num_docs)
    try:
        yield ours
    finally:
        writer.rollback()
        writer.wait_merging_threads()


class TantivyWriter:
    def __init__(self, writer: tantivy.IndexWriter, faces: TextFaces, *, empty: bool) -> None:
        self._writer = writer
        self._faces = faces
        self._compressor = zstandard.ZstdCompressor(1)
        # In an index that was empty, a document with a higher id than all before it replaces none: a rebuild goes on
        # by id, and is spared a million deletions of nothing.
        self._highest: int | None = -1 if empty else None
        self.committed = False

    def put(self, documents: Iterable[Document]) -> None:
        analyser = self._faces.analyser
        for document, faces in with_faces(documents, self._faces):
            if self._highest is None or document.id <= self._highest:
                self._writer.delete_documents_by_term("id", document.id)
            else:
                self._highest = document.id
            self._writer.add_document(to_tantivy(document, faces, analyser, self._compressor))

    def delete(self, ids: Iterable[int]) -> None:
        for identity in ids:
            self._writer.delete_documents_by_term("id", identity)

    def commit(self, cursor: str) -> None:
        meta = tantivy.Document()
        meta.add_integer("id", META)
        state = {"cursor": cursor, "analyser": self._faces.analyser.VERSION, "layout": LAYOUT}
        meta.add_bytes("source", json.dumps(state).encode())
        self._writer.delete_documents_by_term("id", META)
        self._writer.add_document(meta)
        self._writer.commit()
        self.committed = True
