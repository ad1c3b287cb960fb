"""Reads a page saved as lines of plain text, without markup, into an `IncomingArticle`.

No flattener says what a line was. Every line gets a role from its own shape, its place beside the body and what
repeats on the page (or, with `Repeats`, across the pages of an archive): see `body`, `head`, `foot`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.flat.article_of_page import PageParts, article_of_page
from bulaq.intake.flat.body.roles_inside import roles_inside
from bulaq.intake.flat.body.stretch import find_body
from bulaq.intake.flat.foot.reading import read_foot
from bulaq.intake.flat.head.reading import read_head
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.page_lines import read_lines
from bulaq.intake.html.layout.encoding import EncodingBroken, decode
from bulaq.intake.reader import ReadOptions, Source, SourceTooLarge

_BINARY_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
    b"SQLite",
    b"WARC/",
    b"7z\xbc",
)
_MARKUP = re.compile(
    r"\A\s*(?:<[?!a-zA-Z]|[\[{]\s*[\"\[{\]}])|<(?:html|head|body|div|p|rss|feed)\b[^>]{0,200}>", re.I
)
MAX_CONTROL_SHARE = 0.01
"""Above this share of control characters bytes are not text."""


@dataclass(frozen=True, slots=True)
class FlatReader:
    """The reader of flattened text; it takes any decodable text that is no HTML, XML or JSON."""

    format: str = "flat"

    def recognises(self, source: Source) -> bool:
        """Whether the head of the source decodes to text without markup."""
        try:
            head = source.head()
        except OSError:
            return False
        if not head.strip():
            return True  # refused with a reason by `read`
        if head.startswith(_BINARY_MAGIC):
            return False
        try:
            text = _text_of(head, source.charset)
        except EncodingBroken:
            return not _is_binary_bytes(head)
        return not _looks_binary(text) and not _MARKUP.search(text)

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The one article of the source, or the refusal of it."""
        try:
            data = source.read()
        except SourceTooLarge as error:
            yield Refusal(source.name, "too-large", str(error))
            return
        except OSError as error:
            yield Refusal(source.name, "unreadable", f"cannot be read: {error.strerror or error}")
            return
        if not data.strip():
            yield Refusal(source.name, "empty", "the file is empty")
            return
        if data.startswith(_BINARY_MAGIC) or _is_binary_bytes(data[:8192]):
            yield Refusal(source.name, "binary", "the file holds binary data, not text")
            return
        try:
            text = _text_of(data, source.charset)
        except EncodingBroken as error:
            yield Refusal(source.name, "broken-encoding", f"no known encoding makes text of it: {error}")
            return
        if _looks_binary(text):
            yield Refusal(source.name, "binary", "the file holds binary data, not text")
            return
        yield read_text(text, source.name, options, url=source.url)


def _is_binary_bytes(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(head):
        return False
    zeros = head.count(0)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if zeros > 0.1 * len(head) and max(even, odd) > 4 * max(1, min(even, odd)):
        return False  # UTF-16 of mostly Latin letters
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 11, 12, 13, 27))
    return bool(zeros) or (bool(head) and controls > 0.05 * len(head))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Arabic letters have 0x06 and spaces 0x00 in the high byte."""
    head = data[:4096]
    if len(head) < 16:
        return None
    even = sum(byte in (0x00, 0x06) for byte in head[0::2])
    odd = sum(byte in (0x00, 0x06) for byte in head[1::2])
    half = len(head) // 2
    if odd > 0.9 * half and even < 0.3 * half:
        return "utf-16-le"
    if even > 0.9 * half and odd < 0.3 * half:
        return "utf-16-be"
    return None


def _text_of(data: bytes, charset: str | None) -> str:
    """The text of the bytes; raises `EncodingBroken`."""
    wide = _wide(data)
    return data.decode(wide, errors="replace") if wide else decode(data, charset).text


def _looks_binary(text: str) -> bool:
    sample = text[:20_000]
    bad = sum(1 for char in sample if (char < " " and char not in "\t\n\r\x0b\x0c") or char == "\ufffd")
    return bad > max(4, MAX_CONTROL_SHARE * len(sample))


def read_text(
    text: str,
    name: str,
    options: ReadOptions | None = None,
    *,
    url: str | None = None,
    repeats: Repeats | None = None,
) -> IncomingArticle | Refusal:
    """Read one flattened page that is already text. `repeats` counts lines over the archive it came from."""
    page = read_lines(text)
    lines = page.lines
    if not lines:
        return Refusal(name, "empty", "the file holds no text")
    place = find_body(lines, repeats)
    if place is None:
        return Refusal(
            name, "no-article", "no running text of an article was found in it (an index page, or too short)"
        )
    first, last = place
    inside = roles_inside(lines, first, last, repeats)
    body_lines = [lines[index] for index in range(first, last + 1) if _is_body(lines, inside, index)]
    if not body_lines:
        return Refusal(name, "no-article", "no running text of an article was found in it")
    head = read_head(lines, first, last, repeats)
    if head.headline is not None and _is_glued(text):
        head.headline, head.suggestion = None, head.headline
    foot = read_foot(lines, last + 1, " ".join(line.folded for line in body_lines), repeats)
    parts = PageParts(page, first, last, inside, body_lines, head, foot)
    return article_of_page(parts, name, url, options or ReadOptions())


_GLUED = re.compile(r"[ةى][\u0621-\u064a]|[\u0621-\u064a]{2}[.؟!][\u0621-\u064a]{2}")


def _is_glued(text: str) -> bool:
    """Whether elements were joined without a space («الرئيسيةسياسة»): a headline would carry what stood beside it.

    Here and there on a page of many lines, one seam each, are two elements in a row of their own (a headline and its age).
    """
    seams = [len(_GLUED.findall(line)) for line in text[:50_000].splitlines() if line.strip()]
    rows_apart = sum(count for count in seams if count > 1) <= 2 and len(seams) >= LINES_TO_A_SEAM * sum(
        seams
    )
    return sum(seams) > max(2, text.count(" ") // 200) and not rows_apart


LINES_TO_A_SEAM = 10
"""So many lines to each seam are a page of lines, and not elements joined."""


def _is_body(lines: list[PageLine], inside: dict[int, str], index: int) -> bool:
    """Body lines, and the bare punctuation that a flattener cut off from them."""
    if inside.get(index) == "body":
        return True
    line = lines[index]
    return not line.has_ink and line.continues and len(line.text) <= 3 and inside.get(index - 1) == "body"
