"""Language and direction: what the page declares, checked against the script of its text."""

from __future__ import annotations

import re

_PERSIAN = frozenset("پچژگکی")
_URDU = frozenset("ٹڈڑںےھہ")
_RTL = frozenset(("ar", "fa", "ur", "ps", "ckb", "he", "yi", "sd", "ug", "dv"))


def language_of(text: str, declared: str | None) -> tuple[str | None, str, bool]:
    """(language, direction, whether the declaration was right): the script decides, the declaration refines."""
    sample = text[:1500]
    arabic = sum(1 for char in sample if "\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufeff")
    hebrew = sum(1 for char in sample if "\u0590" <= char <= "\u05ff")
    latin = sum(1 for char in sample if char.isascii() and char.isalpha())
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


def _arabic_script(sample: str, letters: int) -> str:
    persian = sum(1 for char in sample if char in _PERSIAN)
    urdu = sum(1 for char in sample if char in _URDU)
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
