"""Reads a page saved as lines of plain text, without markup, into an `IncomingArticle`.

No flattener says what a line was. Every line gets a role from its own shape, its place beside the body and what
repeats on the page (or, with `Repeats`, across the pages of an archive): see `body`, `head`, `foot`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulaq.arabic.dates.reading import FoundDate, read_date
from bulaq.intake.article import Box, Carrier, IncomingArticle, Line, Link, Picture, Refusal
from bulaq.intake.datelines import opening_dateline
from bulaq.intake.flat.body import find_body, roles_inside
from bulaq.intake.flat.boxes_above import boxes_above
from bulaq.intake.flat.foot import read_foot
from bulaq.intake.flat.foot_parts import Foot
from bulaq.intake.flat.head import read_head
from bulaq.intake.flat.head_parts import Head
from bulaq.intake.flat.labels import without_caption_label
from bulaq.intake.flat.lines import Page, PageLine, read_lines
from bulaq.intake.flat.paragraphs import blocks_of
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.html.encoding import EncodingBroken, decode
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
    return _article(page, name, url, head, inside, body_lines, foot, first, last, options or ReadOptions())


_GLUED = re.compile(r"[ةى][\u0621-\u064a]|[\u0621-\u064a]{2}[.؟!][\u0621-\u064a]{2}")


def _is_glued(text: str) -> bool:
    """Whether elements were joined without a space («الرئيسيةسياسة»): a headline would carry what stood beside it."""
    return len(_GLUED.findall(text[:50_000])) > max(2, text.count(" ") // 200)


def _is_body(lines: list[PageLine], inside: dict[int, str], index: int) -> bool:
    """Body lines, and the bare punctuation that a flattener cut off from them."""
    if inside.get(index) == "body":
        return True
    line = lines[index]
    return not line.has_ink and line.continues and len(line.text) <= 3 and inside.get(index - 1) == "body"


def _article(
    page: Page,
    name: str,
    url: str | None,
    head: Head,
    inside: dict[int, str],
    body_lines: list[PageLine],
    foot: Foot,
    first: int,
    last: int,
    options: ReadOptions,
) -> IncomingArticle:
    lines = page.lines
    above = boxes_above(lines, min(_begin(head, first), first))
    named = {index: role for index, role in head.roles.items() if role != "other"}
    roles = dict.fromkeys(range(len(lines)), "other") | above.roles | named | inside | foot.roles
    _mark_repeated_headline(lines, head, roles)
    confidence: dict[str, float] = {}
    provenance: dict[str, str] = {}

    def told(field: str, confident: float, how: str) -> None:
        confidence[field] = round(confident, 2)
        provenance[field] = how

    headline = (
        lines[head.headline].shown(lines[head.headline].title_text) if head.headline is not None else None
    )
    warnings: list[str] = []
    if headline is not None:
        told("headline", min(0.97, 0.45 + 0.12 * head.headline_score), "lines above the text")
    else:
        warnings.append("no headline was found in the text")
        if head.suggestion is not None:
            warnings.append(f"suggested headline: {lines[head.suggestion].shown()}")
    bylines = [byline for _, byline in head.bylines]
    place = next((byline.place for byline in bylines if byline.place), None)
    opening = opening_dateline(body_lines[0].text) if place is None else None
    if opening is not None:
        place = opening[0]
        told("dateline", 0.8, "opening of the text")
    people = tuple(dict.fromkeys(name for byline in bylines for name in byline.people))
    agencies = tuple(dict.fromkeys(name for byline in bylines for name in byline.agencies))
    if opening is not None and not agencies and opening[1]:
        agencies = (opening[1],)
        told("agencies", 0.8, "opening of the text")
    if not agencies and foot.agencies:
        agencies = tuple(dict.fromkeys(foot.agencies))
        told("agencies", 0.85, "source line")
    if bylines:
        for field, value in (("dateline", place), ("authors", people), ("agencies", agencies)):
            if value and field not in confidence:
                told(field, min(byline.confidence for byline in bylines), "byline line")
    published, modified = _dates(lines, head)
    if published:
        told("published_at", 0.9, "date line above the text")
    if head.breadcrumb:
        told("breadcrumb", 0.9, "breadcrumb line")
    if head.section:
        told(
            "section",
            0.9 if head.breadcrumb else 0.6,
            "breadcrumb line" if head.breadcrumb else "label above the text",
        )
    caption = without_caption_label(lines[head.caption].shown()) if head.caption is not None else None
    if caption:
        told("lead_image", 0.7 if headline else 0.8, "line above the text")
    body = tuple(blocks_of(body_lines))
    told("body", 0.9, "longest running text")
    read_also, boxes = _inner_links(lines, inside, first, last)
    read_also = (*read_also, *foot.read_also)
    if read_also:
        told("read_also", 0.85, "lines under a read-also heading")
    boxes = (*above.boxes, *boxes)
    if boxes or foot.boxes:
        told("boxes", 0.85, "lines under headings of boxes")
    lang = _language(body_lines)
    return IncomingArticle(
        source=name,
        format="flat",
        url=url,
        headline=headline,
        kicker=lines[head.kicker].shown() if head.kicker is not None else None,
        standfirst=lines[head.standfirst].shown() if head.standfirst is not None else None,
        section=head.section,
        breadcrumb=head.breadcrumb,
        dateline=place,
        authors=people,
        agencies=agencies,
        published_at=published,
        modified_at=modified,
        lang=lang,
        dir="ltr" if lang in ("en", "fr") else "rtl" if lang else None,
        lead_image=Picture(caption=caption, credit=head.credit) if caption or head.credit else None,
        tags=tuple(dict.fromkeys(foot.tags)),
        body=body,
        read_also=tuple(dict.fromkeys(read_also)),
        boxes=(*boxes, *foot.boxes),
        carrier=Carrier(foot.carrier) if foot.carrier else None,
        confidence=confidence,
        provenance=provenance,
        warnings=tuple(warnings),
        lines=_told_lines(page, roles) if options.keep_lines else (),
    )


def _told_lines(page: Page, roles: dict[int, str]) -> tuple[Line, ...]:
    """The lines of the input as given, each with the role of the line that it became a part of."""
    told = ["other"] * len(page.raw)
    for line in page.lines:
        for source in line.sources:
            if told[source] == "other":
                told[source] = roles[line.index]
    return tuple(Line(text, role) for text, role in zip(page.raw, told, strict=True))


def _begin(head: Head, first: int) -> int:
    """Where the article begins: its headline, or the first line that says something of it."""
    told = [index for index, role in head.roles.items() if role not in ("other", "breadcrumb", "kicker")]
    return head.headline if head.headline is not None else min(told, default=first)


def _mark_repeated_headline(lines: list[PageLine], head: Head, roles: dict[int, str]) -> None:
    if head.headline is None:
        return
    folded = lines[head.headline].folded
    for line in lines:
        if line.folded == folded and roles[line.index] in ("other", "caption", "kicker", "breadcrumb"):
            roles[line.index] = "headline"


_UPDATED = re.compile(r"تحديث|محدث|عُدّل|عدل|updated|modified|mis à jour|به ?روز", re.I)


def _dates(lines: list[PageLine], head: Head) -> tuple[str | None, str | None]:
    published: FoundDate | None = None
    modified: FoundDate | None = None
    anchor = head.headline if head.headline is not None else -1
    for index in sorted(head.dates, key=lambda number: (number < anchor, abs(number - anchor))):
        found = _with_clock(lines, index)
        if found is None:
            continue
        if _UPDATED.search(lines[index].text[: max(1, found.span[0])]) and not re.search(
            "نشر|published", lines[index].text, re.I
        ):
            modified = modified or found
        elif published is None:
            published = found
    return published.isoformat() if published else None, modified.isoformat() if modified else None


def _with_clock(lines: list[PageLine], index: int) -> FoundDate | None:
    """The date of the line; a clock that stands alone on the line beside it belongs to it."""
    found = lines[index].date
    if found is None or found.time is not None:
        return found
    for other in (index + 1, index - 1):
        if 0 <= other < len(lines) and lines[other].is_time and re.search(r"\d[:٫.]\d", lines[other].text):
            with_time = read_date(f"{lines[index].text} {lines[other].text}")
            if with_time is not None and with_time.date == found.date and with_time.time is not None:
                return with_time
    return found


def _inner_links(
    lines: list[PageLine], inside: dict[int, str], first: int, last: int
) -> tuple[tuple[Link, ...], tuple[Box, ...]]:
    """Links and boxes that stood between the paragraphs."""
    read_also: list[Link] = []
    boxes: list[tuple[str, list[Link]]] = []
    for index in range(first, last + 1):
        line, role = lines[index], inside.get(index)
        if role == "read_also_link":
            read_also.append(Link(line.shown(line.invitation[1] if line.invitation else None), line.url))
        elif role == "box_heading":
            boxes.append((line.shown(), []))
        elif role == "box_link":
            if not boxes:
                boxes.append(("", []))
            boxes[-1][1].append(Link(line.shown(), line.url))
    return tuple(read_also), tuple(Box("related", title, tuple(items)) for title, items in boxes if items)


def _language(body: list[PageLine]) -> str | None:
    sample = " ".join(line.text for line in body)[:4000]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in sample)
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    if arabic > latin:
        persian = len(re.findall(r"[پچژگی]", sample))
        return "fa" if persian > 0.03 * arabic else "ar"
    if latin < 20:
        return None
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    french = sum(
        word in ("le", "la", "les", "des", "et", "du", "une", "est", "dans", "que") for word in words
    )
    english = sum(
        word in ("the", "of", "and", "to", "in", "is", "that", "for", "with", "was") for word in words
    )
    return "fr" if french > english else "en" if english else None
