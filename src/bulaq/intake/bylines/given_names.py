"""How much words of a byline speak for a person: the given names of `bulaq.arabic.given_names`, titles, the shape of a name.

Folded as in `fold_heading`, so that one spelling is enough.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bulaq.arabic.given_names import arab_names, foreign_names, names_where_one_is_expected
from bulaq.intake.box_headings import fold_heading

_THINGS = frozenset(
    fold_heading(
        "سوق حديقة مدينة ميناء مسجد كنيسة قلعة متحف شارع ساحة ميدان جامعة مدرسة ملعب مطار جسر بحيرة قرية محطة مستشفى مبنى مقر "
        "دار بيت مركز معهد معرض مهرجان مكتبة منطقة محافظة ولاية صورة مشهد لقطة جانب شاطئ طريق فندق مصنع مزرعة وزارة مجلس بلدية "
        "هيئة شركة بنك نادي فريق منتخب مجموعة"
    ).split()
)
"""Words that a place or a house is called with, never a person."""
_INITIALS = re.compile(r"(?:[\u0621-\u064a]\s?\.\s?){2,3}|(?:[\u0621-\u064a]\s?\.\s?){1,2}[\u0621-\u064a]")
"""«ق. م»: who signs with the first letters of the names (agencies do too; their letters are known)."""
_FIRST_INITIALS = re.compile(r"(?:[\u0621-\u064a]ـ*\s?\.\s?){1,2}[\u0621-\u064a]{3}")
"""«ب. يعقوب»: the first letter of the given name, and the family's name."""
_PARTICLES = frozenset("فون فان فن".split())  # noqa: SIM905
_SONS = ("اوغلو", "زاده", "ووف", "وفيتش", "يفيتش", "نكو", "شفيلي")
"""What names of families begin or end with in other languages («فون», «…أوغلو», «…وفيتش»)."""
_LATIN_TITLES = frozenset(["dr", "prof", "mr", "mrs", "ms"])
_TITLES = frozenset(
    "د أد ا الدكتور الدكتوره دكتور دكتوره الاستاذ الاستاذه استاذ م المهندس المهندسه المستشار اللواء الركن المتقاعد الفريق النقيب الرائد العقيد العميد السفير القاضي المحامي الشيخ الكاتب الكاتبه الصحافي الصحافيه الصحفي الصحفيه الاعلامي الاعلاميه الفنان الفنانه الشاعر الشاعره الباحث الباحثه المخرج الناقد السيد السيده البروفيسور بروفيسور".split()  # noqa: SIM905
)


def is_given_name(word: str) -> bool:
    """Whether `word` is a given name that is known."""
    return fold_heading(word) in _names()


def is_title(word: str) -> bool:
    """Whether `word` stands before names («الدكتور», «أ.د»)."""
    folded = fold_heading(word).replace(" ", "")
    return folded in _TITLES or folded in _LATIN_TITLES


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    known = arab_names() | foreign_names() | names_where_one_is_expected()
    return frozenset(map(fold_heading, known))


_NEVER_FIRST_LIST = """
أن إن حين كيف لماذا ماذا من ما هل متى حتى لكن عندما بعد قبل في على عن إلى ليس كان ثم إذا لو قد لم لن لا هذا هذه كل هكذا بين مع أين
"""
_NEVER_FIRST = frozenset(_NEVER_FIRST_LIST.split())
"""Words that open a phrase and never a name, as they are written («أن», while «آن» is a name)."""


@lru_cache(maxsize=16384)
def person_score(name: str) -> float:
    """How much the words of `name` speak for a person: about 0 for unknown words, 3 and more for a known shape."""
    folded = fold_heading(name)
    words = folded.split()
    if not words or len(words) > 8 or any(char.isdigit() for char in folded):
        return -3.0
    score = 0.0
    if name.split()[0] in _NEVER_FIRST:
        score -= 5.0
    if _INITIALS.fullmatch(name.strip()):
        return 3.5
    if (words[0] in _TITLES and len(words) >= 3) or (words[0] in _LATIN_TITLES and len(words) >= 2):
        score += 3.5
        words = words[1:]
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
    if words[0] in _THINGS and len(words) > 1 and not name.startswith("مينا "):  # «ميناء» has its hamza
        score -= 4.0
    if words[0] in _names():
        score += 2.5
    elif words[0].startswith("عبد") and len(words[0]) > 3:
        score += 3.0
    elif "ال" in words[0][2:] and words[0][: words[0].index("ال", 2)] in _names():
        score += 3.5  # «خالدالمرشود»: written together
    if len(words) > 1 and (any(word in _PARTICLES for word in words[1:-1]) or words[-1].endswith(_SONS)):
        score += 2.0
    if _FIRST_INITIALS.match(name.strip()):
        score += 2.5
    if any(word in ("بن", "بنت", "ال", "ابن", "ولد", "اولاد") for word in words[1:-1]):
        score += 2.5
    if len(words) >= 2 and words[0] in ("ابو", "ام", "ابن", "بن"):
        score += 0.5
    if len(words) >= 2 and words[1] in _names():
        score += 0.8
    if len(words) >= 2 and words[-1].startswith("ال") and words[-1].endswith("ي") and len(words[-1]) > 5:
        score += 1.2
    if 2 <= len(words) <= 4:
        score += 1.2
    elif len(words) == 1:
        score -= 1.5
    else:
        score -= 0.3
    if words[0][0].isascii() and len(words) in (2, 3) and all(part[:1].isupper() for part in name.split()):
        score += 1.5
    return score
