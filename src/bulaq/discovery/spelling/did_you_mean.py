"""«Did you mean»: a query with the words that nobody wrote replaced by the nearest that somebody did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from bulaq.arabic.analysis import Analyser
from bulaq.arabic.stemming import fold
from bulaq.discovery.query.parsing import Query, QueryWord
from bulaq.discovery.results.hits import texts_of
from bulaq.discovery.spelling.edit_distance import distances
from bulaq.discovery.spelling.learning import Learned
from bulaq.discovery.terms.codes import LIGHT, Codes, light_code

LOOKED_AT: Final = 12
"""Documents in which it is looked how a word is written."""
_LEAST_DOCUMENTS: Final = 2  # in which a proposed word must stand


Written = Callable[[str], Mapping[str, int]]
"""The forms in which some documents have a light stem, and how often."""


def did_you_mean(query: Query, learned: Learned, written: Written) -> str | None:
    """The corrected query, or None when every word is known or nothing near is. Of the forms that are `written`, the one
    nearest to what was typed is proposed, for a Latin name the most frequent.

    Names in Latin letters are proposed in Arabic ones all or none («جمال Khashoggi» helps nobody), and not when some
    document has each of them as it was typed."""
    proposed = {word.surface: _proposed(word, learned, written) for word in query.words}
    latin = [word for word in query.words if word.surface.isascii() and word.surface.isalpha()]
    known = all(word.term.light in learned.vocabulary for word in latin)
    corrected = _replaced(query.text, proposed)
    if latin and (known or any(letter.isascii() and letter.isalpha() for letter in corrected)):
        corrected = _replaced(query.text, {**proposed, **dict.fromkeys(word.surface for word in latin)})
    return corrected if query.retyped or corrected != query.text else None


def _replaced(text: str, proposed: Mapping[str, str | None]) -> str:
    """The text with the words that are proposed in place of whole words of it."""
    typed = sorted(filter(proposed.get, proposed), key=len, reverse=True)
    if not typed:
        return text
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, typed))})(?!\w)")
    return words.sub(lambda match: proposed[match.group()] or match.group(), text)


def _proposed(word: QueryWord, learned: Learned, written: Written) -> str | None:
    """How the word that was likeliest meant is written; None when it was the one that was typed."""
    respelt = {light for light, _ in learned.variants.get(word.term.light, ())}  # as right as what was typed
    variants = {variant.light for variant, _ in word.variants} - respelt
    light = next((light for light, _ in learned.possible(word.term) if light in variants), None)
    forms = written(light) if light and learned.vocabulary.get(light, 0) >= _LEAST_DOCUMENTS else {}
    if not forms:
        return None
    folded = list(map(fold, forms))
    away = [0] * len(forms) if word.surface.isascii() else distances(word.term.exact, folded)
    seldom = (-learned.forms.get(form, 0) for form in folded)
    seldom_so = (-times for times in forms.values())
    return min(zip(away, seldom, seldom_so, forms, strict=True))[3]


def forms_in(documents: Iterable[tuple[str, Codes, Codes]], light: str, analyser: Analyser) -> Counter[str]:
    """The forms of a light stem in headlines and texts, and how often each stands there. Of each document its source
    (`hits.source_of`), and the codes of headline and text, which tell where to look."""
    return Counter(form for document in documents for form in _forms(document, light, analyser))


def _forms(document: tuple[str, Codes, Codes], light: str, analyser: Analyser) -> Iterator[str]:
    source, *codes = document
    for text, written in zip(texts_of(source), codes, strict=True):
        places = np.flatnonzero(written & np.uint32(LIGHT) == light_code(light)).tolist()
        words = analyser.words(text) if places else []
        yield from (words[at] for at in places if at < len(words) and analyser.term(words[at]).light == light)
