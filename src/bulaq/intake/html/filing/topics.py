"""The topics («tags») that an article is filed under."""

from __future__ import annotations

import re

from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.machines.structured_data import StructuredData

_TAG_HEADINGS = re.compile(
    r"^(?:ال)?(?:وسوم|كلمات|علامات|مواضيع|tags?|keywords|برچسب|الكلمات)\b.{0,25}$", re.I
)


def find_tags(page: Page, data: StructuredData, first: int, last: int) -> tuple[tuple[str, ...], str]:
    """The article's tags: those shown below it, else those told to machines."""
    shown: list[str] = []
    for segment in page.segments[max(0, first - 12) : last + 40]:
        if segment.kind != "text" or (first <= segment.index <= last and segment.label != "tags"):
            continue
        for anchor in segment.anchors:
            rel = (anchor.element.get("rel") or "").lower().split()
            by_rel = ("tag" in rel and "category" not in rel) or anchor.text.startswith("#")
            if (segment.label == "tags" or by_rel) and segment.label not in (
                "related",
                "aside",
                "footer",
                "nav",
            ):
                text = anchor.text.strip(" #،,|")
                if text and len(text) <= 80 and not _TAG_HEADINGS.match(text):
                    shown.append(text)
    if shown:
        return tuple(dict.fromkeys(shown))[:40], "shown tags"
    told: list[str] = []
    best = next(
        (
            kind
            for kind in ("article:tag", "json-ld", "news_keywords", "keywords", "dc")
            if any(w == kind for w, _ in data.tags)
        ),
        None,
    )
    for where, text in data.tags:
        if where == best:
            parts = re.split(r"\s*[,،;؛|]\s*", text)
            told.extend(part for part in parts if 1 < len(part) <= 80)
    titles = {word for _, title in data.titles for word in title.split()}
    if (
        best in ("keywords", "news_keywords")
        and told
        and sum(text in titles for text in told) > 0.7 * len(told)
    ):
        return (), ""  # the words of the headline, cut apart by a machine
    return tuple(dict.fromkeys(told))[:40], best or ""
