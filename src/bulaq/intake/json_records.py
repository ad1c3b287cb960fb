"""The records of JSON files of any size, one by one: memory holds one record and the piece of the file around it.

An export is one document that holds lists of records, some levels down (`{"db": [{"data": {"posts": [{…}, …]}}]}`); only those
levels are walked here, and each record is parsed whole by the standard library. JSON Lines have one record a line.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

PIECE = 1 << 20
"""Bytes read at a time."""

MAX_RECORD = 16 << 20
"""Characters of one record; the longest article of an archive takes a hundredth of it."""

MAX_DAMAGED = 100
"""Damaged lines that are told of; a file with more of them is none of records."""

Path = tuple[str, ...]
"""The names that lead to a value from the root of the document; what stands in a list is called `*`."""


class RecordsDamaged(ValueError):
    """The document cannot be read further; what came before stands. `code` as of a refusal."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def elements(
    file: IO[bytes], encoding: str, opened: Callable[[Path], bool]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The objects in the document's lists, each with the path of its list (`("db", "*", "data", "posts")`).

    `opened`: whether the objects at a path are walked into; others are given whole. Values that stand in no list are left out.
    Raises `RecordsDamaged` where it cannot go on.
    """
    document = _Document(file, encoding)
    try:
        while document.peek():
            yield from document.walk((), opened)
    except RecursionError:
        raise RecordsDamaged("damaged", f"{document.place()}: nested too deep") from None


def lines(file: IO[bytes], encoding: str) -> Iterator[tuple[int, Any | RecordsDamaged]]:
    """The value on each line with the line's number, or why it is none. Raises `RecordsDamaged` for a file of damage alone."""
    damaged = number = 0
    written = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="\n")
    while line := written.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            raise RecordsDamaged("too-large", f"line {number} is longer than {MAX_RECORD >> 20} MB")
        text = line.strip().removeprefix("\ufeff").strip("\x1e")  # RFC 7464
        if not text:
            continue
        try:
            yield number, json.loads(text)
        except (ValueError, RecursionError) as error:
            damaged += 1
            if damaged > MAX_DAMAGED:
                raise RecordsDamaged("damaged", f"more than {MAX_DAMAGED} lines are no valid JSON") from None
            yield number, RecordsDamaged("damaged", f"line {number}: {str(error)[:200]}")


_WHITE = re.compile(r"[ \t\r\n\ufeff]*")
_MAX_DIGITS = 4000  # Python reads no longer ones


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


class _Document:
    """The text around the place at which the document is read."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._json = json.JSONDecoder(strict=False, parse_int=_whole)  # exports have line breaks in strings
        self._text, self._at, self._before, self._ended = "", 0, 0, False

    def peek(self) -> str:
        """The next character that is no white space; nothing at the end."""
        while True:
            if (white := _WHITE.match(self._text, self._at)) is not None:
                self._at = white.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def place(self) -> str:
        """Where it is, for people."""
        return f"at character {self._before + self._at:,}"

    def walk(self, path: Path, opened: Callable[[Path], bool]) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The value at hand: of a list its elements, of an object at an opened path its members."""
        char = self.peek()
        if char == "[":
            yield from self._list(path, opened)
        elif char == "{" and opened(path):
            for name in self._members():
                if self.peek() == "[" or (self.peek() == "{" and opened((*path, name))):
                    yield from self.walk((*path, name), opened)
                else:
                    self._value()
        else:
            value = self._value()
            if isinstance(value, dict):
                yield path, value

    def _list(self, path: Path, opened: Callable[[Path], bool]) -> Iterator[tuple[Path, dict[str, Any]]]:
        self._at += 1
        while (char := self.peek()) != "]":
            if char == ",":
                self._at += 1
            elif char == "{":
                if opened((*path, "*")):
                    yield from self.walk((*path, "*"), opened)
                else:
                    yield path, self._value()
            else:  # lists of lists are no records
                self._value()
        self._at += 1

    def _members(self) -> Iterator[str]:
        """The names of an object's members, each when its value is at hand."""
        self._at += 1
        while (char := self.peek()) != "}":
            if char == ",":
                self._at += 1
                continue
            name = self._value()
            if not isinstance(name, str) or self.peek() != ":":
                raise RecordsDamaged("damaged", f"{self.place()}: is no valid JSON")
            self._at += 1
            yield name
        self._at += 1

    def _value(self) -> Any:
        """The value at hand, parsed; more of the file is read only where it may go on there."""
        if not self.peek():
            raise RecordsDamaged("truncated", f"{self.place()}: the file ends too early")
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
                if end == len(self._text) and type(value) in (int, float) and self._more():
                    continue  # a number may go on in the next piece
                self._at = end
                return value
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated") or error.pos > len(self._text) - 32
                told = f"{self.place()}: {error.msg}"
            if not unfinished:
                raise RecordsDamaged("damaged", f"{told} (is no valid JSON)")
            held = len(self._text) - self._at
            if held > MAX_RECORD:
                raise RecordsDamaged(
                    "too-large", f"{self.place()}: a record is larger than {MAX_RECORD >> 20} MB"
                )
            # As much again as it has already: a long record is then parsed a few times, and not once for each piece.
            if not self._more(max(PIECE, held)):
                raise RecordsDamaged("truncated", f"{self.place()}: the file ends too early")

    def _more(self, size: int = PIECE) -> bool:
        if self._ended:
            return False
        data = self._file.read(size)
        self._ended = not data
        text = self._decoder.decode(data, final=self._ended)
        self._before += self._at
        self._text, self._at = self._text[self._at :] + text, 0
        return bool(text) or not self._ended
