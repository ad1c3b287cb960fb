"""The picture that leads the article, with its caption and credit."""

from __future__ import annotations

import re

from bulaq.intake.article import Picture
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.html.layout.images import (
    absolute,
    is_credit_line,
    is_decoration,
    picture_url,
    same_file,
    split_credit,
)
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import (
    Segment,
    leads_off_the_site,
    leads_to_a_page,
    leads_to_a_writer,
    prose_of,
)
from bulaq.intake.html.layout.text import fold, words
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.lines.byline_lines import ARABIC, is_byline, speaks_of
from bulaq.intake.html.machines.structured_data import StructuredData
from bulaq.intake.html.pictures.lead_caption import CAPTION_LABEL, CaptionSearch, is_credit

_GENERIC = re.compile(
    r"(?:logo|default|(?<!content)placeholder|no-?image|social-?share|og-?image|site-?image|fallback)", re.I
)


def find_lead_image(
    page: Page,
    data: StructuredData,
    headline: tuple[int | None, str | None],
    first: int,
    used: set[int],
    set_aside: list[tuple[int, str]],
    base: str | None,
) -> tuple[Picture | None, str, frozenset[int]]:
    """The lead picture, its provenance, and the segments that showed it.

    `set_aside` are captions met in the body's element, as (segment of the picture or −1, text).
    """
    index, title = headline
    begin = max(0, (index if index is not None else first) - 6)
    told = _told_address(data, base)
    shown = _shown_pictures(page.segments[begin : first + 2], base)
    shown = [s for s in shown if not _stands_by_the_writer(page, s, used, index)] or shown
    lead = _lead_of(shown, told, index, base)
    search = CaptionSearch(page, lead, begin, first, index, title, used, set_aside)
    caption, where = search.caption()
    text, credit = split_credit(caption)
    named = not where or any(page.segments[spot].label == "caption" for spot in where)
    text = _worded(text, named or bool(text and speaks_of(page, first, text)))
    if credit is None and lead is not None:
        credit = _credit_of(page, lead, text, first, index, used, set_aside)
    url, provenance = _address(lead, told, base)
    if url is None and text is None and credit is None:
        return None, "", frozenset()
    alt = fold(lead.element.get("alt") or "") if lead is not None else ""
    spoken = frozenset({lead.index} if lead is not None else set()) | frozenset(where)
    return Picture(url, text, credit, alt or None), provenance, spoken


def _told_address(data: StructuredData, base: str | None) -> str | None:
    """The picture that machines are told, `og:image` first; no site's own that stands for any article."""
    claims = sorted(data.images, key=lambda claim: claim[0] != "og:image")
    for _, url in claims:
        if url.startswith(("http", "/")) and not _GENERIC.search(url.rsplit("/", 1)[-1]):
            return absolute(url, base)
    return None


def _shown_pictures(segments: list[Segment], base: str | None) -> list[Segment]:
    return [
        segment
        for segment in segments
        if segment.kind == "picture"
        and segment.label not in APART
        and not is_decoration(segment.element)
        and not _is_portrait(segment.element)
        and picture_url(segment.element, base)
        and not _advertises(segment.element)
    ]


def _advertises(picture: Element) -> bool:
    """Whether a picture is a link to an app or to the site's own account elsewhere, or a button («تكبير الخط»)."""
    pressed = bool(noise_line(fold(picture.get("alt") or "")))
    links = (link.get("href") or "" for link in picture.iterancestors("a"))
    return any(
        leads_off_the_site(href) if href.startswith("http") else pressed and not leads_to_a_page(href)
        for href in links
    )


def _lead_of(
    shown: list[Segment], told: str | None, headline: int | None, base: str | None
) -> Segment | None:
    """The picture that machines are told, else the first under the headline, else the first over it."""
    if told:
        for segment in shown:
            if same_file(picture_url(segment.element, base), told):
                return segment
    below = [segment for segment in shown if headline is None or segment.index > headline]
    return next(iter(below or [s for s in shown if not _is_banner(s.element)]), None)


def _worded(caption: str | None, named: bool) -> str | None:
    """A caption without what is read aloud before it; None for a word, a prompt, a name that no element calls one."""
    text = CAPTION_LABEL.sub("", caption) if caption else None
    if not text or words(text) < 2 or noise_line(text):
        return None
    return None if not named and words(text) <= 6 and is_byline(text) else text


def _address(lead: Segment | None, told: str | None, base: str | None) -> tuple[str | None, str]:
    """The picture's address, the one told to machines first, and its provenance."""
    if lead is None:
        return told, "og:image"
    url = picture_url(lead.element, base)
    if not told:
        return url, "shown picture"
    return told, "shown + og:image" if same_file(url, told) else "og:image, beside a shown picture"


def _credit_of(
    page: Page,
    lead: Segment,
    caption: str | None,
    first: int,
    headline: int | None,
    used: set[int],
    set_aside: list[tuple[int, str]],
) -> str | None:
    """A credit that stands apart from the caption, and not in it too."""
    for at, line in set_aside:
        if at == lead.index and is_credit_line(line):
            return line
    credit = _credit(page, lead, first, headline, used)
    return None if credit and caption and credit in caption else credit


def _credit(page: Page, lead: Segment, first: int, headline: int | None, used: set[int]) -> str | None:
    for segment in page.segments[max(0, lead.index - 2) : min(first, lead.index + 5)]:
        spoken_for = segment.kind != "text" or segment.index == headline or segment.index in used
        if spoken_for or len(segment.text) > 90:
            continue
        only = segment.text.startswith("©") and split_credit(segment.text)[0] is None
        if only or is_credit(page, segment):
            return segment.text
    return None


def _is_portrait(element: Element) -> bool:
    """Whether an image is the writer's: its text is a person's name, and it leads to a page about them."""
    alt = re.sub(r"^\s*(?:صورة|photo of|avatar of)\s+", "", fold(element.get("alt") or ""), flags=re.I)
    link = next(iter(element.iterancestors("a")), None)
    if link is None or not 2 <= words(alt) <= 4:
        return False
    # capitalised words of another language have the shape of a name
    told = bool(ARABIC.search(alt)) or leads_to_a_writer(link.get("href") or "")
    return told and person_score(alt) >= 2.5


def _stands_by_the_writer(page: Page, picture: Segment, used: set[int], headline: int | None) -> bool:
    """Whether a picture shares a small element with the byline or the day, and no text: the writer's portrait."""
    for index in page.ancestors(picture.node)[:5]:
        node = page.nodes[index]
        inside = page.segments[node.start : node.end]
        texts = [each for each in inside if each.kind == "text"]
        if texts:
            alone = len(inside) <= 6 and not any(
                prose_of(each) or each.label == "caption" or each.index == headline for each in texts
            )
            return alone and any(each.index in used for each in texts)
    return False


def _is_banner(element: Element) -> bool:
    """Whether an image is four times as wide as high, or more: the head of a site."""
    sizes = [re.match(r"\d+", element.get(name) or "") for name in ("width", "height")]
    return bool(sizes[0] and sizes[1] and int(sizes[0][0]) >= 4 * max(1, int(sizes[1][0])))
