"""An editor's corrections of one imported page: read with them, and understood from what was pointed at.

What holds for the whole template, and how it is found on other pages, is `bulaq.intake.templates.pointing`; material
that has no page (an entry of a feed, a post of an export) is corrected on the page that `told_pages` makes of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.reader import read_page
from bulaq.intake.templates.pointing import LINES, Pick, PointedGuide, kept_guide, words_of
from bulaq.intake.templates.signature import Signatures
from bulaq.newsroom.importing.correcting import told_pages

FIELDS = (*LINES, "body", "remove", "keep")


class CorrectionRefused(ValueError):
    """What was pointed at cannot be used; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What an editor pointed at: a line of the page (`segment`) or an element (`node`), by their numbers there."""

    field: str
    segment: int | None = None
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read: the result and what each line of the page became (segment → role)."""

    item: IncomingArticle | Refusal
    page: Page | None
    roles: dict[int, str]
    layout: frozenset[int]
    body_node: int | None


def read_corrected(
    data: bytes,
    name: str,
    picks: Sequence[Pick] = (),
    *,
    url: str | None = None,
    charset: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Reading:
    """Reads a page with corrections; without any, as the import read it. `extra`: what the import knew of its archive
    (`ReadOptions.extra`: learned templates, corrections of earlier imports)."""
    guide = PointedGuide(picks, base=kept_guide(extra or {}))
    item = read_page(data, name, url=url, charset=charset, guide=guide)
    if guide.page is None and isinstance(item, IncomingArticle):
        return read_told(item, picks)  # a page that names its parts itself: nothing was looked for
    layout = guide.signatures.layout() if guide.signatures is not None else frozenset()
    return Reading(item, guide.page, _roles(guide, item), layout, guide.node)


def read_told(article: IncomingArticle, picks: Sequence[Pick] = ()) -> Reading:
    """An article that no page was kept of, with corrections made on the page that shows it."""
    page, blocks = told_pages.page_of(article)
    guide = PointedGuide(picks)
    guide.prepare(page)
    away = [pick for pick in picks if pick.field == "remove"]
    gone = {
        place
        for place, lines in blocks.items()
        if any(guide.names(page.segments[line], pick) for line in lines for pick in away)
    }
    corrected = guide.filled(page, told_pages.without_blocks(article, gone))
    roles = told_pages.roles_of(page)
    roles = {
        line: role
        for line, role in roles.items()
        if not any(line in blocks[place] for place in gone) and role not in guide.lines
    }
    return Reading(
        corrected,
        page,
        roles | {line: field for field, line in guide.lines.items()},
        told_pages.layout_of(article),
        None,
    )


def _roles(guide: PointedGuide, item: IncomingArticle | Refusal) -> dict[int, str]:
    """What each line became: `body` and the fields of lines. For the editor's eyes; lines found twice keep the first."""
    roles = dict.fromkeys(guide.used, "body")
    if isinstance(item, Refusal) or guide.page is None:
        return roles
    if guide.headline is not None and "headline" not in guide.lines:
        roles[guide.headline] = "headline"
    values = {"kicker": item.kicker, "standfirst": item.standfirst, "section": item.section}
    if item.lead_image is not None:
        values["caption"] = item.lead_image.caption
    for field, value in values.items():
        if value and field not in guide.lines:
            for segment in guide.page.segments:
                if segment.index not in roles and segment.kind == "text" and segment.text == value:
                    roles[segment.index] = field
                    break
    if item.authors and "authors" not in guide.lines:
        first = item.authors[0]
        for segment in guide.page.segments:
            if segment.index not in roles and first in segment.text and len(segment.text) < 4 * len(first):
                roles[segment.index] = "authors"
                break
    return roles | {index: field for field, index in guide.lines.items()}


def picked(reading: Reading, pointed: Pointed) -> Pick:
    """What an editor pointed at on the page of `reading`, as a correction. Raises `CorrectionRefused`."""
    page = reading.page
    if pointed.field not in FIELDS:
        raise CorrectionRefused(_("There is no such field."))
    if page is None:
        raise CorrectionRefused(_("The page cannot be read."))
    signatures = Signatures(page)
    if pointed.field == "body":
        if pointed.node is None or not 0 <= pointed.node < len(page.nodes):
            raise CorrectionRefused(_("There is no such part on the page."))
        node = page.nodes[pointed.node]
        if not page.prose(node.start, node.end):
            raise CorrectionRefused(_("There is no running text in this part."))
        return Pick("body", signatures.paths[pointed.node])
    if pointed.segment is None or not 0 <= pointed.segment < len(page.segments):
        raise CorrectionRefused(_("There is no such part on the page."))
    segment = page.segments[pointed.segment]
    if segment.kind != "text":
        raise CorrectionRefused(_("This part holds no text."))
    signature = signatures.of_segment(segment)
    same = [
        each.index
        for each in page.segments
        if each.kind == "text" and signatures.of_segment(each) == signature
    ]
    if pointed.field in LINES:
        return Pick(pointed.field, signature, same.index(segment.index))
    # Ordinary paragraphs are all alike: one of them is known by its words, else all would go or come with it.
    is_body = pointed.field == "remove"
    others = [
        index for index in same if index != segment.index and (reading.roles.get(index) == "body") == is_body
    ]
    return Pick(pointed.field, signature, words=words_of(segment.text) if others else 0)
