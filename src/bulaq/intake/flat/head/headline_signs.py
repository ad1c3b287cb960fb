"""The evidence that a line is the headline: signs with a weight each, against the signs of captions, standfirsts and links.

The weights are set by hand, so that one strong sign or two weak ones suffice (`headline.HEADLINE_THRESHOLD`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bulaq.intake.flat.head import headline_places as places
from bulaq.intake.flat.head.breadcrumbs import stands_elsewhere
from bulaq.intake.flat.head.head_parts import Head
from bulaq.intake.flat.lines.content_words import content_words
from bulaq.intake.flat.lines.labels import CAPTION, is_credited, is_labelled_caption
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.verbs import has_verb, shows_scene

QUESTION = re.compile(r"^(?!.*[^.]\.\s)(?:.*[:：]\s.*[؟?]\s*$|.*[؟?]\s*\S+\s\S+)")
"""A question after a colon, or with its answer: captions describe, they seldom ask."""
PHRASED = re.compile(r"^(?:[^:.]{2,40}:\s|[^:.]{2,80}\.{2,3}\s?)\S+\s+\S")
"""«فلان: …», «المدينة.. …»: headlines are put so, captions seldom."""
_SENTENCES = re.compile(r"[^.]\.\s+\S|[^.]\.\s*$")
_COUNTED = re.compile(r"\(\s*[\d٠-٩]+\s*\)\s*$")

NO_HEADLINE = -1.0
"""The score of a line that has not the shape of one."""

MAX_WORDS = 30
"""Words of a headline; a longer line is a paragraph."""

NEAR_SIGNATURE = 12
"""Lines under a byline or date in which what follows may still be a caption."""

FAR_AWAY, PRICE_OF_DISTANCE = 8, 0.02
"""Lines above the text from which on each further one counts against a headline, and how much."""


def headline_score(
    lines: list[PageLine],
    index: int,
    first: int,
    candidates: list[int],
    body_words: frozenset[str],
    head: Head,
) -> float:
    """The evidence that line `index` is the headline of the text that begins at line `first`, less what speaks for a
    caption, a standfirst or a link. `candidates` are the lines that may be it, `body_words` the text's content words."""
    line = lines[index]
    if line.words > MAX_WORDS or not line.is_title_like:
        return NO_HEADLINE
    candidate = _Candidate(lines, index, first, candidates, body_words, head)
    score = sum(weight for weight, holds in SIGNS if holds(candidate))
    return round(score - PRICE_OF_DISTANCE * max(0, first - index - FAR_AWAY), 3)


@dataclass(frozen=True)
class _Candidate:
    """A line that may be the headline, with what stands around it; each public method is a sign or its opposite."""

    lines: list[PageLine]
    index: int
    first: int
    candidates: list[int]
    body_words: frozenset[str]
    head: Head

    @cached_property
    def line(self) -> PageLine:
        return self.lines[self.index]

    @cached_property
    def _words(self) -> frozenset[str]:
        return content_words(self.line.title_text)

    @cached_property
    def _shared(self) -> int:
        """Content words that the text has too."""
        return len(self._words & self.body_words)

    @cached_property
    def _others(self) -> list[int]:
        return [other for other in self.candidates if self.lines[other].folded != self.line.folded]

    @cached_property
    def _later(self) -> list[int]:
        return [other for other in self._others if other > self.index]

    @cached_property
    def _near_above(self) -> list[int]:
        """Lines of the shape of headlines right above."""
        return [
            other
            for other in self._others
            if self.index - 6 <= other < self.index and self.lines[other].is_title_like
        ]

    @cached_property
    def _repeated(self) -> tuple[int, int]:
        return places.repetitions(self.lines, self.index, self.first)

    @cached_property
    def _belongs_to_text(self) -> bool:
        """Near the text or about the same: the repetition of another line says nothing of it."""
        related = self._shared >= 2 or self._shared >= 0.25 * max(1, len(self._words))
        return related or self.first - self.index <= 4

    @cached_property
    def _dated(self) -> bool:
        """Above a date and about what the text is about: the last of a list may be the headline."""
        return self.is_right_above_date() and self._shared >= 2

    # The line itself

    @cached_property
    def _verb(self) -> bool:
        return has_verb(self.line) and not self.may_show_scene()

    def has_verb(self) -> bool:
        return self._verb

    def has_no_verb(self) -> bool:
        return not self._verb

    def asks_or_quotes(self) -> bool:
        text = self.line.title_text
        return bool(QUESTION.search(text) or PHRASED.search(text))

    def is_whole_sentences(self) -> bool:
        return bool(_SENTENCES.search(self.line.text))

    def is_truncated(self) -> bool:
        return self.line.is_truncated

    def is_short(self) -> bool:
        return self.line.words < 4

    def is_topic_with_count(self) -> bool:
        return bool(_COUNTED.search(self.line.text))

    def is_caption(self) -> bool:
        return (
            bool(CAPTION.search(self.line.text))
            or is_credited(self.lines, self.index, self.first)
            or is_labelled_caption(self.line)
        )

    # The line and the text

    def shares_words(self) -> bool:
        return self._shared >= 2

    def shares_no_word(self) -> bool:
        return not self._shared

    def is_repeated_above(self) -> bool:
        return self._belongs_to_text and self._repeated[0] > 0

    def is_repeated_below(self) -> bool:
        return self._belongs_to_text and not self._repeated[0] and self._repeated[1] > 0

    # The line among the dates and bylines

    def is_above_date(self) -> bool:
        return any(date > self.index for date in self.head.dated)

    def is_right_above_date(self) -> bool:
        dates, below = self.head.dated, self.index + 1
        return below in dates or (below + 1 in dates and below not in self.candidates)

    def is_above_byline(self) -> bool:
        return any(number > self.index for number, _ in self.head.bylines)

    def is_under_signature(self) -> bool:
        """Under the byline and the date stand captions and the text."""
        told = [*(number for number, _ in self.head.bylines), *self.head.dates]
        return (
            not self.is_above_byline()
            and not self.is_above_date()
            and any(self.index - NEAR_SIGNATURE <= number < self.index for number in told)
        )

    def is_under_signature_of_another(self) -> bool:
        return self.is_under_signature() and any(
            other < self.index and self.lines[other].words >= 4 for other in self._others
        )

    def opens_all_over_signature(self) -> bool:
        """The first line of all, right over the byline or the date: what a document begins with."""
        signed = [*self.head.dated, *(number for number, _ in self.head.bylines)]
        return self.index + 1 in signed and not any(line.has_ink for line in self.lines[: self.index])

    # The line among the lines around it

    def is_above_others(self) -> bool:
        return bool(self._later)

    def is_above_sentence_or_caption(self) -> bool:
        return any(
            self.lines[other].is_sentence or CAPTION.search(self.lines[other].text) for other in self._later
        )

    def says_no_more_than_caption(self) -> bool:
        """Alone, and nothing that a caption could not say as well."""
        return not (self._later or self._repeated[0] or self._verb) and self._shared < 3

    def may_show_scene(self) -> bool:
        """Alone, not put as headlines are, and what somebody in a picture may be doing."""
        told = self._others or self._repeated[0] or self._repeated[1] or self.asks_or_quotes()
        return not told and shows_scene(self.line)

    def is_in_ticker(self) -> bool:
        """Clocks and headlines take turns here, the clock first."""
        clocks = [
            0 <= other < len(self.lines) and self.lines[other].is_time
            for other in (self.index - 3, self.index - 1, self.index + 1)
        ]
        return sum(clocks[:2]) == 2 or sum(clocks[1:]) == 2

    def is_in_menu(self) -> bool:
        return places.is_in_menu(self.lines, self.index, self.first)

    def is_kicker(self) -> bool:
        return places.is_kicker(self.lines, self.index, self.first)

    def is_under_headline(self) -> bool:
        return not self._dated and any(
            self.lines[other].words >= 4 and not places.is_kicker(self.lines, other, self.first)
            for other in self._near_above
        )

    def is_in_box(self) -> bool:
        """One of several headlines under the known heading of a box, with nothing between."""
        return not (self._repeated[0] or self._dated) and places.is_in_box(self.lines, self.index)

    def is_above_section_label(self) -> bool:
        """Over the label of a section that the menu has too, with another headline under that, dated or signed:
        outside the head."""
        signed = max([*self.head.dated, *(number for number, _ in self.head.bylines)], default=0)
        titles = [other for other in self._later if other < signed and not self.lines[other].is_sentence]
        between = self.lines[self.index + 1 : titles[-1]] if titles else []
        return any(
            line.heading == "section"
            and line.words <= 4
            and stands_elsewhere(self.lines, line.index, self.first)
            for line in between
        )

    def is_first_under_breadcrumb(self) -> bool:
        """Right under the breadcrumb, or under the kicker there."""
        if not self.head.breadcrumb or self._near_above:
            return False
        crumbs = [number for number, role in self.head.roles.items() if role == "breadcrumb"]
        last = max((number for number in crumbs if number < self.index), default=self.index)
        return all(line.words <= 5 for line in self.lines[last + 1 : self.index])

    def is_in_list(self) -> bool:
        elsewhere = self._repeated[0] or self._dated
        return not elsewhere and places.run_of_titles(self.lines, self.index) >= LIST_OF_LINKS


SIGNS: tuple[tuple[float, Callable[[_Candidate], bool]], ...] = (
    (+2.5, _Candidate.is_repeated_above),
    (+1.0, _Candidate.is_repeated_below),
    (+1.0, _Candidate.is_above_date),
    (+1.0, _Candidate.is_right_above_date),
    (+1.5, _Candidate.is_above_others),
    (+0.7, _Candidate.is_above_sentence_or_caption),
    (-1.0, _Candidate.says_no_more_than_caption),
    (-1.5, _Candidate.may_show_scene),
    (+0.4, _Candidate.is_above_byline),
    (+0.5, _Candidate.opens_all_over_signature),
    (-1.0, _Candidate.is_under_signature),
    (-1.0, _Candidate.is_under_signature_of_another),
    (+0.8, _Candidate.has_verb),
    (-0.4, _Candidate.has_no_verb),
    (+0.6, _Candidate.asks_or_quotes),
    (-2.5, _Candidate.is_in_ticker),
    (-2.5, _Candidate.is_in_menu),
    (+0.6, _Candidate.shares_words),
    (-1.5, _Candidate.shares_no_word),
    (-2.5, _Candidate.is_caption),
    (-3.0, _Candidate.is_kicker),
    (-0.8, _Candidate.is_under_headline),  # the headline comes first
    (-1.5, _Candidate.is_whole_sentences),
    (-1.0, _Candidate.is_truncated),
    (-1.2, _Candidate.is_short),  # a label or a name more often than a headline
    (-2.5, _Candidate.is_topic_with_count),
    (+0.5, _Candidate.is_first_under_breadcrumb),
    (-2.0, _Candidate.is_in_box),
    (-2.0, _Candidate.is_above_section_label),
    (-1.5, _Candidate.is_in_list),  # one of a list of links
)
"""How much each sign speaks for a headline, or against it."""

LIST_OF_LINKS = 4
"""Lines of the shape of headlines in a row; the headline with its standfirst and caption makes three."""
