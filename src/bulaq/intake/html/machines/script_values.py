"""The data that frameworks write into a page for its own scripts, as values of Python.

JSON in an element or behind an assignment (`window.__STATE__ = {…}`, `__NEXT_DATA__`), and three ways of writing it shorter:
a function called with what repeats (Nuxt 2, after the package *devalue*), a flat list whose numbers are places in it
(Nuxt 3, devalue's `stringify`), rows of text pushed one after the other (React's server components, Next.js 13).
Nothing is executed. What cannot be read is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bulaq.intake.html.layout.tree import Element

MAX_SCRIPT_CHARS = 3_000_000
"""Of all scripts of a page together."""
MIN_SCRIPT_CHARS = 300
MAX_VALUES = 200_000
MAX_DEPTH = 60

_ASSIGNED = re.compile(
    r"(?:window\.|self\.|Fusion\.|var\s+|let\s+|const\s+|^\s*)[\w.$]{2,60}\s*=\s*(?=[{\[])"
)
_CALLED = re.compile(r"=\s*(?:\(\s*)?function\s*\(([\w$,\s]*)\)\s*\{")
_PUSHED = re.compile(r"__next_f\.push\((?=\[)")
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?:I|HL)?(?=[\[{])", re.M)


def values_in(root: Element) -> Iterator[Any]:
    """The values in the scripts under `root`."""
    room = MAX_SCRIPT_CHARS
    pushed: list[str] = []
    for script in root.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind or len(text) > room:
            continue
        for match in _PUSHED.finditer(text):
            value = _json(text, match.end())
            if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
                pushed.append(value[1])
        if len(text) < MIN_SCRIPT_CHARS:
            continue
        room -= len(text)
        if "json" in kind:
            value = _json(text, 0)
            flat = isinstance(value, list) and (script.get("id") or "").upper().startswith("__NUXT_DATA")
            yield _unflattened(value) if flat else value
            continue
        called = _CALLED.search(text)
        if called:
            yield _returned(text, called)
        for match in list(_ASSIGNED.finditer(text))[:20]:
            yield _json(text, match.end())
    rows = "".join(pushed)
    for match in list(_ROW.finditer(rows))[:2000]:
        yield _json(rows, match.end())


def _json(text: str, start: int) -> Any:
    while start < len(text) and text[start].isspace():
        start += 1
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _unflattened(flat: list[Any]) -> Any:
    """A value of which each part stands once in a list and is told by its place there."""
    made: dict[int, Any] = {}

    def at(place: Any, depth: int) -> Any:
        if (
            not isinstance(place, int)
            or isinstance(place, bool)
            or not 0 <= place < len(flat)
            or depth > MAX_DEPTH
        ):
            return None
        if place in made:
            return made[place]
        value = flat[place]
        if isinstance(value, dict):
            known: dict[str, Any] = {}
            made[place] = known
            known.update((name, at(where, depth + 1)) for name, where in value.items())
        elif isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
            inner = value[1]  # ["Reactive", 5], ["Date", "2024-…"]
            made[place] = at(inner, depth + 1) if isinstance(inner, int) else inner
        elif isinstance(value, list):
            items: list[Any] = []
            made[place] = items
            items.extend(at(where, depth + 1) for where in value)
        else:
            made[place] = value
        return made[place]

    return at(0, 0)


# ── a function called with its values ───────────────────────────────────────────────────────────────────────────

_SPACE = re.compile(r"(?:\s+|//[^\n]*\n|/\*.*?\*/)*", re.S)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.S)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.I)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_CONSTANTS: dict[str, Any] = {"true": True, "false": False}


class _NotLiteral(ValueError):
    """What stands here is no value but a program."""


def _returned(text: str, called: re.Match[str]) -> Any:
    """What a function returns that holds assignments and one `return` of a literal, called with literals at once."""
    names = [name.strip() for name in called[1].split(",") if name.strip()]
    try:
        scope = dict(zip(names, _arguments(text), strict=False))
        reader = _Literals(text, called.end(), scope)
        reader.assignments()
        return reader.value(0)
    except (_NotLiteral, IndexError):
        return None


def _arguments(text: str) -> list[Any]:
    """The values behind the function's end: the last `}(…)` of the script."""
    end = text.rfind("}(")
    if end < 0:
        raise _NotLiteral
    return _Literals(text, end + 1, {}).items(")")


class _Literals:
    """Reads literals of JavaScript from `text`; names stand for what `scope` says, unknown ones for None."""

    def __init__(self, text: str, at: int, scope: dict[str, Any]) -> None:
        self.text, self.at, self.scope = text, at, scope
        self.left = MAX_VALUES

    def assignments(self) -> None:
        """`a.title="…";b[0]=c;` up to `return`, whose value is next."""
        while True:
            name = self._name()
            if name == "return":
                return
            target, place = self.scope.get(name), self._place()
            while self._next() in ".[":
                target = target.get(str(place)) if isinstance(target, dict) else None
                place = self._place()
            if place is None or self._next() != "=":
                raise _NotLiteral
            self.at += 1
            value = self.value(0)
            if isinstance(target, dict):
                target[str(place)] = value
            elif isinstance(target, list) and isinstance(place, int) and place == len(target):
                target.append(value)
            if self._next() in ";,":
                self.at += 1

    def value(self, depth: int) -> Any:
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            raise _NotLiteral
        sign = self._next()
        if sign == "{":
            return self._object(depth)
        if sign == "[":
            return self.items("]", depth)
        if sign in "\"'`":
            return self._string()
        if sign == "!":  # !0 is true
            self.at += 1
            return not self.value(depth + 1)
        number = _NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            return float(number[0]) if re.search(r"[.e]", number[0], re.I) else int(number[0][:300])
        name = self._name()
        if name in ("new", "void"):  # new Date(…), void 0
            inner = self.value(depth + 1)
            return None if name == "void" else inner
        if self._next() == "(":
            arguments = self.items(")", depth)
            return arguments[0] if arguments else None
        return _CONSTANTS.get(name, self.scope.get(name))

    def items(self, close: str, depth: int = 0) -> list[Any]:
        self._next()
        self.at += 1
        found: list[Any] = []
        while self._next() != close:
            if self._next() == ",":
                self.at += 1
                continue
            found.append(self.value(depth + 1))
        self.at += 1
        return found

    def _object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        found: dict[str, Any] = {}
        while (sign := self._next()) != "}":
            if sign == ",":
                self.at += 1
                continue
            if sign in "\"'`":
                name = self._string()
            else:
                number = _NUMBER.match(self.text, self.at)
                name = number[0] if number else self._name()
                self.at = number.end() if number else self.at
            if self._next() != ":":
                raise _NotLiteral
            self.at += 1
            found[name] = self.value(depth + 1)
        self.at += 1
        return found

    def _string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            raise _NotLiteral
        self.at = match.end()
        text = next(group for group in match.groups() if group is not None)
        if "\\" not in text:
            return text
        text = _ESCAPE.sub(_unescaped, text)
        return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _name(self) -> str:
        self._next()
        match = _NAME.match(self.text, self.at)
        if match is None:
            raise _NotLiteral
        self.at = match.end()
        return match[0]

    def _place(self) -> str | int | None:
        sign = self._next()
        self.at += 1
        if sign == ".":
            return self._name()
        if sign != "[":
            return None
        place = self.value(0)
        self.at += self._next() == "]"
        return place if isinstance(place, str | int) else None

    def _next(self) -> str:
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at]


def _unescaped(match: re.Match[str]) -> str:
    mark = match[1]
    if len(mark) > 1 and mark[0] in "ux":
        code = int(mark[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF else ""
    return _ESCAPED.get(mark, mark)
