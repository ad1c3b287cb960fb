"""The fields beside headline and body, in one array of codes: kicker, standfirst, topics, bylines, caption.

They are parted by `MARK`, so that the ranking can tell them apart and a backend keeps one array for all of them. The
standfirst is here a second time (it also begins the body): its words count as words of the text, and then some more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.discovery.document import Document
from bulaq.discovery.terms.codes import Codes
from bulaq.discovery.terms.faces import Faces

ORDER: Final = ("kicker", "standfirst", "topics", "bylines", "caption")
MARK: Final = b"\x00\x00\x00\x00"
"""No word has this code but one in four thousand million."""


def texts_of(document: Document) -> tuple[str, ...]:
    """The texts of the smaller fields, in their order."""
    return (
        document.kicker,
        document.standfirst,
        "\n".join(document.topics),
        "\n".join(document.bylines),
        document.caption,
    )


def packed(fields: Sequence[Faces]) -> bytes:
    """The codes of the smaller fields, given the faces of each, in one array."""
    codes = [field.codes for field in fields]
    return MARK.join(codes) if any(codes) else b""


def fields_in(codes: Codes, owners: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each word of several documents' arrays in one, owned as told: the place of its field in `ORDER`."""
    marks = np.cumsum(codes == 0)
    first = np.concatenate([[True], owners[1:] != owners[:-1]]) if len(owners) else np.zeros(0, dtype=bool)
    before = np.where(codes == 0, marks - 1, marks)[first]
    documents = np.cumsum(first) - 1
    fields: npt.NDArray[np.int64] = np.minimum(marks - before[documents], len(ORDER) - 1)
    return fields
