"""From a word to its normalised form, its light stem, its consonantal root and the skeleton of a name.

All functions take one word. `fold` takes it as written; the others take what `fold` gave.

The light stem follows the idea of light10 (Larkey, Ballesteros and Connell, 2002): take off conjunctions, the article
with its prepositions, and the endings of gender, number and possession, never so much that under two letters remain.
The deep stem is our own: it goes on with the patterns (أوزان) of Arabic derivation and its broken plurals.
"""

from __future__ import annotations

import re
from typing import Final

import Stemmer

from bulaq.arabic.normalise import for_matching

_NOTHING: Final = str.maketrans("", "", "ء,' \u2019")


def fold(word: str) -> str:
    """The word as people mean it: «الأُمــم» → «الامم», «٢٬٠٢٤» → «2024», «Zürich» → «zurich».

    `for_matching`, and without the hamza on the line, the separators of thousands, and apostrophes.
    """
    return for_matching(word).translate(_NOTHING)


_ALLAH: Final = dict.fromkeys(("الله", "والله", "بالله", "لله", "فالله", "تالله"), "الله")
# Words whose first letter is their own though it looks like a clitic.
_OWN_WAW_WORDS: Final = """
وزير وزيرا وزيره وزاره وزارات وزراء وكاله وكالات وكيل واشنطن وطن وطني وطنيه وفاه وفد وفود وقت وقف
وقفه وقع واقع وقوع وقود وضع وضعيه وضوح وصل وصول وصف وصيه وسط وسيط وسطاء وساطه وسائل وسايل وسيله وسام
واحد واحده وحده وحدات وحيد وثيقه وثايق وجه وجهه وجود وجوه وجبه وجبات واجب واجه واجهه ورق ورقه وراء
ورشه ورود وريث ورث وردي ورده ولد ولاده ولايه ولايات ولي والد والده والي ولاء وليد وباء واسع واسعه
واتس واتساب وول وشيك وفر وفق وفقا وعد وعود وعي وظيفه وظايف وهم وهمي وحش ودايع وديعه وزن وزنه وتيره
وتر ولع ويلز ويليام وليام ووهان واترلو ويكيبيديا وارسو وثق واثق وادي وارد واردات وقايه وفير وفيات
ويكيليكس وارن والتر والاس
"""
_OWN_WAW: Final = frozenset(_OWN_WAW_WORDS.split())
_ARTICLES: Final = (
    ("وبال", "فبال", "وكال", "فكال", "اال"),
    ("وال", "فال", "بال", "كال", "ولل", "فلل"),
    ("ال", "لل"),
)
_PRONOUNS: Final = ("هما", "كما", "هم", "هن", "ها", "نا", "كم", "ه", "ي")
_ENDINGS: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def light_stem(word: str) -> str:
    """The word without clitics and inflection: «والحكومات» → «حكوم», «بالمدرسه» → «مدرس»."""
    sacred = _ALLAH.get(word)
    if sacred is not None:
        return sacred
    stem = _without_prefix(word)
    # light10's order: each ending once, while two letters stay
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 2:
            stem = stem[: -len(ending)]
    return stem


def _without_prefix(word: str) -> str:
    length = len(word)
    if word[:1] == "و" and length >= 4 and word not in _OWN_WAW and word[1:3] != "ال":
        return _without_article(word[1:])
    return _without_article(word)


def _without_article(word: str) -> str:
    for group in _ARTICLES:
        for article in group:
            if word.startswith(article) and len(word) - len(article) >= 2:
                return word[len(article) :]
    return word


_INFIX: Final = re.compile("[اوي]")
_DEEP_PREFIXES: Final = ("است", "مست", "يست", "تست", "نست", "سي", "ست", "سن", "سا", "ل", "ب", "ف", "ك")


def deep_stem(word: str) -> str:
    """The consonants that carry the meaning: «مدارس», «مدرسه», «دراسات» → «درس»."""
    if word in _ALLAH:
        return "الله"
    stem = light_stem(word)
    if len(stem) <= 3:
        return stem
    bare = stem
    for prefix in ("است", "مست", "يست", "تست"):
        if bare.startswith(prefix) and len(bare) - len(prefix) >= 3:
            bare = bare[len(prefix) :]
            break
    else:
        if bare[0] in "متاين" and len(bare) >= 4:
            rest = bare[1:]
            if len(_INFIX.sub("", rest)) >= 3:
                bare = rest
    consonants = bare[0] + _INFIX.sub("", bare[1:])
    if len(consonants) >= 3:
        return consonants
    return bare


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
        "ظ": "س",
        "ث": "ت",
        "ف": "ف",
    }
)
_VOWELS: Final = re.compile("[اوي]")


def name_skeleton(word: str) -> str:
    """What stays of a foreign name however it is respelt: no vowels, g/k/gh/j one letter, no doubled letters."""
    bare = _without_article(word)
    ending = bare[:-1] if bare.endswith("ه") else bare
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", ending).translate(_ALTERNATIONS))


_ENGLISH = Stemmer.Stemmer("english")


def latin_stem(word: str) -> str:
    """The Snowball English stem of a folded Latin word; other scripts come back as they are."""
    return str(_ENGLISH.stemWord(word)) if word.isascii() else word
