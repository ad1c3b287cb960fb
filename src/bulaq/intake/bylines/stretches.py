"""The stretches of a byline that may be one name, or lead to one, each weighed by its own words.

What is known (gazetteer, given names, lexicon of agencies, words of roles) speaks loudest; where nothing is known, the
shape does: how many words, the article, quotation marks, letters that stand alone. The weights are natural units set
by hand; nothing is learned from a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.cues import (
    PREPOSITIONS,
    Role,
    counts,
    describes,
    is_noise,
    is_weekday,
    leads_on,
    role_of,
)
from bulaq.intake.bylines.given_names import is_given_name, is_title, person_score
from bulaq.intake.bylines.places import is_numbered, place_score
from bulaq.intake.bylines.words import Gap, Word

Label = Literal["place", "person", "agency", "role", "lead", "title", "preposition", "none"]
NAMES = frozenset[Label](["place", "person", "agency"])

OWN = 7.0
"""How much a name of the paper itself speaks for an agency."""
MAX_NAME_WORDS = 7
"""Words of one person, place or agency; a longer stretch is a sentence («عبد الرحمن بن محمد بن سعود آل فلان» has seven)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words under one label, with what stands before and behind them."""

    text: str
    size: int
    """Words."""
    label: Label
    weight: float
    """How much the words by themselves speak for the label."""
    before: Gap
    after: Gap
    """The separator behind; '' at the line's end."""
    role: Role | None = None
    bare: bool = False
    """A role that needs no separator behind it."""
    says: str = ""
    """What a preposition says of the name behind it (`byline_cues.PREPOSITIONS`); «described» of what somebody is;
    «counted» of days, hours and numbers of readers."""
    listed: bool = False
    """«و» goes on with a list («…، و…»)."""
    quoted_anew: bool = False
    """It stands in quotation marks, or the word before it does, and not both in the same."""

    @property
    def closed(self) -> bool:
        """Whether something stronger than space stands behind it."""
        return self.after not in (" ", "~")


def stretches_of(words: list[Word], own: Callable[[str], bool]) -> list[list[tuple[int, Stretch]]]:
    """For each word the stretches that begin there, with the word they end before; `own` tells the paper's names."""
    found: list[list[tuple[int, Stretch]]] = []
    for start in range(len(words)):
        row: list[tuple[int, Stretch]] = []
        end = start
        while end < len(words) and (end == start or words[end].gap in (" ", "~")):
            end += 1
            row += ((end, stretch) for stretch in _readings(words, start, end, own))
        found.append(row)
    return found


def _readings(words: list[Word], start: int, end: int, own: Callable[[str], bool]) -> Iterator[Stretch]:
    first = words[start]
    rest = [("-" if word.gap == "~" else " ") + word.text for word in words[start + 1 : end]]
    yield from _Span(words, start, end, [first.text, *rest], first.gap, own).labelled()
    if first.gap in (" ", "،", ")") and first.text.startswith("و") and (len(first.text) > 3 or rest):
        bare = first.text.removeprefix("و").removeprefix("ـ")
        yield from _Span(words, start, end, [bare, *rest], "و", own).labelled()
    elif first.gap == " " and (paper := _favoured(first.text)):
        yield from _Span(words, start, end, [paper, *rest], " ", own).favoured()


def _favoured(word: str) -> str:
    """The paper's first word in «(خاص) بالأيام», «(خاص) للأيام»; empty where nothing of the kind stands."""
    return word[1:] if word.startswith("بال") else "ال" + word[2:] if word.startswith("لل") else ""


class _Span:
    """Words `start` to `end` of a line, written as `texts`, under each label that they may have."""

    def __init__(
        self,
        words: list[Word],
        start: int,
        end: int,
        texts: list[str],
        before: Gap,
        own: Callable[[str], bool],
    ) -> None:
        self.words = words[start:end]
        self.text = "".join([*texts[:-1], _without_full_stop(texts[-1])])
        self.before: Gap = before
        self.after: Gap = words[end].gap if end < len(words) else ""
        self.listed = before == "و" and words[start].gap == "،"
        self.quoted_anew = start > 0 and words[start].quote != words[start - 1].quote
        self.own = own

    def labelled(self) -> Iterator[Stretch]:
        cues = list(self._cues())
        yield from cues
        if is_numbered(self.text) and not self.words[-1].text.endswith(("ة", "ى")):
            return  # a part or a day («اليوم الأول: …»); channels have the feminine ones («القناة الأولى»)
        agency = self._agency()
        counted = any(cue.says == "counted" for cue in cues)
        if counted and agency < 4:
            return  # «الساعة 14:22» names nothing, while «24» signs
        if len(self.words) <= MAX_NAME_WORDS:
            yield self._made("place", self._place())
            yield self._made("person", self._person())
            yield self._made("agency", agency)
        elif self.before != " ":
            yield self._made("person", -3.0)

    def favoured(self) -> Iterator[Stretch]:
        if (weight := agency_score(self.text)) >= 4:
            yield self._made("agency", weight)

    def _made(
        self, label: Label, weight: float, role: Role | None = None, bare: bool = False, says: str = ""
    ) -> Stretch:
        return Stretch(
            self.text,
            len(self.words),
            label,
            weight,
            self.before,
            self.after,
            role,
            bare,
            says,
            self.listed,
            self.quoted_anew,
        )

    def _cues(self) -> Iterator[Stretch]:
        if len(self.words) > 10:
            return
        folded = fold_heading(self.text)
        closed = self.after not in (" ", "~")
        if (found := role_of(folded)) and (found[1] or (closed and self.after)):
            yield self._made("role", 6.0, *found)
        apart = self.before != " " and closed
        if (apart and is_weekday(folded)) or (
            counts(folded) and not (self.before == " " and folded.isdigit())
        ):
            yield self._made("none", 6.0, says="counted")  # a bare number beside a name tells of a sentence
        elif is_noise(folded) and not self.words[-1].quote:
            yield self._made("none", 5.0)
        elif describes(folded) and closed:
            yield self._made("none", 3.0, says="described")
        if (weight := leads_on(folded)) is not None:
            yield self._made("lead", weight)
        if len(self.words) == 1:
            if (says := PREPOSITIONS.get(self.text)) is not None:
                yield self._made("preposition", -0.5, says=says)
            if is_title(self.text) and self.after in ("/", ":"):
                yield self._made("title", 1.5)

    def _person(self) -> float:
        words, known = self.words, person_score(self.text)
        weight = known
        if role_of(fold_heading(words[0].text)) or self.text.startswith("بسم الله"):
            weight -= 6.0
        if words[0].quote != words[-1].quote:
            weight -= 3.0
        elif words[0].quote:
            weight -= 1.0
        if any(word.gap == "~" for word in words[2:]):
            weight -= 3.0  # a hyphen stands within a first name («جان-بيار»)
        if len(words) > 4 and known < 2:
            weight -= 2.0
        if has_article(self.text) and not is_given_name(words[0].text):
            weight -= 0.6 if len(words) == 1 else 2.5
        if _is_phrase(self.text):
            weight -= 0.7
        if len(words) > 1 and agency_score(self.text) >= 2.5:
            weight -= 2.0
        return weight

    def _place(self) -> float:
        words, known = self.words, place_score(self.text)
        weight = known + _PLACED.get(self.before, 0.0)
        if known == 0.0 and len(words) > 1:
            weight -= 3.0 if has_article(self.text) else 1.5  # towns that nobody knows have one word
        if known == 0.0 and ("." in self.text or all(len(word.text) == 1 for word in words)):
            weight -= 3.0  # initials
        if len(words) > 4 or any(map(str.isdigit, self.text)):
            weight -= 2.0
        if fold_heading(words[0].text) in ("جامعه", "كليه", "معهد"):
            weight -= 6.0  # where someone teaches
        if words[-1].quote:
            weight -= 2.5
        return weight

    def _agency(self) -> float:
        words = self.words
        quoted = words[0].quote > 0 and all(word.quote == words[0].quote for word in words)
        weight = (OWN if self.own(self.text) else agency_score(self.text)) + (2.0 if quoted else 0.0)
        if weight == 0.0 and has_article(self.text):
            return -1.2 if len(words) == 1 else 0.0
        if weight == 0.0 and _is_phrase(self.text):
            return -0.5
        if weight < 4 and place_score(self.text) >= 5:
            return -4.0
        return weight or (-2.5 if len(words) > 1 else -1.8)


_PLACED: dict[Gap, float] = {"": 0.6, ":": -0.8, "(": 1.6, "،": -0.5, "/": -0.3}
"""How much the separator in front speaks for a place."""
_ABBREVIATION = re.compile(r"\W?(?:\w{1,2}\.)+")


def _without_full_stop(word: str) -> str:
    """«بنا.» is «بنا», while «د.» and «أ.ف.ب.» are abbreviations."""
    return word if _ABBREVIATION.fullmatch(word) else word.rstrip(". ") or word


def has_article(text: str) -> bool:
    """Whether a name opens with the article as outlets' names do («المرصد …»); those of a family («العرياني») and those
    with a given name behind («الخير فاروق») do not count."""
    first, _, rest = text.partition(" ")
    if not first.startswith("ال") or (first.endswith("ي") and not rest.startswith("ال")):
        return False
    return not any(map(is_given_name, rest.split()))


def _is_phrase(text: str) -> bool:
    """Two words of the language («نبض الشارع») rather than a name and a family's («طامي السميري»)."""
    first, _, last = text.partition(" ")
    if " " in last or not last.startswith("ال") or last.endswith(("ي", "دين", "له")):
        return False
    return not first.startswith("عبد") and not is_given_name(first)
