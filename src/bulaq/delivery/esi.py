"""The marks of Edge Side Includes that CDNs agree on: include, remove, comment and ``<!--esi … -->``.

Source: ESI Language Specification 1.0 (W3C note). Everything else of that language is left in the text untouched. A mark
may only name a path of the same site: nothing on a page can make the edge call another host.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

_ATTRIBUTES: Final = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_UNWRAP = re.compile(rb"<!--esi\b(.*?)-->", re.DOTALL)
_MARK = re.compile(
    rb"<esi:include\b(?P<attributes>" + _ATTRIBUTES + rb")(?:/>|>\s*</esi:include\s*>)"
    rb"|<esi:remove\s*>.*?</esi:remove\s*>"
    rb"|<esi:comment\b" + _ATTRIBUTES + rb"(?:/>|>\s*</esi:comment\s*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MOST_SOURCE_BYTES: Final = 2048


@dataclass(frozen=True, slots=True)
class Include:
    """A mark to be replaced by the response at ``source``, else at ``alternative``, else by nothing.

    Both are paths with an optional query, or None when the mark named something else (which then counts as failed).
    ``markup`` is the mark as it stood, for a surrogate in front that composes itself.
    """

    source: str | None
    alternative: str | None = None
    markup: bytes = b""


def parse(body: bytes) -> tuple[bytes | Include, ...]:
    """The text and the marks of a page, in order; a body without marks is one text. Linear in the size of the body."""
    if b"<esi:" not in body and b"<!--esi" not in body:
        return (body,)
    body = _UNWRAP.sub(rb"\1", body)
    parts: list[bytes | Include] = []
    position = 0
    for match in _MARK.finditer(body):
        if match.start() > position:
            parts.append(body[position : match.start()])
        position = match.end()
        if match["attributes"] is not None:
            attributes = {
                name.lower(): one or two for name, one, two in _ATTRIBUTE.findall(match["attributes"])
            }
            parts.append(Include(_path(attributes.get(b"src")), _path(attributes.get(b"alt")), match[0]))
    if position < len(body):
        parts.append(body[position:])
    return tuple(parts)


def _path(value: bytes | None) -> str | None:
    """A path of the same site, or None. ``//host`` and ``/\\host`` are other hosts to some parsers."""
    if value is None or len(value) > _MOST_SOURCE_BYTES:
        return None
    try:
        path = html.unescape(value.decode("ascii")).strip()
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or path[1:2] in ("/", "\\") or not path.isprintable() or " " in path:
        return None
    return path.partition("#")[0]
