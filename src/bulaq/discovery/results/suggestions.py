"""Ways to go on typing: phrases from headlines that begin as the reader has begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bulaq.arabic.analysis import Analyser, Token
from bulaq.arabic.stemming import fold
from bulaq.arabic.stop_words import STOP_WORDS

_MOST_WORDS: Final = 4  # words of a suggestion beyond those already typed


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was typed: the words that are whole, in their exact form, and the one that is being typed."""

    whole: tuple[str, ...]
    started: str


def beginning(prefix: str, analyser: Analyser) -> Beginning:
    """Understand what was typed; a space at the end says that the last word is whole."""
    prefix = prefix[-100:]
    words = [analyser.term(word).exact for word in analyser.words(prefix)][-6:]
    if not words:
        return Beginning((), "")
    if prefix[-1:].isspace():
        return Beginning(tuple(words), "")
    return Beginning(tuple(words[:-1]), words[-1])


def continuations(
    typed: Beginning, headlines: Iterable[str], analyser: Analyser, limit: int
) -> tuple[str, ...]:
    """The phrases by which the headlines (best first) go on from what was typed, the most frequent first, then the
    one of the better headline. A headline counts from the first place where it holds the words typed in a row."""
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    for headline in headlines:
        tokens = analyser.tokens(headline)
        exact = [_exact(token.text) for token in tokens]
        start = _place(typed, exact)
        if start is None:
            continue
        end = start + len(typed.whole) + bool(typed.started)
        for stop in range(max(end, start + 1), min(end + _MOST_WORDS, len(tokens)) + 1):
            ends_on_stop_word = not exact[stop - 1] or exact[stop - 1] in STOP_WORDS
            if ends_on_stop_word or (stop > end and _parted(headline, tokens[stop - 2], tokens[stop - 1])):
                if not ends_on_stop_word:
                    break
                continue
            key = tuple(exact[start:stop])
            counts[key] += 1
            shown.setdefault(key, headline[tokens[start].start : tokens[stop - 1].end])
    places = {key: place for place, key in enumerate(shown)}
    best = sorted(counts, key=lambda key: (-counts[key] * min(len(key), 3), places[key]))
    chosen: list[tuple[str, ...]] = []
    for key in best:
        longer = any(
            counts[other] == counts[key] and other[: len(key)] == key for other in best if other != key
        )
        if not longer or counts[key] > 1:
            chosen.append(key)
        if len(chosen) == limit:
            break
    return tuple(shown[key] for key in chosen)


def _exact(word: str) -> str:
    """The word as `Analyser.term` has it, without its stem and root: of many headlines few words are looked at."""
    return fold(word[:64]).replace(" ", "")


def _place(typed: Beginning, words: list[str]) -> int | None:
    count = len(typed.whole)
    for start in range(len(words) - count + (not typed.started)):
        if tuple(words[start : start + count]) == typed.whole and (
            not typed.started or words[start + count].startswith(typed.started)
        ):
            return start
    return None


def _parted(text: str, before: Token, after: Token) -> bool:
    """Whether punctuation stands between two words: a phrase does not go on over it."""
    return bool(text[before.end : after.start].strip())
