"""The name of a month where it stands in a text: whole, numbered («ت2»), said twice («آب/أغسطس») or with one letter wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bulaq.arabic.dates.months import MEANINGS, Month
from bulaq.arabic.dates.tokens import Token
from bulaq.arabic.dates.years import year_at


def month_at(tokens: list[Token], index: int, *, guess: bool) -> tuple[int, Month] | None:
    """Index after the month's name, both names of a double one («آب/أغسطس», «آب (أغسطس)»), and the month."""
    token = tokens[index]
    month = MEANINGS.get(token.text)
    end = index + 1
    if month is None:
        if token.text in _NUMBERED and tokens[end].text in ("1", "2") and tokens[end].glued:
            month = Month("gregorian", _NUMBERED[token.text][int(tokens[end].text) - 1])  # «ت2»
            end += 1
        elif guess and token.kind == "w" and len(token.text) >= 5 and year_at(tokens, end, "gregorian"):
            month = _nearest(token.text)
        if month is None:
            return None
    at = end
    opened = tokens[at].text in _BETWEEN_NAMES
    at += opened
    if tokens[at].text == "شهر":
        at += 1
    if MEANINGS.get(tokens[at].text) == month and at > index:
        end = at + 1
        if tokens[end].text in (")", "]") and opened:
            end += 1
    elif (
        tokens[end].text == "."
        and tokens[end].glued
        and token.text[-1] < "\u0600"
        and not tokens[end + 1].glued
    ):
        end += 1  # "Aug. 24"
    return end, month


_NUMBERED: Final = {"ك": (12, 1), "ت": (10, 11), "كانون": (12, 1), "تشرين": (10, 11)}
_BETWEEN_NAMES: Final = frozenset((*"/(-–،\\|[_", "او"))


def _nearest(word: str) -> Month | None:
    """The month whose name is one slip away («اغسطسس», «نوفمير»); None when two are."""
    found = {_slips()[slip] for slip in _shortened(word) if slip in _slips()}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _slips() -> dict[str, Month]:
    names = {name: month for name, month in MEANINGS.items() if len(name) >= 5 and " " not in name}
    result: dict[str, Month] = {}
    several: set[str] = set()
    for name, month in names.items():
        for slip in _shortened(name):
            if result.setdefault(slip, month) != month:
                several.add(slip)
    return {slip: month for slip, month in result.items() if slip not in several}


def _shortened(word: str) -> set[str]:
    """The word and the word without any one letter: two words one slip apart share one of these
    (W. Garbe's symmetric deletion)."""
    word = word[:20]
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}
