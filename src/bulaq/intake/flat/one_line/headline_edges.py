"""Where one headline ends and the next begins in a row of words, with nothing between them.

Each gap between two words gets log odds of an edge from the words themselves (which words end headlines, which open
them) and from their shapes (definite, verb, feminine, quoted …): a logistic regression over headlines put in a row,
learned by `python -m eval.headline_edges` and kept as a table beside this file. The row is then cut where the whole is
likeliest, lengths included: a semi-Markov model (Sarawagi and Cohen, 2004), decoded by dynamic programming.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from bulaq.intake.box_headings import fold_heading

LONGEST = 18
"""Words of the longest headline."""

TABLE = "headline_edges.tsv"

_PRESENT = re.compile(r"[يتن][\u0621-\u064a]{2,}")
_PAST = re.compile(r"[\u0621-\u064a]{2,}[^ا\W]ت")
_JOINED_ARTICLE = re.compile(r"[وفبلك]ال|لل")


@dataclass(frozen=True, slots=True)
class _Shape:
    marks: str
    """What stands at the word's edges: quotation marks, a colon, dots …"""
    kind: str
    ending: str


_LONGEST = 60
"""Characters of a word that are looked at and remembered; a longer one (an address, a page without spaces) keeps its
two ends."""


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST else word[: _LONGEST // 2] + word[-_LONGEST // 2 :]


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    return fold_heading(word) or "#"


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> _Shape:
    marks = "(" * (word[0] in "\"«“('‘") + ")" * (word[-1] in "\"»”)'’")
    if word.endswith(("..", "…")):
        marks += ".."
    elif word[-1] in ":،,؛؟?!":
        marks += {"،": ",", "؛": ",", "?": "؟", "!": "؟"}.get(word[-1], word[-1])
    folded = _folded(word)
    return _Shape(marks, _kind(folded), _ending(folded))


def _kind(folded: str) -> str:
    """The word's first letters, as far as they tell its part of speech."""
    if folded[0].isdigit():
        return "9"
    if folded.isascii():
        return "A"
    if len(folded) <= 2:
        return "s"
    if folded.startswith("ال"):
        return "ال"
    if _JOINED_ARTICLE.match(folded):
        return "+ال"
    if folded[0] == "و":
        return "و"
    if _PRESENT.fullmatch(folded):
        return folded[0]
    if _PAST.fullmatch(folded):
        return "ـت"
    return "ب" if folded[0] in "بلك" else "o"


def _ending(folded: str) -> str:
    if folded.endswith("ه"):
        return "ة"
    return next((end for end in ("ات", "ين", "ون", "ي", "ا") if folded.endswith(end)), "")


def features(words: Sequence[str], gap: int) -> Iterator[str]:
    """What is seen at the gap behind word `gap`."""
    left, right = _short(words[gap]), _short(words[gap + 1])
    before, behind = _shape(left), _shape(right)
    following = _shape(_short(words[gap + 2])).kind if gap + 2 < len(words) else "$"
    yield f"e={_folded(left)}"
    yield f"s={_folded(right)}"
    yield f"es={before.marks}/{before.kind}"
    yield f"ss={behind.marks}/{behind.kind}"
    yield f"p2={before.kind}{before.ending}|{behind.kind}{behind.ending}"
    yield f"p3={behind.kind}{behind.ending}|{following}"


@dataclass(frozen=True, slots=True)
class Edges:
    """The learned weights, by feature; `l=5` is the logarithm of how often a headline has five words."""

    weights: dict[str, float]

    def log_odds(self, words: Sequence[str]) -> list[float]:
        """For each gap between two of the words the log odds that a headline ends there."""
        get = self.weights.get
        bias = get("bias", 0.0)
        return [
            bias + sum(get(feature, 0.0) for feature in features(words, gap)) for gap in range(len(words) - 1)
        ]

    def length(self, words: int) -> float:
        """The weight of a headline of so many words."""
        return self.weights.get(f"l={words}", -9.0)


@lru_cache(maxsize=1)
def learned() -> Edges:
    """The table that is shipped."""
    text = files("bulaq.intake.flat.one_line").joinpath(TABLE).read_text(encoding="utf-8")
    rows = (line.rsplit("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return Edges({feature: int(weight) / 10 for feature, weight in rows})


PAIR_SEEN = -2.0
"""Log odds that are added where the same two words stand together elsewhere on the page."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words `begin`..`end` of a row: a headline, or a heading between headlines."""

    begin: int
    end: int
    is_heading: bool


def spans_of(
    words: Sequence[str],
    *,
    fixed: frozenset[int] = frozenset(),
    headings: dict[int, dict[int, float]] | None = None,
    limit: int | None = None,
    edges: Edges | None = None,
) -> list[Span]:
    """The likeliest headlines in `words`, in order. A headline ends before each of `fixed`; `headings` are the words
    that may head a box: begin, end, what speaks for it; headlines that were cut have `limit` words."""
    edges = edges or learned()
    odds = edges.log_odds(words)
    _keep_pairs(words, odds)
    ends = [0.0, *(-_softplus(-value) for value in odds), 0.0]
    inside = [0.0, *(-_softplus(value) for value in odds), 0.0]
    for place in fixed:
        ends[place] = 0.0
        inside[place] = -50.0
    so_far = [0.0]
    for value in inside:
        so_far.append(so_far[-1] + value)
    best = [0.0] + [-math.inf] * len(words)
    came: list[tuple[int, bool]] = [(0, False)] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        known = (headings or {}).get(end, {})
        for begin in range(max(0, end - LONGEST), end):
            within = so_far[end] - so_far[begin + 1]
            score = best[begin] + within + ends[end] + _weight(edges, words, begin, end, limit)
            if score > best[end]:
                best[end], came[end] = score, (begin, False)
            if begin in known:
                headed = best[begin] + max(ends[end], UNUSUAL) + known[begin]
                if headed > best[end]:
                    best[end], came[end] = headed, (begin, True)
    return _way_back(came)


UNUSUAL = -3.0
"""The least that the words behind a heading say against its end: they were learned where no headings stand."""


def _softplus(value: float) -> float:
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))


def _keep_pairs(words: Sequence[str], odds: list[float]) -> None:
    seen: dict[tuple[str, str], list[int]] = {}
    for gap in range(len(words) - 1):
        seen.setdefault((_folded(_short(words[gap])), _folded(_short(words[gap + 1]))), []).append(gap)
    for gaps in seen.values():
        if len(gaps) > 1:
            for gap in gaps:
                odds[gap] += PAIR_SEEN


CUT_RIGHT, CUT_WRONG = 3.0, -6.0
"""What a cut headline of as many words as the others have, and one longer, adds."""


def _weight(edges: Edges, words: Sequence[str], begin: int, end: int, limit: int | None) -> float:
    weight = edges.length(end - begin)
    if limit is None:
        return weight
    if end - begin > limit:
        return weight + CUT_WRONG
    return weight + CUT_RIGHT if words[end - 1].endswith(("…", "...")) and end - begin == limit else weight


def _way_back(came: list[tuple[int, bool]]) -> list[Span]:
    spans: list[Span] = []
    end = len(came) - 1
    while end:
        begin, is_heading = came[end]
        spans.append(Span(begin, end, is_heading))
        end = begin
    return spans[::-1]
