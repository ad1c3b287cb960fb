"""Bodies of the block editor: most blocks are the markup that they hold; a few say something only in their comments.

Format: developer.wordpress.org, «Block grammar»: `<!-- wp:name {"json"} -->…<!-- /wp:name -->`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bulaq.intake.wordpress.classic import paragraphs
from bulaq.intake.wordpress.figures import film

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

PatternOf = Callable[[str], str | None]
"""The content of a synced pattern by its id."""
ShownBy = Callable[[str, dict[str, Any]], str]
"""The markup of a block that the server drew, from its name and what stands beside it."""


def is_block_content(text: str) -> bool:
    """Whether a body was written in the block editor."""
    return bool(_ANY.search(text))


def markup(
    text: str, pattern_of: PatternOf, shown_by: ShownBy = lambda name, told: "", depth: int = 0
) -> str:
    """The body as markup alone."""
    return _Blocks(text, pattern_of, shown_by, depth).markup()


class _Open(NamedTuple):
    """A block that is read as a whole, at its end: what is left out, or an embed with the address that it was told."""

    name: str
    nesting: int
    address: str | None


class _Blocks:
    """A body while it is read, comment by comment."""

    def __init__(self, text: str, pattern_of: PatternOf, shown_by: ShownBy, depth: int) -> None:
        self._text = text
        self._pattern_of = pattern_of
        self._shown_by = shown_by
        self._depth = depth
        self._pieces: list[str] = []
        self._at = 0
        self._nesting = 0
        self._whole: _Open | None = None

    def markup(self) -> str:
        for comment in _comments(self._text):
            if comment.start < self._at:
                continue
            between = self._text[self._at : comment.start]
            self._at = comment.end
            if self._whole is None:
                self._pieces.append(between if self._nesting else _loose(between))
            if comment.closes:
                self._close(comment.name, between)
            elif comment.void:
                self._drawn_by_the_server(comment)
            else:
                self._open(comment)
        rest = self._text[self._at :]
        unfinished = self._whole is not None and self._whole.address is None and self._nesting > 0
        self._pieces.append(rest if unfinished else _loose(rest))
        return "".join(self._pieces)

    def _open(self, comment: _Comment) -> None:
        if self._whole is None:
            if _FURNITURE.match(comment.name):
                self._whole = _Open(comment.name, self._nesting, None)
            elif comment.name == "embed" or comment.name.startswith("core-embed/"):
                self._whole = _Open(comment.name, self._nesting, str(comment.told().get("url", "")))
            elif comment.name == "freeform":
                self._classic_part()
        self._nesting += 1

    def _classic_part(self) -> None:
        """Up to its end it is a body of the classic editor."""
        end = self._text.find("<!-- /wp:freeform -->", self._at)
        if end > 0:
            self._pieces.append(paragraphs(self._text[self._at : end]))
            self._at = end

    def _close(self, name: str, between: str) -> None:
        self._nesting = max(0, self._nesting - 1)
        whole = self._whole
        if whole is not None and whole[:2] == (name, self._nesting):
            if whole.address is not None:
                self._pieces.append(_embedded(whole.address, between))
            self._whole = None

    def _drawn_by_the_server(self, comment: _Comment) -> None:
        if self._whole is not None or _FURNITURE.match(comment.name):
            return
        if comment.name == "block":
            if self._depth < MAX_NESTED_REFERENCES:
                content = self._pattern_of(str(comment.told().get("ref", "")))
                if content:
                    self._pieces.append(markup(content, self._pattern_of, self._shown_by, self._depth + 1))
        elif "/" in comment.name:
            self._pieces.append(self._shown_by(comment.name, comment.told()))


class _Comment(NamedTuple):
    """A comment that begins or ends a block, or is one (`void`)."""

    start: int
    end: int
    name: str
    closes: bool
    void: bool
    json: str | None

    def told(self) -> dict[str, Any]:
        """What stands beside the block's name; {} where that is no object."""
        if not self.json or len(self.json) > 100_000:
            return {}
        try:
            value = json.loads(self.json)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


def _comments(text: str) -> Iterator[_Comment]:
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        at = end + 3
        match = _COMMENT.fullmatch(text[start:at])
        if match:
            name = match["name"].removeprefix("core/")
            yield _Comment(start, at, name, bool(match["close"]), bool(match["void"]), match["json"])


def _loose(text: str) -> str:
    """Text between blocks, of the classic editor."""
    return paragraphs(text) if text.strip() else text


def _embedded(url: str, inner: str) -> str:
    match = _ADDRESS.search(url) or _ADDRESS.search(re.sub(r"<figcaption.*", "", inner, flags=re.S | re.I))
    if match is None:
        return inner
    caption = _FIGCAPTION.search(inner)
    return film(match[0].replace("&amp;", "&")) + (f"<p>{caption[1]}</p>" if caption else "")
