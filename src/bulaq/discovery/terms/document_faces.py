"""Documents as what an index keeps of their words, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bulaq.discovery.document import Document
from bulaq.discovery.terms import smaller_fields
from bulaq.discovery.terms.codes import pack
from bulaq.discovery.terms.faces import Faces, TextFaces

_AT_ONCE: Final = 60_000
"""Characters of a batch: so many `TextFaces` looks at together."""


class DocumentFaces(NamedTuple):
    """The faces of a document's headline, of its text (standfirst first), and of each of the smaller fields."""

    headline: Faces
    body: Faces
    smaller: tuple[Faces, ...]

    @property
    def beside(self) -> list[Faces]:
        """Those of the smaller fields that are indexed for themselves: not the standfirst, which begins the text."""
        named = zip(smaller_fields.ORDER, self.smaller, strict=True)
        return [faces for name, faces in named if faces.codes and name != "standfirst"]

    def packed(self) -> bytes:
        """The codes, as the ranking reads them."""
        return pack(self.headline.codes, self.body.codes, smaller_fields.packed(self.smaller))


def with_faces(documents: Iterable[Document], faces: TextFaces) -> Iterator[tuple[Document, DocumentFaces]]:
    """The documents, each with its faces."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.body)
        if size >= _AT_ONCE:
            yield from _batch(batch, faces)
            batch, size = [], 0
    yield from _batch(batch, faces)


def _batch(documents: list[Document], faces: TextFaces) -> Iterator[tuple[Document, DocumentFaces]]:
    texts: list[str] = []
    for document in documents:
        texts += (document.headline, text_of(document), *smaller_fields.texts_of(document))
    found = faces.of(texts)
    each = 2 + len(smaller_fields.ORDER)
    for number, document in enumerate(documents):
        headline, body, *smaller = found[number * each : (number + 1) * each]
        yield document, DocumentFaces(headline, body, tuple(smaller))


def text_of(document: Document) -> str:
    """The text below the headline."""
    return f"{document.standfirst}\n{document.body}" if document.standfirst else document.body
