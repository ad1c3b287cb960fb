"""Which words are parts of people's names, learned from the newsroom's own archive; nothing is shipped.

Rules find people by their company: a title, a given name, a verb of speech (`topics`). In an archive the same surname
stands beside such company in some texts and alone in others; and what follows a name by chance («قال *سالم أمس*»)
stands far more often where no name is. So each word is counted, in names and in all: a word that is found in names
often enough, measured by all its places, is a name wherever it stands; a frequent word that hardly ever is, is none,
even after a title.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

LEAST_NAMES: Final = 4
"""Different articles in which a word must stand in a name."""
SHARE: Final = 0.25
"""The share of a word's places that must be in names: the rules see about every second place of a surname."""
PLAIN_SHARE: Final = 0.04
PLAIN_PLACES: Final = 20
MOST_ARTICLES: Final = 20_000
"""The newest articles suffice to learn from."""


@dataclass(frozen=True)
class NameParts:
    """`parts` are words that are names wherever they stand, `plain` frequent words that are none; normalised."""

    parts: frozenset[str] = field(default_factory=frozenset)
    plain: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def counted(cls, articles: Iterable[tuple[list[str], set[int]]]) -> Self:
        """From articles as their words and the places of those that stand in a person's name."""
        places: Counter[str] = Counter()
        named: Counter[str] = Counter()
        holders: Counter[str] = Counter()
        for words, inside in articles:
            places.update(words)
            some = [words[place] for place in inside]
            named.update(some)
            holders.update(set(some))
        return cls(
            frozenset(
                word
                for word, count in named.items()
                if holders[word] >= LEAST_NAMES and len(word) > 2 and count >= SHARE * places[word]
            ),
            frozenset(
                word
                for word, count in places.items()
                if count >= PLAIN_PLACES and named[word] <= PLAIN_SHARE * count
            ),
        )

    def save(self, path: Path) -> None:
        """Writes it to a file, in place of the old one at once."""
        part = path.with_suffix(".part")
        data = {"parts": sorted(self.parts), "plain": sorted(self.plain)}
        part.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """What was saved; nothing when there is no such file, or it cannot be read."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(frozenset(data["parts"]), frozenset(data["plain"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()
