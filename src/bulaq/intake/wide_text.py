"""Files of text that are streamed: in which encoding they are read, told by their beginning alone."""

from __future__ import annotations

import codecs

from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.reader import Source

SAMPLE = 256 * 1024
"""Bytes that tell the encoding: tables of an old machine begin with lines of numbers and Latin names."""


def encoding_of(source: Source) -> str:
    """The name of the encoding; UTF-8 where none makes text of the beginning."""
    with source.open() as file:
        sample = file.read(SAMPLE)
    for end in (len(sample), *(len(sample) - cut for cut in (1, 2, 3))):
        try:  # a letter may be cut at the end
            sample[:end].decode("utf-8-sig")
            return "utf-8-sig"
        except UnicodeDecodeError:
            continue
    try:
        found = decode(sample, source.charset).encoding
    except EncodingBroken:
        return "utf-8-sig"
    return "utf-8-sig" if codecs.lookup(found).name == "utf-8" else found


def head_text(source: Source) -> str:
    """The first characters, whatever their encoding, without white space before them."""
    head = source.head()
    try:
        text = decode(head, source.charset).text
    except EncodingBroken:
        text = head.decode("latin-1")
    return text.lstrip("\ufeff \t\r\n")
