"""Which lines in the element of the body are the article's text, and where the others belong.

Each line is asked the questions of `QUESTIONS` in their order; the first that is answered with yes sets it aside
(a caption, a day, a prompt, another article's headline …), and a line that is none of these is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bulaq.intake.article import Link
from bulaq.intake.box_headings import split_read_also
from bulaq.intake.bylines.places import place_score
from bulaq.intake.html.body.insets import insets
from bulaq.intake.html.body.neighbours import (
    aside_end,
    goes_on,
    in_list_or_table,
    is_of_a_person,
    is_pulled,
    is_row_of_facts,
    is_second_headline,
    is_strapline,
    may_head,
    names_around,
)
from bulaq.intake.html.body.passage import Passage
from bulaq.intake.html.body.picture_lines import (
    caption_text,
    is_of_a_picture,
    is_pixel,
    picture_before,
    pictured,
    player_end,
)
from bulaq.intake.html.body.read_also import MAX_READ_ALSO, invites
from bulaq.intake.html.body.summary_box import points_end, summary_end
from bulaq.intake.html.head.dates import shows_only_a_date
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART, names_lead, names_subtitle
from bulaq.intake.html.layout.noise import ends_the_text, heading_of, noise_line
from bulaq.intake.html.layout.segments import (
    Segment,
    is_linked_headline,
    is_of_labels,
    is_row_of_links,
    leads_within_the_page,
    prose_of,
)
from bulaq.intake.html.layout.text import ends_as_sentence, key, prefix_agreement, words
from bulaq.intake.html.lines.byline_pieces import tells_who_and_when

_BEFORE_DAY = re.compile(r"([^\d:|]{2,30}?)[\s,،:–-]*\d")
_HEADS_LINKS = ("read_also", "related", "more", "picks", "latest", "most_read")
_HEADS_EDITORS_LINKS = ("read_also", "related", "more", "picks")


class Sifting(Passage):
    """The passage, line by line."""

    __slots__ = ()

    def sift(self) -> list[Segment]:
        """The segments that are the article's, in their order."""
        self.insets = insets(self.page, self.top, self.start, self.end)
        self.aside = frozenset(at for begin, end in self.insets.items() for at in range(begin, end))
        self.last_prose = self.last_prose_of()
        for segment in self.page.segments[self.start : self.end]:
            if segment.label in APART or segment.label == "footer":
                self._pass_by(segment)
            elif segment.kind != "text":
                if not is_pixel(segment) and not (segment.kind == "picture" and segment.index in self.aside):
                    self.kept.append(segment)
            elif not self._is_set_aside(segment):
                self.kept.append(segment)
                self.texts += 1
            if self.over:
                break
        return self.kept

    def _is_set_aside(self, line: Segment) -> bool:
        for question in QUESTIONS:  # noqa: SIM110 — asked of every line: no generator
            if question(self, line):
                return True
        return False

    def _pass_by(self, segment: Segment) -> None:
        """A labelled part is no text; links to other articles in it, among the paragraphs, are the editor's."""
        among_text = segment.index < self.last_prose and segment.kind == "text"
        may_link = among_text and segment.label in ("related", "aside", "ad", "newsletter", "person")
        if may_link and not (segment.anchors and self._invites_to_read(segment)):
            self.take_link(segment, introduced=self.texts > 0)

    # ── the questions ─────────────────────────────────────────────────────────────────────────────────────────

    def _is_caption(self, line: Segment) -> bool:
        if line.label != "caption":
            return False
        if any(element.tag == "time" for element in line.inline):
            return True
        is_short = prose_of(line) < 250 or line.tag == "figcaption"
        if is_short:
            self.result.captions.append((pictured(self.page, line), caption_text(line)))
        return is_short

    def _names_the_source(self, line: Segment) -> bool:
        if line.label != "source":
            return False
        self.result.source_lines.append(line.text)
        return True

    def _repeats_the_headline(self, line: Segment) -> bool:
        opened = any(map(prose_of, self.kept))
        return bool(self.headline and not opened and prefix_agreement(self.headline.text, line.text))

    def _is_of_a_picture(self, line: Segment) -> bool:
        if not is_of_a_picture(self.page, line.index, self.top):
            return False
        self.result.captions.append((picture_before(self.page.segments, line.index), caption_text(line)))
        return True

    def _stands_aside(self, line: Segment) -> bool:
        if line.index >= self.aside_until:
            self.aside_until = max(
                self.insets.get(line.index, 0), player_end(self.page, line, self.top), self.aside_until
            )
        if line.index >= self.aside_until or is_linked_headline(line):
            return False
        return not (line.anchors and (invites(line) or split_read_also(line.text)))

    def _is_only_a_day(self, line: Segment) -> bool:
        loose = 0.3 if len(line.text) <= 90 and not ends_as_sentence(line.text) else 0.5
        if not self.at_edge(line) or not (shows_only_a_date(self.page, line, loose) or is_row_of_facts(line)):
            return False
        place = _BEFORE_DAY.match(line.text)
        if place and place_score(place[1]) >= 3:
            self.result.byline_lines.append(place[1])
        return True

    def _signs_between(self, line: Segment) -> bool:
        """A byline between a lead and the text."""
        if not self.kept or not self.at_edge(line) or prose_of(line) or len(line.text) > 80:
            return False
        if in_list_or_table(self.page, line, self.top) or self.page.in_quotation(line, self.top):
            return False
        heads = line.tag in HEADINGS and self.texts and self.page.heads_a_part(line)
        if heads or not self.is_byline(line.text) or self.in_flow_of_prose(line):
            return False
        self.result.byline_lines.append(line.text)
        return True

    def _opens_a_summary(self, line: Segment) -> bool:
        summed_up = summary_end(self.page, line, self.top)
        if not self.texts:
            summed_up = summed_up or points_end(self.page, line, self.page.segments[self.last_prose])
        self.aside_until = max(self.aside_until, summed_up)
        return summed_up > 0

    def _lists_the_contents(self, line: Segment) -> bool:
        """An entry of a list of what the text holds, which leads to a place in it, or the short heading over such."""
        if leads_within_the_page(line):
            return True
        below = self.page.segments[line.index + 1 : line.index + 2]
        heads = len(line.text) <= 40 and not line.anchors and not prose_of(line)
        return heads and any(leads_within_the_page(entry) for entry in below)

    def _heads_what_is_no_text(self, line: Segment) -> bool:
        """A heading of links, of comments, of a form; under the text most of them end the article."""
        kind = heading_of(line.text) if len(line.text) <= 60 and may_head(line) else None
        if kind in ("comments", "share", "form") and self.page.heads_a_part(line):
            return False
        under_text = line.index > self.last_prose
        if kind in _HEADS_LINKS and not goes_on(self.page.segments, line.index):
            self.in_links = kind in _HEADS_EDITORS_LINKS
            self.aside_until = max(self.aside_until, aside_end(self.page, line, self.top))
            self.over = under_text and kind != "read_also"
            return True
        if kind in ("comments", "form") and under_text:
            self.over = True
        return kind in ("share", "comments", "form", "tags")

    def _invites_to_read(self, line: Segment) -> bool:
        """«اقرأ أيضا: …» in one line: the invitation and the headline of another article."""
        split = (split_read_also(line.text) or invites(line)) if len(line.text) <= 300 else ()
        if not split or not (line.link_chars or len(line.text) < 200):
            return False
        title, href = split[1], None
        if line.anchors:
            anchor = line.anchors[-1]
            href = anchor.href
            if key(anchor.text) in key(title) and words(anchor.text) >= 3:
                title = anchor.text
        if len(self.result.read_also) < MAX_READ_ALSO:
            self.result.read_also.append(Link(title, href))
        self.result.read_also_segments.add(line.index)
        return True

    def _is_headline_of_another(self, line: Segment) -> bool:
        if not is_linked_headline(line) or self.page.in_widget(line):
            return False
        if not self.in_links and ends_as_sentence(line.text) and len(line.text) >= 120:
            return False
        if self.in_links or line.index < self.last_prose or self.in_flow_of_prose(line):
            self.take_link(line, introduced=self.in_links or self.texts > 0)
        return True

    def _goes_on_with_links(self, line: Segment) -> bool:
        if self.in_links and line.link_chars > 0.8 * len(line.text):
            return True
        self.in_links = False
        return False

    def _tells_of_the_article(self, line: Segment) -> bool:
        if self.at_edge(line) and tells_who_and_when(line):
            return True
        if line.label != "meta" or (prose_of(line) and len(line.text) >= 120):
            return False
        if self.texts and self.page.in_quotation(line, self.top):
            return False
        if self.is_byline(line.text):
            self.result.byline_lines.append(line.text)
        return True

    def _is_noise(self, line: Segment) -> bool:
        noise = noise_line(line.text)
        if is_of_labels(line) and len(line.pieces) > 1:
            return True
        if is_row_of_links(line) and not in_list_or_table(self.page, line, self.top):
            return True
        if ends_the_text(line.text) and not self.page.prose(line.index, self.end):
            self.over = True
        if noise == "foot" and line.index >= self.last_prose:
            self.last_prose = max((s.index for s in self.kept if prose_of(s)), default=line.index)
            return True
        if noise == "whole" and self.page.heads_a_part(line):
            return False
        if self.in_run(line) or (noise == "whole" and in_list_or_table(self.page, line, self.top)):
            return False
        return noise in ("whole", "meta") or (noise == "foot" and len(line.text) <= 160)

    def _presents_the_writer(self, line: Segment) -> bool:
        early = len(self.kept) < 20 and not any(map(prose_of, self.kept))
        return early and is_of_a_person(self.page, line, self.is_byline)

    def _is_pulled(self, line: Segment) -> bool:
        if not is_pulled(self.page, line, self.kept, self.end):
            return False
        around = self.page.nodes[self.page.nodes[line.node].parent]
        rest = self.page.segments[line.index + 1 : around.end]
        if around.index > self.top and len(rest) <= 2 and all(len(each.text) <= 60 for each in rest):
            self.aside_until = max(self.aside_until, around.end)  # and who said them
        return True

    def _is_the_standfirst(self, line: Segment) -> bool:
        if self.texts or self.result.standfirst is not None:
            return False
        under = is_strapline(self.page, line, self.headline) and not self.in_flow_of_prose(line)
        whole = line.tag in HEADINGS and prose_of(line) > 0 and ends_as_sentence(line.text)
        if whole and names_lead(names_around(self.page, line)):
            return False  # a lead set as a heading
        under = under or whole
        if not under and not is_second_headline(self.page, line, self.headline):
            if not names_subtitle(names_around(self.page, line)):
                return False
            if line.tag == "p" and self.in_flow_of_prose(line):
                return False
        self.result.standfirst = line.text
        return True


QUESTIONS: tuple[Callable[[Sifting, Segment], bool], ...] = (
    Sifting._is_caption,
    Sifting._names_the_source,
    Sifting._repeats_the_headline,
    Sifting._stands_aside,
    Sifting._is_of_a_picture,
    Sifting._is_only_a_day,
    Sifting._signs_between,
    Sifting._opens_a_summary,
    Sifting._lists_the_contents,
    Sifting._heads_what_is_no_text,
    Sifting._invites_to_read,
    Sifting._is_headline_of_another,
    Sifting._goes_on_with_links,
    Sifting._tells_of_the_article,
    Sifting._is_noise,
    Sifting._presents_the_writer,
    Sifting._is_pulled,
    Sifting._is_the_standfirst,
)
"""Whether a line is set aside; some answers also say what the lines under it are (`aside_until`, `in_links`, `over`)."""
