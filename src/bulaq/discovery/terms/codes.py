"""A text as an array of numbers, one for each word, in which its light stem, root and exact form can be recognised.

An index keeps these arrays beside its documents, so that the ranking can look at where the words of a query stand in
a few hundred candidates at once (numpy compares 60,000 words with a query word in some 20 microseconds).

A code has 32 bits: 20 of the root's hash, 6 of the light stem's, 6 of the exact form's. Words of one root share their
upper 20 bits, of one root and light stem their upper 26. In 60,000 words some word has the upper 20 bits of another
root once in 17 comparisons: seldom enough for an order of candidates, never used to decide what matches.
"""

from __future__ import annotations

import struct
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import root_of

ROOT: Final = 0xFFFFF000
LIGHT: Final = 0xFFFFFFC0
EXACT: Final = 0xFFFFFFFF

Codes = npt.NDArray[np.uint32]


def code_of(term: Term) -> int:
    """The code of a word."""
    return (
        (crc32(term.root.encode()) & ROOT)
        | ((crc32(term.light.encode()) >> 8 & 0x3F) << 6)
        | (crc32(term.exact.encode()) >> 8 & 0x3F)
    )


def light_code(light: str) -> int:
    """What the codes of all words with this light stem have in common (`LIGHT`)."""
    return code_of(Term(light, light, root_of(light), False)) & LIGHT


_CODE: Final = struct.Struct("<I")
_LENGTHS: Final = struct.Struct("<3I")


def pack(headline: bytes, body: bytes, extra: bytes) -> bytes:
    """The codes of a document's headline, body and smaller fields (`faces.Faces.codes`) as bytes; `unpack` gives
    them back."""
    lengths = (len(part) // _CODE.size for part in (headline, body, extra))
    return b"".join((_LENGTHS.pack(*lengths), headline, body, extra))


def unpack(data: bytes) -> tuple[Codes, Codes, Codes]:
    """Headline, body and smaller fields as they were packed."""
    headline, body, _ = _LENGTHS.unpack_from(data)
    codes = np.frombuffer(data, dtype="<u4", offset=_LENGTHS.size)
    return codes[:headline], codes[headline : headline + body], codes[headline + body :]
