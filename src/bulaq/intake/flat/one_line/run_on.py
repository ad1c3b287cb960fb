"""A page whose lines were all joined into one: sentences, dates and known headings are what is left to tell its parts.

Of the menu, the headline and the caption above the text nothing tells where one ends and the next begins; they are
left out, so that no headline is made of them.
"""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.flat.lines.opening_verbs import OPENING_WORDS, leads_on
from bulaq.intake.flat.lines.sentences import (
    COPYRIGHT,
    CUT,
    MIN_SENTENCE,
    PARAGRAPH_WORDS,
    STOP,
    sentences_of,
)
from bulaq.intake.flat.lines.wrapping import InputLine
from bulaq.intake.flat.one_line.run_on_boxes import BOXES, KnownHeading, boxes_of, known_headings
from bulaq.intake.flat.one_line.run_on_opening import FRAMED, opening_of
from bulaq.intake.html.layout.noise import noise_line

MAX_OTHER_LINES = 4
"""Lines that may stand beside the one that holds the page (a title, an address, a legal line)."""

MIN_SHARE = 0.8
"""The share of the page's characters that this one line holds."""

MIN_WORDS = 60
"""Words; a shorter line is a paragraph."""

MAX_LENGTH = 100_000
"""Characters; a longer line is left as it is (the longest page of news met held 60,000)."""

LONG_PARAGRAPH = 150
"""Words; a longer line with nothing beside it is no single paragraph."""

FIRST_LABELS = 8
"""Words at the top of which half name sections where a menu stands there."""

_NEW_PARAGRAPH = re.compile(
    r"^و(?:قال|أضاف|اضاف|أكد|اكد|أوضح|اوضح|كان|أشار|اشار|ذكر|تابع|بين|لفت|شدد|يأتي|تعد|يعد|من |في )"
)


def parted(lines: list[InputLine]) -> list[InputLine]:
    """`lines` with the one line that holds the whole page taken apart; `lines` itself where there is none such."""
    longest = max(lines, key=lambda line: len(line.text), default=None)
    if longest is None or len(lines) > MAX_OTHER_LINES + 1 or len(longest.text) > MAX_LENGTH:
        return lines
    if len(longest.text) < MIN_SHARE * sum(len(line.text) for line in lines):
        return lines
    text = " ".join(longest.text.split())
    words = len(text.split())
    if words < MIN_WORDS or not (words >= LONG_PARAGRAPH or _shows_frame(text)):
        return lines
    parts = _parts(text)
    made = [InputLine(part, not listed, longest.sources) for part, listed in parts]
    at = lines.index(longest)
    return [*lines[:at], *made, *lines[at + 1 :]] if len(parts) > 1 else lines


def _shows_frame(text: str) -> bool:
    if COPYRIGHT.search(text) or text.count("…") > 1:
        return True
    words = text.split()
    signs = len({mark.kind for mark in known_headings(words)})
    labels = sum(heading_kind(word) is not None for word in words[:FIRST_LABELS])
    menu = labels >= FIRST_LABELS // 2 or bool(FRAMED.search(text))
    return signs + bool(find_dates(text[: len(text) // 2])) + menu + bool(_SOURCE.search(text)) >= 2


def _parts(text: str) -> list[tuple[str, bool]]:
    """The lines of the page, each with whether it is one of a list of headlines."""
    sentences = sentences_of(text)
    first, dates, opening = opening_of(sentences)
    end = _end_of_text(sentences, first)
    prose: list[str] = []
    parts: list[str] = list(dates)
    for sentence in [opening, *sentences[first + 1 : end]]:
        words = sentence.split()
        marks = [mark for mark in known_headings(words) if mark.kind in BOXES]
        if not marks:
            prose.append(sentence)
            continue
        link, rest = _inner_link(words, marks[-1])
        parts += _paragraphs(prose)
        prose = [rest] if rest else []
        if link:
            parts += [" ".join(words[marks[-1].begin : marks[-1].end]), link]
    return [*((part, False) for part in (*parts, *_paragraphs(prose))), *boxes_of(sentences[end:])]


def _end_of_text(sentences: list[str], first: int) -> int:
    """The number of sentences before what is no text any more: where the sum of what speaks for text is greatest, as
    `body` finds it among lines."""
    total, best, end = 0.0, 0.0, first + 1
    for index in range(first + 1, len(sentences)):
        total += _prose(sentences[index])
        if total < LOST or _closes(sentences[index : index + MIN_GOING_ON + 1]):
            break
        if total > best:
            best, end = total, index + 1
    return end


LOST = -12.0
"""Where so much speaks against it, the text does not go on further down."""

MIN_GOING_ON = 3
"""Sentences behind a box of which one at least joins on to what was said, if the text goes on."""

_JOINING_LIST = (
    "كما لكن الا اما من بدوره في فيما الي بينما ثم غير وفي ومن ولكن واما ولم ولا وقد وهو وهي وهذا وهذه"
)
_JOINING = frozenset(_JOINING_LIST.split())
"""Words that open a sentence further down in a text («من جهته», «إلى ذلك»)."""


def _closes(sentences: list[str]) -> bool:
    """Whether the first of the sentences opens what stands under a text: readers' comments, or a box behind which no
    sentence joins on."""
    marks = known_headings(sentences[0].split())
    if not marks or marks[0].begin or marks[0].kind == "read_also":
        return False
    return marks[0].kind == "comments" or not any(
        leads_on(sentence) or fold_heading(sentence[:20]).partition(" ")[0] in _JOINING
        for sentence in sentences[1:]
    )


WORDS_OF_PROSE, MOST_PROSE = 8, 4.0
"""Words of a whole sentence that count as one, and what a sentence counts at most."""


def _prose(sentence: str) -> float:
    """How much a sentence speaks for text (positive) or for boxes, prompts and legal lines (negative)."""
    words = sentence.split()
    whole = bool(re.search(r"\D\.[\"”»’')\]]*$|\d\d\.$", sentence))
    if COPYRIGHT.search(sentence):
        return -6.0
    marks = [mark for mark in known_headings(words) if mark.kind in BOXES or not (whole and mark.begin)]
    if marks:
        rest = _inner_link(words, marks[-1])[1].split() if whole and marks[-1].kind in BOXES else []
        return -1.0 + len(rest) / WORDS_OF_PROSE if len(rest) >= MIN_SENTENCE else -2.0 * len(marks)
    if CUT.search(sentence) or not STOP.search(sentence):
        return -2.0
    if (len(sentence) <= MAX_NOISE and noise_line(sentence)) or _SOURCE.search(sentence):
        return -2.0
    if len(words) < MIN_SENTENCE or not whole:
        return 0.3
    return min(MOST_PROSE, len(words) / WORDS_OF_PROSE)


MAX_NOISE = 300
"""Characters of a prompt or a legal line."""

_SOURCE = re.compile(r"(?:^|\s)المصدر\s*[:：]|(?<![\d٠-٩])[\d٠-٩]{1,9} (?:قراءة|مشاهدة|تعليقا?)(?:\s|$)")
"""What stands under a text on the way to its boxes."""


def _inner_link(words: list[str], heading: KnownHeading) -> tuple[str, str]:
    """The headline under a heading in the midst of the text, and the sentence behind it where its verb tells."""
    places = range(heading.end + 3, len(words) - MIN_SENTENCE)
    verbs = [index for index in places if fold_heading(words[index]).removeprefix("و") in OPENING_WORDS]
    index = next((index for index in verbs if words[index].startswith("و")), next(iter(verbs), None))
    if index is None:
        return "", ""
    return " ".join(words[heading.end : index]).strip(" :|"), " ".join(words[index:])


def _paragraphs(sentences: list[str]) -> list[str]:
    """Sentences joined as newspapers set them: a new paragraph with a new speaker, or when one is long enough."""
    paragraphs: list[str] = []
    for sentence in sentences:
        long = bool(paragraphs) and len(paragraphs[-1].split()) >= PARAGRAPH_WORDS
        if not paragraphs or long or _NEW_PARAGRAPH.match(sentence):
            paragraphs.append(sentence)
        else:
            paragraphs[-1] += " " + sentence
    return paragraphs
