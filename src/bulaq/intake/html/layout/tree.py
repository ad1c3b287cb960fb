"""The element tree of a page, from lxml, with what hostile pages do to parsers taken out first.

libxml2 knows no custom entities in HTML and fetches nothing here; what is left to bound is depth. The parser stops
at 2,048 levels. Pages that reach that depth by never closing their formatting tags are parsed again without those.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[attr-defined]

Element = Any
"""An lxml element; lxml ships no types."""

MAX_ELEMENTS = 200_000
"""A page of more elements than this is refused: real article pages met had fewer than 15,000."""

_FORMATTING = re.compile(
    r"</?(?:font|b|i|u|em|strong|span|small|big|center|tt|ins|bdo)\b[^<>]{0,2000}>", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REMOVED = ("script", "style", "template")


class NotParsable(ValueError):
    """The text holds no HTML document."""


def parse(text: str) -> tuple[Element, bool]:
    """The root element of `text`, and whether it was cut for its depth. Raises `NotParsable`."""
    text = _DECLARATION.sub("", text.replace("\x00", ""), count=1)
    root, deep = _parse(text)
    if deep:
        shallow, still = _parse(_FORMATTING.sub(" ", text))
        if not still:
            return shallow, False
        return (shallow if shallow is not None else root), True
    return root, False


def _parse(text: str) -> tuple[Element, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotParsable(str(error)) from error
    if root is None:
        raise NotParsable("no element in it")
    deep = any("depth" in entry.message for entry in parser.error_log.filter_from_errors()[-3:])
    return root, deep


def lone_surrogates_gone(text: str) -> str:
    """`text` in a form that can be encoded: a lone surrogate (forged entities) becomes U+FFFD."""
    return (
        text.encode("utf-8", "replace").decode("utf-8")
        if any("\ud800" <= c <= "\udfff" for c in text)
        else text
    )
