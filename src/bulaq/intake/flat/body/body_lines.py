"""What a line is inside the text, or on the edge of it: a heading, a link, a piece of a paragraph that goes on."""

from __future__ import annotations

import re

from bulaq.intake.flat.lines.page_line import PageLine

STOP_HEADINGS = frozenset(["related", "latest", "most_read", "picks", "more", "comments", "tags"])
"""Headings of boxes that end a text."""


def heads_text(lines: list[PageLine], index: int) -> bool:
    """Whether paragraphs stand above and right below a line that could head a box of picks («اختيار …»): it is a
    heading of the text."""
    if lines[index].heading not in ("picks", "more") or not 0 < index < len(lines) - 1:
        return False
    return all(
        line.prose >= 1.6 and line.ends_sentence and not line.is_truncated
        for line in (lines[index - 1], lines[index + 1])
    )


def is_bare_link(line: PageLine) -> bool:
    """Whether the line as a whole led elsewhere and reads like a headline: an editor's link between paragraphs."""
    return line.url is not None and line.is_title_like and line.words >= 4 and not line.ends_sentence


def in_broken_paragraph(lines: list[PageLine], index: int) -> bool:
    """Whether the line stands in the middle of a sentence: the text before it is unfinished, or after it goes on."""
    line = lines[index]
    if (
        line.noise == "foot"
        or line.heading
        or line.date
        or line.is_url
        or (line.ends_box and line.words == 1)
    ):
        return False
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if before is not None and before.words >= 12 and not before.ends_sentence and not line.gap:
        return True
    return after is not None and after.continues and not after.gap and after.words > 2


_OPEN_WORD_LIST = """
في من الي علي عن مع ان او و بين حتي كما لا ما قد التي الذي الذين هذا هذه كل بعد قبل عند لدي منذ حول ضد
the of in a to and de la le et du
"""
_OPEN_WORDS = frozenset(_OPEN_WORD_LIST.split())


def ends_open(line: PageLine) -> bool:
    """Whether the last word of the line cannot end a phrase: the sentence goes on elsewhere."""
    words = line.folded.split()
    if not words or words[-1] not in _OPEN_WORDS or line.ends_sentence:
        return False
    return not re.search(r"ء[\u064b-\u0652]*\W*$", line.text)  # «ماء» folds to «ما»
