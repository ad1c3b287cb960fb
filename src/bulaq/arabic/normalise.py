"""What equals what, in named levels.

`for_display`  nothing is lost: canonical composition (NFC), one space for each run of white space.
`for_matching` what a reader takes for the same letter is the same letter: diacritics, tatweel, forms of hamza,
               ى/ي, ة/ه, presentation forms, Persian and Urdu letter shapes, digits of all scripts, capitals,
               zero-width and bidirectional marks.
`matching_key` the same for whole strings: also folds white space, so that two headings can be compared.

`for_matching` maps each code point by itself (a homomorphism of strings), and drops every mark that Unicode may
reorder (canonical combining class other than 0, Unicode 16 chapter 3.11). Two consequences, held by tests: it
does not matter in which order, composed or decomposed, the code points come; and it is idempotent.

Folded on purpose, each a small loss of precision for a large gain in recall: letters for foreign sounds become
the letter that an Arabic keyboard has (پ ب, چ ج, ژ ز, ڤ ف, گ ك, ڨ ق), hamza leaves its seat (أ ا, ؤ و, ئ ي), and
Latin loses its accents. The hamza on the line stays («ماء» is not «ما»), as do punctuation and the article.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import Final

__all__ = ["fold_white_space", "for_display", "for_matching", "matching_key", "with_offsets"]


def fold_white_space(text: str) -> str:
    """One space for each run of white space (no-break, line and paragraph separators too), none at the ends.

    Every other character is kept, ZWNJ and the direction marks among them.
    """
    return " ".join(text.split())


def for_display(text: str) -> str:
    """The same text, fit to be stored and shown: NFC, white space folded, no control characters.

    What a reader can see, or what shapes it (ZWNJ, ZWJ, direction marks, diacritics, tatweel), stays. Only
    controls that no document may hold (C0, the byte order mark, lone surrogates) are left out.
    """
    folded = fold_white_space(text)
    if _UNFIT.search(folded):
        # Once more: a control may have stood between two spaces.
        folded = fold_white_space(_UNFIT.sub("", folded))
    return unicodedata.normalize("NFC", folded)


_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")


def for_matching(text: str) -> str:
    """The text with everything folded that the module's docstring names; white space becomes plain spaces.

    Runs of spaces stay runs, so that positions can be followed (`with_offsets`); see `matching_key`.
    """
    return _folded(text)


def matching_key(text: str) -> str:
    """`for_matching` with white space folded: equal for two strings that read the same."""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    """`text.translate(_TABLE)`, at a third of its cost: few different characters of a text change, and what they become
    stays as it is, so that they can be put in one after the other."""
    changed = set(_CHANGED.findall(text))
    if len(changed) > _FEW:
        return text.translate(_TABLE)
    for character in changed:
        text = text.replace(character, _TABLE[ord(character)])
    return text


_FEW: Final = 60


def with_offsets(text: str) -> tuple[str, array[int]]:
    """`for_matching(text)` and, for each of its characters, the index in `text` of the one that it came from.

    The array has one more item than the result has characters, the last being `len(text)`: characters
    `start:end` of the result came from `text[offsets[start]:offsets[end]]`, marks that follow a letter included.
    """
    offsets = array("I")
    position = 0
    for irregular in _IRREGULAR.finditer(text):
        start = irregular.start()
        offsets.extend(range(position, start))
        position = irregular.end()
        for index in range(start, position):
            offsets.extend([index] * len(_TABLE[ord(text[index])]))
    offsets.extend(range(position, len(text) + 1))
    return text.translate(_TABLE), offsets


_LETTERS: Final = str.maketrans(
    {
        # Hamza and madda on a seat that Unicode does not decompose; the others lose their mark below.
        "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ݳ": "ا", "ݴ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ؽ": "ي", "ؾ": "ي", "ؿ": "ي", "ێ": "ي", "ݷ": "ي", "ۍ": "ي",
        "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۿ": "ه",
        "ک": "ك", "ڪ": "ك", "گ": "ك", "ڭ": "ك", "ڬ": "ك", "ػ": "ك", "ؼ": "ك", "ݢ": "ك",
        "پ": "ب", "چ": "ج", "ڇ": "ج", "ژ": "ز", "ڤ": "ف", "ڥ": "ف", "ڢ": "ف", "ڨ": "ق", "ڧ": "ق",
        "ں": "ن", "ڻ": "ن", "ۆ": "و", "ۇ": "و", "ۋ": "و",
        "٫": ".", "٬": ",", "٪": "%", "۔": ".",
    }
)  # fmt: skip

# Not marks to Unicode, but nothing to a reader: tatweel, high hamza, the small waw and yeh of the Quran.
_SILENT: Final = frozenset("ـٴۥۦࣉ")


class _Table(dict[int, str]):
    """Code point to folded string, computed when first met: any script costs only what is used of it."""

    LIMIT: Final = 20_000  # hostile text of a million different code points is folded, not remembered

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < self.LIMIT:
            self[code] = folded
        return folded


def _fold(character: str) -> str:
    """One code point, folded until nothing changes, so that folding the result again does nothing."""
    result = character
    while True:
        again = "".join(map(_fold_once, result))
        if again == result:
            return result
        result = again


def _fold_once(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs") or character in _SILENT or _is_selector(character):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.combining(character):
        return ""
    decomposed = unicodedata.normalize("NFKD", character.translate(_LETTERS).casefold())
    if len(decomposed) > 1 and decomposed[0] == " " and all(map(unicodedata.combining, decomposed[1:])):
        return ""  # the spacing forms of marks (U+FE70, U+FC5E, U+00A8)
    return decomposed


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0000" <= character <= "\U000e0fff"


_TABLE: Final = _Table()
for _code in (*range(0x0250), *range(0x0600, 0x0780), *range(0x2000, 0x2070), *range(0xFE70, 0xFF00)):
    _TABLE[_code] = _fold(chr(_code))

# Characters of ordinary text that become exactly one character; all others are looked at one by one.
_IRREGULAR: Final = re.compile(
    "[^" + "".join(re.escape(chr(code)) for code, folded in sorted(_TABLE.items()) if len(folded) == 1) + "]+"
)

# Characters that may become something else: all but those of which it is known that they do not.
_CHANGED: Final = re.compile(
    "[^"
    + "".join(re.escape(chr(code)) for code, folded in sorted(_TABLE.items()) if folded == chr(code))
    + "]"
)
