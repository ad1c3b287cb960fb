"""Arabic for Pillow: shaped by HarfBuzz where Pillow finds it (libraqm with FriBiDi), by our own hand where not.

Pillow's wheels bring libraqm but look for FriBiDi on the machine; a small server often has none, and Pillow then sets
letters apart and backwards. Here Arabic is then written in Unicode's presentation forms (Unicode Standard, chapter 9.2,
"Arabic Cursive Joining") and put into visual order: enough of the bidirectional algorithm (UAX #9) for a headline.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PIL import features

_ALEFS = "آأإا"
_LAM = "ل"
_JOINERS = "\u200c\u200d"
"""Drawn as nothing, but they say whether their neighbours join."""
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def can_shape() -> bool:
    """Whether Pillow shapes and orders by itself on this machine."""
    return bool(features.check("raqm"))


def visual(text: str, direction: str) -> str:
    """`text` (one line) as a face draws it from left to right without any shaping: forms chosen, order reversed.

    Marks above and below letters are left out: without a shaper they would stand beside their letters.

    >>> visual("سلام", "rtl") == "\\ufee1\\ufefc\\ufeb3"
    True
    """
    text = "".join(c for c in unicodedata.normalize("NFC", text) if not _is_mark(c) and not _is_control(c))
    glyphs = ["" if glyph in _JOINERS else glyph for glyph in _shaped(text)]
    return _reordered(glyphs, _levels(text, 1 if direction == "rtl" else 0))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _is_control(character: str) -> bool:
    return character not in _JOINERS and (
        unicodedata.bidirectional(character) in {"LRI", "RLI", "FSI", "PDI", "BN"}
        or character in "\u200e\u200f\u061c"
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Letter (or lam-alef) → {isolated, final, initial, medial} from the decompositions of the Unicode database."""
    found: dict[str, dict[str, str]] = {}
    for start, end in ((0xFE80, 0xFEFD), (0xFB50, 0xFBB2), (0xFBD3, 0xFC00)):
        for code in range(start, end):
            kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
            if kind[:1] == "<" and letters:
                text = "".join(chr(int(part, 16)) for part in letters.split())
                found.setdefault(text, {}).setdefault(kind[1:], chr(code))
    return found


def _joins_forward(letter: str) -> bool:
    return letter in {"ـ", "\u200d"} or "initial" in _forms().get(letter, {})


def _joins_back(letter: str) -> bool:
    return letter in {"ـ", "\u200d"} or "final" in _forms().get(letter, {})


def _shaped(text: str) -> list[str]:
    """A glyph's character for each character; "" for the alef that went into a lam-alef."""
    forms = _forms()
    result = list(text)
    for place, letter in enumerate(text):
        before = text[place - 1] if place else ""
        joined = bool(before) and _joins_forward(before) and _joins_back(letter)
        after = text[place + 1] if place + 1 < len(text) else ""
        if letter == _LAM and after and after in _ALEFS:
            result[place] = forms[_LAM + after]["final" if joined else "isolated"]
        elif letter in _ALEFS and before == _LAM:
            result[place] = ""
        elif letter in forms:
            leads = bool(after) and _joins_forward(letter) and _joins_back(after)
            wanted = ("isolated", "initial", "final", "medial")[leads + 2 * joined]
            result[place] = forms[letter].get(wanted) or forms[letter].get("isolated", letter)
    return result


def _levels(text: str, base: int) -> list[int]:
    """The embedding level of each character: letters and numbers by themselves, what is neutral by its neighbours."""
    kinds = [unicodedata.bidirectional(character) for character in text]
    for place, kind in enumerate(kinds):
        # Separators within a number belong to it (W4); signs beside one too (W5).
        if (
            kind in {"CS", "ES"}
            and 0 < place < len(kinds) - 1
            and kinds[place - 1] == kinds[place + 1] in {"EN", "AN"}
        ):
            kinds[place] = kinds[place - 1]
        elif kind == "ET" and "EN" in kinds[max(0, place - 1) : place + 2]:
            kinds[place] = "EN"
    strong = [
        "R" if kind in {"R", "AL", "AN"} else "L" if kind == "L" else "N" if kind == "EN" else ""
        for kind in kinds
    ]
    outer = "R" if base else "L"
    levels: list[int] = []
    last = outer
    for place, kind in enumerate(kinds):
        side = strong[place]
        if not side:
            following = next((s for s in strong[place + 1 :] if s), outer)
            side = last if last == following.replace("N", last if last == "L" else "R") else outer
        elif side in "LR":
            last = side
        if kind in {"EN", "AN"}:
            levels.append(base + (base % 2) if last == "L" and base == 0 else 2)
        elif side == "R":
            levels.append(1)
        else:
            levels.append(0 if base == 0 else 2)
    return levels


def _reordered(glyphs: list[str], levels: list[int]) -> str:
    """Rule L2: from the highest level down to the lowest odd one, every run at that level or above is turned round."""
    order = list(range(len(glyphs)))
    for level in range(max(levels, default=0), 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > place:
                order[place:end] = reversed(order[place:end])
            place = end + 1
    return "".join(
        glyphs[place].translate(_MIRRORED) if levels[place] % 2 else glyphs[place] for place in order
    )
