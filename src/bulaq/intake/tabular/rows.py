"""The rows of a table of any size: CSV and TSV as spreadsheets and databases write them, lists of JSON objects, JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice, zip_longest
from typing import Any

from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.json_records import MAX_RECORD, RecordsDamaged, elements, lines
from bulaq.intake.reader import Source
from bulaq.intake.wide_text import encoding_of, head_text

Row = Mapping[str, str]

SEPARATORS = ",;\t|"

MAX_COLUMNS = 1000

MAX_DAMAGED = 100

SAMPLE = 100_000
"""Characters by which it is told how a table is written."""

WRAPPERS = frozenset(
    ("data", "items", "rows", "records", "results", "articles", "posts", "news", "nodes", "docs", "hits", "entries", "value", "rss")
)  # fmt: skip
"""Names under which programs put their lists of rows."""

csv.field_size_limit(MAX_RECORD)  # for the process; its own, 128 kB, is less than a long article in markup


def header_of(line: str) -> tuple[str, list[str]]:
    """The separator and the names of columns that a first line shows."""
    best: tuple[str, list[str]] = (",", [])
    for separator in SEPARATORS:
        try:
            names = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            continue
        if len(names) > len(best[1]):
            best = (separator, _told_apart([name.strip("\ufeff \t") for name in names]))
    return best


def _told_apart(names: list[str]) -> list[str]:
    """The names of columns, each once: what comes again («SELECT a.*, b.*») is not what the name was known for.

    >>> _told_apart(["id", "title", "id", "id (2)"])
    ['id', 'title', 'id (2)', 'id (2) (2)']
    """
    times: dict[str, int] = {}
    found: dict[str, None] = {}
    for name in names:
        told = name
        while told in found:
            times[name] = times.get(name, 1) + 1
            told = f"{name} ({times[name]})"
        found[told] = None
    return list(found)


def written_rows(source: Source) -> Iterator[Row | RecordsDamaged]:
    """The rows of a CSV or TSV file; those that are none come as why. A field keeps its lines where it is quoted."""
    encoding = encoding_of(source)
    with source.open() as file:
        sample = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="").read(SAMPLE)
    separator, names = header_of(first_line(sample))
    escapes = separator == "\t" and _has_escapes(sample)
    with source.open() as file:
        lines = _Lines(io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=""))
        reader = (
            csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
            if escapes
            else csv.reader(lines, delimiter=separator)
        )
        yield from _rows(reader, lines, names, escapes)


def first_line(text: str) -> str:
    """The line of names; in quotes a name may be broken."""
    found = ""
    for line in text.splitlines(keepends=True)[:50]:
        found += line
        if not found.count('"') % 2:
            break
    return found.rstrip("\r\n")


_QUOTED_CELL = re.compile(r'(?:^|\t)"', re.M)


def _has_escapes(sample: str) -> bool:
    """Whether a table parted by tabs is as databases write it (`mysql --batch`, `COPY … TO`): without quotes, a tab or line
    within a value as `\\t` or `\\n`, nothing as NULL. Spreadsheets put such values in quotes."""
    return bool(re.search(r"\\[ntN]|\tNULL\b", sample)) or not _QUOTED_CELL.search(sample)


class _Lines:
    """The lines of a table. A row takes as many as its quotes hold, so that the lines of one row are counted together."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._of_row = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_RECORD + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_RECORD:
            raise RecordsDamaged("too-large", f"a line is longer than {MAX_RECORD >> 20} MB")
        self._of_row += len(line)
        if self._of_row > MAX_RECORD:
            raise csv.Error(f"a row is longer than {MAX_RECORD >> 20} MB: a quote may be missing")
        return line.replace("\0", "")

    def row_ended(self) -> None:
        """The next line is of another row."""
        self._of_row = 0


def _rows(reader: Any, lines: _Lines, names: list[str], escapes: bool) -> Iterator[Row | RecordsDamaged]:
    damaged = 0
    is_head = True
    while True:
        lines.row_ended()
        try:
            cells = next(reader)
            if is_head:
                is_head = False
                continue
            if not any(cells):
                continue
            if any(cells[len(names) :]):
                raise csv.Error(f"it has {len(cells)} cells, and the table {len(names)} columns")
        except StopIteration:
            return
        except csv.Error as error:
            is_head = False
            damaged += 1
            if damaged > MAX_DAMAGED:
                raise RecordsDamaged("damaged", f"more than {MAX_DAMAGED} rows are damaged") from None
            yield RecordsDamaged("damaged", f"line {reader.line_num}: {error}")
            continue
        told = (_unescaped(cell) if escapes else cell for cell in cells)
        yield dict(zip_longest(names, islice(told, len(names)), fillvalue=""))


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "\\": "\\"}


def _unescaped(cell: str) -> str:
    if cell in ("NULL", "\\N"):
        return ""
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), cell) if "\\" in cell else cell


def told_rows(source: Source) -> Iterator[Row | RecordsDamaged]:
    """The rows of a file of JSON: one a line, in a list, or in lists under a name that programs give them."""
    encoding = encoding_of(source)
    with source.open() as file:
        if is_lines(head_text(source)):
            for _, value in lines(file, encoding):
                if isinstance(value, RecordsDamaged):
                    yield value
                elif isinstance(value, dict):
                    yield flat(value)
            return
        for path, record in elements(file, encoding, _is_wrapper(head_text(source))):
            if path[-1:] == ("included",):  # of JSON:API: what its data refer to
                continue
            inner = next((record[name] for name in WRAPPERS if isinstance(record.get(name), list)), None)
            if (
                inner is not None and len(record) <= 8
            ):  # phpMyAdmin writes each table as an object with its rows
                yield from (flat(one) for one in inner if isinstance(one, dict))
            else:
                yield flat(record)


def is_lines(head: str) -> bool:
    """Whether a file that begins so has an object on each line."""
    first, ended, _ = head.partition("\n")
    if not ended or not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


_LIST = re.compile(r'"(\w{1,40})"\s{0,99}:\s{0,99}\[\s{0,99}\{')


def _is_wrapper(head: str) -> Any:
    """Which objects of a document that begins so hold lists of rows, and are no rows."""
    if not head.startswith("{"):
        return lambda path: False
    wraps = any(match[1].lower() in WRAPPERS for match in _LIST.finditer(head))
    return lambda path: wraps and (not path or (len(path) < 4 and path[-1].lower() in WRAPPERS))


def flat(record: Mapping[str, Any]) -> Row:
    """A record with plain texts for values: of an object what it shows (`{"rendered": …}`, `{"value": …}`, `{"name": …}`), of a
    list its members parted by commas; what JSON:API calls attributes beside the rest."""
    attributes = record.get("attributes")
    merged = {**record, **attributes} if isinstance(attributes, dict) else record
    row = {}
    for name, value in list(merged.items())[:MAX_COLUMNS]:
        row[lone_surrogates_gone(str(name)[:200])] = lone_surrogates_gone(_plain(value, 0))
        if isinstance(value, dict) and isinstance(value.get("summary"), str):
            row.setdefault(f"{name}_summary", lone_surrogates_gone(value["summary"]))
    return row


_SHOWN = ("processed", "rendered", "value", "name", "title", "url", "alias", "src", "href")


def _plain(value: Any, depth: int) -> str:
    match value:
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case int() | float():
            return str(value)
        case list() if depth < 3:
            return ", ".join(text for one in value[:200] if (text := _plain(one, depth + 1)))
        case dict() if depth < 3:
            return next((text for key in _SHOWN if (text := _plain(value.get(key), depth + 1))), "")
    return ""
