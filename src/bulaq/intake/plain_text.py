"""Foreign text without what no document and no database may hold."""

from __future__ import annotations

import re

from bulaq.arabic.normalise import fold_white_space

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufffe\uffff]")
"""Control characters, lone surrogates and what is no character."""


def clean(text: str | None) -> str:
    """One space for white space, no control characters; every other character of the source is kept."""
    if not text:
        return ""
    return fold_white_space(UNFIT.sub("", text))
