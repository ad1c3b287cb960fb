"""WordPress shortcodes as the markup that they stand for: `[caption]`, `[gallery]`, `[embed]`, `[video]` and their kin.

Those that only lay out a page (columns, boxes, drop caps of themes and page builders) leave their content; those that
call a plugin for something else leave nothing but a warning. A bracket that is no shortcode («[كذا]», «[CNN]») is text.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from bulaq.intake.wordpress.shortcode_names import (
    BUTTONS,
    CAPTIONS,
    CODED,
    DROPPED,
    ENCLOSING,
    FILMS,
    LAYOUT,
    PLATFORMS,
    QUOTES,
)
from bulaq.intake.wordpress.shown_shortcodes import FilmsOf, PicturesOf, cited, end_of, shown

MAX_SHORTCODES = 5_000

_TAG = re.compile(
    r"(?P<escaped>\[)?\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{1,60})(?P<rest>(?:[\s=:/](?:[^\[\]\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,1500}?)?)\](?P<escaped_end>\])?"
)
_ATTRIBUTE = re.compile(
    r"([\w-]{1,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))|\"([^\"]*)\"|'([^']*)'|(\S+)"
)
_READ_WHOLE = CAPTIONS | FILMS | PLATFORMS | CODED | BUTTONS | {"gallery", "playlist"}
"""What shows something in the place of what it encloses."""


def expand(text: str, pictures_of: PicturesOf, films_of: FilmsOf) -> tuple[str, list[str]]:
    """`text` with its shortcodes as markup, and the names of those that nothing is known of."""
    found = list(islice(_TAG.finditer(text), MAX_SHORTCODES)) if "[" in text else []
    if not found:
        return text, []
    expansion = _Expansion(text, found, pictures_of, films_of)
    return expansion.markup(), expansion.unknown


class _Expansion:
    """A text while its shortcodes are read, one after the other."""

    def __init__(
        self, text: str, found: list[re.Match[str]], pictures_of: PicturesOf, films_of: FilmsOf
    ) -> None:
        self.unknown: list[str] = []
        self._text = text
        self._found = found
        self._pictures_of = pictures_of
        self._films_of = films_of
        self._closed = {match["name"].lower() for match in found if match["close"]}
        self._said_by: list[str] = []
        self._pieces: list[str] = []
        self._at = 0

    def markup(self) -> str:
        for position, match in enumerate(self._found):
            if match.start() >= self._at:
                self._read(position, match)
        self._pieces.append(self._text[self._at :])
        return "".join(self._pieces)

    def _read(self, position: int, match: re.Match[str]) -> None:
        name = match["name"].lower()
        if match["escaped"] and match["escaped_end"]:
            self._pieces += (self._text[self._at : match.start()], match[0][1:-1])
            self._at = match.end()
            return
        # A single bracket before or behind is text of its own («[[gallery]» is one bracket and a gallery).
        start = match.start() + (1 if match["escaped"] else 0)
        end = match.end() - (1 if match["escaped_end"] else 0)
        attributes = _attributes(match["rest"] or "")
        if not self._is_shortcode(name, match, attributes):
            return
        self._pieces.append(self._text[self._at : start])
        self._at = end
        if match["close"]:
            if QUOTES.match(name) and self._said_by:
                self._pieces.append(self._said_by.pop())
            self._pieces.append(end_of(name))
        else:
            self._show(name, attributes, self._closing(position, name))

    def _show(self, name: str, attributes: dict[str, str], closing: re.Match[str] | None) -> None:
        inner = self._text[self._at : closing.start()] if closing is not None else None
        markup = shown(name, attributes, inner, self._pictures_of, self._films_of)
        if markup is None:
            self._pieces.append("\n\n" if LAYOUT.match(name) else "")
            if name not in self._closed and name not in self.unknown and not DROPPED.match(name):
                self.unknown.append(name)
            return
        self._pieces.append(markup)
        if QUOTES.match(name):
            self._said_by.append(cited(attributes))
        if closing is not None:
            self._at = closing.end()

    def _closing(self, position: int, name: str) -> re.Match[str] | None:
        """The end of a shortcode that is read as a whole; None for one that has none, or ends itself («[audio … /]»)."""
        if (
            name not in _READ_WHOLE
            or name not in self._closed
            or (self._found[position]["rest"] or "").rstrip().endswith("/")
        ):
            return None
        for match in self._found[position + 1 : position + 200]:
            if match["name"].lower() == name:
                return match if match["close"] else None
        return None

    def _is_shortcode(self, name: str, match: re.Match[str], attributes: dict[str, str]) -> bool:
        if name in ENCLOSING or name in PLATFORMS or name == "playlist":
            return True
        if QUOTES.match(name) or DROPPED.match(name) or match["close"] or name in self._closed:
            return True
        return "_" in name or any(not key.isdigit() for key in attributes)


def _attributes(text: str) -> dict[str, str]:
    """Named attributes by name, the others by their position («0», «1», …)."""
    found: dict[str, str] = {}
    text = text.replace("\u201c", '"').replace("\u201d", '"').replace("\u2033", '"').lstrip("=: ")
    for match in _ATTRIBUTE.finditer(text[:20_000]):
        if match[1]:
            value = next((part for part in match.group(2, 3, 4) if part is not None), "")
            found[match[1].lower()] = unescape(value)
        else:
            value = next((part for part in match.group(5, 6, 7) if part is not None), "")
            if value != "/":
                found[str(sum(key.isdigit() for key in found))] = unescape(value)
    return found
