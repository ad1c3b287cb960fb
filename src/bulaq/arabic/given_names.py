"""Given names of men and women as Arabic news writes them: those of Arabs, and those of other peoples in Arabic letters.

Written from knowledge, with the spellings that newsrooms of different countries use («إدوارد», «إدوار»); whoever looks a
word up compares it normalised. `given_names.txt` holds them, a part for each kind of name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

Part = Literal[
    "arab",
    "western",
    "slavic and greek",
    "turkish, kurdish, persian and hebrew",
    "asian and african",
    "words or surnames",
    "words too",
]


@cache
def arab_names() -> frozenset[str]:
    """Names of Arabs. After these a surname may have the article («الخطابي»), and a word in «ل» is mostly «for» and not of
    the name."""
    return _part("arab")


@cache
def foreign_names() -> frozenset[str]:
    """Names of other peoples, after which it is the other way round («سيرغي لافروف»)."""
    foreign = (
        _part("western"),
        _part("slavic and greek"),
        _part("turkish, kurdish, persian and hebrew"),
        _part("asian and african"),
    )
    return frozenset().union(*foreign) - arab_names()


@cache
def names_where_one_is_expected() -> frozenset[str]:
    """Words that are hardly ever a given name in running text («الأمين», «مساعد», «أردوغان»), and often one in a byline."""
    return _part("words or surnames")


@cache
def ambiguous_names() -> frozenset[str]:
    """Those of the other parts that are words or places as well («علي» is often «على»): in running text they begin a name
    only beside another given name or a particle of names."""
    return _part("words too")


@cache
def _parts() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("given_names.txt").read_text("utf-8")
    parts = (part.partition("]\n") for part in text.split("[")[1:])
    return {title: frozenset(names.split()) for title, _, names in parts}


def _part(title: Part) -> frozenset[str]:
    return _parts()[title]
