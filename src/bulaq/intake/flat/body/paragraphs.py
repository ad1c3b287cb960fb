"""From the body's lines back to its paragraphs, and which short lines are headings.

Some flatteners give a line to each paragraph, some cut a paragraph at its links, some wrap at a width.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bulaq.intake.article import Block, Heading, List, Paragraph, Quote, Table
from bulaq.intake.flat.body.body_lines import ends_open
from bulaq.intake.flat.body.stretch import has_wrapped_shape
from bulaq.intake.flat.lines.page_line import PageLine

MAX_HEADING_WORDS = 12
"""Words; a longer unpunctuated line inside the text is a careless paragraph."""


def blocks_of(lines: list[PageLine]) -> list[Block]:
    """The blocks that the body's `lines` make, in order."""
    if has_wrapped_shape(lines):
        return [Paragraph(text) for text in _unwrapped(lines)]
    blocks: list[Block] = []
    pending = ""
    cut = _is_cut(lines)
    told = _told_blocks(lines)
    for position, line in enumerate(lines):
        if position in told:
            block = told[position]
            blocks += [block] if block is not None else []
            continue
        following = lines[position + 1] if position + 1 < len(lines) else None
        if not pending and _is_heading(line, following, first=position == 0):
            blocks.append(Heading(line.shown()))
            continue
        pending = _joined(pending, line) if pending else line.shown()
        if following is None or not cut or not _goes_on(line, following):
            blocks.append(Paragraph(pending))
            pending = ""
    return blocks


def _told_blocks(lines: list[PageLine]) -> dict[int, Block | None]:
    """The blocks that marks of the flattener tell, by their first line; None for the lines that they go on in."""
    found: dict[int, Block | None] = {}
    position = 0
    while position < len(lines):
        end = position + 1
        line = lines[position]
        while end < len(lines) and _same_kind(line, lines[end]):
            end += 1
        run = lines[position:end]
        block: Block | None = None
        if line.cells and len(run) > 1:
            block = Table(tuple(other.cells for other in run))
        elif line.marker == "item" and len(run) > 1:
            block = List(tuple(other.shown() for other in run))
        elif line.marker == "quote":
            block = Quote(" ".join(other.shown() for other in run))
        elif line.marker == "heading" and end < len(lines):
            block, end = Heading(line.shown()), position + 1
        if block is not None:
            found.update(dict.fromkeys(range(position, end)))
            found[position] = block
        position = end
    return found


def _same_kind(line: PageLine, other: PageLine) -> bool:
    if line.cells or other.cells:
        return len(line.cells) == len(other.cells)
    return bool(line.marker) and line.marker == other.marker and line.marker != "heading"


def _is_cut(lines: list[PageLine]) -> bool:
    """Whether the flattener cut paragraphs anywhere: some line opens with a comma, or ends in the middle of a phrase."""
    return any(not line.gap and (line.continues or ends_open(before)) for before, line in pairwise(lines))


_CLOSING = re.compile(r"[،,.;؛)\]»”!؟?%](?![.…])")
"""A mark behind a link that stood on a line of its own; dots in a row are a line's own words, not the end of another's."""


def _joined(before: str, after: PageLine) -> str:
    """Lines of one paragraph: a space between them, none before a mark that closes (`_CLOSING`)."""
    glue = "" if _CLOSING.match(after.text) else " "
    return before + glue + after.shown()


def _is_heading(line: PageLine, following: PageLine | None, *, first: bool) -> bool:
    if following is None or (first and line.words < 2) or line.words > MAX_HEADING_WORDS or line.continues:
        return False
    if re.search(r"[.,،؛;…]\s*$", line.text) or re.match(r"^[\-–—*•\d]", line.text):
        return False
    if following.continues or following.words < 8:
        return False
    if line.words > 6 and (following.words < 15 or line.folded.startswith("و")):
        return False
    return not _unfinished(line, following)


def _unfinished(line: PageLine, following: PageLine) -> bool:
    """The last word of `line` cannot end a phrase, or the next line is no new sentence."""
    return ends_open(line) and not following.gap


def _goes_on(line: PageLine, following: PageLine) -> bool:
    """Whether the paragraph of `line` goes on in `following`."""
    if following.gap:
        return following.continues and not line.ends_sentence
    if following.continues:
        return True
    if line.ends_sentence:
        return False
    if _unfinished(line, following):
        return True
    # Cut at its links: an unfinished line beside a fragment of few words.
    fragment = (following.words <= 6 and not following.ends_sentence) or line.words <= 6
    return fragment and line.words + following.words >= 3


def _unwrapped(lines: list[PageLine]) -> list[str]:
    widest = max(len(line.text) for line in lines)
    paragraphs: list[str] = []
    pending = ""
    for position, line in enumerate(lines):
        if pending and line.gap:
            paragraphs.append(pending)
            pending = ""
        pending = _joined(pending, line) if pending else line.shown()
        following = lines[position + 1] if position + 1 < len(lines) else None
        if line.ends_sentence and (len(line.text) < 0.85 * widest or following is None):
            paragraphs.append(pending)
            pending = ""
    if pending:
        paragraphs.append(pending)
    return paragraphs
