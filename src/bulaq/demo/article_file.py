"""Reads one article file of the demo newsroom: a TOML head between ``+++`` lines, then a small plain body.

The parser is strict on purpose: the files are written by hand, and a misspelt key or an unclosed box
must stop the author with a file name and a line, not turn up as a strange page. It never guesses.

Body: blocks stand apart by empty lines. ``## `` heading, ``> `` quote (its last line may begin ``> — ``:
the attribution), ``- `` list, ``1. `` numbered list (counting from 1), ``| a | b |`` table (the first row is the header; a row of dashes may follow it),
``::: fact TITLE`` … ``:::`` a fact box of paragraphs and lists, ``[[read-also: key]]`` a link to another
article; all else is a paragraph, its lines joined by a space. Inline marks (``**bold**``, ``[text](address)``) stay in the text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

PATTERNS = frozenset(
    {
        "girih",
        "zellij",
        "khatam",
        "mashrabiya",
        "arabesque",
        "waves",
        "palms",
        "stars",
        "tiles",
        "knots",
        "none",
    }
)
MAX_BYTES = 200_000  # the longest demo text is about 8 kB; anything near this is a mistake

_FENCE = "+++"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_READ_ALSO = re.compile(r"\[\[read-also:\s*([^\]\s]+)\s*\]\]\Z")
_FACT = re.compile(r":::\s*fact\s+(\S.*)\Z")
_NUMBERED = re.compile(r"[0-9]{1,2}\. ")
_DASHES = re.compile(r":?-+:?\Z")
_TOML_LINE = re.compile(r"\(at line (\d+)")


class ArticleFileError(ValueError):
    """The file is not in the format. The message begins ``name:line: ``."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``rows[0]`` is the header; all rows have its width."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    title: str
    blocks: tuple[Paragraph | ListBlock, ...]


@dataclass(frozen=True, slots=True)
class ReadAlso:
    """A link, within the body, to the article of that key."""

    key: str


Block = Paragraph | Heading | Quote | ListBlock | Table | Fact | ReadAlso


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the file names it; variants are normally those of ``topics.toml``."""

    name: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    pattern: str
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """``hours_ago`` counts back from the moment of loading, as the article's own does."""

    hours_ago: float
    text: str


@dataclass(frozen=True, slots=True)
class ArticleFile:
    key: str
    headline: str
    standfirst: str
    section: str
    hours_ago: float
    editions: tuple[str, ...]  # the first is canonical
    body: tuple[Block, ...]
    kicker: str = ""
    lang: str = "ar"
    dateline: str = ""
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    read_also: tuple[str, ...] = ()
    carrier: str = ""
    translation_of: str = ""  # the key of the article this one is a translation of
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def word_count(self) -> int:
        """Words of the body as a reader sees it, boxes and tables included, links to articles not."""
        return sum(len(text.split()) for block in self.body for text in block_texts(block))


def read_article_file(path: Path) -> ArticleFile:
    """The article in ``path``; its key is the file's name without ``.md``.

    Raises ArticleFileError, which names file and line, for anything outside the format, and OSError
    when the file cannot be read.
    """
    if path.suffix != ".md" or not _KEY.match(path.stem):
        raise ArticleFileError(path, 1, "the file's name must be a short ASCII kebab key with .md")
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ArticleFileError(path, 1, f"{len(raw)} bytes; the limit is {MAX_BYTES}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ArticleFileError(path, line, "not UTF-8") from error
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != _FENCE:
        raise ArticleFileError(path, 1, "the file must begin with a +++ line")
    try:
        end = lines.index(_FENCE, 1)
    except ValueError:
        raise ArticleFileError(path, len(lines), "the head is not closed by a +++ line") from None
    head = _Head(path, lines[1:end])
    article = head.article(_Body(path, lines, end + 1).blocks())
    head.refuse_the_rest()
    return article


def block_texts(block: Block) -> tuple[str, ...]:
    """Every piece of text of a block that a reader sees, in reading order."""
    match block:
        case Paragraph(text) | Heading(text):
            return (text,)
        case Quote(text, attribution):
            return (text, attribution) if attribution else (text,)
        case ListBlock(items):
            return items
        case Table(rows):
            return tuple(cell for row in rows for cell in row)
        case Fact(title, blocks):
            return (title, *(text for inner in blocks for text in block_texts(inner)))
        case ReadAlso():
            return ()


class _Head:
    """The TOML head: every key is taken once by its type; what is left over is an error."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path, self.lines = path, lines
        try:
            self.values: dict[str, Any] = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            found = _TOML_LINE.search(str(error))
            line = int(found[1]) if found else len(lines)
            raise ArticleFileError(path, line + 1, f"the head is not TOML: {error}") from error

    def article(self, body: tuple[Block, ...]) -> ArticleFile:
        editions = self.texts("editions")
        if not editions:
            self.fail("editions", "at least one edition is needed")
        if len(set(editions)) != len(editions):
            self.fail("editions", "the same edition twice")
        authors, agencies = self.texts("authors"), self.texts("agencies")
        if not authors and not agencies:
            self.fail("authors", "an article needs an author or an agency")
        return ArticleFile(
            key=self.path.stem,
            headline=self.text("headline", required=True),
            standfirst=self.text("standfirst", required=True),
            section=self.text("section", required=True),
            hours_ago=self.hours(self.values, "hours_ago", "hours_ago"),
            editions=editions,
            body=body,
            kicker=self.text("kicker"),
            lang=self.text("lang", required=True),
            dateline=self.text("dateline"),
            authors=authors,
            agencies=agencies,
            topics=self.topics(),
            read_also=self.texts("read_also"),
            carrier=self.text("carrier"),
            translation_of=self.text("translation_of"),
            image=self.image(),
            corrections=self.corrections(),
        )

    def text(self, name: str, *, required: bool = False) -> str:
        return self.field(self.values, name, name, required=required)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.values.pop(name, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            self.fail(name, "a list of texts is expected")
        return tuple(values)

    def topics(self) -> tuple[Topic, ...]:
        given = self.values.pop("topics", [])
        if not isinstance(given, list):
            self.fail("topics", "a list is expected")
        topics = []
        for item in given:
            table: dict[str, Any] = {"name": item} if isinstance(item, str) else self.table(item, "topics")
            name = self.field(table, "name", "topics", required=True)
            variants: list[str] = table.pop("variants", [])
            if not isinstance(variants, list) or not all(isinstance(v, str) and v.strip() for v in variants):
                self.fail("topics", "variants must be a list of texts")
            self.nothing_left(table, "topics")
            topics.append(Topic(name, tuple(variants)))
        return tuple(topics)

    def image(self) -> Image | None:
        if "image" not in self.values:
            return None
        table = self.table(self.values.pop("image"), "[image]")
        pattern = self.field(table, "pattern", "pattern", required=True)
        if pattern not in PATTERNS:
            self.fail("pattern", f"unknown pattern {pattern!r}; known: {', '.join(sorted(PATTERNS))}")
        image = Image(pattern, *(self.field(table, name, name) for name in ("caption", "credit", "alt")))
        self.nothing_left(table, "[image]")
        return None if pattern == "none" else image

    def corrections(self) -> tuple[Correction, ...]:
        given = self.values.pop("corrections", [])
        if not isinstance(given, list):
            self.fail("[[corrections]]", "a list of tables is expected")
        corrections = []
        for item in given:
            table = self.table(item, "[[corrections]]")
            hours = self.hours(table, "hours_ago", "[[corrections]]")
            text = self.field(table, "text", "[[corrections]]", required=True)
            self.nothing_left(table, "[[corrections]]")
            corrections.append(Correction(hours, text))
        return tuple(corrections)

    def hours(self, table: dict[str, Any], name: str, where: str) -> float:
        value = table.pop(name, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            self.fail(where, f"{name} must be a number of hours, zero or more")
        return cast(float, value)

    def field(self, table: dict[str, Any], name: str, where: str, *, required: bool = False) -> str:
        value = table.pop(name, "")
        if not isinstance(value, str):
            self.fail(where, f"{name} must be a text")
        if required and not value.strip():
            self.fail(where, f"{name} is missing or empty")
        return cast(str, value)

    def table(self, value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fail(where, "a table is expected")
        return dict(value)

    def nothing_left(self, table: dict[str, Any], where: str) -> None:
        for name in table:
            self.fail(name, f"unknown key {name!r} in {where}")

    def refuse_the_rest(self) -> None:
        self.nothing_left(self.values, "the head")

    def fail(self, where: str, reason: str) -> None:
        """Names the head's line that begins with ``where``, or its first when the key is missing."""
        named = re.compile(rf"\s*{re.escape(where)}\s*(?:=|\Z)")
        begins = (n for n, line in enumerate(self.lines, start=2) if named.match(line))
        raise ArticleFileError(self.path, next(begins, 1), f"{where}: {reason}")


class _Body:
    """Reads the lines after the head, one block at a time, from ``first`` (an index into ``lines``)."""

    def __init__(self, path: Path, lines: list[str], first: int) -> None:
        self.path, self.lines, self.at = path, lines, first

    def blocks(self) -> tuple[Block, ...]:
        first, blocks = self.at, []
        while self.at < len(self.lines):
            if self.lines[self.at].strip():
                blocks.append(self.block())
            else:
                self.at += 1
        if not blocks:
            self.fail(first, "nothing stands here; text is expected")
        return tuple(blocks)

    def block(self) -> Block:
        start = self.at
        if self.lines[start].startswith(":::"):
            return self.fact()
        lines = self.run()
        kind = _mark(lines[0])
        for offset, line in enumerate(lines):
            if _mark(line) != kind:
                self.fail(start + offset, "an empty line is missing between two blocks")
        if kind in {"heading", "read-also"} and len(lines) > 1:
            self.fail(start + 1, f"a {kind} is one line; an empty line must follow it")
        match kind:
            case "heading":
                return Heading(self.some(start, lines[0].removeprefix("## ")))
            case "quote":
                return self.quote(start, [line.removeprefix(">").strip() for line in lines])
            case "list":
                return ListBlock(tuple(self.some(start + n, x[2:]) for n, x in enumerate(lines)))
            case "numbered list":
                return self.numbered(start, lines)
            case "table":
                return self.table(start, lines)
            case "read-also":
                found = _READ_ALSO.match(lines[0])
                if not found or not _KEY.match(found[1]):
                    self.fail(start, "read-also is written [[read-also: key]]")
                return ReadAlso(cast("re.Match[str]", found)[1])
            case _:
                if lines[0][0] in "#+":
                    self.fail(start, f"unknown mark {lines[0].split()[0]!r}")
                return Paragraph(" ".join(line.strip() for line in lines))

    def run(self) -> list[str]:
        """The lines up to the next empty one."""
        start = self.at
        while self.at < len(self.lines) and self.lines[self.at].strip():
            self.at += 1
        return self.lines[start : self.at]

    def fact(self) -> Fact:
        start = self.at
        opening = _FACT.match(self.lines[start])
        if not opening:
            self.fail(start, "a fact box opens with ::: fact and its title")
        end = start + 1
        while end < len(self.lines) and not self.lines[end].startswith(":::"):
            end += 1
        if end == len(self.lines):
            self.fail(start, "the fact box is not closed by a ::: line")
        if self.lines[end].strip() != ":::":
            self.fail(end, "a fact box within a fact box")
        blocks: list[Paragraph | ListBlock] = []
        for block in _Body(self.path, self.lines[:end], start + 1).blocks():
            if not isinstance(block, Paragraph | ListBlock):
                self.fail(start, "a fact box holds paragraphs and lists only")
            blocks.append(cast("Paragraph | ListBlock", block))
        self.at = end + 1
        return Fact(cast("re.Match[str]", opening)[1].strip(), tuple(blocks))

    def numbered(self, start: int, lines: list[str]) -> ListBlock:
        items = []
        for offset, line in enumerate(lines):
            number, text = line.split(". ", 1)
            if int(number) != offset + 1:
                self.fail(start + offset, f"step {offset + 1} is numbered {number}")
            items.append(self.some(start + offset, text))
        return ListBlock(tuple(items), ordered=True)

    def quote(self, start: int, lines: list[str]) -> Quote:
        attribution = ""
        if lines[-1].startswith("—"):
            attribution = self.some(start + len(lines) - 1, lines.pop()[1:])
        for offset, line in enumerate(lines):
            if line.startswith("—"):
                self.fail(start + offset, "the attribution must be the quote's last line")
        return Quote(self.some(start, " ".join(lines)), attribution)

    def table(self, start: int, lines: list[str]) -> Table:
        rows: list[tuple[str, ...]] = []
        for offset, line in enumerate(lines):
            inner = line.strip()
            if len(inner) < 3 or not inner.endswith("|"):
                self.fail(start + offset, "a table row begins and ends with |")
            row = tuple(cell.strip() for cell in inner[1:-1].split("|"))
            if rows and len(row) != len(rows[0]):
                self.fail(start + offset, f"{len(row)} cells where the header has {len(rows[0])}")
            if offset == 1 and all(_DASHES.match(cell) for cell in row):
                continue
            rows.append(row)
        if len(rows) < 2:
            self.fail(start, "a table needs a header and at least one row")
        return Table(tuple(rows))

    def some(self, at: int, text: str) -> str:
        if not text.strip():
            self.fail(at, "an empty block")
        return text.strip()

    def fail(self, at: int, reason: str) -> None:
        raise ArticleFileError(self.path, min(at, len(self.lines) - 1) + 1, reason)


def _mark(line: str) -> str:
    """Which kind of block a line belongs to by its beginning."""
    for mark, kind in (("## ", "heading"), (">", "quote"), ("- ", "list"), ("|", "table")):
        if line.startswith(mark):
            return kind
    if _NUMBERED.match(line):
        return "numbered list"
    return "fact" if line.startswith(":::") else "read-also" if line.startswith("[[") else "paragraph"
