"""Where the running text of a flattened page stands, and what inside it is not text.

The body is the stretch of lines with the largest sum of `PageLine.prose` (the maximum-subarray problem: Kadane 1984,
in Bentley, Programming Pearls): long sentences pull it wider, menus, headings of boxes and legal lines cut it off.
"""

from __future__ import annotations

import re

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.datelines import opening_dateline
from bulaq.intake.flat.cells import cells_between, cells_inside, with_last_cells
from bulaq.intake.flat.labels import carrier_label, is_correction_heading, is_labelled_caption
from bulaq.intake.flat.lines import PageLine
from bulaq.intake.flat.repeats import Repeats
from bulaq.intake.flat.strangers import strangers

MIN_BODY_WORDS = 25
"""Fewer words of running text than this are no article (the shortest published brief met had 31)."""

MIN_BRIEF_WORDS = 12
"""The same for a text that stands under a headline with its date or byline."""

HEAD_DEPTH = 8
"""How many lines into the body a date or a byline may stand that shows that the lines above it are its head."""

_STOP_HEADINGS = frozenset(["related", "latest", "most_read", "picks", "more", "comments", "tags"])
_STOP_PENALTY = -3.0


def find_body(lines: list[PageLine], repeats: Repeats | None = None) -> tuple[int, int] | None:
    """First and last line (inclusive) of the body, or None when nothing on the page is an article's text."""
    wrapped = _wrapped_lines(lines)
    cells = cells_between(lines, repeats)
    foreign = strangers(lines)
    best, best_sum, start, total = (0, -1), 0.0, 0, 0.0
    for index in range(len(lines)):
        if index in foreign:
            total -= 1.5
        elif index in wrapped:
            total += 1.0
        elif index in cells:
            total -= 0.02
        else:
            total += _weight(lines, index, repeats)
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best_sum:
            best, best_sum = (start, index), total
    first, last = best
    if last < first:
        return None
    last = _without_links(lines, first, last)
    first = _after_head(lines, first, last, cells)
    first = _after_picture(lines, first, last)
    if first < last and lines[first].words <= MAX_OPENED and opening_dateline(lines[first + 1].text):
        first += 1  # «القلعة بعد ترميمها.» over «حلب - رويترز: أعلنت …»
    first = _with_opening(lines, first)
    last = _with_fragments(lines, last)
    last = _with_last_words(lines, last)
    last = _behind_frame(lines, last, foreign)
    last = with_last_cells(lines, last, repeats)
    words = sum(line.words for line in lines[first : last + 1] if line.prose > 0 or line.index in wrapped)
    enough = MIN_BRIEF_WORDS if _is_headed(lines, first) else MIN_BODY_WORDS
    return (first, last) if words >= enough else None


def _is_headed(lines: list[PageLine], first: int) -> bool:
    """Whether a dated headline stands right above a paragraph."""
    above = lines[max(0, first - 4) : first]
    dated = any(line.date or line.byline for line in above)
    return (
        dated and any(line.is_title_like and line.words >= 4 for line in above) and lines[first].prose >= 1.6
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


MAX_WRAPPED = 140
"""Characters; text wrapped at a width has no longer lines."""


def has_wrapped_shape(lines: list[PageLine]) -> bool:
    """Whether every line that leaves its sentence open is about as long as the longest: cut at a width."""
    widest = max((len(line.text) for line in lines), default=0)
    cut = [line for line in lines if not line.ends_sentence]
    if widest > MAX_WRAPPED or len(cut) < max(4, 0.3 * len(lines)):
        return False
    return sum(len(line.text) >= 0.75 * widest for line in cut) >= 0.85 * len(cut)


def _wrapped_lines(lines: list[PageLine]) -> set[int]:
    """Lines of text that was wrapped at a width: many in a row about as long as the longest, cut in the middle of
    sentences, with the ends of sentences inside them (lists of headlines have none)."""
    wrapped: set[int] = set()
    run: list[int] = []
    for line in [*lines, PageLine("", len(lines), True)]:
        short_end = bool(run) and line.ends_sentence and line.words > 0 and not line.heading
        if (40 <= len(line.text) <= MAX_WRAPPED and not line.is_url) or (
            short_end and len(line.text) <= MAX_WRAPPED
        ):
            run.append(line.index)
            continue
        members = [lines[index] for index in run]
        if has_wrapped_shape(members):
            inner = sum(bool(re.search(r"[.،؛؟,]\s+\S|[،,]$", other.text)) for other in members)
            flowing = any(
                ends_open(other) or re.search(r"[^.]\.\s+\S|[،,]$", other.text) for other in members
            )
            if flowing and inner >= 0.3 * len(members):
                wrapped.update(run)
        run = []
    return wrapped


def _without_links(lines: list[PageLine], first: int, last: int) -> int:
    """A body does not end in a read-also list whose headlines happen to end like sentences («…؟»)."""
    for index in range(last, max(first, last - 10), -1):
        line = lines[index]
        if line.heading in ("read_also", "related", "picks", "more") and index < last:
            return index - 1
        if re.search(r"[^.]\.[\"”»)]*\s*$", line.text) or line.words > 22:
            break
    return last


def _weight(lines: list[PageLine], index: int, repeats: Repeats | None) -> float:
    line = lines[index]
    if repeats is not None and repeats.is_frame(line.text):
        return -2.0
    if _heads_text(lines, index):
        return -0.45
    if (
        line.heading in _STOP_HEADINGS and line.words <= 6 and not line.ends_sentence
    ) or is_correction_heading(line):
        return -0.2 if any(other.ends_box for other in lines[index + 1 : index + 9]) else _STOP_PENALTY
    if _is_bare_link(line):
        return -0.6
    if line.prose < 0 and line.words <= 10 and _in_broken_paragraph(lines, index):
        return -0.05  # a paragraph that a flattener cut at its links
    if _starts_carrier(line):
        return -2.0
    return line.prose


def _heads_text(lines: list[PageLine], index: int) -> bool:
    """Whether paragraphs stand above and right below a line that could head a box of picks («اختيار …»): it is a
    heading of the text."""
    if lines[index].heading not in ("picks", "more") or not 0 < index < len(lines) - 1:
        return False
    return all(
        line.prose >= 1.6 and line.ends_sentence and not line.is_truncated
        for line in (lines[index - 1], lines[index + 1])
    )


def _in_broken_paragraph(lines: list[PageLine], index: int) -> bool:
    """Whether the line stands in the middle of a sentence: the text before it is unfinished, or after it goes on."""
    line = lines[index]
    if line.noise == "foot" or line.heading or line.date or line.is_url:
        return False
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    if before is not None and before.words >= 12 and not before.ends_sentence and not line.gap:
        return True
    return after is not None and after.continues and not after.gap and after.words > 2


def _starts_carrier(line: PageLine) -> bool:
    return carrier_label(line) is not None


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
        rest = sum(other.words for other in lines[index + 1 : last + 1] if other.prose > 0)
        if rest < max(MIN_BODY_WORDS, sum(other.words for other in lines[first:index]) // 2):
            break  # signed at its end
        date = _is_date_line(line) and not (dated and prose)
        signature = index not in cells and _is_signature(lines, index) and not (signed and prose)
        if prose <= 4 and (date or signature):
            start = index + 1
        prose += line.prose > 0.5
    while start < last and lines[start].prose <= 0 and not _in_broken_paragraph(lines, start):
        if start == first:
            break
        if not (
            lines[start].is_time
            or lines[start].date
            or lines[start].noise
            or lines[start].byline
            or lines[start].credit
        ):
            break
        start += 1
    return start


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
        if not (ends_open(line) or following.continues or _is_middle(lines, first - 1)):
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


def roles_inside(
    lines: list[PageLine], first: int, last: int, repeats: Repeats | None = None
) -> dict[int, str]:
    """A role for each line of the body: body, heading, read_also_heading, read_also_link, box_heading, box_link,
    caption, credit, other."""
    roles: dict[int, str] = {}
    cells = cells_inside(lines, first, last, repeats)
    index = first
    while index <= last:
        line = lines[index]
        if line.credit is not None or line.text.strip().startswith("©"):
            index = _credit(lines, index, last, roles)
        elif not line.has_ink:
            roles[index] = "other"
        elif line.invitation or _is_bare_link(line):
            roles[index] = "read_also_link"
        elif (
            line.heading in ("read_also", "related", "picks", "more")
            and line.words <= 7
            and not _heads_text(lines, index)
        ):
            links = _links_after(lines, index, last)
            kind = "read_also" if line.heading == "read_also" else "box"
            roles[index] = f"{kind}_heading" if links else "other"
            for link in links:
                roles[link] = f"{kind}_link"
            index = max([index, *links])
        elif index not in cells and _is_foreign(line, repeats) and not _in_broken_paragraph(lines, index):
            roles[index] = "other"
        else:
            roles[index] = "body"
        index += 1
    return roles


def _is_bare_link(line: PageLine) -> bool:
    """Whether the line as a whole led elsewhere and reads like a headline: an editor's link between paragraphs."""
    return line.url is not None and line.is_title_like and line.words >= 4 and not line.ends_sentence


def _is_foreign(line: PageLine, repeats: Repeats | None) -> bool:
    if repeats is not None and repeats.is_frame(line.text):
        return True
    if line.is_url or line.is_copyright or line.is_time or line.is_boilerplate or line.noise or line.ends_box:
        return True
    return (line.heading in ("share", "comments", "form", "tags") and line.words <= 5) or (
        bool(line.date) and line.words <= 8
    )


def _credit(lines: list[PageLine], index: int, last: int, roles: dict[int, str]) -> int:
    """A picture's credit between paragraphs; a headline right under it is a teaser, not text."""
    roles[index] = "credit"
    following = index + 1
    if lines[index].text.strip() == "©" and following <= last:
        roles[following] = "credit"
        following += 1
    if following <= last and is_labelled_caption(lines[following]):
        roles[following] = "caption"
        return following
    if following < last and lines[following].is_title_like and lines[following].words <= 16:
        line, after = lines[following], lines[following + 1]
        if not line.ends_sentence and after.prose > 0 and not after.continues:
            roles[following] = "box_link"
            return following
    return following - 1


def _links_after(lines: list[PageLine], index: int, last: int) -> list[int]:
    """The headlines that a heading inside the body announces: unpunctuated lines until the text goes on."""
    links: list[int] = []
    for position in range(index + 1, min(index + 8, last + 1)):
        line = lines[position]
        full_stop = bool(re.search(r"[^.]\.[\"”»)]*\s*$", line.text))
        if (
            line.heading in _STOP_HEADINGS
            or line.ends_box
            or full_stop
            or line.prose >= 3
            or not line.is_title_like
        ):
            break
        if links and position < last and lines[position + 1].prose <= 0 and line.words <= 4:
            break
        links.append(position)
    if (
        len(links) > 1
        and links[-1] < last
        and lines[links[-1]].words <= 5
        and lines[links[-1]].gap
        and not lines[links[0]].gap
    ):
        links.pop()  # a short line right before the text goes on is its heading
    return links


def content_words(text: str) -> frozenset[str]:
    """The words of `text` that carry its subject, folded, without article and conjunction."""
    words = set()
    for word in fold_heading(text).split():
        bare = word[1:] if word.startswith(("و", "ب", "ل", "ف")) and len(word) > 5 else word
        bare = bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
        if len(bare) >= 3:
            words.add(bare[:5])
    return frozenset(words)
