"""Where the name of a person ends: the shapes of words that are of it, and of those that are not.

A name is read word by word. Given names and particles («محمد بن عبد الله») go on as long as they come, one word that no
list knows may follow them as the surname, and after a surname only what shows itself to be of the name: an adjective of
origin («الخطابي»), the number of a king («الثاني»). Arabic news hardly ever puts a comma between a name and the verb or the
object that follows it, so where it ends is most of the art.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import cache
from typing import Final

from bulaq.discovery.gazetteer.countries import country_words
from bulaq.discovery.topics.name_parts import NameParts
from bulaq.discovery.topics.name_rules import (
    Word,
    foreign_names,
    given_names,
    keys,
    name_particles,
    unnamelike,
)

_MOST_WORDS: Final = 7
_LAST_PARTICLES: Final = ("الله", "الدين")
_ORDINALS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر عشر"


def name_end(words: Sequence[Word], place: int, names: NameParts, *, given: bool = False) -> int:
    """Where the name that begins at `place` ends; `place` when none begins there. `given`: a given name stands before."""
    end = place
    expects = _Expects.SURNAME if given else _Expects.NAME
    while end < len(words) and end - place < _MOST_WORDS and (end == place or words[end].joined):
        word, before = words[end], words[end - 1] if given or end > place else None
        if word.unnamed:
            break
        if before is not None and word.key in ordinals():
            return end + 1
        after = _after(word.key, before, expects, names)
        if after is None:
            break
        expects = after
        end += 1
    while (
        end > place and words[end - 1].key in name_particles() and words[end - 1].key not in _LAST_PARTICLES
    ):
        end -= 1
    return end


class _Expects(Enum):
    """What may come next in a name."""

    NAME = auto()  # its first word
    SURNAME = auto()  # more given names, or a surname
    BEARER = auto()  # the father's or the son's name («بن *سعيد*»)
    ORIGIN = auto()  # after a surname: «الخطابي»


def _after(key: str, before: Word | None, expects: _Expects, names: NameParts) -> _Expects | None:
    """What may follow `key` in a name that expects it; None when the name ends before it."""
    joins = before is not None and key in ("لا", "لوس") and before.key in ("دو", "دي")
    if key in name_particles() or joins:
        return _Expects.SURNAME if key in ("عبد", *_LAST_PARTICLES) else _Expects.BEARER
    if before is not None and before.key == "عبد":
        return _Expects.SURNAME if key.startswith("ال") else None
    if key.startswith("و") and key[1:] in given_names():
        return None
    known = key in given_names() or key in names.parts
    if expects in (_Expects.NAME, _Expects.BEARER):
        if known or (_may_be_named(key, names) and not (before is None and _joins_another(key))):
            return _Expects.SURNAME if known or expects is _Expects.NAME else _Expects.ORIGIN
        return None
    if known:
        return expects
    return _Expects.ORIGIN if before is not None and _is_surname(key, before, expects, names) else None


def _is_surname(key: str, before: Word, expects: _Expects, names: NameParts) -> bool:
    """Whether a word that no list knows ends the name that stands before it."""
    if before.bare in foreign_names():
        foreign = len(key) > 2 and not key.startswith("ال") and key not in country_words()
        return foreign and expects is _Expects.SURNAME and key not in unnamelike() and key not in names.plain
    if not _may_be_named(key, names):
        return False
    if key.startswith("ال"):
        return before.bare in given_names() or before.key in names.parts or _is_origin(key)
    return expects is _Expects.SURNAME and not _joins_another(key) and not looks_inflected(key)


@cache
def ordinals() -> frozenset[str]:
    """Ordinal numbers behind a ruler's name («الثاني»), as they are compared."""
    return keys(_ORDINALS.split())


def _is_origin(key: str) -> bool:
    """Whether a word with the article has the shape of an adjective of origin («الخطابي», «المصري»)."""
    return key.endswith("ي") and len(key) > 4


def _may_be_named(key: str, names: NameParts) -> bool:
    """Whether a word that no list knows could stand in a name."""
    return not (
        key in names.plain
        or key in unnamelike()
        or len(key) < 3
        or key[0].isdigit()
        or _joins_plain(key, names)
        or looks_like_a_verb(key)
    )


def _joins_another(key: str) -> bool:
    """Whether a word after a name begins with «و», «ل», «ب» or «ست» («بوش *وبلير*», «أنان *لمحطة*», «رايس *ستزور*»): in
    names these are rarer than what they join, but for «بو…», «بل…» and «بن…» («بوتفليقة»)."""
    if key.startswith("ب"):
        return len(key) > 4 and not key.startswith(("بو", "بل", "بن"))
    return (key.startswith(("و", "ل")) and len(key) > 3) or (key.startswith("ست") and len(key) > 4)


def _joins_plain(key: str, names: NameParts) -> bool:
    """Whether a word is «and», «with», «for» or «so» before one that is no name («بحفاوة», «لشؤون», «فذكر»)."""
    rest = key[1:]
    return (
        key[:1] in "وبلكف"
        and len(rest) > 2
        and (rest in unnamelike() or not names.plain.isdisjoint((rest, f"ال{rest}")))
    )


def looks_inflected(key: str) -> bool:
    """Whether a word has the shape of a verb or of a word with a pronoun, as a name hardly ever has."""
    if key in country_words():
        return True
    return (key.startswith(("سي", "وال", "بال", "فال", "كال", "لل", "وي", "وت", "ون")) and len(key) > 4) or (
        len(key) > 4 and key.endswith(("ها", "هم", "هما", "ته", "وا", "نا"))
    )


def looks_like_a_verb(key: str) -> bool:
    """Whether a word that no list knows has the shape of a verb in the present («يختار», «تستيقظ»), or of one joined on
    («فليطلب»). Names of this shape («تشرشل») are rarer than such verbs after a title or a verb of speech."""
    return (key.startswith("ي") and len(key) > 2) or (
        key.startswith(("ت", "فلي", "فلت", "وا", "فا")) and len(key) > 4
    )
