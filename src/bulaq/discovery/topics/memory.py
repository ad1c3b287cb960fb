"""Names offered to the editor as topics, and what the answers teach: `TopicMemory`.

The confidence of a rule and of a name is the share of its offers that editors accepted, starting from a prior (Beta and
Bernoulli).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Self

from bulaq.arabic.normalise import matching_key
from bulaq.discovery.topics.name_rules import Kind, Rule

PRIOR: Final[dict[str, tuple[float, float]]] = {
    # accepted and rejected offers that each rule starts with
    "known": (9.0, 1.0),
    "title": (6.0, 4.0),
    "given": (7.0, 3.0),
    "says": (5.0, 5.0),
    "head": (5.0, 5.0),
    "part": (5.0, 5.0),
    "again": (6.0, 4.0),
}


class Span(NamedTuple):
    """Where a name stands: `text[start:end]`, its clitics left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicCandidate:
    """A name found. `name` is its fullest form, `variants` all its forms as written, `confidence` 0..1."""

    name: str
    kind: Kind
    variants: tuple[str, ...]
    count: int
    spans: tuple[Span, ...]
    confidence: float
    rule: Rule


@dataclass
class TopicMemory:
    """What editors answered: counts of offers accepted and rejected, by rule and by name. Store it with `as_json`."""

    rules: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    """Normalised variant → the name that the newsroom gave its topic."""

    def accept(self, candidate: TopicCandidate, *, name: str | None = None, kind: Kind | None = None) -> None:
        """The editor took it, perhaps under another name (an existing topic's: a merge) or as another kind."""
        title = name or candidate.name
        for variant in {title, candidate.name, *candidate.variants}:
            key = matching_key(variant)
            if (
                variant in candidate.variants
                and " " not in key
                and candidate.kind == "person"
                and key != matching_key(title)
            ):
                continue  # a bare «محمد» must not stand for one person everywhere
            self.topics[key] = title
            self.kinds[key] = kind or candidate.kind
        self._count(self.names, matching_key(candidate.name), 0)
        self._count(self.rules, candidate.rule, 0)

    def reject(self, candidate: TopicCandidate) -> None:
        """The editor did not want it; after two rejections more than acceptances it is not offered again."""
        self._count(self.names, matching_key(candidate.name), 1)
        self._count(self.rules, candidate.rule, 1)

    def add(self, name: str, kind: Kind, variants: Iterable[str] = ()) -> None:
        """A topic that the newsroom has: its name and other spellings."""
        for variant in (name, *variants):
            self.topics[matching_key(variant)] = name
            self.kinds[matching_key(variant)] = kind

    def confidence(self, name: str, rule: Rule) -> float:
        """The share of offers like this one that were accepted: by the rule, then by the name's own answers."""
        accepted, rejected = PRIOR[rule]
        counted = self.rules.get(rule, [0, 0])
        share = (accepted + counted[0]) / (accepted + rejected + sum(counted))
        own = self.names.get(matching_key(name), [0, 0])
        return (2 * share + own[0]) / (2 + sum(own))

    def unwanted(self, name: str) -> bool:
        """Whether editors have refused a name at least twice more often than taken it."""
        own = self.names.get(matching_key(name), [0, 0])
        return own[1] - own[0] >= 2

    @staticmethod
    def _count(counts: dict[str, list[int]], key: str, place: int) -> None:
        counts.setdefault(key, [0, 0])[place] += 1

    def as_json(self) -> dict[str, Any]:
        """What JSON keeps of it."""
        return {"rules": self.rules, "names": self.names, "kinds": self.kinds, "topics": self.topics}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The memory that `as_json` gave."""
        return cls(**data)
