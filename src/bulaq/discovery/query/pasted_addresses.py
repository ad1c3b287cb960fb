"""A web address that somebody pasted into the search: of it only the words of its last part say what is looked for."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

LONGEST: Final = 2_000
"""Characters of a text that are looked at: an address in percent signs is six times as long as its words."""

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s/?#]*(?P<path>[^\s?#]*)\S*", re.IGNORECASE)
_ENDING: Final = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_BETWEEN_WORDS: Final = re.compile(r"[-_+]+")
_NUMBER: Final = re.compile(r"(?<!\S)\d{5,}(?!\S)")


def words_for_addresses(text: str) -> str:
    """The text, the words of each address in its place («…/2018/05/كأس-العالم-1234567.html» → «كأس العالم»)."""
    return _ADDRESS.sub(_words, text[:LONGEST]) if "/" in text or "www." in text else text


def _words(match: re.Match[str]) -> str:
    parts = [part for part in unquote(match["path"]).split("/") if part]
    last = max(parts, key=_letters, default="")
    return _NUMBER.sub(" ", _BETWEEN_WORDS.sub(" ", _ENDING.sub("", last)))


def _letters(part: str) -> int:
    return sum(letter.isalpha() for letter in part)
