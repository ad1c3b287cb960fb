"""Where sentences end in a text without lines, and what else ends there."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[^\s.\d])(?:\.(?!\.)|[؟?!]+|…|\.{3})[\"”»’')\]]*(?=\s|$)|(?<=\d)\.(?=\s)")
_NOT_AN_END = re.compile(r"(?:^|[\s(«\"])(?:د|أ|م|ب|ف|ت|هـ|ه|ص|[A-Z][a-z]{0,2})\.$")
CUT = re.compile(r"(?:…|\.\.\.)$")
"""A headline that was cut to fit its box."""
STOP = re.compile(r"[.؟?!][\"”»’')\]]*$")
MIN_SENTENCE = 6
"""Words of a sentence of a text; shorter ones end headlines and labels («لماذا؟»)."""
PARAGRAPH_WORDS = 45
"""Words after which the next sentence begins a paragraph."""
COPYRIGHT = re.compile(r"©|جميع الحقوق|كافة الحقوق|حقوق النشر|all rights reserved", re.I)


def sentences_of(text: str) -> list[str]:
    """The sentences of `text` in order; what stands behind the last end is the last of them."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _NOT_AN_END.search(text[max(0, match.end() - 5) : match.end()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return [sentence for sentence in (*found, text[start:].strip()) if sentence]
