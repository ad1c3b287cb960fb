"""The reader of tables of articles: CSV, TSV, JSON and JSON Lines, as any old system's database or spreadsheet gives them.

One row is one article. What a column holds is told by its name, in English or Arabic, as newsrooms' own systems, Joomla's
`#__content`, Drupal's data exports and JSON:API call it (`tabular.columns`), or by a person (`ReadOptions.extra["columns"]`).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from bulaq.intake.article import IncomingArticle, Picture, Refusal
from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.json_records import RecordsDamaged
from bulaq.intake.moments import of_counter
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.tabular.columns import (
    Columns,
    ColumnsUnknown,
    columns_of,
    folded,
    mapped_columns,
    recognised,
)
from bulaq.intake.tabular.rows import MAX_COLUMNS, Row, first_line, header_of, told_rows, written_rows
from bulaq.intake.told_article import ToldArticle, address, article_of
from bulaq.intake.wide_text import head_text

ENDINGS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson")
"""Names of files that are tables, whatever their columns are called."""

ENOUGH = 3
"""Columns that are known, from which a file of another name is taken for a table."""

_KEY = re.compile(r'"([^"\\\n]{1,100})"\s{0,20}:')


class TabularReader:
    """One article a row, in their order."""

    format = "tabular"

    def recognises(self, source: Source) -> bool:
        """By its name, or by the names of its columns."""
        head = head_text(source)
        if not head or "\0" in head:
            return False
        named = source.name.lower().removesuffix(".gz").endswith(ENDINGS)
        if head.startswith(("{", "[")):
            return named or recognised(_KEY.findall(head)) >= ENOUGH
        if head.startswith("<"):
            return False
        names = header_of(first_line(head))[1]
        return (named and len(names) > 1) or recognised(names) >= ENOUGH

    def read(self, source: Source, options: ReadOptions) -> Iterator[IncomingArticle | Refusal]:
        """The articles; a row that is none costs itself alone, and nothing is raised."""
        told = head_text(source).startswith(("{", "["))
        columns = _Learned(mapped_columns(options.extra))
        number = found = 0
        try:
            for row in (told_rows if told else written_rows)(source):
                number += 1
                if isinstance(row, RecordsDamaged):
                    yield Refusal(source.name, row.code, f"{source.name}: {row}")
                elif known := columns.of(row):
                    found += 1
                    yield _article(row, known, source, number)
                elif not told:
                    break
        except RecordsDamaged as error:
            yield Refusal(source.name, error.code, f"{source.name}: {error}")
            return
        if columns.unknown and not found:
            yield Refusal(source.name, "columns", f"{source.name}: {columns.unknown}")
        elif not found:
            yield Refusal(source.name, "nothing-found", f"{source.name}: holds no rows")


class _Learned:
    """The columns of the rows so far: objects leave out what they have not, and before the first article may stand others."""

    def __init__(self, mapped: dict[str, str]) -> None:
        self._mapped = mapped
        self._names: dict[str, None] = {}
        self._columns: Columns | None = None
        self.unknown: ColumnsUnknown | None = None
        """Why no article could be made of a row."""

    def of(self, row: Row) -> Columns | None:
        """The columns by which a row is read."""
        if not row.keys() <= self._names.keys() and len(self._names) < MAX_COLUMNS:
            self._names.update(dict.fromkeys(row))
            try:
                self._columns = columns_of(self._names, self._mapped)
            except ColumnsUnknown as error:
                self.unknown = error
        return self._columns


READER = TabularReader()


def _article(row: Row, columns: Columns, source: Source, number: int) -> IncomingArticle | Refusal:
    row = {name: lone_surrogates_gone(value) for name, value in row.items()}
    named = f"tabular row {number}"
    standing = _standing(columns, row)
    if standing == "gone":
        return Refusal(source.name, "trash", f"{source.name}: {named} was thrown away there")
    told = ToldArticle(headline=_title(columns.value(row, "headline")), base=source.url)
    told.draft = standing == "draft"
    if told.draft:
        told.warnings.append("was not published there")
    _addresses(told, columns.value(row, "url"), source.url)
    told.body, told.body_is_text = _body(columns, row)
    told.kicker = _title(columns.value(row, "kicker"))
    told.summary = _title(columns.value(row, "standfirst"))
    told.section = _title(_section(columns.value(row, "section")))
    told.tags = [_title(tag) for tag in _parted(columns.value(row, "tags")) if not tag.isdigit()]
    writers = "، ".join(_parted(columns.value(row, "authors"), r"[;|\n]"))
    told.bylines = [_title(writers)] if writers and not writers.isdigit() else []
    agency = columns.value(row, "agency")
    told.agencies = [_title(agency)] if agency and not re.match(r"\d+$|https?:", agency) else []
    told.place = _title(columns.value(row, "place"))
    told.published = _moments(columns.values(row, "published_at"), columns.value(row, "time"))
    told.modified = _moments(columns.values(row, "modified_at"), "")
    told.language = columns.value(row, "language")[:35] or None
    told.picture = _picture(columns, row, told.url or source.url)
    return article_of(told, source.name, named)


_MARKUP = re.compile(
    r"</[a-z]|<(?:p|br|div|span|a|img|b|strong|i|em|h[1-6]|ul|ol|li|table|figure|iframe|blockquote)\b", re.I
)
_ESCAPED_MARKUP = re.compile(
    r"&lt;/?(?:p|br|div|span|a|img|b|strong|h[1-6]|ul|table|figure|iframe|blockquote)\b", re.I
)


def _body(columns: Columns, row: Row) -> tuple[str, bool]:
    """The text, and whether it is plain: some systems keep its opening apart, some keep its markup escaped."""
    opening, text = columns.value(row, "opening"), columns.value(row, "body")
    if opening and not text.startswith(opening):
        text = f"{opening}\n{text}"
    if not _MARKUP.search(text) and _ESCAPED_MARKUP.search(text):
        text = html.unescape(text)
    if _MARKUP.search(text):
        return text, False
    return lone_surrogates_gone(html.unescape(text)), True


def _title(text: str) -> str:
    """A short text as markup: with entities or elements it is some already, else its signs are letters."""
    if _MARKUP.search(text) or re.search(r"&(?:\w{2,8}|#\d{1,7});", text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;")


_HREF = re.compile(r"\bhref=[\"']?([^\"'<>\s]{1,2000})", re.I)


def _addresses(told: ToldArticle, url: str, base: str | None) -> None:
    if "<" in url:
        link = _HREF.search(url)
        url = html.unescape(link[1]) if link else ""
    told.url = address(url, base)
    if told.url is None and "/" in url and (path := link_address(url, None)):
        told.aliases = [path if path.startswith("/") else f"/{path}"]  # the site is not known, the path is


def _section(text: str) -> str:
    """The first of several, the narrowest of a path; a number is a key into a table that is not here."""
    first = next(iter(_parted(text)), "")
    narrowest = re.split("[>»/]", first)[-1].strip()
    return "" if narrowest.isdigit() else narrowest


def _parted(text: str, at: str = r"[,;|،؛\n]") -> list[str]:
    return [part for one in re.split(at, text)[:200] if (part := one.strip())]


_STANDING = {
    "draft": "0 false no draft pending unpublished private inactive future مسودة مسوده غيرمنشور غيرمنشوره لا معلق معلقة",
    "gone": "-2 trash trashed deleted محذوف محذوفه",
}
_STANDING_OF = {folded(word) or word: kind for kind, words in _STANDING.items() for word in words.split()}
_FLAGS = frozenset(("0", "1", "true", "false", "yes", "no"))


def _standing(columns: Columns, row: Row) -> str:
    """`draft`, `gone`, or nothing for what readers saw; a column «published» may be a flag and no date."""
    flags = [value for value in columns.values(row, "published_at") if value.lower() in _FLAGS]
    for value in (columns.value(row, "status"), *flags[:1]):
        told = "gone" if value == "-2" else _STANDING_OF.get(folded(value), "") if value else ""
        if told:
            return told
    return ""


_NO_DATE = re.compile(r"0000-00-00|0001-01-01|1970-01-01 00:00|1900-01-01")


def _moments(values: list[str], hour: str) -> list[str]:
    """The values of columns of dates, the likeliest first, with the hour that a column of its own may hold."""
    told = [value for value in values if value.lower() not in _FLAGS and not _NO_DATE.match(value)]
    counted = [of_counter(value) or value for value in told]
    if hour and counted and ":" not in counted[0]:
        counted[0] = f"{counted[0]} {hour}"
    return counted


_IMG = re.compile(r"<img\b[^<>]{0,1000}?\bsrc=[\"']?([^\"'<>\s]{1,2000})", re.I)


def _picture(columns: Columns, row: Row, base: str | None) -> Picture | None:
    value = columns.value(row, "picture")
    caption, credit = columns.value(row, "caption"), columns.value(row, "credit")
    if value.startswith("{"):  # Joomla's column «images»
        told = _object(value)
        value = told.get("image_fulltext") or told.get("image_intro") or ""
        caption = caption or told.get("image_fulltext_caption") or told.get("image_intro_caption") or ""
        value = value.partition("#")[0]
    if found := _IMG.search(value):
        value = html.unescape(found[1])
    url = link_address(next(iter(_parted(value, r"[,|\n]")), ""), base)
    if not url or url.isdigit():
        return None
    return Picture(url, plain(_title(caption)) or None, plain(_title(credit)) or None)


def _object(text: str) -> dict[str, str]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return (
        {name: value for name, value in told.items() if isinstance(value, str)}
        if isinstance(told, dict)
        else {}
    )
