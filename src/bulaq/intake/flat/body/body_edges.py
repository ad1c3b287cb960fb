"""Where exactly the text begins and ends, once the stretch of lines that holds it is known.

The stretch is found by its sentences: a standfirst or a caption may be one, and a text may open with a heading, close
with two words, or go on behind a prompt.
"""

from __future__ import annotations

import re

from bulaq.intake.bylines.datelines import opening_dateline
from bulaq.intake.flat.body.body_lines import ends_open, in_broken_paragraph
from bulaq.intake.flat.lines.cells import with_last_cells
from bulaq.intake.flat.lines.page_line import PageLine
from bulaq.intake.flat.lines.repeats import Repeats

MIN_BODY_WORDS = 25
"""Fewer words of running text than this are no article (the shortest published brief met had 31)."""

HEAD_DEPTH = 8
"""How many lines into the body a date or a byline may stand that shows that the lines above it are its head."""


def begin_of_body(lines: list[PageLine], first: int, last: int, cells: frozenset[int]) -> int:
    """The first line of the text that stands somewhere in `first`..`last`; `cells` are pieces of tables."""
    first = _after_head(lines, first, last, cells)
    first = _after_picture(lines, first, last)
    if first < last and lines[first].words <= MAX_OPENED and opening_dateline(lines[first + 1].text):
        first += 1  # «القلعة بعد ترميمها.» over «حلب - رويترز: أعلنت …»
    return _with_opening(lines, first)


def _after_head(lines: list[PageLine], first: int, last: int, cells: frozenset[int]) -> int:
    """A standfirst may be prose: the body begins after a date or byline that stands near its top."""
    above = range(max(0, first - 4), first)
    dated = any(_is_date_line(lines[index]) for index in above)
    signed = any(_is_signature(lines, index) or _signs_beside_date(lines, index) for index in above)
    prose = 0
    start = first
    for index in range(first, min(first + HEAD_DEPTH, last)):
        line = lines[index]
        if line.heading in ("read_also", "related", "latest", "most_read") or line.invitation:
            break
        if _signs_at_end(lines, first, index, last):
            break
        date = _is_date_line(line) and not (dated and prose)
        signature = index not in cells and _is_signature(lines, index) and not (signed and prose)
        if prose <= 4 and (date or signature):
            start = index + 1
        prose += line.prose > 0.5
    return start if start == first else _after_frame(lines, start, last)


def _signs_at_end(lines: list[PageLine], first: int, index: int, last: int) -> bool:
    """Whether so little follows line `index` that a date or byline there would stand under the text."""
    rest = sum(line.words for line in lines[index + 1 : last + 1] if line.prose > 0)
    return rest < max(MIN_BODY_WORDS, sum(line.words for line in lines[first:index]) // 2)


def _after_frame(lines: list[PageLine], start: int, last: int) -> int:
    """Past what still belongs to the head under its date or byline: a clock, a counter, a credit."""
    while start < last and lines[start].prose <= 0 and not in_broken_paragraph(lines, start):
        line = lines[start]
        if not (line.is_time or line.date or line.noise or line.byline or line.credit):
            break
        start += 1
    return start


def _is_date_line(line: PageLine) -> bool:
    return line.date is not None and line.words <= 14


def _signs_beside_date(lines: list[PageLine], index: int) -> bool:
    near = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return lines[index].byline is not None and any(line.date for line in near)


def _is_signature(lines: list[PageLine], index: int) -> bool:
    """A byline that a picture's credit cannot be: it names a place and a person, or says «كتب»."""
    line = lines[index]
    if line.byline is None or line.words > 10 or (index and lines[index - 1].text.strip() == "©"):
        return False
    if line.byline.people and line.words <= 4 and index + 1 < len(lines) and lines[index + 1].prose >= 3:
        return True
    return bool(line.byline.roles or (line.byline.place and (line.byline.people or line.byline.agencies)))


MAX_CAPTION_WORDS = 24
"""Words; a longer line above a picture's credit is the text's first paragraph, not a caption."""


def _after_picture(lines: list[PageLine], first: int, last: int) -> int:
    """A caption may be a sentence: the body begins after the credit that stands under it, right below the head, or
    that it closes with."""
    if first < last and _closes_with_credit(lines[first]):
        return first + 1
    for index in range(first, min(first + 2, last)):
        if lines[index].credit is None or not first:
            continue
        if index == first:
            return first + 1
        caption, following = lines[first], lines[index + 1]
        headed = any(
            line.date is not None or line.byline is not None or line.is_time
            for line in lines[max(0, first - 2) : first]  # a label («تصويبات») may stand under them
        )
        one = not re.search(r"[^.]\.\s+\S", caption.text)
        if headed and one and caption.words <= min(MAX_CAPTION_WORDS, max(12, following.words)):
            return index + 1
    return first


MAX_OPENED = 12
"""Words of a caption that ends as a sentence does, over the place and agency that the text opens with."""

_CREDIT_AT_END = re.compile(
    r"\([^()]{0,30}\b(?:photo|photos|photograph|picture|file|afp|ap|reuters|getty|تصوير|عدسة|بعدسة|رويترز|غيتي|جيتي|الأناضول|أرشيف|أرشيفية|أ ف ب|أ\.ف\.ب)\b[^()]{0,40}\)[.\s]*$",
    re.I,
)


def _closes_with_credit(line: PageLine) -> bool:
    return line.words <= 40 and bool(_CREDIT_AT_END.search(line.text))


def _with_opening(lines: list[PageLine], first: int) -> int:
    """The text may open with the pieces of a paragraph that was cut at its links, or with a heading of its own."""
    first = _under_picture(lines, first)
    while first > 0:
        line, following = lines[first - 1], lines[first]
        if (
            line.ends_sentence
            or line.heading
            or line.date
            or line.byline
            or line.noise
            or line.credit is not None
        ):
            break
        if not line.has_ink or line.is_time or line.is_url or line.is_menu or line.is_boilerplate:
            break
        addressed = line.text.rstrip().endswith(("،", ",")) and following.prose > 0  # «عزيزي ساعي البريد،»
        if not (addressed or ends_open(line) or following.continues or _is_middle(lines, first - 1)):
            break
        first -= 1
    return first


MAX_OPENING = 3
"""Short lines that may stand between a picture and the first paragraph: a heading, a verse with its poet's name."""


def _under_picture(lines: list[PageLine], first: int) -> int:
    """The text begins right under a picture that has its caption and credit, be it with a heading or a verse."""
    for credit in range(first - 2, max(1, first - 2 - MAX_OPENING), -1):
        if lines[credit].credit is None:
            continue
        caption = lines[credit - 1]
        if caption.words < 2 or caption.date or caption.byline or caption.noise:
            break
        headed = any(line.date or line.byline for line in lines[max(0, credit - 6) : credit - 1])
        opening = lines[credit + 1 : first]
        if all(_may_open(line, headed and len(opening) > 1) for line in opening):
            return credit + 1
        break
    return first


def _may_open(line: PageLine, may_be_name: bool) -> bool:
    if not 1 <= line.words <= 24 or line.heading or line.noise or line.credit or line.date or line.is_time:
        return False
    return (may_be_name or not line.byline) and not (line.is_url or line.is_menu or line.is_boilerplate)


def _is_middle(lines: list[PageLine], index: int) -> bool:
    """A long line without an end before a short one that is no sentence, label or headline: one paragraph in pieces."""
    line, following = lines[index], lines[index + 1]
    signed = index > 0 and (lines[index - 1].date is not None or lines[index - 1].byline is not None)
    return (
        signed
        and line.words >= 5
        and following.words <= 4
        and not following.ends_sentence
        and not following.heading
    )


def end_of_body(
    lines: list[PageLine], last: int, foreign: frozenset[int], repeats: Repeats | None = None
) -> int:
    """The last line of the text that has line `last`; `foreign` are lines of other articles."""
    last = _with_fragments(lines, last)
    last = _with_last_words(lines, last)
    last = _behind_frame(lines, last, foreign)
    return with_last_cells(lines, last, repeats)


def without_links(lines: list[PageLine], first: int, last: int) -> int:
    """A body does not end in a read-also list whose headlines happen to end like sentences («…؟»)."""
    for index in range(last, max(first, last - 10), -1):
        line = lines[index]
        if line.heading in ("read_also", "related", "picks", "more") and index < last:
            return index - 1
        if re.search(r"[^.]\.[\"”»)]*\s*$", line.text) or line.words > 22:
            break
    return last


def _with_fragments(lines: list[PageLine], last: int) -> int:
    while (
        last + 1 < len(lines)
        and not lines[last].ends_sentence
        and lines[last + 1].continues
        and not lines[last + 1].gap
    ):
        last += 1
    return last


def _with_last_words(lines: list[PageLine], last: int) -> int:
    """A text may close with a few words («وللحديث بقية..»): right under it, ended as sentences end."""
    if last + 1 >= len(lines):
        return last
    line = lines[last + 1]
    closes = 2 <= line.words <= 6 and bool(re.search(r"[^.]\.{1,2}[\"”»)]*$|[!؟?][\"”»)]*$", line.text))
    plain = line.has_ink and not (line.heading or line.noise or line.date or line.credit or line.is_time)
    return (
        last + 1 if closes and plain and not (line.invitation or line.is_boilerplate or line.byline) else last
    )


MAX_FRAME = 4
"""Lines of the site's own (a prompt, «إعلان», a counter) that may stand before the last paragraphs."""


def _behind_frame(lines: list[PageLine], last: int, foreign: frozenset[int]) -> int:
    """The text goes on behind a prompt that stands in its midst, however few its last paragraphs are."""
    index = last + 1
    while index < len(lines) and index - last <= MAX_FRAME + 1:
        line = lines[index]
        if index in foreign:
            break
        if line.prose >= 1.6 and line.ends_sentence and not line.invitation and not line.is_truncated:
            last = index
        elif (
            line.is_copyright
            or not (_is_prompt(line) or _is_title_of_prompt(lines, index))
            or line.heading not in (None, "form", "share")
        ):
            break
        index += 1
    return last


def _is_prompt(line: PageLine) -> bool:
    return line.is_boilerplate or line.noise in ("whole", "foot") or line.is_time


def _is_title_of_prompt(lines: list[PageLine], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    return lines[index].words <= 6 and following is not None and following.is_boilerplate
