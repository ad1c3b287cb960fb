"""The fields beside headline and body, in one array of codes: kicker, standfirst, topics, bylines, caption.

They are parted by `MARK`, so that the ranking can tell them apart and a backend keeps one array for all of them. The
standfirst is here a second time (it also begins the body): its words count as words of the text, and then some more.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.codes import Codes, Faces, IndexedWords
from bulaq.discovery.document import Document

ORDER: Final = ("kicker", "standfirst", "topics", "bylines", "caption")
MARK: Final = b"\x00\x00\x00\x00"
"""No word has this code but one in four thousand million."""


def faces_of(document: Document, words: IndexedWords) -> Faces:
    """What an index keeps of the smaller fields: the stems and roots of all but the standfirst, and the codes."""
    if not (
        document.kicker or document.standfirst or document.topics or document.bylines or document.caption
    ):
        return Faces()
    kicker = words.faces(document.kicker)
    topics = words.faces("\n".join(document.topics))
    bylines = words.faces("\n".join(document.bylines))
    caption = words.faces(document.caption)
    indexed = [each for each in (kicker, topics, bylines, caption) if each.codes]
    parts = [each.codes for each in (kicker, words.faces(document.standfirst), topics, bylines, caption)]
    return Faces(
        " ".join(each.lights for each in indexed),
        " ".join(each.roots for each in indexed),
        MARK.join(parts) if any(parts) else b"",
    )


def fields_in(codes: Codes, owners: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each word of several documents' arrays in one, owned as told: the place of its field in `ORDER`."""
    marks = np.cumsum(codes == 0)
    first = np.concatenate([[True], owners[1:] != owners[:-1]]) if len(owners) else np.zeros(0, dtype=bool)
    before = np.where(codes == 0, marks - 1, marks)[first]
    documents = np.cumsum(first) - 1
    fields: npt.NDArray[np.int64] = np.minimum(marks - before[documents], len(ORDER) - 1)
    return fields
