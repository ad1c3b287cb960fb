"""What an element says of itself when the walk through a page meets it: hidden, blank, named, a card, a label."""

from __future__ import annotations

import re
from itertools import islice

from bulaq.intake.html.layout.element_kinds import ROLE_LABELS, TAG_LABELS
from bulaq.intake.html.layout.labels import Label, container_names, label_of
from bulaq.intake.html.layout.tree import Element

_HIDDEN_INLINE = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-reader-text|element-invisible|offscreen|mw-editsection|headerlink)(?:$|\s)",
    re.I,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def tells_what_it_holds(element: Element) -> bool:
    """Whether an inline element has a name, for style sheets or machines: what it holds may be the day or the writer."""
    told = element.get
    return bool(
        element.tag == "time"
        or told("class")
        or told("id")
        or told("itemprop")
        or told("rel")
        or told("property")
    )


def is_hidden_inline(element: Element) -> bool:
    """Whether an inline element is for screen readers alone, or for nobody."""
    style, names = element.get("style"), element.get("class")
    return (
        element.get("hidden") is not None
        or bool(style and _HIDDEN_STYLE.search(style))
        or bool(names and _HIDDEN_INLINE.search(names))
    )


def is_blank(link: Element) -> bool:
    """Whether a link holds no text: nothing, or a picture in a few elements."""
    if link.text and not link.text.isspace():
        return False
    inside = list(islice(link.iter(), 1, MAX_AROUND_PICTURE))
    for each in inside:
        if (each.text and not each.text.isspace()) or (each.tail and not each.tail.isspace()):
            return False
    return len(inside) < MAX_AROUND_PICTURE - 1


MAX_AROUND_PICTURE = 12


def begins_another(link: Element, text: str) -> bool:
    """Whether `link`, of three words or more, is followed by a link and nothing between: a row of cards, no sentence."""
    if (link.tail and not link.tail.isspace()) or text.count(" ") < 2:
        return False
    following = link.getnext()
    return following is not None and following.tag == "a" and following.get("href") is not None


def own_label(element: Element, tag: str, names: str) -> Label:
    """What a block is by its style, role, label for screen readers, names and tag («nav», «caption» …), or «»."""
    if element.get("hidden") is not None:
        return "hidden"
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return "hidden"
    role, spoken = element.get("role"), element.get("aria-label")
    if role in ROLE_LABELS:
        return ROLE_LABELS[role]
    if spoken and "breadcrumb" in spoken.lower():
        return "breadcrumb"
    if names and tag not in ("main", "html", "body"):
        found = label_of(
            container_names(names) if tag in ("article", "section", "main") or "hentry" in names else names
        )
        if found and not (tag == "article" and found not in ("comments", "related", "hidden")):
            return found
    return TAG_LABELS.get(tag, "")
