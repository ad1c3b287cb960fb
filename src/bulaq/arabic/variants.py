"""Spellings that stand for one word, learned from the archive itself; no list of names.

Two kinds are learned, both over light stems:

* A one-letter clitic that the analyser leaves on («بغزة»), because only the archive can tell it from a letter of the
  word («بغداد»): it is taken for a clitic when the word without it is the more frequent one.
* A foreign name written in two ways («غوغل» and «جوجل», «كمبردج» and «كيمبرج»): the consonants agree, up to the
  letters between which transliterations waver, and the words around them are the same.

The result is a table for the query: it never changes what is indexed, so that it can be learned anew at any time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from bulaq.arabic.stemming import light_stem, name_skeleton, root_of
from bulaq.arabic.stop_words import STOP_WORDS

Table = dict[str, tuple[tuple[str, float], ...]]
"""Light stem → its variants with the trust in each (0 to 1), most trusted first."""

Words = npt.NDArray[np.uint32]

_CLITICS: Final = "بلكفسو"
_BEFORE_OTHERS: Final = "وف"  # the clitics that another one may follow
_CLITIC_TRUST: Final = 0.9
_G_TRUST: Final = 0.9
_LEAST_TRUST: Final = 0.75
_CLITIC_RATIO: Final = 2.0  # times as frequent must the word without the letter be
_SHORT_RATIO: Final = 5.0
_RAREST_WORD: Final = 3  # documents with the word without its clitic
_LEAST_LETTERS: Final = 4  # of a name that may be respelt
_COMMON_NAME: Final = 3  # documents with the more frequent of two spellings
_MOST_PAIRS: Final = 400_000
_LARGEST_GROUP: Final = 24
_LEAST_LIKENESS: Final = 0.25  # where only vowels and g, k, gh, j differ
_LEAST_LIKENESS_FURTHER: Final = 0.4  # where other consonants waver, or one is missing
_LEAST_LIKENESS_FURTHER_OF_RARE: Final = (
    0.2  # likewise, where one spelling is much rarer, with few words around it
)
_LEAST_LIKENESS_OF_RARE: Final = 0.12  # where it is much rarer, and only vowels and g, k, gh, j differ
_LEAST_LIKENESS_OF_G: Final = 0.1  # where only غ and ج differ: the g of «بوغبا» is «بوجبا» in Egypt
_MUCH_RARER: Final = 10
_FAMILY: Final = 6  # light stems of a root that is no name's
_WELL_KNOWN: Final = 5  # documents with a light stem that counts among them
_NAME_ROOT: Final = 4  # consonants of two spellings whose contexts may be so little alike
_G: Final = str.maketrans("غ", "ج")
_G_AND_K: Final = str.maketrans("غجق", "ككك", "اوي")
_NO_VOWELS: Final = str.maketrans("", "", "اوي")
_MOST_VARIANTS: Final = 6
_REACH: Final = (-2, -1, 1, 2)
_PARTING: Final = np.zeros(max(_REACH), dtype=np.uint32)


def learn_clitics(vocabulary: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """Pairs (word, the same with a clitic) and the trust in them, from document frequencies of light stems."""
    pairs = {}
    for word, frequency in vocabulary.items():
        if len(word) < 4 or word[0] not in _CLITICS:
            continue
        bare = word[1:]
        if (
            len(bare) >= 4
            and word[0] in _BEFORE_OTHERS
            and bare[0] in _CLITICS
            and vocabulary.get(bare[1:], 0) >= _CLITIC_RATIO * max(vocabulary.get(bare, 0), frequency)
        ):
            bare = bare[1:]  # «وبغزة»
        if bare not in vocabulary:  # its own beginning may look like an article: «بكاليفورنيا»
            bare = light_stem(bare)
        if bare in STOP_WORDS:  # «فلبين» is no «between»
            continue
        known = vocabulary.get(bare, 0)
        if len(bare) >= 3 and known >= _RAREST_WORD and known >= _CLITIC_RATIO * frequency:
            pairs[bare, word] = _CLITIC_TRUST
    return pairs


def short_clitic_candidates(vocabulary: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs (word, the same with a letter before) of words so short («غز» of «غزة», «بغز» of «بغزة») that their
    frequencies alone would deceive («لبن» is not «بن»): the words around them must decide."""
    return [
        (word[1:], word)
        for word, frequency in vocabulary.items()
        if len(word) == 3
        and word[0] in _CLITICS
        and frequency > 1
        and vocabulary.get(word[1:], 0) >= _SHORT_RATIO * frequency
        and word not in STOP_WORDS
        and word[1:] not in STOP_WORDS
    ]


def spelling_candidates(vocabulary: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs of light stems that may be two spellings of a foreign name, by their consonants alone."""
    groups: dict[str, list[str]] = defaultdict(list)
    roots: dict[str, str] = {}
    for word, frequency in vocabulary.items():
        if frequency < 1 or len(word) < _LEAST_LETTERS or not ("\u0620" <= word[0] <= "\u06ff"):
            continue
        skeleton = name_skeleton(word)
        if len(skeleton) >= 3:
            groups[skeleton].append(word)
            roots[word] = root_of(word)
    for skeleton in [key for key in groups if len(key) >= 4]:
        for place in range(1, len(skeleton)):  # one consonant fewer: كمبردج, كيمبرج
            shorter = skeleton[:place] + skeleton[place + 1 :]
            if len(skeleton) >= 5 and shorter in groups:
                groups[f"{shorter}+{skeleton}"] = groups[shorter] + groups[skeleton]
    pairs: dict[tuple[str, str], None] = {}
    for members in groups.values():
        if len(members) < 2:
            continue
        members = sorted(set(members), key=lambda word: (-vocabulary[word], word))[:_LARGEST_GROUP]
        for first, second in combinations(members, 2):
            if (
                vocabulary[first] >= _COMMON_NAME
                and abs(len(first) - len(second)) <= 2
                # Of a name the root is all its consonants; of other words it finds both forms already.
                and (roots[first] != roots[second] or len(roots[first]) >= _NAME_ROOT)
            ):
                pairs[first, second] = None
        if len(pairs) > _MOST_PAIRS:
            break
    return list(pairs | _with_either_g(vocabulary))


def _with_either_g(vocabulary: Mapping[str, int]) -> dict[tuple[str, str], None]:
    """Pairs of light stems in which only the letter for g differs, the more frequent one first."""
    pairs: dict[tuple[str, str], None] = {}
    for word in vocabulary:
        other = word.translate(_G)
        if other != word and other in vocabulary and len(word) >= _LEAST_LETTERS:
            first, second = sorted((word, other), key=lambda each: (-vocabulary[each], each))
            if vocabulary[first] >= _COMMON_NAME:
                pairs[first, second] = None
    return pairs


def context_likeness(
    pairs: Iterable[tuple[str, str]], texts: Iterable[Words], code_of: Mapping[str, int]
) -> dict[tuple[str, str], float]:
    """How alike the words around the two of each pair are: the cosine of their neighbours within two words, a
    neighbour counting by log(1 + times) and by how rare it is. Neighbours that differ by غ and ج alone are one: who
    writes «هونج» writes «كونج» beside it. `texts` hold words as numbers, `code_of` tells the number of a light stem."""
    pairs = [pair for pair in pairs if pair[0] in code_of and pair[1] in code_of]
    wanted = np.unique(np.array([code_of[word] for pair in pairs for word in pair], dtype=np.uint32))
    if not wanted.size:
        return {}
    keys, counts = _neighbours(texts, wanted, _one_way_of_writing_g(pairs, code_of))
    neighbour = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    _, which, times = np.unique(neighbour, return_inverse=True, return_counts=True)
    rarity = np.log(1 + len(wanted) / times)
    weights = np.log1p(counts) * rarity[which]
    owner = np.searchsorted(wanted, (keys >> np.uint64(32)).astype(np.uint32))
    norms = np.sqrt(np.bincount(owner, weights**2, len(wanted)))
    starts = np.searchsorted(owner, np.arange(len(wanted) + 1))
    likeness = {}
    place_of = dict(zip(wanted.tolist(), range(len(wanted)), strict=True))
    for first, second in pairs:
        a, b = place_of[code_of[first]], place_of[code_of[second]]
        of_a, of_b = slice(starts[a], starts[a + 1]), slice(starts[b], starts[b + 1])
        if starts[a + 1] - starts[a] > starts[b + 1] - starts[b]:
            of_a, of_b = of_b, of_a
        larger = which[of_b]
        if a == b or not len(larger):
            continue
        place = np.minimum(np.searchsorted(larger, which[of_a]), len(larger) - 1)
        both = larger[place] == which[of_a]
        product = float((weights[of_a][both] * weights[of_b][place[both]]).sum())
        likeness[first, second] = product / max(float(norms[a] * norms[b]), 1e-9)
    return likeness


def _one_way_of_writing_g(
    pairs: Iterable[tuple[str, str]], code_of: Mapping[str, int]
) -> Callable[[Words], Words]:
    """Puts in place of some words' numbers those of the same words with the other letter for g."""
    first_of: dict[str, int] = {}
    for pair in pairs:
        if pair[0].translate(_G) == pair[1].translate(_G):
            for word in pair:
                first_of.setdefault(word.translate(_G), code_of[word])
    one_of = {code_of[word]: first_of.get(word.translate(_G)) for pair in pairs for word in pair}
    known = sorted((code, one) for code, one in one_of.items() if one is not None)
    if not known:
        return lambda words: words
    codes, ones = np.array(known, dtype=np.uint32).T

    def written_one_way(words: Words) -> Words:
        place = np.minimum(np.searchsorted(codes, words), len(codes) - 1)
        return np.where(codes[place] == words, ones[place], words)

    return written_one_way


def _neighbours(
    texts: Iterable[Words], wanted: Words, written_one_way: Callable[[Words], Words]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Sorted keys (word << 32 | neighbour) and how often each occurs."""
    keys = np.zeros(0, dtype=np.uint64)
    counts = np.zeros(0, dtype=np.int64)
    for batch in _batches(texts):
        place = np.searchsorted(wanted, batch)
        hits = np.flatnonzero(wanted[np.minimum(place, len(wanted) - 1)] == batch)
        hits = hits[(hits >= 2) & (hits < len(batch) - 2)]
        found = [
            batch[hits].astype(np.uint64) << np.uint64(32)
            | written_one_way(batch[hits + step]).astype(np.uint64)
            for step in _REACH
        ]
        new_keys, new_counts = np.unique(np.concatenate(found), return_counts=True)
        words = (new_keys & np.uint64(0xFFFFFFFF)) != 0
        new_keys, new_counts = new_keys[words], new_counts[words]
        merged, inverse = np.unique(np.concatenate([keys, new_keys]), return_inverse=True)
        counts = np.bincount(inverse, np.concatenate([counts, new_counts]), len(merged)).astype(np.int64)
        keys = merged
    return keys, counts


def _batches(texts: Iterable[Words], size: int = 2_000_000) -> Iterator[Words]:
    """The texts in a row, noughts between them, over which no word is a neighbour."""
    gathered: list[Words] = []
    length = 0
    for text in texts:
        gathered += (text, _PARTING)
        length += len(text)
        if length >= size:
            yield np.concatenate(gathered)
            gathered, length = [], 0
    if gathered:
        yield np.concatenate(gathered)


def table_of(
    clitics: Mapping[tuple[str, str], float],
    likeness: Mapping[tuple[str, str], float],
    vocabulary: Mapping[str, int],
) -> Table:
    """The table for the query, from the learned pairs; a name's trust grows with the likeness of its contexts."""
    gathered: dict[str, dict[str, float]] = defaultdict(dict)
    families = _families(vocabulary)

    def add(first: str, second: str, trust: float) -> None:
        for a, b in ((first, second), (second, first)):
            gathered[a][b] = max(trust, gathered[a].get(b, 0.0))

    for (word, with_clitic), trust in clitics.items():
        add(word, with_clitic, trust)
    for (first, second), value in likeness.items():
        if first == second[1:]:
            if value >= _LEAST_LIKENESS:
                add(first, second, _CLITIC_TRUST)
            continue
        if value >= _least_likeness(first, second, vocabulary, families):
            least_trust = _G_TRUST if first.translate(_G) == second.translate(_G) else _LEAST_TRUST
            add(first, second, max(least_trust, round(min(1.0, 0.5 + value), 2)))
    return {
        word: tuple(sorted(others.items(), key=lambda item: (-item[1], item[0]))[:_MOST_VARIANTS])
        for word, others in gathered.items()
    }


def _families(vocabulary: Mapping[str, int]) -> Counter[str]:
    """How many light stems of each root the archive has. A word of the language has a family («علاج»: «عالج», «معالج»,
    «يعالج»), a foreign name hardly."""
    known = (word for word, frequency in vocabulary.items() if frequency >= _WELL_KNOWN)
    return Counter(root_of(word) for word in known if "\u0620" <= word[:1] <= "\u06ff")


def _least_likeness(
    first: str, second: str, vocabulary: Mapping[str, int], families: Mapping[str, int]
) -> float:
    """How alike the contexts of two spellings must be, the first the more frequent one."""
    rare = vocabulary.get(second, 0) * _MUCH_RARER <= vocabulary.get(first, 0)
    roots = root_of(first), root_of(second)
    of_language = min(families.get(root, 0) for root in roots) >= _FAMILY
    known_names = min(len(name_skeleton(first)), len(name_skeleton(second))) >= _NAME_ROOT
    if first.translate(_G_AND_K) != second.translate(_G_AND_K):
        told = rare and known_names and not of_language
        return _LEAST_LIKENESS_FURTHER_OF_RARE if told else _LEAST_LIKENESS_FURTHER
    other_consonants = first.translate(_NO_VOWELS) != second.translate(_NO_VOWELS)
    if other_consonants and roots[0] != roots[1] and of_language:
        return _LEAST_LIKENESS_FURTHER  # two words of the language: «علاج», «علاق»
    if first.translate(_G) == second.translate(_G):
        return _LEAST_LIKENESS_OF_G
    if rare and known_names and roots[0] != roots[1]:
        return _LEAST_LIKENESS_OF_RARE
    return _LEAST_LIKENESS
