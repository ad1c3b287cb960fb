"""A page whose lines were all joined into one: sentences, dates and known headings are what is left to tell its parts.

Of the menu, the headline and the caption above the text nothing tells where one ends and the next begins; they are
left out (`RunOn.text` has only what is certain), so that no headline is made of them.
"""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.flat.opening_verbs import OPENING_WORDS
from bulaq.intake.flat.run_on_boxes import BOXES, KnownHeading, boxes_of, known_headings
from bulaq.intake.flat.sentences import COPYRIGHT, CUT, sentences_of
from bulaq.intake.flat.wrapping import InputLine
from bulaq.intake.given_names import person_score
from bulaq.intake.html.noise import noise_line
from bulaq.intake.places import place_score

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

MIN_SENTENCE = 6
"""Words of a sentence of the text; shorter ones end headlines and labels («لماذا؟»)."""

PARAGRAPH_WORDS = 45
"""Words after which the next sentence begins a paragraph."""

FIRST_LABELS = 8
"""Words at the top of which half name sections where a menu stands there."""

_STOP = re.compile(r"[.؟?!][\"”»’')\]]*$")
_NEW_PARAGRAPH = re.compile(
    r"^و(?:قال|أضاف|اضاف|أكد|اكد|أوضح|اوضح|كان|أشار|اشار|ذكر|تابع|بين|لفت|شدد|يأتي|تعد|يعد|من |في )"
)
_MEET_AT = 15
"""Words under the date in which the verb that opens a report is looked for (a caption, labels stand between)."""


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
    menu = labels >= FIRST_LABELS // 2 or bool(_FRAMED.search(text))
    return signs + bool(find_dates(text[: len(text) // 2])) + menu + bool(_SOURCE.search(text)) >= 2


def _parts(text: str) -> list[tuple[str, bool]]:
    """The lines of the page, each with whether it is one of a list of headlines."""
    sentences = sentences_of(text)
    first, dates, opening = _opening(sentences)
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
    """The number of sentences before the first box that no more text follows, the legal line or a headline cut."""
    for index in range(first + 1, len(sentences)):
        sentence = sentences[index]
        if COPYRIGHT.search(sentence) or CUT.search(sentence) or not _STOP.search(sentence):
            return index
        if (len(sentence) <= MAX_NOISE and noise_line(sentence)) or _SOURCE.search(sentence):
            return index
        kinds = {mark.kind for mark in known_headings(sentence.split())}
        if kinds and (kinds - set(BOXES) or not _goes_on(sentences[index:])):
            return index
    return len(sentences)


MAX_NOISE = 300
"""Characters of a prompt or a legal line."""

_SOURCE = re.compile(r"(?:^|\s)المصدر\s*[:：]|(?<![\d٠-٩])[\d٠-٩]{1,9} (?:قراءة|مشاهدة|تعليقا?)(?:\s|$)")
"""What stands under a text on the way to its boxes."""

MIN_GOING_ON = 3
"""Sentences in a row, without a heading, that show that the text goes on behind a box in its midst."""


def _goes_on(sentences: list[str]) -> bool:
    """Whether the text goes on behind the box in the first of the sentences: its own last words are a sentence that
    joins on, or many sentences follow."""
    words, following = sentences[0].split(), sentences[1 : MIN_GOING_ON + 1]
    marks = [mark for mark in known_headings(words) if mark.kind == "read_also"]
    if marks and sentences[0].endswith(".") and _inner_link(words, marks[-1])[1]:
        return True
    return len(following) == MIN_GOING_ON and all(
        len(sentence.split()) >= MIN_SENTENCE
        and bool(re.search(r"\D\.$", sentence))
        and not known_headings(sentence.split())
        for sentence in following
    )


def _inner_link(words: list[str], heading: KnownHeading) -> tuple[str, str]:
    """The headline under a heading in the midst of the text, and the sentence behind it where its verb tells."""
    places = range(heading.end + 3, len(words) - MIN_SENTENCE)
    verbs = [index for index in places if fold_heading(words[index]).removeprefix("و") in OPENING_WORDS]
    index = next((index for index in verbs if words[index].startswith("و")), next(iter(verbs), None))
    if index is None:
        return "", ""
    return " ".join(words[heading.end : index]).strip(" :|"), " ".join(words[index:])


HEAD_SENTENCES = 4
"""Sentences in which the head may stand: a question in a poll or in a headline ends one."""


def _opening(sentences: list[str]) -> tuple[int, list[str], str]:
    """The sentence that the text opens with, by its number; the date and the byline above it; and it without what
    stands above."""
    last: tuple[int, str, str] | None = None
    for number, sentence in enumerate(sentences[:HEAD_SENTENCES]):
        for found in find_dates(sentence):
            late = number > 0 and sentences[number - 1].endswith(".") and found.span[0] > NEAR_THE_TOP
            if found.precision == "month" or late:
                continue
            date, rest = sentence[found.span[0] : found.span[1]], sentence[found.span[1] :].split()
            if len(rest) < MIN_SENTENCE:
                if number + 1 < len(sentences) and _STOP.search(sentence):
                    last = (number + 1, date, sentences[number + 1])  # a caption's last words, or nothing
                continue
            signed = _signed(rest[: _MEET_AT + MIN_SENTENCE])
            if signed is not None:
                return number, [date, " ".join(rest[slice(*signed)])], " ".join(rest[signed[1] :])
            for index, word in enumerate(rest[:_MEET_AT]):
                if fold_heading(word) in OPENING_WORDS:
                    return number, [date], " ".join(rest[index:])
            last = last if last is not None and last[0] < number else (number, date, " ".join(rest))
        if last is not None and last[0] > number:
            break
        if len(sentence.split()) >= LONG_SENTENCE and sentence.endswith(".") and _opens_text(sentence):
            break
    if last is not None:
        return last[0], [last[1]], _without_labels(last[2])
    return _undated_opening(sentences[0])


NEAR_THE_TOP = 80
"""Characters of a later sentence in which its date may stand above the text; dates further on are of boxes."""

LONG_SENTENCE = 12
"""Words of a sentence that is no caption."""

MAX_NAME_WORDS = 4
"""Words of a name between the dash of a byline and the verb that opens the text."""

_DASH = re.compile(r"[-–—ـ]+$")
_FINITE = re.compile(r"^(?:ي[\u0621-\u064a]{3,}|[\u0621-\u064a]{2,}[^ا\W]ت)$")


def _signed(words: list[str]) -> tuple[int, int] | None:
    """Where a byline «place - name» stands that a verb follows: its first word and the verb, by their numbers."""
    for index in range(1, len(words) - 2):
        if not _DASH.fullmatch(words[index]):
            continue
        begin = next((index - n for n in (2, 1) if n <= index and _is_place(words[index - n : index])), None)
        if begin is None:
            continue
        for verb in range(index + 2, min(index + 2 + MAX_NAME_WORDS, len(words))):
            folded = fold_heading(words[verb])
            if folded in OPENING_WORDS or _FINITE.match(folded):
                name = " ".join(words[index + 1 : verb])
                return (begin, verb) if person_score(name) >= LIKELY_PERSON else None
    return None


LIKELY_PERSON = 1.2
"""`person_score` of names between a place and a verb, where little else can stand."""


def _is_place(words: list[str]) -> bool:
    return place_score(" ".join(words)) >= 3


def _opens_text(sentence: str) -> bool:
    words = sentence.split()
    return _signed(words) is not None or any(fold_heading(word) in OPENING_WORDS for word in words)


_FRAMED = re.compile(r"[»›>]|(?:^|\s)(?:الرئيس(?:ي)?ة|الصفحة الرئيسية|تسجيل الدخول|Home)\s")


def _undated_opening(sentence: str) -> tuple[int, list[str], str]:
    """The first sentence without what stands above the text, where no date tells."""
    words = sentence.split()
    signed = _signed(words)
    if signed is not None:
        return 0, [" ".join(words[slice(*signed)])], " ".join(words[signed[1] :])
    if len(words) <= PARAGRAPH_WORDS and not _FRAMED.search(sentence):
        return 0, [], sentence
    for index, word in enumerate(words[:-MIN_SENTENCE]):
        if fold_heading(word) in OPENING_WORDS:
            return 0, [], " ".join(words[index:])
    return 0, [], " ".join(words[-PARAGRAPH_WORDS:])


def _without_labels(text: str) -> str:
    words = text.split()
    while words and (noise_line(words[0]) or heading_kind(words[0]) == "share" or not words[0].isalpha()):
        words.pop(0)
    return " ".join(words)


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
