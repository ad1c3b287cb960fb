"""The items of a JSON file that a newsroom's system wrote: one, a list, an object around a list, or one item a line.

Lists and lines are streamed, of any length; an object is read whole up to `json_records.MAX_RECORD`, and of a larger one
the lists that hold items.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from bulaq.intake.article import Refusal
from bulaq.intake.json_records import MAX_RECORD, Path, RecordsDamaged, elements, lines
from bulaq.intake.json_values import Object
from bulaq.intake.reader import Source
from bulaq.intake.wide_text import encoding_of

Wrapped = Callable[[Object], list[Any] | None]
"""The list that an object holds, where it is no item itself."""

MAX_LEVELS = 3
"""Of objects around a list."""


def items_of(source: Source, lists: frozenset[str], wrapped: Wrapped) -> Iterator[Object | Refusal]:
    """The items in their order, and why some are none. `lists`: the names under which an object holds items."""
    try:
        for record in _records(source, lists):
            if isinstance(record, RecordsDamaged):
                yield Refusal(source.name, record.code, f"{source.name}: {record}")
            else:
                yield from _unwrapped(record, wrapped, 0)
    except RecordsDamaged as error:
        yield Refusal(source.name, error.code, f"{source.name}: {error}")
    except OSError as error:
        yield Refusal(source.name, "unreadable", f"{source.name}: {error.strerror or error}")


def _records(source: Source, lists: frozenset[str]) -> Iterator[Any]:
    encoding = encoding_of(source)
    if _has_lines(source, encoding):
        with source.open() as file:
            yield from (value for _, value in lines(file, encoding))
        return
    with source.open() as file:
        is_large = file.seek(0, io.SEEK_END) > MAX_RECORD
        file.seek(0)

        def opened(path: Path) -> bool:
            return is_large and (not path or path[-1] in lists)

        for path, record in elements(file, encoding, opened):
            if not path or path[-1] in lists:
                yield record


def _has_lines(source: Source, encoding: str) -> bool:
    """Whether the first line is a value by itself, and others follow."""
    with source.open() as file:
        written = io.TextIOWrapper(file, encoding=encoding, errors="replace")
        first = written.readline(MAX_RECORD + 1).strip().removeprefix("\ufeff").strip("\x1e")
        if not first.startswith(("{", "[")) or not written.read(1):
            return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _unwrapped(value: Any, wrapped: Wrapped, level: int) -> Iterator[Object]:
    inner = value if isinstance(value, list) else wrapped(value) if isinstance(value, dict) else []
    if inner is None:
        yield value
    elif level < MAX_LEVELS:
        for each in inner:
            yield from _unwrapped(each, wrapped, level + 1)
