"""Addresses as a web archive rewrote them («/web/20050618093514im_/http://…») and as they were published."""

from __future__ import annotations

import re

_REWRITTEN = re.compile(
    r"(?:https?:)?(?://(?=[\w.-]{0,250}archive)[\w.-]{1,253})?/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/(https?://.+)",
    re.I,
)


def as_published(address: str) -> str:
    """`address` without the archive's own before it; any other stays as it is."""
    found = _REWRITTEN.fullmatch(address) if "/http" in address else None
    return found[1] if found else address
