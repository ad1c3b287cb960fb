"""Language and direction: what the page declares, checked against the script of its text."""

from __future__ import annotations

import re

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufeff]+")
_HEBREW = re.compile("[\u0590-\u05ff]+")
_LATIN = re.compile("[A-Za-z]+")
_PERSIAN = "پچژگکی"
_URDU = "ٹڈڑںےھہ"
_RTL = frozenset(("ar", "fa", "ur", "ps", "ckb", "he", "yi", "sd", "ug", "dv"))


def language_of(text: str, declared: str | None) -> tuple[str | None, str, bool]:
    """(language, direction, whether the declaration was right): the script decides, the declaration refines."""
    sample = text[:1500]
    arabic = _count_arabic(sample)
    hebrew = latin = 0
    if 2 * arabic <= len(sample):
        hebrew, latin = _count(_HEBREW, sample), _count(_LATIN, sample)
    base = re.split(r"[-_]", declared.lower())[0] if declared else None
    if arabic > latin and arabic > hebrew:
        detected = _arabic_script(sample, arabic)
        if (
            base in _RTL
            and base != "he"
            and (base == detected or (detected == "ar" and base in ("ckb", "ps", "sd", "ug")))
        ):
            return base, "rtl", True
        return detected, "rtl", base == detected
    if hebrew > latin:
        return "he", "rtl", base == "he"
    if latin:
        if base and base not in _RTL:
            return base, "ltr", True
        return _latin(sample), "ltr", False
    return base, "rtl" if base in _RTL else "ltr", True


def _count_arabic(sample: str) -> int:
    # The upper halves of UTF-16 tell the block without a look at every letter; U+FB00–FB4F are of other scripts.
    upper = sample.encode("utf-16-le", "surrogatepass")[1::2]
    if 0xFB in upper:
        return _count(_ARABIC, sample)
    return sum(map(upper.count, (0x06, 0xFC, 0xFD, 0xFE)))


def _count(letters: re.Pattern[str], sample: str) -> int:
    return sum(map(len, letters.findall(sample)))


def _arabic_script(sample: str, letters: int) -> str:
    persian, urdu = (sum(map(sample.count, own)) for own in (_PERSIAN, _URDU))
    if urdu > 0.02 * letters:
        return "ur"
    if persian > 0.04 * letters:
        return "fa"
    return "ar"


def _latin(sample: str) -> str | None:
    words = re.findall(r"[a-zàâçéèêëîïôûùüÿœ']+", sample.lower())
    english = sum(1 for word in words if word in ("the", "of", "and", "to", "in", "is", "that", "was"))
    french = sum(1 for word in words if word in ("le", "la", "les", "des", "et", "du", "une", "est", "dans"))
    if max(english, french) < 3:
        return None
    return "en" if english >= french else "fr"
