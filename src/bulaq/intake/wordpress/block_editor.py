"""Bodies of the block editor: most blocks are the markup that they hold; a few say something only in their comments.

Format: developer.wordpress.org, «Block grammar»: `<!-- wp:name {"json"} -->…<!-- /wp:name -->`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from bulaq.intake.wordpress.classic import paragraphs
from bulaq.intake.wordpress.shortcodes import film

_ANY = re.compile(r"<!--\s{1,9}wp:")
_COMMENT = re.compile(
    r"<!--\s{1,9}(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_/-]{0,80})\s{1,9}(?P<json>\{.*\}\s{1,9})?(?P<void>/)?-->",
    re.S,
)
_FURNITURE = re.compile(
    r"^(?:core/)?(?:buttons?|search|social-links?|latest-posts|latest-comments|categories|archives|tag-cloud|calendar|navigation.*|loginout|query.*|read-more|"
    r"post-.*|site-.*|spacer|separator|rss|page-list|template-part|comments.*|avatar|jetpack/(?!slideshow|tiled-gallery|markdown).*|[\w-]+/(?:advancedbtn|singlebtn|buttons?|button-.*|post-grid.*|table-of-contents)|(?:yoast|yoast-seo|rank-math)/(?!faq|how-?to).*)$"
)
_FIGCAPTION = re.compile(r"<figcaption\b[^<>]{0,500}>(.{0,5000}?)</figcaption>", re.S | re.I)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
MAX_NESTED_REFERENCES = 3


def is_block_content(text: str) -> bool:
    """Whether a body was written in the block editor."""
    return bool(_ANY.search(text))


def markup(
    text: str,
    reusable: Callable[[str], str | None],
    field_row: Callable[[str, dict[str, Any]], str] = lambda name, fields: "",
    depth: int = 0,
) -> str:
    """The body as markup alone. `reusable` gives the content of a synced pattern by its id, `field_row` what the fields
    of a block of Advanced Custom Fields show."""
    pieces: list[str] = []
    at = 0
    dropping: tuple[str, int] | None = None
    embed: tuple[str, int, str] | None = None
    nesting = 0
    for match in _comments(text):
        name = (match["name"] or "").removeprefix("core/")
        if match.start() < at:
            continue
        between = text[at : match.start()]
        at = match.end()
        if dropping is None and embed is None:
            pieces.append(between if nesting or not between.strip() else _loose(between))
        if match["close"]:
            nesting = max(0, nesting - 1)
            if dropping is not None and dropping == (name, nesting):
                dropping = None
            elif embed is not None and embed[:2] == (name, nesting):
                pieces.append(_embedded(embed[2], between))
                embed = None
            continue
        if match["void"]:
            if dropping is None and name == "block" and depth < MAX_NESTED_REFERENCES:
                told = _told(match["json"])
                content = reusable(str(told.get("ref", "")))
                if content:
                    pieces.append(markup(content, reusable, field_row, depth + 1))
            elif dropping is None and name.startswith("acf/"):
                fields = _told(match["json"]).get("data")
                pieces.append(field_row(name, fields) if isinstance(fields, dict) else "")
            continue
        if dropping is None and embed is None:
            if _FURNITURE.match(name):
                dropping = (name, nesting)
            elif name == "embed" or name.startswith("core-embed/"):
                embed = (name, nesting, str(_told(match["json"]).get("url", "")))
            elif name == "freeform":
                # Up to its end it is a body of the classic editor.
                nesting += 1
                end = text.find("<!-- /wp:freeform -->", at)
                if end > 0:
                    pieces.append(paragraphs(text[at:end]))
                    at = end
                continue
        nesting += 1
    if dropping is None or at < len(text):
        rest = text[at:]
        pieces.append(_loose(rest) if dropping is None or nesting == 0 else rest)
    return "".join(pieces)


class _At:
    """A match in a piece of the text, with its place in the whole."""

    def __init__(self, match: re.Match[str], offset: int) -> None:
        self._match, self._offset = match, offset

    def __getitem__(self, name: str) -> str | None:
        return self._match[name]

    def start(self) -> int:
        return self._offset

    def end(self) -> int:
        return self._offset + len(self._match[0])


def _comments(text: str) -> Iterator[_At]:
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        at = end + 3
        match = _COMMENT.fullmatch(text[start:at])
        if match:
            yield _At(match, start)


def _loose(text: str) -> str:
    """Text between blocks, of the classic editor."""
    return paragraphs(text) if text.strip() else text


def _embedded(url: str, inner: str) -> str:
    match = _ADDRESS.search(url) or _ADDRESS.search(re.sub(r"<figcaption.*", "", inner, flags=re.S | re.I))
    if match is None:
        return inner
    caption = _FIGCAPTION.search(inner)
    return film(match[0].replace("&amp;", "&")) + (f"<p>{caption[1]}</p>" if caption else "")


def _told(text: str | None) -> dict[str, Any]:
    if not text or len(text) > 100_000:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
