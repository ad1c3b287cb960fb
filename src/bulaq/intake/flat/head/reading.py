"""The lines above the body: breadcrumb, kicker, headline, standfirst, caption, byline, date."""

from __future__ import annotations

import re

from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import Byline, parse_byline
from bulaq.intake.flat.head.breadcrumbs import HOME, stands_elsewhere, top_of_head
from bulaq.intake.flat.head.head_parts import Head
from bulaq.intake.flat.head.headline import choose_headline
from bulaq.intake.flat.lines.content_words import content_words
from bulaq.intake.flat.lines.labels import CAPTION, is_credited
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats
from bulaq.intake.flat.lines.signatures import LIKELY_PERSON

_LABEL = re.compile(r"^\s*[^\s/–—-]+(?:\s[^\s/–—-]+){0,2}\s*[:：]\s*$")
"""«الموضوع:» on a line of its own: what follows is its value."""


def read_head(lines: list[PageLine], first: int, last: int, repeats: Repeats | None = None) -> Head:
    """The head of the body that stands at lines `first`..`last`."""
    return _HeadReading(lines, first, last, repeats).read()


class _HeadReading:
    """One reading of a head: what tells itself line by line, then the headline among the rest, then what its place
    beside the headline tells."""

    def __init__(self, lines: list[PageLine], first: int, last: int, repeats: Repeats | None) -> None:
        self.lines = lines
        self.first = first
        self.repeats = repeats
        self.head = Head()
        self.top = top_of_head(lines, first, self.head)
        self.body_words = content_words(" ".join(line.text for line in lines[first : last + 1][:40]))
        self.candidates: list[int] = []
        """Lines that may be headline, standfirst or caption."""

    def read(self) -> Head:
        rules = (
            self._frame,
            self._source,
            self._date,
            self._furniture,
            self._credit,
            self._byline,
            self._value,
        )
        for line in self.lines[self.top : self.first]:
            if line.index in self.head.roles:
                continue
            role = next((role for rule in rules if (role := rule(line)) is not None), None)
            if role is not None:
                self.head.roles[line.index] = role
            elif not line.is_boilerplate and (line.words >= 3 or self._is_credited(line)):
                self.candidates.append(line.index)
        choose_headline(self.lines, self.first, self.candidates, self.body_words, self.head)
        self._place_others()
        self._place_above_headline()
        self._place_section()
        for index in range(self.top, self.first):
            self.head.roles.setdefault(index, "other")
        return self.head

    def _is_credited(self, line: PageLine) -> bool:
        return is_credited(self.lines, line.index, self.first)

    # What a line tells by itself: its role, or None

    def _frame(self, line: PageLine) -> str | None:
        framed = self.repeats is not None and self.repeats.is_frame(line.text)
        return "other" if framed and not (line.date or line.byline) else None

    def _source(self, line: PageLine) -> str | None:
        if line.said_source is None or _is_caption_above(self.lines, line.index, self.candidates):
            return None
        self.head.bylines.append((line.index, line.said_source))
        return "byline"

    def _date(self, line: PageLine) -> str | None:
        if line.date is None:
            return None
        self.head.dates.append(line.index)
        if line.beside_date is not None and self.first - line.index <= NEAR_TEXT:
            self.head.bylines.append((line.index, line.beside_date))
        return "date"

    def _furniture(self, line: PageLine) -> str | None:
        """Clocks, labels, menus: what the site put there."""
        if line.is_age:
            self.head.ages.append(line.index)
        if line.is_time or line.is_url or line.is_copyright or line.is_menu:
            return "other"
        if line.noise and line.said_source is None:
            return "other"
        return "other" if line.heading in ("share", "comments", "form") else None

    def _credit(self, line: PageLine) -> str | None:
        if line.credit is None:
            return None
        self.head.credit = self.head.credit or line.credit or None
        return "credit"

    def _byline(self, line: PageLine) -> str | None:
        signed = line.byline
        if signed is None or not _may_sign(self.lines, line.index, self.first):
            signed = _signed_by_place(self.lines, line.index, self.first, self.candidates)
        if signed is None:
            return None
        self.head.bylines.append((line.index, signed))
        return "byline"

    def _value(self, line: PageLine) -> str | None:
        """What follows a label on a line of its own: topics, or something of the site's."""
        label = self.lines[line.index - 1] if line.index else None
        if label is None or not _LABEL.match(label.text):
            return None
        return "tag" if label.heading == "tags" else "other"

    # What a line's place tells

    def _place_others(self) -> None:
        """Captions and the standfirst among the lines that did not become the headline."""
        head = self.head
        after = [
            index
            for index in self.candidates
            if index not in head.roles and (head.headline is None or index > head.headline)
        ]
        for index in after:
            role = self._role_beside_headline(self.lines[index], after)
            if role == "standfirst":
                head.standfirst = index
            elif role == "caption" and head.caption is None:
                head.caption = index
            if role is not None:
                head.roles[index] = role
        for index in self.candidates:
            head.roles.setdefault(index, "other")
        if head.headline is None and head.suggestion is None:
            head.suggestion = head.caption

    def _role_beside_headline(self, line: PageLine, after: list[int]) -> str | None:
        """`after` are the lines among which it stands, those under the headline where there is one."""
        head, index = self.head, line.index
        credited = self._is_credited(line)
        related = bool(content_words(line.text) & self.body_words)
        if head.caption is not None and line.folded == self.lines[head.caption].folded:
            return "caption"
        may_be_caption = head.caption is None and (related or credited)
        if head.headline is None:
            return "caption" if may_be_caption else None
        if not credited and index == head.headline + 1 and line.is_sentence and any(o > index for o in after):
            return "standfirst"
        may_be_caption = may_be_caption or (head.caption is None and index - head.headline <= 3)
        if credited or CAPTION.search(line.text):
            return "caption" if may_be_caption else None
        if head.standfirst is None and _is_standfirst(line, index, after, head):
            return "standfirst"
        return "caption" if may_be_caption else None

    def _place_above_headline(self) -> None:
        """Kicker or section on the line above the headline, if nothing else has claimed it."""
        head = self.head
        if head.headline is None or head.headline <= self.top:
            return
        index = head.headline - 1
        if head.roles.get(index, "other") != "other":
            return
        line = self.lines[index]
        if not 1 <= line.words <= 5 or line.noise or line.heading not in (None, "section"):
            return
        if stands_elsewhere(self.lines, index, self.first) and not head.breadcrumb:
            head.section = line.text
            head.roles[index] = "breadcrumb"
        elif _may_be_kicker(self.lines, index, head):
            head.kicker = index
            head.roles[index] = "kicker"

    def _place_section(self) -> None:
        """The section: the last of the breadcrumb that is neither the headline nor the front page, else a label of
        one that stands above the text."""
        head = self.head
        headline = None if head.headline is None else self.lines[head.headline].text
        names = [crumb for crumb in head.breadcrumb[1:] if crumb != headline]
        if head.breadcrumb and PageLine(head.breadcrumb[0], 0, False).folded not in HOME:
            names.insert(0, head.breadcrumb[0])
        if names:
            head.section = names[-1]
        if head.section is not None:
            return
        for index in range(self.first - 1, self.top - 1, -1):
            if index not in head.roles and self._is_section_label(self.lines[index]):
                head.section = self.lines[index].text
                head.roles[index] = "breadcrumb"
                break

    def _is_section_label(self, line: PageLine) -> bool:
        return (
            1 <= line.words <= 4
            and line.heading == "section"
            and stands_elsewhere(self.lines, line.index, self.first)
        )


NEAR_TEXT = 12
"""Lines above the text in which names on their own may sign it."""


def _is_caption_above(lines: list[PageLine], index: int, candidates: list[int]) -> bool:
    """Whether the line names the source of a picture: a caption stands right above it, the headline further up."""
    return len(candidates) > 1 and candidates[-1] == index - 1 and not lines[index].gap


def _may_sign(lines: list[PageLine], index: int, first: int) -> bool:
    line = lines[index]
    byline = line.byline
    assert byline is not None
    if index and lines[index - 1].text.strip() == "©":
        return False
    if byline.place or byline.roles:
        return True
    if not byline.people:  # an agency's name alone may be the site's own
        near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
        return first - index <= 3 and any(line.date or line.byline for line in near)
    return first - index <= NEAR_TEXT and line.words <= 5


def _signed_by_place(lines: list[PageLine], index: int, first: int, candidates: list[int]) -> Byline | None:
    """Names too unusual to be told by themselves sign where a byline stands: under the headline, beside the date."""
    line = lines[index]
    if not candidates or line.words > 12 or line.heading or line.is_sentence or line.is_truncated:
        return None
    near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < first]
    if not any(other.date for other in near) or stands_elsewhere(lines, index, first):
        return None
    found = parse_byline(line.text)
    if not found.people or found.place or found.agencies:
        return None
    shaped = all(2 <= len(name.split()) <= 5 and person_score(name) >= LIKELY_PERSON for name in found.people)
    return found if shaped else None


def _is_standfirst(line: PageLine, index: int, after: list[int], head: Head) -> bool:
    if (line.ends_sentence and line.is_sentence) or line.words >= 14:
        return True
    others = [other for other in after if other > index]
    return len(others) >= 1 and line.words >= 9 and index - (head.headline or 0) == 1


def _may_be_kicker(lines: list[PageLine], index: int, head: Head) -> bool:
    """Not a clock, a rate or a temperature, and not the last label of a menu."""
    line = lines[index]
    if (
        line.is_time
        or line.words < 1
        or not any(map(str.isalpha, line.folded))
        or re.search(r"\d[.,٫:]\d|[°%]", line.text)
    ):
        return False
    above = [lines[other] for other in (index - 1, index - 2) if other >= 0 and other not in head.roles]
    return not (len(above) == 2 and all(1 <= other.words <= 3 and not other.date for other in above))
