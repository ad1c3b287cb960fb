"""The one writer of the embedded index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import tantivy
import zstandard

from bulaq.discovery.document import Document
from bulaq.discovery.document_faces import with_faces
from bulaq.discovery.faces import TextFaces
from bulaq.discovery.index import IndexOutdated, IndexUnavailable
from bulaq.discovery.tantivy_generation import Generation, learn_from, stamp_of
from bulaq.discovery.tantivy_schema import LAYOUT, META, open_index, to_tantivy

_HEAP: Final = 256_000_000  # bytes that a writer gathers before it writes a segment


@contextmanager
def writing(path: Path, faces: TextFaces) -> Iterator[TantivyWriter]:
    try:
        index = open_index(path, create=True)
    except ValueError as error:
        raise IndexOutdated(f"{path}: the search index is damaged; run a reindex ({error})") from error
    try:
        writer = index.writer(_HEAP, 1)
    except ValueError as error:
        raise IndexUnavailable(f"{path}: another process is writing the search index ({error})") from error
    ours = TantivyWriter(path, writer, faces, empty=not index.searcher().num_docs)
    try:
        yield ours
    finally:
        with suppress(ValueError):  # when the disk is full; what was committed before stays
            writer.rollback()
            writer.wait_merging_threads()


class TantivyWriter:
    def __init__(self, path: Path, writer: tantivy.IndexWriter, faces: TextFaces, *, empty: bool) -> None:
        self._path = path
        self._writer = writer
        self._faces = faces
        self._compressor = zstandard.ZstdCompressor(1)
        # In an index that was empty, a document with a higher id than all before it replaces none: a rebuild goes on
        # by id, and is spared a million deletions of nothing.
        self._highest: int | None = -1 if empty else None
        self.committed = self.prepared = False

    def put(self, documents: Iterable[Document]) -> None:
        analyser = self._faces.analyser
        for document, faces in with_faces(documents, self._faces):
            made = to_tantivy(document, faces, analyser, self._compressor)
            replaces = self._highest is None or document.id <= self._highest
            if not replaces:
                self._highest = document.id
            try:
                if replaces:
                    self._writer.delete_documents_by_term("id", document.id)
                self._writer.add_document(made)
            except ValueError as error:
                raise self._not_written(error) from error

    def delete(self, ids: Iterable[int]) -> None:
        for identity in ids:
            self._writer.delete_documents_by_term("id", identity)

    def commit(self, cursor: str) -> None:
        meta = tantivy.Document()
        meta.add_integer("id", META)
        state = {"cursor": cursor, "analyser": self._faces.analyser.VERSION, "layout": LAYOUT}
        meta.add_bytes("source", json.dumps(state).encode())
        try:
            self._writer.delete_documents_by_term("id", META)
            self._writer.add_document(meta)
            self._writer.commit()
        except ValueError as error:
            raise self._not_written(error) from error
        self.committed = True

    def prepare(self) -> None:
        """Learn from what was committed; raises `IndexUnavailable` when that is nothing."""
        if not self.committed:
            raise IndexUnavailable(f"{self._path}: a rebuild must end with a commit")
        learn_from(Generation.open(self._path, stamp_of(self._path)))
        self.prepared = True

    def _not_written(self, error: ValueError) -> IndexUnavailable:
        """What Tantivy says when a disk is full or a file cannot be written."""
        return IndexUnavailable(f"{self._path}: the search index cannot be written: {error}")
