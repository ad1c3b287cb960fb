"""The body of a demo article file: typed blocks, and the strict parser that makes them.

Blocks stand apart by empty lines. ``## `` heading, ``> `` quote (its last line may begin ``> — ``: the
attribution), ``- `` list, ``1. `` numbered list (counting from 1), ``| a | b |`` table (the first row is
the header; a row of dashes may follow it), ``::: fact TITLE`` … ``:::`` a fact box of paragraphs and
lists, ``[[read-also: key]]`` a link to another article; all else is a paragraph, its lines joined by a
space. Inline marks (``**bold**``, ``[text](address)``) stay in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_READ_ALSO = re.compile(r"\[\[read-also:\s*([^\]\s]+)\s*\]\]\Z")
_FACT = re.compile(r":::\s*fact\s+(\S.*)\Z")
_NUMBERED = re.compile(r"[0-9]{1,2}\. ")
_DASHES = re.compile(r":?-+:?\Z")


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


def read_body(path: Path, lines: list[str], first: int) -> tuple[Block, ...]:
    """The blocks of ``lines`` from index ``first`` on; ``path`` is for the message of ArticleFileError."""
    return _Body(path, lines, first).blocks()


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
                if not found or not KEY.match(found[1]):
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
