"""Reads one article file of the demo newsroom: a TOML head between ``+++`` lines, then a small plain body.

The parser is strict on purpose: the files are written by hand, and a misspelt key or an unclosed box
must stop the author with a file name and a line, not turn up as a strange page. It never guesses.
The body's own format stands in `article_body`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bulaq.demo.article_body import (
    KEY,
    ArticleFileError,
    Block,
    Fact,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    ReadAlso,
    Table,
    block_texts,
    read_body,
)

__all__ = [
    "ArticleFile",
    "ArticleFileError",
    "Block",
    "Correction",
    "Fact",
    "Heading",
    "Image",
    "ListBlock",
    "Paragraph",
    "Quote",
    "ReadAlso",
    "Table",
    "Topic",
    "block_texts",
    "read_article_file",
]

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
_TOML_LINE = re.compile(r"\(at line (\d+)")


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
    if path.suffix != ".md" or not KEY.match(path.stem):
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
    article = head.article(read_body(path, lines, end + 1))
    head.refuse_the_rest()
    return article


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
