"""The caption of the picture that leads the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.html.body.picture_lines import CREDIT_NAMES, caption_text, leads_to_another
from bulaq.intake.html.head.dates import is_date, shows_only_a_date
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.images import (
    is_credit_line,
    picture_url,
    same_file,
    split_credit,
)
from bulaq.intake.html.layout.labels import APART, names_lead, names_subtitle
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import ends_as_sentence, fold, key, prefix_agreement, words
from bulaq.intake.html.lines.byline_lines import is_byline, speaks_of

CAPTION_LABEL = re.compile(
    r"^(?:\d{1,2}\s*/\s*\d{1,2}\s|التعليق\s+على\s+الصورة|تعليق\s+الصورة|شرح\s+الصورة|image\s+caption)\s*[،,:]?\s*",
    re.I,
)
"""What stands before a caption: which picture of a row it is, what is read aloud."""
_STROKE = re.compile(r"\s[|•·]\s")

Caption = tuple[str | None, set[int]]
"""A caption and the segments that show it: none for one that was met in the body's element."""


@dataclass(frozen=True, slots=True)
class CaptionSearch:
    """Looks for the caption of `lead` (None: the picture itself is lost) from segment `begin` to the text's `first`.

    `used` are segments that are something else; `set_aside` the captions met in the body's element, as (segment of the
    picture or −1, text).
    """

    page: Page
    lead: Segment | None
    begin: int
    first: int
    headline: int | None
    title: str | None
    used: set[int]
    set_aside: list[tuple[int, str]]

    def caption(self) -> Caption:
        """The caption, where it is surest: set aside with its picture, in its figure, named as one, right under it."""
        if self.lead is None:
            lost = next((text for at, text in self.set_aside if at == -1 and not is_credit_line(text)), None)
            return self._named() or (lost, set())
        return (
            self._set_aside_with(self.lead)
            or self._in_figure_of(self.lead)
            or self._named()
            or self._under(self.lead)
            or (None, set())
        )

    def _set_aside_with(self, lead: Segment) -> Caption | None:
        captions = [
            (at, text)
            for at, text in self.set_aside
            if not is_credit_line(text)
            and text[-1] not in ":："
            and CAPTION_LABEL.sub("", text)
            and not _is_row_with_day(text)
            and not (at == lead.index and self._signs_under(lead, text))
        ]
        own = [text for at, text in captions if at == lead.index]
        if lead.index < self.first:
            own += [text for at, text in captions if at == -1 and not is_byline(text)]
        return (own[0], set()) if own else None

    def _signs_under(self, lead: Segment, text: str) -> bool:
        """Whether the line `text` under the picture, in no element with it, says who wrote the article or when."""
        lines = self.page.segments[lead.index + 1 : lead.index + 4]
        line = next((each for each in lines if each.kind == "text" and each.text == text), None)
        if line is None or line.label == "caption" or _shares_small_element(self.page, lead, line):
            return False
        return shows_only_a_date(self.page, line, 0.25) or (
            is_byline(self.page.spaced(line)) and not speaks_of(self.page, self.first, text)
        )

    def _in_figure_of(self, lead: Segment) -> Caption | None:
        nodes = self.page.nodes
        figure = next(
            (nodes[node] for node in self.page.ancestors(lead.node) if nodes[node].tag == "figure"), None
        )
        if figure is None:
            return None
        inside = [
            s
            for s in self.page.segments[figure.start : figure.end]
            if s.kind == "text" and not is_credit(self.page, s)
        ]
        inside = [s for s in inside if s.label == "caption"] or inside
        inside = [s for s in inside if _says_more_than_a_label(s)]
        if len(inside) > 3 or any(len(s.text) > 500 for s in inside):
            return None
        texts = [caption_text(s) for s in inside if not prefix_agreement(self.title or "", s.text)]
        return (_joined(texts), {s.index for s in inside}) if texts else None

    def _named(self) -> Caption | None:
        """A line near the headline that its element calls a caption."""
        of_others = {
            text
            for picture, text in self.set_aside
            if picture >= 0 and not _is_of(self.page, picture, self.lead)
        }
        for segment in self.page.segments[self.begin : self.first + 3]:
            if (
                segment.label == "caption"
                and self._is_free(segment)
                and len(segment.text) <= 500
                and segment.text not in of_others
                and not any(element.tag == "time" for element in segment.inline)
                and not is_credit(self.page, segment)
                and _says_more_than_a_label(segment)
                and not self._says_something_else(segment)
            ):
                return caption_text(segment), {segment.index}
        return None

    def _under(self, lead: Segment) -> Caption | None:
        """The first line under the picture, if it stands with it or is set apart from the text."""
        for segment in self.page.segments[lead.index + 1 : lead.index + 4]:
            if segment.kind == "picture":
                continue
            if not self._is_free(segment) or segment.index >= self.first:
                return None
            if is_credit(self.page, segment) or not _says_more_than_a_label(segment):
                continue
            if not self._could_caption(segment):
                return None
            beside = _shares_small_element(self.page, lead, segment)
            if beside or _stands_under(self.page, lead, segment, self.first):
                return caption_text(segment), {segment.index}
            return None
        return None

    def _is_free(self, segment: Segment) -> bool:
        return segment.kind == "text" and segment.index not in self.used and segment.index != self.headline

    def _could_caption(self, segment: Segment) -> bool:
        if segment.tag in HEADINGS or segment.label in APART or leads_to_another(segment):
            return False
        if len(segment.anchors) >= 2 and segment.link_chars >= 0.8 * len(segment.text):
            return False  # sections, topics
        if segment.label == "meta" and (is_byline(segment.text) or any(map(str.isdigit, segment.text))):
            return False
        if words(segment.text) < 2 or len(segment.text) > 300:
            return False
        return not self._says_something_else(segment)

    def _says_something_else(self, segment: Segment) -> bool:
        """Whether a line is a prompt, a day, the headline again."""
        return bool(
            noise_line(split_credit(segment.text)[0] or segment.text)
            or segment.text[-1] in ":："
            or shows_only_a_date(self.page, segment)
            or _is_row_with_day(self.page.spaced(segment))
            or any(map(is_date, segment.pieces))
            or (self.title and prefix_agreement(self.title, segment.text))
        )


def _is_row_with_day(text: str) -> bool:
    """Whether a line is a row of writer, day and section with strokes between."""
    return bool(_STROKE.search(text)) and len(text) <= 120 and bool(find_dates(text))


def _says_more_than_a_label(segment: Segment) -> bool:
    return bool(CAPTION_LABEL.sub("", segment.text))


def is_credit(page: Page, segment: Segment) -> bool:
    """Whether a line says whose picture it is, by its words or by the name of its own element."""
    if is_credit_line(segment.text):
        return True
    if segment.text.startswith("©") and words(segment.text) <= 12 and split_credit(segment.text)[0] is None:
        return True
    own = f"{segment.names} {page.nodes[segment.node].names if segment.tag != 'figcaption' else ''}"
    return len(segment.text) <= 80 and bool(CREDIT_NAMES.search(own)) and "caption" not in own


def _joined(texts: list[str]) -> str:
    unique = list(dict.fromkeys(texts))
    return " ".join(
        text for text in unique if not any(text != other and key(text) in key(other) for other in unique)
    )


def _shares_small_element(page: Page, picture: Segment, text: Segment) -> bool:
    """Whether picture and text stand together in an element of their own (three levels up at most)."""
    above = page.ancestors(picture.node)[:4]
    for node in page.ancestors(text.node)[:4]:
        if node in above and node:
            here = page.nodes[node]
            texts = [s for s in page.segments[here.start : here.end] if s.kind == "text"]
            return len(texts) <= 3
    return False


def _is_of(page: Page, picture: int, lead: Segment | None) -> bool:
    """Whether segment `picture` is the lead or shows the same file in another size."""
    if lead is None or picture == lead.index:
        return lead is not None
    return same_file(picture_url(page.segments[picture].element, None), picture_url(lead.element, None))


def _stands_under(page: Page, picture: Segment, text: Segment, first: int) -> bool:
    """Whether a line right under a picture is set apart from the text: it repeats the picture's own, or has a style."""
    if text.index != picture.index + 1:
        return False
    own = fold(picture.element.get("alt") or picture.element.get("title") or "")
    if len(own) > 10 and key(own) == key(text.text):
        return True
    here, body = page.nodes[text.node], page.nodes[page.segments[first].node]
    styled = bool(here.names or text.names) and here.names != body.names
    beside = here.parent == picture.node and not ends_as_sentence(text.text)
    apart = here.parent != body.parent and (styled or beside)
    plain = not names_lead(here.names) and not names_subtitle(here.names) and not text.bold_chars
    signs = is_byline(text.text) and not speaks_of(page, first, text.text)
    return apart and plain and len(text.text) <= 160 and not signs
