"""The headline as the reader sees it: h1 first, checked against what the page tells machines.

A page may have two h1 (the site's name, a copy for its app) or none; og:title and <title> carry the site's name
and are often cut. The text shown on the page wins over the text for machines whenever the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from bulaq.intake.html.head.outstanding_line import TITLE_NAMES, outstanding_line, tells_more
from bulaq.intake.html.head.site_names import TITLE_SEPARATORS, logo_names, site_names
from bulaq.intake.html.layout.element_kinds import HEADINGS
from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.noise import noise_line
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import fold, has_ink, key, prefix_agreement, words
from bulaq.intake.html.machines.structured_data import StructuredData

MAX_HEADLINE_CHARS = 400


@dataclass(frozen=True, slots=True)
class Headline:
    """The text, the segment that shows it (None when only machines were told), confidence and provenance."""

    text: str
    segment: int | None
    confidence: float
    provenance: str
    kicker: str | None = None


def find_headline(page: Page, data: StructuredData) -> Headline | None:
    """The headline of the page, or None: it is never made up from other texts."""
    sites = site_names(data) + logo_names(page) + _name_in_title(page, data)
    claims = [(where, stripped) for where, text in data.titles if (stripped := without_site(text, sites))]
    sections = _linked_labels(page)
    claims = [(where, text) for where, text in claims if where != "title" or key(text) not in sections]
    marked = {id(element) for element in data.marked.get("headline", [])}
    best: tuple[float, Segment] | None = None
    for segment in page.segments:
        if segment.kind != "text" or len(segment.text) > MAX_HEADLINE_CHARS:
            continue
        score = _score(page, segment, claims, sites, marked)
        if score > 0 and (best is None or score > best[0] + 0.01):
            best = (score, segment)
    if best:
        score, segment = best
        shown, kicker = _split_kicker(segment, claims)
        confidence = min(0.99, 0.5 + score / 16)
        where = segment.tag if segment.tag in HEADINGS else "shown title"
        agreed = [name for name, claim in claims if prefix_agreement(claim, shown)]
        return Headline(shown, segment.index, round(confidence, 2), " + ".join([where, *agreed[:2]]), kicker)
    return _told(page, claims, {key(site) for site in sites}) or _standing_out(outstanding_line(page)[1])


def _told(page: Page, claims: list[tuple[str, str]], sites: set[str]) -> Headline | None:
    """The headline that no line shows as its own: told to machines, or a part of the `<title>`; a `<title>` that the page
    shows nowhere yields to a heading over the text, for it may name the site in words of its own."""
    for where, text in claims:
        if words(text) < 3 or key(text) in sites:
            continue
        if where != "title":
            return Headline(text, None, 0.6, where)
        rank, line = outstanding_line(page)
        least = 1 if line is not None and tells_more(page, line, text) else 2
        named = _standing_out(line) if rank >= least else None
        return _shown_part(page, text) or named or Headline(text, None, 0.45, where)
    return None


def _standing_out(line: Segment | None) -> Headline | None:
    if line is None:
        return None
    text, kicker = _split_kicker(line, [])
    return Headline(text, line.index, 0.55, "stands out above the text", kicker)


def _name_in_title(page: Page, data: StructuredData) -> list[str]:
    """What of a `<title>` is a name and no headline: of two parts that the page shows in lines of their own the short one
    that stands first (the site), or the one that is no heading beside a lower heading (the writer); a few words that stand
    over the text and under it (who publishes)."""
    title = next((text for where, text in data.titles if where == "title"), "")
    parts = [fold(part) for part in TITLE_SEPARATORS.split(title)]
    shown: dict[str, list[Segment]] = {}
    for segment in page.segments:
        if segment.kind == "text" and segment.text in parts:
            shown.setdefault(segment.text, []).append(segment)
    if len(shown) != len(parts) or len(parts) > 2:
        return []
    one, *others = (lines[0] for lines in shown.values())
    name = one
    if not others and (len(shown[one.text]) < 2 or any(line.tag in HEADINGS for line in shown[one.text])):
        return []
    if others and one.tag in HEADINGS - {"h1"} and others[0].tag not in HEADINGS:
        name = others[0]
    return [name.text] if words(name.text) <= 4 and len(name.text) <= 40 else []


def _linked_labels(page: Page) -> set[str]:
    """The texts of two or three words in rows of four short links or more: a `<title>` that is one names a section."""
    found: set[str] = set()
    row: list[str] = []
    for segment in [*page.segments, None]:
        anchors = segment.anchors if segment is not None and segment.kind == "text" else ()
        short = [anchor.text for anchor in anchors if words(anchor.text) <= 3 and len(anchor.text) <= 30]
        if short and len(short) == len(anchors):
            row += short
            continue
        found.update(key(text) for text in row if len(row) >= 4 and words(text) >= 2)
        row = []
    return found


def _shown_part(page: Page, title: str) -> Headline | None:
    """The part of a `<title>` that the page shows by itself, where the site's own name in it is not known."""
    for part in _parts_of_title(title):
        for segment in page.segments:
            fits = segment.kind == "text" and len(segment.text) <= len(part) + 30
            foot = segment.label == "footer" or noise_line(segment.text) == "foot"  # who owns the page
            if fits and not foot and segment.label not in APART and key(part) in key(segment.text):
                shown, kicker = _split_kicker(segment, [("title", part)])
                text = part if kicker is None else shown
                return Headline(text, segment.index, 0.6, "title, shown", kicker)
    return None


def _parts_of_title(title: str) -> list[str]:
    """What stands in a `<title>` between any two of its separators (or its ends), the longest first; nothing of one without any."""
    cuts = list(TITLE_SEPARATORS.finditer(title))[:8]
    begins, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
    parts = {title[begin:end].strip() for begin in begins for end in ends if begin < end and cuts}
    return sorted((part for part in parts if words(part) >= 3 and len(part) >= 15), key=len, reverse=True)


def without_site(title: str, sites: list[str]) -> str:
    """`title` without the site's name (and slogan) before or after a separator."""
    title = fold(title)
    site_keys = [name for name in (key(site) for site in sites) if len(name) >= 2]
    for _ in range(3):
        parts = TITLE_SEPARATORS.split(title)
        cuts = list(TITLE_SEPARATORS.finditer(title))
        if len(parts) < 2:
            return title
        last, first = parts[-1], parts[0]
        if _names_site(last, site_keys) and len(title[: cuts[-1].start()]) >= 8:
            title = title[: cuts[-1].start()].strip()
        elif _names_site(first, site_keys) and len(title[cuts[0].end() :]) >= 8:
            title = title[cuts[0].end() :].strip()
        else:
            break
    return title


def _names_site(part: str, site_keys: list[str]) -> bool:
    name = key(part)
    if not name:
        return True
    return any(
        name == site
        or (
            len(site) >= 4
            and len(name) <= 3 * len(site) + 12
            and (site in name or (len(name) >= 4 and name in site))
        )
        for site in site_keys
    )


_HOLDS_TITLES = frozenset(("div", "td", "p", "span", "header", "center"))
"""Elements that hold a headline on pages without headings, when machines are told the same words."""
_LABEL_COSTS: dict[str, float] = {
    **dict.fromkeys(("nav", "footer", "related", "comments", "hidden", "ad", "newsletter", "aside"), 4.0),
    **dict.fromkeys(("share", "breadcrumb", "tags", "caption"), 4.0),
    "meta": 1.0,
}


def _score(
    page: Page, segment: Segment, claims: list[tuple[str, str]], sites: list[str], marked: set[int]
) -> float:
    """How likely a line is the headline; 0 for one that cannot be."""
    text, tag = segment.text, segment.tag
    if len(text) < 4:
        return 0.0
    node = page.nodes[segment.node]
    names = f"{node.names} {segment.names}" if segment.names else node.names
    named = bool(names and TITLE_NAMES.search(names))
    is_marked = bool(marked) and _is_marked(segment, marked)
    agreement = _agreement(text, claims)
    may_hold = tag in HEADINGS or named or is_marked or tag in _HOLDS_TITLES
    if tag != "h1" and not (agreement >= 2 and may_hold):
        return 0.0
    linked = segment.link_chars > 0.8 * len(text)
    if key(text) in {key(site) for site in sites} or (linked and _is_logo(segment)):
        return 0.0
    score = agreement
    if tag == "h1":
        score += 4.0 if agreement else 2.0
    elif tag in HEADINGS:
        score += 1.0
    score += 1.0 if named else 0.0
    score += 1.5 if is_marked else 0.0
    score -= _LABEL_COSTS.get(segment.label, 0.0)
    if linked:
        score -= 0.5 if (is_marked or tag == "h1") else 2.5
    if words(text) < 3 and not agreement:
        score -= 1.5
    return score - segment.index * 0.0001  # of two alike, the first


def _agreement(text: str, claims: list[tuple[str, str]]) -> float:
    """How far a line says what machines are told of the title; claims made for sharing or search engines weigh most."""
    agreement = 0.0
    opening = text[:12]
    for where, claim in claims:
        if opening in claim or key(claim[:40])[:8] == key(opening)[:8] or claim[:6] in text:
            weight = _likeness(text, claim)
            agreement += weight if where in ("json-ld", "og:title", "title") else weight / 2
    return agreement


def _likeness(text: str, claim: str) -> float:
    if key(claim) == key(text):
        return 3.0
    longer_half = len(text) >= 15 and len(text) >= 0.5 * len(claim)
    if prefix_agreement(claim, text) or (longer_half and key(text) in key(claim)):
        return 2.0
    if len(claim) > 20 and len(text) < 2 * len(claim) and key(claim) in key(text):
        return 1.5
    return 0.0


def _is_marked(segment: Segment, marked: set[int]) -> bool:
    """Whether microdata mark a line's element, one of its links or of the elements in it."""
    return (
        id(segment.element) in marked
        or any(id(anchor.element) in marked for anchor in segment.anchors)
        or any(id(element) in marked for element in segment.inline)
    )


def _is_logo(segment: Segment) -> bool:
    """Whether a linked `<h1>` of a word or two leads to the front page."""
    href = next((anchor.href for anchor in segment.anchors), "")
    return segment.tag == "h1" and words(segment.text) < 4 and href.rstrip("/").count("/") <= 2


def _split_kicker(segment: Segment, claims: list[tuple[str, str]]) -> tuple[str, str | None]:
    """The headline without a kicker («عاجل», a series' name) that stands before it in the same heading, or a badge behind
    it («مميز»), in elements of their own."""
    apart = {fold("".join(element.itertext())) for element in segment.inline} | set(map(fold, segment.pieces))
    for _, claim in claims:
        at = segment.text.find(claim)
        before, behind = fold(segment.text[: max(at, 0)]), fold(segment.text[at + len(claim) :])
        if 0 < at <= 40 and len(behind) <= 2 and before in apart:
            return claim, before.strip(" :|-–") or None
        if at == 0 and len(behind) <= 20 and behind in apart:
            return claim, None
    return _set_apart(segment) or (segment.text, None)


def _set_apart(segment: Segment) -> tuple[str, str] | None:
    """The headline behind a few words that open its heading in small print, in a line of their own, or in an element that
    ends with a colon; and those words."""
    children = [child for child in segment.element if isinstance(child.tag, str)]
    if not children or segment.tag not in HEADINGS or has_ink(segment.element.text or ""):
        return None
    opening = children[0]
    kicker = fold("".join(opening.itertext()))
    rest = segment.text.removeprefix(kicker).strip()
    own_line = len(children) > 1 and children[1].tag == "br" and not has_ink(opening.tail or "")
    apart = opening.tag == "small" or own_line or kicker.endswith((":", "："))
    if not kicker or not apart or words(kicker) > 4 or words(rest) < 4 or rest == segment.text:
        return None
    return rest, kicker.rstrip(" :：|-–")
