"""Where the text of a page on one line opens: behind its date, its byline and the labels around them, with its first verb."""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import find_dates
from bulaq.intake.box_headings import fold_heading, heading_kind
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.bylines.places import place_score
from bulaq.intake.flat.lines.opening_verbs import OPENING_WORDS
from bulaq.intake.flat.lines.sentences import MIN_SENTENCE, PARAGRAPH_WORDS, STOP
from bulaq.intake.html.layout.noise import noise_line

_MEET_AT = 15
"""Words under the date in which the verb that opens a report is looked for (a caption, labels stand between)."""

HEAD_SENTENCES = 4
"""Sentences in which the head may stand: a question in a poll or in a headline ends one."""


def opening_of(sentences: list[str]) -> tuple[int, list[str], str]:
    """The sentence that the text opens with, by its number; the date and the byline above it; and it without what
    stands above."""
    last: tuple[int, str, str] | None = None
    for number, sentence in enumerate(sentences[:HEAD_SENTENCES]):
        for found in find_dates(sentence):
            late = number > 0 and sentences[number - 1].endswith(".") and found.span[0] > NEAR_THE_TOP
            if found.precision == "month" or late:
                continue
            date = sentence[found.span[0] : found.span[1]]
            rest = _behind_labels(sentence[found.span[1] :].split())
            if len(rest) < MIN_SENTENCE:
                if number + 1 < len(sentences) and STOP.search(sentence):
                    last = (number + 1, date, sentences[number + 1])  # a caption's last words, or nothing
                continue
            signed = _signed(rest[: _MEET_AT + MIN_SENTENCE])
            if signed is not None:
                return number, [date, " ".join(rest[slice(*signed)])], " ".join(rest[signed[1] :])
            if _opens_at_once(rest[0]):
                return number, [date], " ".join(rest)
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


_WHEN_LIST = "منذ طوال خلال بعد قبل رغم في علي مع تزامنا وسط بينما عندما لدي بالتزامن بالرغم"
_WHEN = frozenset(_WHEN_LIST.split())
"""Words that open a report with when and how; a caption begins with what it shows."""


def _opens_at_once(word: str) -> bool:
    folded = fold_heading(word)
    return folded in _WHEN or bool(_FINITE.match(folded))


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
        if person_score(" ".join(words[index + 1 : index + 3])) >= KNOWN_PERSON:
            return begin, index + 3
    return None


LIKELY_PERSON = 1.2
"""`person_score` of names between a place and a verb, where little else can stand."""


KNOWN_PERSON = 3.5
"""`person_score` of two words that are a name whatever follows."""


def _is_place(words: list[str]) -> bool:
    return place_score(" ".join(words)) >= 3


def _opens_text(sentence: str) -> bool:
    words = sentence.split()
    return _signed(words) is not None or any(fold_heading(word) in OPENING_WORDS for word in words)


FRAMED = re.compile(r"[»›>]|(?:^|\s)(?:الرئيس(?:ي)?ة|الصفحة الرئيسية|تسجيل الدخول|Home)\s")


def _undated_opening(sentence: str) -> tuple[int, list[str], str]:
    """The first sentence without what stands above the text, where no date tells."""
    words = sentence.split()
    signed = _signed(words)
    if signed is not None:
        return 0, [" ".join(words[slice(*signed)])], " ".join(words[signed[1] :])
    if len(words) <= PARAGRAPH_WORDS and not FRAMED.search(sentence):
        return 0, [], sentence
    for index, word in enumerate(words[:-MIN_SENTENCE]):
        if fold_heading(word) in OPENING_WORDS:
            return 0, [], " ".join(words[index:])
    return 0, [], " ".join(words[-PARAGRAPH_WORDS:])


_CREDIT = re.compile(r"\((?:أرشيفية|ارشيفية|أرشيف|تعبيرية|رويترز|غيتي|[أا]\.?ف\.?ب)\)")


def _behind_labels(words: list[str]) -> list[str]:
    """The words behind the last labels of the frame (ways to share, a picture's credit) that stand near the top: two
    in a row at least, or the first words."""
    near = words[: _MEET_AT + MIN_SENTENCE]
    labels = [
        bool(noise_line(word) and word.isalpha())
        or "share" in (heading_kind(word), heading_kind(" ".join(near[max(0, index - 1) : index + 1])))
        for index, word in enumerate(near)
    ]
    last = 0
    for index, word in enumerate(near):
        if _CREDIT.fullmatch(word) or (labels[index] and (index == last or labels[index - 1])):
            last = index + 1
    if len(words) > last + 1 and agency_score(words[last]) >= SURE_AGENCY and words[last + 1].isalpha():
        last += 1  # the credit of a picture
    return words[last:]


SURE_AGENCY = 8.0
"""`agency_score` of what is an agency and nothing else."""


def _without_labels(text: str) -> str:
    words = text.split()
    while words and not words[0].isalpha():
        words.pop(0)
    return " ".join(words)
