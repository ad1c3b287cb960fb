"""One line of a flattened page and what can be seen on it alone: its words, its end, the labels it matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bulaq.arabic.dates.reading import FoundDate, read_date
from bulaq.intake.box_headings import HeadingKind, fold_heading, heading_kind, split_read_also
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.grammar import Byline, parse_byline
from bulaq.intake.flat.lines import line_signs as signs
from bulaq.intake.flat.lines.marks import Marker
from bulaq.intake.flat.lines.opening_verbs import leads_on
from bulaq.intake.flat.lines.signatures import LIKELY_PERSON, MAX_SIGNED_WORDS
from bulaq.intake.flat.lines.signatures import signs as signs_it
from bulaq.intake.html.layout.noise import noise_line


@dataclass(frozen=True)
class PageLine:
    """A line with its place on the page; `gap` tells that blank lines stand before it."""

    text: str
    index: int
    gap: bool
    marker: Marker = ""
    """What the flattener's own mark said that the line is."""
    url: str | None = None
    """Where the line as a whole led; None where it was no link or the flattener kept no addresses."""
    sources: tuple[int, ...] = ()
    """The lines of the input that it was made of."""
    cells: tuple[str, ...] = ()
    """The cells of a table's row, where the flattener put tabs between them."""
    given: str = ""
    """The line with its marks of direction, where it has any: `text` is without them."""
    in_menu: bool = False
    """Whether it stands between bars on lines of their own («|»), as the pieces of a menu do."""

    def shown(self, part: str | None = None) -> str:
        """The line, or a part of its text, as the page gave it: with its marks of direction."""
        part = self.text if part is None else part
        places = [index for index, char in enumerate(self.given) if not signs.DIRECTION.match(char)]
        at = "".join(self.given[index] for index in places).find(part) if part else -1
        if at < 0:
            return part
        begin = places[at] if at else 0
        end = places[at + len(part)] if at + len(part) < len(places) else len(self.given)
        return self.given[begin:end].strip()

    @cached_property
    def folded(self) -> str:
        return fold_heading(self.text)

    @cached_property
    def words(self) -> int:
        return len(self.folded.split())

    @cached_property
    def has_ink(self) -> bool:
        """Whether any letter or digit stands on the line."""
        return bool(self.folded)

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the line ends as a sentence ends, or holds the end of one."""
        return bool(signs.TERMINAL.search(self.text))

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(signs.SENTENCE_END.search(self.text))

    @cached_property
    def is_truncated(self) -> bool:
        return bool(signs.TRUNCATED.search(self.text))

    @cached_property
    def continues(self) -> bool:
        """Whether the line begins in the middle of a sentence (with a comma, a closing bracket …)."""
        return bool(signs.CONTINUES.match(self.text)) and not re.match(r"^[\-–—]\s?\S", self.text)

    @cached_property
    def is_url(self) -> bool:
        return bool(signs.URL.match(self.text))

    @cached_property
    def is_time(self) -> bool:
        return bool(signs.TIME_ONLY.match(self.text))

    @cached_property
    def is_age(self) -> bool:
        """Whether the line says how long ago something was («منذ ساعتين»)."""
        return self.is_time and bool(signs.AGE.match(self.text))

    @cached_property
    def is_copyright(self) -> bool:
        return bool(signs.COPYRIGHT.search(self.text)) and self.words <= 25

    @cached_property
    def is_menu(self) -> bool:
        """A menu on one line («الرئيسية | العالم | …») or a way to reach the house (telephone, address)."""
        return (
            self.in_menu
            or len(re.findall(r"\s[|•·]\s|\|", self.text.strip(" |•·"))) >= 2
            or bool(signs.CONTACT.search(self.text))
            or self.is_row_of_labels
        )

    @cached_property
    def is_row_of_labels(self) -> bool:
        """A menu whose labels were joined by spaces alone («الرئيسية أخبار رياضة فن اتصل بنا»)."""
        if not signs.MIN_LABELS <= self.words <= 40 or self.is_sentence or signs.PUNCTUATED.search(self.text):
            return False
        words = self.text.split()
        if any(signs.JOINED.match(word) for word in words):
            return False  # a phrase: «أول مشاركة للبنان والعراق»
        return sum(heading_kind(word) is not None for word in words) >= signs.LABELS_SHARE * len(words)

    @cached_property
    def credit(self) -> str | None:
        match = (
            signs.CREDIT.match(self.text)
            if self.words <= 10 and not re.search(r"(?:19|20)\d\d|الحقوق", self.text)
            else None
        )
        if match is None:
            return None
        return self.text if not self.text.startswith("©") else match["who"].strip()

    @cached_property
    def heading(self) -> HeadingKind | None:
        return (
            heading_kind(self.text) if len(self.text) <= 90 and self.has_ink and not self.ends_box else None
        )

    @cached_property
    def invitation(self) -> tuple[str, str] | tuple[()]:
        """Heading and link of «اقرأ أيضا: …» on one line."""
        return split_read_also(self.text)

    @cached_property
    def noise(self) -> str:
        if not self.has_ink:
            return "whole"
        found = noise_line(self.text)
        told = any(map(str.isdigit, self.text)) or self.words <= 3
        return "" if found == "meta" and not told else found  # «تحديث مناهج …» dates nothing

    @cached_property
    def names_frame(self) -> bool:
        """Whether the line speaks of what only a site has: comments, accounts, cookies."""
        return bool(signs.FRAME_WORDS.search(self.text))

    @cached_property
    def is_boilerplate(self) -> bool:
        """A sentence of the site, not of the article: comments, cookies, accounts, disclaimers."""
        if signs.DISCLAIMER.search(self.text) or (self.words <= 18 and signs.ISSUE.search(self.text)):
            return True
        hits = len(signs.FRAME_WORDS.findall(self.text)) if self.names_frame else 0
        return hits >= 2 if self.words > 12 else (hits >= 1 and self.words <= 8) or hits >= 2

    @cached_property
    def date(self) -> FoundDate | None:
        """The date that the line as a whole tells; None on lines that say much else."""
        if self.words > 20 or not any(char.isdigit() for char in self.text) or self.is_url:
            return None
        found = read_date(self.text[:200])
        if found is None or found.precision == "month":
            return None
        rest = self.text[: found.span[0]] + " " + self.text[found.span[1] :]
        others = [word for word in fold_heading(rest).split() if len(word) > 1 and not word.isdigit()]
        known = sum(1 for word in others if word in signs.DATE_WORDS)
        return found if len(others) - known <= 2 else None

    @cached_property
    def ends_box(self) -> bool:
        """A mark for those who listen to the page: a box ends here, the text goes on."""
        return self.words <= 12 and bool(signs.END_OF_BOX.match(self.text))

    @cached_property
    def beside_date(self) -> Byline | None:
        """Who signs on the line of the date («فلانة | الأحد 14 مارس 2021», without the bar too)."""
        if self.date is None or self.date.span[0] < 5:
            return None
        before = signs.WEEKDAY_END.sub("", self.text[: self.date.span[0]])
        found = parse_byline(before)
        names = (*found.people, *found.agencies)
        if not found.people or len(before.split()) > 10 or any(len(name.split()) < 2 for name in names):
            return None
        return found if all(person_score(name) >= LIKELY_PERSON for name in found.people) else None

    @cached_property
    def said_source(self) -> Byline | None:
        """The agencies that the line names as where the article is from («المصدر: وكالات»); None for other lines."""
        if self.words > 8 or not signs.SOURCE_LABEL.match(self.text):
            return None
        found = parse_byline(self.text)
        known = any(agency_score(name) >= 8 for name in found.agencies)
        return found if known and not found.people else None

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics on the line of their label («الوسوم: …، …»), or each behind its own hash («#آثار #متاحف»)."""
        if self.text.startswith("#") and all(word.startswith("#") for word in self.text.split()):
            return tuple(
                word.strip("#").replace("_", " ") for word in self.text.split() if fold_heading(word)
            )
        match = signs.LABELLED.match(self.text)
        if match is None or heading_kind(match["label"]) != "tags" or self.words > 40:
            return ()
        parts = re.split(r"\s*[،,|•·؛;#]\s*", match["value"])
        names = tuple(part.strip(" .") for part in parts if fold_heading(part))
        return names if all(len(name.split()) <= 6 for name in names) else ()

    @cached_property
    def title_text(self) -> str:
        """The line without a time or «عاجل» in front, as tickers put it."""
        return signs.LEADING_TIME.sub("", self.text).strip()

    @cached_property
    def link_text(self) -> str:
        """The line as a headline that leads elsewhere: without the clock that lists put in front, the age written to it."""
        return signs.JOINED_AGE.sub("", signs.LEADING_CLOCK.sub("", self.text)).strip() or self.text

    @cached_property
    def is_title_like(self) -> bool:
        """Reads like a headline: some words, no end of a sentence, no label."""
        if sum(word.isalpha() for word in self.folded.split()) < 2:
            return False
        if not 3 <= self.words <= 32 or self.is_url or self.is_copyright or self.is_time or self.is_menu:
            return False
        if re.search(r"[^.]\.\s*$", self.text) and self.words > 5:
            return False
        return not (
            self.noise
            or self.date
            or self.is_boilerplate
            or self.heading in ("share", "comments", "form", "tags")
        )

    @cached_property
    def byline(self) -> Byline | None:
        """The byline that the line is, by its shape alone; None when it reads like anything else."""
        text = signs.LAST_COLON.sub("", self.text)
        if not 1 <= self.words <= MAX_SIGNED_WORDS or (
            signs.TERMINAL.search(text) and not signs.INITIAL.search(text)
        ):
            return None
        if self.heading or self.is_url or self.credit is not None or self.is_truncated:
            return None
        if "©" in self.text or "؟" in self.text:
            return None
        found = parse_byline(text)
        return found if signs_it(found, self.text, self.words) else None

    @cached_property
    def prose(self) -> float:
        """How much the line speaks for running text (positive) or for the frame (negative)."""
        if not self.has_ink:
            return 0.0
        return self._against_prose or self._length_of_prose

    @property
    def _against_prose(self) -> float:
        """What the kind of the line says against running text; 0 where it says nothing."""
        if self.is_url or self.is_copyright or self.is_menu:
            return -2.0
        if self.is_boilerplate:
            return -2.5
        if self.noise or self.is_time or self.date:
            return -1.2
        if self.heading and self.words <= 9 and not (self.is_sentence and self.words > 5):
            return -0.5 if self.heading == "read_also" else -1.2
        if self.invitation or self.ends_box:
            return -0.2
        return -0.8 if self.is_truncated and self.words < 25 else 0.0

    @property
    def _length_of_prose(self) -> float:
        """What the length of the line and its end say for running text."""
        if self.words >= 40:
            return 4.0 if self.is_sentence or "،" in self.text or "," in self.text else 2.0
        if self.words >= 20:
            return 3.0 if self.is_sentence else 1.6 if "،" in self.text else 0.6
        if self.words >= 10:
            if not (self.is_sentence and self.ends_sentence):
                return 0.5 if leads_on(self.text) else -0.25
            return 1.6 if signs.FULL_STOP.search(self.text) else 0.5
        if self.words >= 4:
            return 0.5 if signs.STOP_OR_QUESTION.search(self.text) else -0.5
        return -0.45
