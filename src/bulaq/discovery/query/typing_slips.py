"""Slips of the hand that no dictionary of words mends: the wrong keyboard, a space too few or too many.

Each is undone only towards words that the archive knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bulaq.arabic.analysis import Analyser, Term
from bulaq.arabic.stop_words import STOP_WORDS

Guesses = tuple[tuple[str, float], ...]
"""Light stems, with the trust in each."""
Vocabulary = Mapping[str, int]
"""Light stem → documents that hold it."""

_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"
_ARABIC_KEYS: Final = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"
_TO_ARABIC: Final = str.maketrans({**dict(zip(_LATIN_KEYS, _ARABIC_KEYS, strict=True)), "b": "لا"})
_TO_LATIN: Final = str.maketrans(_ARABIC_KEYS, _LATIN_KEYS)
_KEY_IN_WORD: Final = re.compile(r"[^\W\d_][\[\];,./`][^\W\d_]|[\[\];`]")  # a sign where Arabic has a letter
_LEAST_LETTERS: Final = 3  # of some word that the other keyboard must give
_LEAST_PART: Final = 3  # letters of each of two words written as one
_SHORT_PART: Final = 2  # of a preposition before an article: «فيالقاهرة»
_FIRST_OF_NAME: Final = ("عبد", "ابو", "ابي", "ابا")
_LAST_OF_NAME: Final = ("الله", "الدين")
_MUCH_RARER: Final = 5.0
"""Times as rare as each of its parts must a word be that is written, but seldom, without its space before an article."""
_FAR_RARER: Final = 100.0
_HARDLY: Final = 2  # documents with a word that may still be two long ones
_LONG_PART: Final = 4  # letters of each
_OF_GOD: Final = re.compile(r"([a-z']{3,})[aou]llah")
_DIGIT_FIRST: Final = re.compile(r"(?<![^\W_])[235-9]([A-Za-z][A-Za-z0-9']{2,})")


def words_typed(text: str, analyser: Analyser, vocabulary: Vocabulary) -> list[str]:
    """The words of a text, a digit that stands for an Arabic letter («7ezb», «3omar») taken as the first of its word, when
    the archive does not know what follows it («5 cent»)."""
    words: list[str] = []
    start = 0
    for match in _DIGIT_FIRST.finditer(text):
        if vocabulary and analyser.term(match[1]).light not in vocabulary:
            words += (*analyser.words(text[start : match.start()]), match[0])
            start = match.end()
    return words + analyser.words(text[start:])


def retyped(
    text: str, analyser: Analyser, vocabulary: Vocabulary, meant: Callable[[Term], Guesses] = lambda _: ()
) -> str | None:
    """What was meant by someone who forgot to change the keyboard («hgl]vsm» is «المدرسة» on the keys of the common
    Arabic one, and the other way round), or None when that is not likely: when the archive knows any of the words as
    typed, or not all of those on the other keys, or better knows the names that they are `meant` for («Hong Kong»)."""
    typed = analyser.terms(text)
    words = [
        term for term in typed if len(term.exact) > 1
    ]  # a letter alone is known from somewhere: «s,vdh», S&P
    if not words or not vocabulary or any(term.light in vocabulary or term.stop for term in words):
        return None
    arabic = any("\u0620" <= letter <= "\u064a" for letter in text)
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    if arabic == latin:
        return None
    other = text.replace("لا", "b").translate(_TO_LATIN) if arabic else text.lower().translate(_TO_ARABIC)
    terms = [term for term in analyser.terms(other) if not term.stop]
    least = min((vocabulary.get(term.light, 0) for term in terms), default=0)
    telling = any(len(term.exact) >= _LEAST_LETTERS for term in terms)
    if not (least and telling):
        return None
    if latin and not _KEY_IN_WORD.search(text):
        names = ([vocabulary.get(light, 0) for light, _ in meant(term)] for term in words)
        if min(max(held, default=0) for held in names) > least:
            return None
    return other


def parted(
    term: Term, analyser: Analyser, vocabulary: Vocabulary, *, guessed: bool
) -> tuple[str, str] | None:
    """The two words that were written as one («البحرالميت»), or None when the word is one. A word that the archive
    knows, or something near it (`guessed`), is taken apart only as a name («عبدالسلام», «أبوبكر», «نصرالله»), before an
    article when it is much rarer than both parts, or where hardly anybody wrote it and both parts are long words that very
    many did."""
    word = term.exact
    of_god = _OF_GOD.fullmatch(word)
    if of_god and not vocabulary.get(term.light):
        return of_god[1], "allah"  # «Hezbollah», «Nasrallah»
    if (
        term.stop
        or not vocabulary
        or not _LEAST_PART + _SHORT_PART <= len(word) <= 32
        or not "\u0620" <= word[0] <= "\u064a"
    ):
        return None
    written = vocabulary.get(term.light, 0)
    inflected = len(word) - len(term.light) > 1
    best: tuple[int, tuple[str, str]] | None = None
    for place in range(_SHORT_PART, len(word) - _LEAST_PART + 1):
        parts = word[:place], word[place:]
        before_article = parts[1].startswith("ال")
        of_name = _is_name(*parts, before_article, inflected)
        long = written <= _HARDLY and not guessed and min(map(len, parts)) >= _LONG_PART
        if (written or guessed) and not (before_article or of_name or long):
            continue
        if place < _LEAST_PART and not (before_article and parts[0] in STOP_WORDS):
            continue
        times = min(vocabulary.get(analyser.term(part).light, 0) for part in parts)
        if times and (of_name or times >= written * (_MUCH_RARER if before_article else _FAR_RARER)):
            value = times * (1_000 if before_article or of_name else 1)
            if best is None or value > best[0]:
                best = value, parts
    return best[1] if best else None


def _is_name(first: str, second: str, before_article: bool, inflected: bool) -> bool:
    """Whether two words are a name that people write with a space and without, however often each way."""
    if first in _FIRST_OF_NAME:
        return before_article or not inflected  # «أبوابها» is no «father of Abha»
    return second in _LAST_OF_NAME and not first.startswith("ال")  # «الوالدين»


def joined(first: Term, second: Term, analyser: Analyser, vocabulary: Vocabulary) -> str | None:
    """The light stem of two words written as one («عبد السلام», «أبو ظبي»), when the archive has it so."""
    if first.stop or second.stop or len(first.exact) < 2 or len(second.exact) < _LEAST_PART:
        return None
    light = analyser.term(first.exact + second.exact).light
    return light if vocabulary.get(light) else None


def with_its_lam(term: Term, analyser: Analyser, vocabulary: Vocabulary) -> str | None:
    """The light stem of what follows «to the», when its own first letter is ل: «لليرة» may be «الليرة», of which one
    ل is not written; the analyser takes both off."""
    if not term.exact.startswith("لل") or len(term.exact) < 5:
        return None
    light = analyser.term(term.exact[1:]).light
    return light if light != term.light and vocabulary.get(light) else None
