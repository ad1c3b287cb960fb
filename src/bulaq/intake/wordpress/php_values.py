"""Values that PHP's `serialize` wrote: themes keep their fields of a post so.

Arrays, texts and numbers are read, by their lengths in bytes; an object is never made of anything.
Format: https://www.php.net/manual/en/function.serialize.php
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

MAX_VALUES = 5_000
MAX_DEPTH = 20

PhpValue: TypeAlias = str | dict[str, "PhpValue"]
"""A text (of a number its figures, of nothing an empty one), or an array by its keys."""

_SCALAR = re.compile(rb"(?:i:(-?\d{1,20})|d:([-+.\dEeINFA]{1,40})|b:([01])|N);")
_TEXT = re.compile(rb's:(\d{1,8}):"')
_ARRAY = re.compile(rb'(?:a|O:\d{1,3}:"[\w\\]{1,100}"):\d{1,8}:\{')
"""Of an object what it holds is read, as of an array."""


@lru_cache(maxsize=16)
def unserialized(serialized: str) -> PhpValue | None:
    """`a:1:{s:8:"subtitle";s:4:"…";}` → {"subtitle": "…"}; None for what is no such value, or damaged where it begins.
    Of an array that is damaged further on, what stands before the damage is kept."""
    reading = _Reading(serialized.encode("utf-8", "surrogatepass"))
    try:
        return reading.value(0)
    except ValueError:
        return None


class _Reading:
    """A value while it is read: the bytes, and how far."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = len(data) - len(data.lstrip())
        self._values = 0

    def value(self, depth: int) -> PhpValue:
        self._values += 1
        if depth > MAX_DEPTH or self._values > MAX_VALUES:
            raise ValueError("more than a theme keeps")
        if match := _SCALAR.match(self._data, self._at):
            self._at = match.end()
            return next((part for part in match.groups() if part is not None), b"").decode()
        if match := _TEXT.match(self._data, self._at):
            return self._text(match.end(), int(match[1]))
        if match := _ARRAY.match(self._data, self._at):
            self._at = match.end()
            return self._array(depth)
        raise ValueError("no value of PHP's")

    def _text(self, start: int, length: int) -> str:
        """The lengths are believed where they fit, else the text goes to the next `";` (an export whose encoding was changed)."""
        end = start + length
        if self._data[end : end + 2] != b'";':
            end = self._data.find(b'";', start)
            if end < 0:
                raise ValueError("a text without an end")
        self._at = end + 2
        return self._data[start:end].decode("utf-8", "replace")

    def _array(self, depth: int) -> dict[str, PhpValue]:
        found: dict[str, PhpValue] = {}
        try:
            while self._data[self._at : self._at + 1] != b"}":
                name = self.value(depth + 1)
                if not isinstance(name, str):
                    break
                found[name] = self.value(depth + 1)
        except ValueError:
            self._at = len(self._data)
        self._at += 1
        return found
