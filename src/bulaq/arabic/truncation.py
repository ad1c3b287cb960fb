"""Cutting a headline or a description where a reader can bear it: at a word, with «…»."""

from __future__ import annotations

import unicodedata
from typing import Final

from bulaq.arabic.normalise import fold_white_space, matching_key


def cut(text: str, limit: int, ellipsis: str = "…") -> str:
    """The text in at most `limit` characters (code points, the ellipsis counted), white space folded.

    It ends at a word, without a dangling comma, opening quote or small word that leads on («و», «في», "of"). A
    single word that is too long is cut between graphemes: never before a diacritic, a joiner or half an emoji.
    ValueError when the limit leaves no room beside the ellipsis.
    """
    if limit <= len(ellipsis):
        raise ValueError(f"a limit of {limit} leaves no room beside {ellipsis!r}")
    text = fold_white_space(text)
    if len(text) <= limit:
        return text
    room = limit - len(ellipsis)
    kept = text[:room] if text[room] == " " else text[:room].rpartition(" ")[0]
    kept = _tidy(kept) or _tidy(text[: _grapheme_before(text, room)]) or text[: _grapheme_before(text, room)]
    return kept.rstrip() + ellipsis


def _tidy(text: str) -> str:
    """Without what leads on to words that are no longer there."""
    while True:
        stripped = text.rstrip(_DANGLING)
        before, _, last = stripped.rpartition(" ")
        if before and matching_key(last.lstrip(_DANGLING)) in _LEADING_ON:
            stripped = before
        if stripped == text:
            return text
        text = stripped


_DANGLING: Final = " ،؛,;:.-–—/|\\«(“‘[{<…\u200e\u200f\u061c"
_SMALL_WORDS: Final = (
    "و ف ب ل ك أ أو أم ثم بل لكن في من إلى على عن مع عند بين حتى منذ خلال قبل بعد أن إن كي لم لن لا ما قد هل التي الذي"
    " الذين هذا هذه ال كما حول ضد دون غير a an the of to in on at and or for with by de la le"
)
_LEADING_ON: Final = frozenset(map(matching_key, _SMALL_WORDS.split()))


def _grapheme_before(text: str, index: int) -> int:
    """The last place at or before `index` that does not stand inside a grapheme; `index` where there is none.

    The rules of Unicode Standard Annex #29 that matter for news: marks, joiners, variation selectors, skin tones,
    flags.
    """
    at = index
    while at > 0 and _joined(text, at):
        at -= 1
    return at or index


def _joined(text: str, at: int) -> bool:
    here, before = text[at], text[at - 1]
    if here in "\u200c\u200d" or unicodedata.category(here) in ("Mn", "Me", "Mc"):
        return True
    if before == "\u200d" or "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return True
    if _is_flag(here) and _is_flag(before):
        first = at
        while first > 0 and _is_flag(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    return False


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
