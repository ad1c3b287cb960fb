"""Where the article stands on its site: section, breadcrumb, tags."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from bulaq.arabic.normalise import matching_key
from bulaq.intake.html.filing.shown_sections import HOME, ShownSections, is_name
from bulaq.intake.html.head.site_names import TITLE_SEPARATORS, site_names
from bulaq.intake.html.layout.labels import lower_names
from bulaq.intake.html.layout.noise import heading_of
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Anchor, Node, Segment
from bulaq.intake.html.layout.text import fold, key, prefix_agreement
from bulaq.intake.html.machines.structured_data import StructuredData
from bulaq.intake.named_section import NOT_SECTIONS

_CRUMB_SEPARATOR = re.compile(r"\s*(?:»|›|>|/|\\|\||←|→|•|::|«|‹|<)\s*")
_STEP = re.compile(r"\s+[-–—/|]\s+|\s*[»›>←]\s*")


def find_breadcrumb(
    page: Page, data: StructuredData, headline: int | None, title: str | None
) -> tuple[str, ...]:
    """The path from the home page to the article as shown; the article itself is no part of it."""
    limit = headline if headline is not None else len(page.segments) // 2
    crumbs: list[str] = []
    for node in page.nodes:
        if node.label == "breadcrumb" and node.start < node.end and node.start <= limit + 3:
            inside = page.segments[node.start : node.end]
            crumbs = path_steps(inside)
            linked = {fold(anchor.text) for segment in inside for anchor in segment.anchors}
            unlinked = linked and len(crumbs) > 1 and crumbs[-1] not in linked
            if title and unlinked and key(title).startswith(key(crumbs[-1])):
                crumbs.pop()  # the article itself, by its short name
            if crumbs:
                break
    if not crumbs:
        crumbs = _unnamed(page, limit) or _told_in_a_line(page, limit, title)
    if not crumbs:
        crumbs = data.breadcrumb
    return tuple(
        crumb for crumb in crumbs if not (title and (prefix_agreement(crumb, title) or len(crumb) > 60))
    )


def path_steps(segments: list[Segment]) -> list[str]:
    """The steps of a path («الرئيسية / محليات») that lies in these lines, from the widest to the narrowest."""
    found: list[str] = []
    for segment in segments:
        if segment.kind != "text" or segment.label == "hidden":
            continue
        pieces = [piece for piece in _CRUMB_SEPARATOR.split(segment.text) if piece.strip()]
        if segment.tag == "li" and len(segment.anchors) <= 1:
            pieces = [segment.text]
        if len(pieces) == 1 and len(segment.anchors) > 1:
            pieces = [anchor.text for anchor in segment.anchors]
        for piece in pieces:
            text = fold(piece).strip(" :»«›‹>|/")
            if text and text not in found and not re.fullmatch(r"[\W_]+|أنت هنا|انت هنا|You are here", text):
                found.append(text)
    return found[:8]


def _unnamed(page: Page, limit: int) -> list[str]:
    """A short row of links before the headline that begins with the home page."""
    for node in reversed(page.nodes):
        if (
            not (0 < node.end - node.start <= 6)
            or node.end > limit + 1
            or node.end < limit - 5
            or (node.effective == "nav" and not _follows_a_menu(page, node))
        ):
            continue
        segments = [segment for segment in page.segments[node.start : node.end] if segment.kind == "text"]
        anchors = [anchor for segment in segments for anchor in segment.anchors]
        if (
            (2 <= len(anchors) <= 5 or _names_last_step(segments, anchors))
            and not any(
                segment.label == "header"
                or (segment.label == "nav" and node.effective != "nav")
                or "|" in segment.text
                for segment in segments
            )
            and HOME.match(anchors[0].text)
            and not any(
                heading_of(anchor.text) == "form" or anchor.text.startswith("عن ") for anchor in anchors
            )
            and all(len(anchor.text) <= 40 for anchor in anchors)
            and _leads_down(page, node, anchors)
        ):
            return path_steps(segments)
    return []


def _names_last_step(segments: list[Segment], anchors: list[Anchor]) -> bool:
    """Whether one link in a line is followed by a sign and one name in plain words («الرئيسية > ثقافة»)."""
    if len(anchors) != 1 or len(segments) != 1:
        return False
    steps = [fold(step) for step in _CRUMB_SEPARATOR.split(segments[0].text)]
    return len(steps) == 2 and steps[0] == fold(anchors[0].text) and is_name(steps[1])


def _told_in_a_line(page: Page, limit: int, title: str | None) -> list[str]:
    """A line over the headline that begins with the home page and ends with this article, in links or in plain words."""
    for segment in page.segments[max(0, limit - 6) : limit]:
        steps = [fold(step) for step in _STEP.split(segment.text)] if segment.kind == "text" else []
        if len(steps) >= 3 and HOME.match(steps[0]) and prefix_agreement(steps[-1], title or ""):
            return steps[:-1]
    return []


def _leads_down(page: Page, row: Node, anchors: list[Anchor]) -> bool:
    """Whether links in a row are a path and no short menu: two of them, signs between, folders in folders, a menu above."""
    texts = [segment.text for segment in page.segments[row.start : row.end]]
    if len(anchors) <= 2 or any(_CRUMB_SEPARATOR.search(text) for text in texts):
        return True
    folders = [anchor.href.rstrip("/") + "/" for anchor in anchors[1:]]
    nested = all(two.startswith(one) for one, two in pairwise(folders))
    return nested or (len(anchors) <= 3 and _follows_a_menu(page, row))


def _follows_a_menu(page: Page, row: Node) -> bool:
    """Whether a menu with more entries than `row` stands above it: `row` is not the site's own."""
    own = sum(len(segment.anchors) for segment in page.segments[row.start : row.end])
    entries: dict[int, int] = {}
    for segment in page.segments[: row.start]:
        if segment.label in ("nav", "header") or segment.tag == "li":
            above = page.nodes[page.nodes[segment.node].parent].index
            entries[above] = entries.get(above, 0) + len(segment.anchors)
    return max(entries.values(), default=0) > own


def find_section(
    page: Page,
    data: StructuredData,
    headline: int | None,
    first: int,
    breadcrumb: tuple[str, ...],
    address: str | None,
) -> tuple[str | None, float, str]:
    """The section's name as shown, with confidence and provenance."""
    told = [(where, text) for where, text in data.sections if is_name(text) and not _names_none(text)]
    trail = [crumb for crumb in breadcrumb if not HOME.match(crumb) and is_name(crumb)]
    shown = _deepest_first(ShownSections(page, data, headline, first).names(), data)
    arabic = any(
        "\u0600" <= char <= "\u06ff"
        for char in (page.segments[headline].text if headline is not None else "")
    )
    fitting = [
        (where, text)
        for where, text in told
        if not arabic or any("\u0600" <= char <= "\u06ff" for char in text)
    ]
    seen = {key(text) for text in (*trail, *shown)}
    for where, text in fitting:
        if len(trail) > 1 and key(text) == key(trail[-1]):
            return text, 0.97, where  # of several that are told, the narrowest that is shown
    for where, text in fitting:
        if key(text) in seen or ">" in text:
            return text, 0.97, where
    for where, text in fitting:
        if not (seen and key(text) in _VAGUE):
            return text, 0.8, where
    if trail:
        return trail[-1], 0.9 if len(trail) == 1 or trail[-1] in shown else 0.75, "breadcrumb"
    if shown:
        return shown[0], 0.75, "shown section link"
    filed = _filed_under(page, first)
    if filed:
        return filed, 0.7, "shown section link"
    named = _by_address(page, address) or _open_in_menu(page, headline if headline is not None else first)
    title = page.segments[headline].text if headline is not None else ""
    if named and named[-1] not in "?؟!" and key(named) not in {key(title), *map(key, site_names(data))}:
        return named, 0.6, "navigation"
    if told:
        return told[0][1], 0.5, told[0][0]
    return None, 0.5, "none shown"


def _deepest_first(names: list[str], data: StructuredData) -> list[str]:
    """Names of sections as the `<title>` lists them behind the headline (the nearest first), the others after them."""
    title = next((text for where, text in data.titles if where == "title"), "")
    behind = [key(part) for part in TITLE_SEPARATORS.split(title)[1:]]
    placed = [name for name in names if key(name) in behind]
    if len(placed) < 2:
        return names
    return sorted(placed, key=lambda name: behind.index(key(name))) + [n for n in names if n not in placed]


_VAGUE = frozenset(
    key(name)
    for name in ("أخبار", "الأخبار", "خبر", "عام", "عاجل", "مقال", "مقالات", "مميز", "سلايدر", "منشورات", "news", "general",
                 "article", "articles", "featured", "slider", "post", "posts", "actualités")
)  # fmt: skip
"""What says little where the page shows a name of its own."""


def _names_none(text: str) -> bool:
    return matching_key(text) in NOT_SECTIONS


def _filed_under(page: Page, first: int) -> str | None:
    """The one category that links under the text say it is filed under (`rel="category"`)."""
    found = {
        anchor.text
        for segment in page.segments[first:]
        if segment.label not in ("related", "aside", "comments", "nav", "hidden")
        for anchor in segment.anchors
        if "category" in (anchor.element.get("rel") or "").lower().split()
    }
    return found.pop() if len(found) == 1 and all(map(is_name, found)) else None


_OPEN = re.compile(
    r"(?:^|[\s_-])(?:is-)?(?:active|current|selected)(?:$|[\s_-])|(?:^|\s)(?:on|here|open|sel)(?:$|\s)"
)


def _open_in_menu(page: Page, headline: int) -> str | None:
    """The one entry of the menus above the headline that is marked as open («active»), when it is not the home page."""
    found: list[str] = []
    for segment in page.segments[:headline]:
        if segment.label not in ("nav", "header") and segment.tag != "li":
            continue
        for anchor in segment.anchors:
            above = [anchor.element, *anchor.element.iterancestors("li", "span")][:2]
            names = " ".join(lower_names(f"{e.get('class') or ''} {e.get('id') or ''}") for e in above)
            home = anchor.href.rstrip("/").count("/") in (0, 2) and (
                not anchor.href or anchor.href[-1] == "/"
            )
            named = is_name(anchor.text) and not HOME.match(anchor.text) and not home
            if named and _OPEN.search(names) and heading_of(anchor.text) in (None, "section"):
                found.append(anchor.text)
    different = list(dict.fromkeys(found))
    return different[0] if len(different) == 1 else None


def _by_address(page: Page, address: str | None) -> str | None:
    """The navigation's name for a folder of the article's own address («…/middle_east/…»)."""
    if not address:
        return None
    try:
        folders = [unquote(part).lower() for part in urlsplit(address).path.split("/") if part][:-1]
    except ValueError:
        return None
    folders = [folder for folder in folders if not folder.isdigit() and len(folder) >= 3]
    if not folders:
        return None
    for segment in page.segments:
        if segment.link_chars < 0.8 * len(segment.text):
            continue
        for anchor in segment.anchors:
            try:
                path = [unquote(part).lower() for part in urlsplit(anchor.href).path.split("/") if part]
            except ValueError:
                continue
            if (
                path
                and len(path) <= 2
                and path[-1] in folders
                and is_name(anchor.text)
                and not HOME.match(anchor.text)
                and next(anchor.element.iter("svg", "img"), None) is None  # no logo
            ):
                return anchor.text
    return None
