"""Where an article was published first, as a line under its text says («Originally published by …»)."""

from __future__ import annotations

import re

from bulaq.intake.article import Carrier
from bulaq.intake.html.layout.embeds import link_address
from bulaq.intake.html.layout.page import Page

_CARRIED = re.compile(
    r"^(?:view\s+on|originally\s+published\s+(?:on|by|at)|read\s+(?:the\s+)?(?:full|original)\s+(?:article|story)\s+(?:on|at)|published\s+by|المصدر\s+الأصلي|اقرأ\s+المادة\s+(?:في|على)|نشر(?:ت)?\s+(?:أولا|أولاً|في\s+الأصل)\s+(?:في|على))\s*:?\s*(?P<label>\S.{1,60})$",
    re.I,
)


def find_carrier(page: Page, last: int, base: str | None) -> Carrier | None:
    """The publication that a line under the text (its last segment is `last`) says carried the article first."""
    for segment in page.segments[last + 1 : last + 40]:
        if segment.kind != "text" or len(segment.text) > 100:
            continue
        match = _CARRIED.match(segment.text)
        if match:
            anchor = segment.anchors[-1] if segment.anchors else None
            return Carrier(match["label"].strip(), link_address(anchor.href, base) if anchor else None)
    return None
