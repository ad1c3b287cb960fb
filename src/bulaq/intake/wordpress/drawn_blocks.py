"""Blocks that hold no markup because the server draws them: what stands beside their name says what a reader saw.

Divi 5 keeps all of its text so, each value under «innerContent» by the kind of screen; plugins of custom blocks keep theirs
under names of their own. Settings are told from texts by their names, and by reading like nothing that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.embeds import embed_of_address

MIN_WORDS = 8
"""Words of a block's longest text; where there are fewer, they are a label, a button, a setting."""
MAX_DEPTH = 12

_SETTING = re.compile(
    r"(?:[a-z]+_)?(?:module|decoration|advanced|attributes|styles?|(?:custom_?)?css|class\w*|id|icon|button|tablet\w*|phone\w*|hover|"
    r"placeholder|query|layout|metadata|builder\w*|\w*preset|lock|block\w*|svg)",
    re.I,
)
_STRUCTURE = ("innerContent", "desktop", "value", "text", "attrs")
"""Names that say how a value is kept: what it is stands above them."""
_TITLE = re.compile(r"(?:sub_?)?(?:title|heading|headline)\d?|عنوان", re.I)
_SENTENCE = re.compile(r"[^\W\d_]{2,}[،,]?\s+[^\W\d_]")
_CODE = re.compile(r"[{};]\s|[\w-]+:\s?[\w#.]+;|^\s*(?:var\(|rgba?\()")
PICTURE_ADDRESS = re.compile(r"https?://[^\s\"'<>]{4,1000}\.(?:jpe?g|png|gif|webp|avif)", re.I)


def fields_of(told: dict[str, Any]) -> list[tuple[str, str]]:
    """What a reader saw of a block, by name, from what stands beside the block's own; [] where no text of any length does."""
    fields = [(name, text) for name, text in _texts(told, "", 0) if _is_shown(name, text)]
    if any(isinstance(value, dict) and "innerContent" in value for value in told.values()):
        return fields  # a module of Divi: a heading of two words is one
    longest = max((len(plain(text).split()) for _, text in fields), default=0)
    return fields if longest >= MIN_WORDS else []


def _texts(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list) and depth < MAX_DEPTH:
        for inner in value:
            yield from _texts(inner, name, depth + 1)
    elif isinstance(value, dict) and depth < MAX_DEPTH:
        for key, inner in value.items():
            if not _SETTING.fullmatch(key):
                yield from _texts(inner, name if name and key in _STRUCTURE else key, depth + 1)


def _is_shown(name: str, text: str) -> bool:
    if name == "alt":
        return True  # of the picture beside it
    if text.startswith(("http://", "https://")):
        return bool(PICTURE_ADDRESS.fullmatch(text)) or embed_of_address(text) is not None
    if "<p" in text or "<h" in text:
        return True
    return bool(_SENTENCE.search(text) or _TITLE.fullmatch(name)) and not _CODE.search(text)
