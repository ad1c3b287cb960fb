"""Points in a box of the text: what to mind, in short lines with numbers or dashes, mostly under the last paragraph."""

from __future__ import annotations

import re

from bulaq.intake.html.layout.labels import APART
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.segments import Segment

_POINT = re.compile(r"\(?(\d{1,2})\s*[-–.)/:]|([-–—•●▪*■◆])\s")


def in_points(page: Page, segment: Segment, home: int) -> bool:
    """Whether a line stands in an inset of the element `home`: numbered or dashed points, a heading at most over them."""
    above = page.ancestors(segment.node)
    if home not in above[1:]:
        return False
    inset = page.nodes[above[above.index(home) - 1]]
    lines = [s for s in page.segments[inset.start : inset.end] if s.kind == "text"]
    marks = [found[1] or found[2] for found in (_POINT.match(s.text) for s in lines) if found]
    if len(marks) < 2 or len(lines) - len(marks) > 1 or any(s.anchors or s.label in APART for s in lines):
        return False
    return len(set(marks)) == 1 or [int(m) for m in marks if m.isdigit()] == [*range(1, len(marks) + 1)]
