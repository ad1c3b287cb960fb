"""From a word to its normalised form, its light stem, its consonantal root and the skeleton of a name.

All functions take one word. `fold` takes it as written; the others take what `fold` gave.

The light stem follows the idea of light10 (Larkey, Ballesteros and Connell, 2002): take off conjunctions, the article
with its prepositions, and the endings of gender, number and possession, never so much that under two letters remain.
The deep stem is our own: it goes on with the patterns (أوزان) of Arabic derivation and its broken plurals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Final

from bulaq.arabic.normalise import for_matching
from bulaq.arabic.own_letters import alif_lam_is_its_own, clitic_is_its_own, lam_is_its_own, waw_is_its_own
from bulaq.arabic.stop_words import STOP_WORDS

_NOTHING: Final = str.maketrans("", "", "ء,' \u2019")
_HAMZA_BEFORE_WAW: Final = re.compile("(?<!\u0627.)\u0626(?=[\u064b-\u065f]*\u0648)")


def fold(word: str) -> str:
    """The word as people mean it: «الأُمــم» → «الامم», «٢٬٠٢٤» → «2024», «Zürich» → «zurich».

    `for_matching`, and without the hamza on the line, the separators of thousands, and apostrophes. Before «و» hamza
    has two seats, one usual in Egypt and one elsewhere: «مسئول» is «مسؤول». («لاجئون» is the plural of «لاجئ».)
    """
    if "\u0626" in word:
        word = _HAMZA_BEFORE_WAW.sub("\u0624", word)
    return for_matching(word).translate(_NOTHING)


_ALLAH: Final = dict.fromkeys(("الله", "والله", "بالله", "لله", "فالله", "تالله"), "الله")
_ARTICLES: Final = (
    ("فبال", "فكال", "اال"),
    ("فال", "بال", "كال", "فلل"),
    ("ال", "لل"),
)
_ANY_ARTICLE: Final = tuple(article for group in _ARTICLES for article in group)
_PRONOUNS: Final = (("هما", 3), ("هم", 3), ("هن", 3), ("ها", 3), ("نا", 4), ("كم", 4))
"""Suffix pronouns, of which one is taken off, with the letters that must remain: four for those of the first and second
persons, rare in news and like the end of many a word («محاكم»)."""
_ENDINGS: Final = (
    ("ها", 2),
    ("وا", 3),
    ("ان", 4),
    ("ات", 2),
    ("ون", 4),
    ("ين", 4),
    ("يه", 3),
    ("ه", 2),
    ("ي", 3),
    ("اي", 4),
    ("ت", 3),
    ("ا", 4),
)
"""Endings in the order in which they are tried, each once, with the letters that must remain. How many these are was
read from two archives: of pairs of words with and without an ending, the share that stands among the same words."""


def light_stem(word: str) -> str:
    """The word without clitics and inflection: «والحكومات» → «حكوم», «بالمدرسه» → «مدرس»."""
    sacred = _ALLAH.get(word)
    if sacred is not None:
        return sacred
    stem = _without_pronoun(_without_prefix(word))
    for ending, least in _ENDINGS:
        rest = stem.removesuffix(ending)
        if rest is not stem and len(rest) >= least and not _spoilt(rest, ending):
            stem = rest
    return stem


def _without_pronoun(stem: str) -> str:
    """The word without «his», «her», «their»; a ت before them is that of the ending, or the ه of a singular."""
    if stem.endswith("ته") and len(stem) >= 5:
        return _singular(stem[:-1])
    for pronoun, least in _PRONOUNS:
        rest = stem.removesuffix(pronoun)
        # «مساهم», «تفاهم»: after an ا it is more often a letter of the word.
        if rest is not stem and len(rest) >= least + (rest[-1:] == "ا" and pronoun != "ها"):
            return stem if rest in STOP_WORDS else _singular(rest)
    return stem


def _singular(rest: str) -> str:
    """«مسووليت» (of «مسؤوليتها») → «مسووليه»; not «علاقات», «تصويت»."""
    kept = len(rest) < 4 or not rest.endswith("ت") or rest.endswith("ات") or (rest[0] + rest[-2] == "تي")
    return rest if kept else f"{rest[:-1]}ه"


def _spoilt(rest: str, ending: str) -> bool:
    """Whether an ending is a part of the word: the ا of «روسيا», the ات without which «فئات» would be «في»."""
    return (ending == "ا" and rest[-1] == "ي") or rest in STOP_WORDS


def _without_prefix(word: str) -> str:
    if word[:1] == "و" and len(word) >= 4:
        if waw_is_its_own(word):
            return word
        word = word[1:]
        if waw_is_its_own(word):  # «ووزير»
            return word
    return _without_article(word)


def _without_article(word: str) -> str:
    if not word.startswith(_ANY_ARTICLE):
        return word
    for group in _ARTICLES:
        for article in group:
            if not word.startswith(article) or len(word) - len(article) < 2:
                continue
            if len(article) == 3 and clitic_is_its_own(word):
                return word
            if article.endswith("ال") and alif_lam_is_its_own(word[len(article) - 2 :]):
                return word[len(article) - 2 :]
            if article.endswith("لل") and lam_is_its_own(word[len(article) - 1 :]):
                return word[len(article) - 1 :]
            return word[len(article) :]
    return word


# The patterns (أوزان) in normalised letters, ف ع ل standing for the root; the feminine ه is off already, and a final
# hamza («فعلاء», «أفعلاء») has gone with normalisation. Verbs, participles, verbal nouns, and the broken plurals.
_PATTERNS: Final = """
فاعل فعال فعول فعيل مفعل تفعل افعل نفعل يفعل فوعل فيعل
مفعول مفعال مفعيل تفعيل تفعال افعال مفاعل فواعل فعايل تفاعل انفعل افتعل مفتعل منفعل متفعل يفتعل ينفعل يتفعل تفتعل
تنفعل تتفعل نفتعل فاعول يفاعل فعالي فعلان فعالا
استفعل مستفعل يستفعل تستفعل نستفعل افتعال انفعال متفاعل مفاعيل تفاعيل فواعيل افاعيل يتفاعل تتفاعل افعلال
استفعال افتعالا انفعالا
""".split()  # noqa: SIM905
_ROOT_PLACES: Final = "فعل"
_VERB_ENDINGS: Final = ("وا", "ين", "ون", "تم", "نا", "ت", "ا", "ن")
_VERB_BEGINNINGS: Final = ("سي", "ست", "سن", "سا", "لي", "لت", *"يتناملبفكسو")
_INFIX: Final = re.compile("[اوي]")


_Fixed = Callable[[str], object]


def _compiled() -> dict[int, list[tuple[_Fixed, dict[object, tuple[int, int, int]]]]]:
    """Length → for each set of places that some patterns fix, most places first: what picks the letters there, and
    those letters → the places of the root."""
    groups: dict[tuple[int, tuple[int, ...]], dict[object, tuple[int, int, int]]] = {}
    for pattern in _PATTERNS:
        first, second, third = (pattern.index(letter) for letter in _ROOT_PLACES)
        fixed = tuple(place for place in range(len(pattern)) if place not in (first, second, third))
        letters = itemgetter(*fixed)(pattern)
        groups.setdefault((len(pattern), fixed), {}).setdefault(letters, (first, second, third))
    compiled: dict[int, list[tuple[_Fixed, dict[object, tuple[int, int, int]]]]] = {}
    for (length, fixed), roots in sorted(groups.items(), key=lambda item: -len(item[0][1])):
        compiled.setdefault(length, []).append((itemgetter(*fixed), roots))
    return compiled


_BY_LENGTH: Final = _compiled()


def _root_by_pattern(stem: str) -> str | None:
    if len(stem) == 4 and ((stem[0] == "ت" and "ا" not in stem) or stem.startswith("مو")):
        return stem[1:]  # «تطور», «موقع»: were و a letter of the pattern, ت and م would have to be the root's
    for letters_of, roots in _BY_LENGTH.get(len(stem), ()):
        places = roots.get(letters_of(stem))
        if places is not None:
            root = stem[places[0]] + stem[places[1]] + stem[places[2]]
            if "ا" not in root:
                return root
    return None


def deep_stem(word: str) -> str:
    """The consonants that carry the meaning: «مدارس», «مدرسه», «دراسات» → «درس», «اكتشاف» → «كشف».

    The light stem by its pattern; else without one ending or beginning of a verb, by its pattern or because three
    letters are left; else (foreign names mostly) without its vowels.
    """
    return root_of(light_stem(word))


def root_of(stem: str) -> str:
    """`deep_stem` of the words whose light stem is `stem`."""
    if stem == "الله" or len(stem) <= 3:
        return stem
    if stem.endswith("يا") and len(stem) >= 5 and stem[-3] != "ا":
        return root_of(stem[:-2])  # «تركيا» is of «تركي», «اقتصاديا» of «اقتصاد»; not «قضايا»
    root = _root_by_pattern(stem)
    if root is not None:
        return root
    for ending in _VERB_ENDINGS:
        if stem.endswith(ending) and (root := _shortened(stem[: -len(ending)])):
            return root
    if stem.endswith("و") and (root := _root_by_pattern(stem[:-1])):  # «لاعبو», before another noun
        return root
    for beginning in _VERB_BEGINNINGS:
        if stem.startswith(beginning) and (root := _shortened(stem[len(beginning) :])):
            return root
    consonants = stem[0] + _INFIX.sub("", stem[1:])
    return consonants if len(consonants) >= 3 else stem


def _shortened(rest: str) -> str | None:
    return rest if len(rest) == 3 else _root_by_pattern(rest)


_ALTERNATIONS: Final = str.maketrans(
    {
        "غ": "ك",
        "ج": "ك",
        "ق": "ك",
        "خ": "ك",
        "ط": "ت",
        "ص": "س",
        "ز": "س",
        "ذ": "د",
        "ض": "د",
        "ظ": "د",
        "ث": "ت",
        "ف": "ف",
    }
)


def name_skeleton(word: str) -> str:
    """What stays of a foreign name however it is respelt: no vowels; g, k, gh and j one letter, and so on."""
    bare = _without_article(word)
    return _INFIX.sub("", bare.removesuffix("ه")).translate(_ALTERNATIONS)
