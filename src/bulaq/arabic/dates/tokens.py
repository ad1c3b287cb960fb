"""Cuts normalised text into the figures, words and signs that a date is made of; known phrases are one word."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.months import MEANINGS
from bulaq.arabic.dates.zones import ZONES

AHEAD: Final = 8
"""How many tokens past the last one of the text may be looked at: as many of kind "e" stand at the end."""


class Token(NamedTuple):
    """`kind` is "n" (figures), "w" (a word or known phrase), "s" (a sign) or "e" (the end of the text).

    `start` and `end` are positions in the normalised text; `glued` says that no space stands before it.
    """

    kind: str
    text: str
    start: int
    end: int
    glued: bool


def tokenise(text: str) -> list[Token]:
    """The tokens of normalised text and `AHEAD` of kind "e", on which every lookahead stops."""
    tokens: list[Token] = []
    append = tokens.append
    before = 0
    open_phrase = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        first = word[0]
        kind = "n" if first in "0123456789" else "w" if first.isalpha() else "s"
        append(Token(kind, word, start, end, start == before))
        before = end
        open_phrase = open_phrase or word in _PHRASES
    tokens += [Token("e", "", len(text), len(text), False)] * AHEAD
    return _join_phrases(tokens) if open_phrase else tokens


_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")

_PHRASES: Final = v.phrases(
    MEANINGS, ZONES, v.WEEKDAYS, v.MERIDIEMS, v.HOURS, v.ORDINAL_DAYS, v.NAMED_DAYS, v.JUST_NOW, v.SINCE, v.ABOUT,
    v.ERA_JALALI, v.ERA_HIJRI, v.TO_MONTH, v.TO_YEAR, v.LINKS, v.UPDATES,
)  # fmt: skip


def _join_phrases(tokens: list[Token]) -> list[Token]:
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = index + 1
        for rest in _PHRASES.get(token.text, ()):
            if (after := _follow(tokens, end, rest)) is not None:
                text = " ".join((token.text, *rest))
                token = Token("w", text, token.start, tokens[after - 1].end, token.glued)
                end = after
                break
        result.append(token)
        index = end
    return result


def _follow(tokens: list[Token], index: int, rest: tuple[str, ...]) -> int | None:
    """The index after the words of `rest`, between which a hyphen, a point or an apostrophe may stand."""
    for word in rest:
        if tokens[index].text in _JOINTS and tokens[index].glued:
            index += 1
        if tokens[index].text != word:
            return None
        index += 1
    return index


_JOINTS: Final = frozenset("-.'’ـ")
