"""The article that a page hands to its own scripts as data (`script_values.py` reads them).

Frameworks that draw the page in the browser leave its text only there. Keys differ from site to site, so an article is
known by its shape: an object with a title that the page claims, and a long text in markup or in blocks beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from bulaq.intake.html.layout.text import fold, prefix_agreement
from bulaq.intake.html.layout.tree import Element
from bulaq.intake.html.machines.script_values import values_in
from bulaq.intake.html.machines.structured_data import StructuredData

MAX_OBJECTS = 50_000
MAX_DEPTH = 12
"""Of the blocks of one text in each other; deeper ones are not read, so that no text is gone through for ever."""
MIN_TEXT_CHARS = 300

_TITLE = re.compile(r"(?:^|_)(?:head_?line|title|heading|name|main_?title|basic)s?$", re.I)
_TEXT = re.compile(r"(?:content|body|text|html|story|details?|article|full|elements|blocks|paragraphs)", re.I)
_PUBLISHED = re.compile(
    r"publish|display_?date|first_?publish|created|post_?date|^date(?:time)?$|^pub_?date$", re.I
)
_MODIFIED = re.compile(r"modif|update|edited", re.I)
_AUTHOR = re.compile(
    r"^(?:authors?|writers?|by_?lines?|creators?|reporters?|credits|by|editors?_?name|author_?name)$", re.I
)
_SECTION = re.compile(
    r"^(?:primary_?)?(?:sections?|categor(?:y|ies)|channel|main_?category|primary_?section)(?:_?name)?$", re.I
)
_TAGS = re.compile(r"^(?:tags?|keywords|topics)$", re.I)
_PICTURE = re.compile(r"image|picture|photo|thumb|media|promo", re.I)
_NO_TEXT = re.compile(
    r"image|gallery|photo|video|audio|related|interstitial|embed|advert|^ads?$|^link|promo|social|tweet"
)
_MARKUP = re.compile(r"<[^>]{1,2000}>")
_ARABIC_OR_WORDS = re.compile(r"\w+\s+\w+\s+\w+")


def take_payload(root: Element, data: StructuredData) -> bool:
    """Adds what the page's scripts tell of its article to `data`; whether they hold a whole text."""
    titles = [title for _, title in data.titles]
    best: tuple[int, dict[str, Any], str, str] | None = None
    for value in values_in(root):
        for thing in _objects(value):
            title = _title(thing)
            if not title or (titles and not any(_agrees(title, claim) for claim in titles)):
                continue
            markup = _longest_text(thing)
            length = len(_MARKUP.sub(" ", markup))
            if length >= MIN_TEXT_CHARS and (best is None or length > best[0]):
                best = (length, thing, title, markup)
    if best is None:
        return False
    _, thing, title, markup = best
    data.told_text = markup
    data.titles.append(("script", title))
    for target, pattern in ((data.published, _PUBLISHED), (data.modified, _MODIFIED)):
        target += [
            ("script", value)
            for name, value in thing.items()
            if pattern.search(name) and isinstance(value, str)
        ]
    for target, pattern in ((data.authors, _AUTHOR), (data.sections, _SECTION), (data.tags, _TAGS)):
        for name, value in thing.items():
            if pattern.search(name):
                target += [("script", text) for text in _names(value)]
    if not data.images:
        data.images += [
            ("script", url) for name, value in thing.items() if _PICTURE.search(name) for url in _urls(value)
        ]
    return True


def _agrees(title: str, claim: str) -> bool:
    return prefix_agreement(title, claim) or (len(title) >= 15 and fold(title) in claim)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [value], 0
    while waiting and seen < MAX_OBJECTS:
        here = waiting.pop()
        seen += 1
        if isinstance(here, dict):
            yield here
            waiting.extend(each for each in here.values() if isinstance(each, dict | list))
        elif isinstance(here, list):
            waiting.extend(each for each in here if isinstance(each, dict | list))


def _title(thing: dict[str, Any]) -> str:
    for name, value in thing.items():
        if _TITLE.search(name):
            if isinstance(value, dict):  # {"basic": …}, {"rendered": …}
                value = next((each for each in value.values() if isinstance(each, str)), None)
            if isinstance(value, str) and len(value) >= 8:
                return fold(_MARKUP.sub("", value))
    return ""


def _longest_text(thing: dict[str, Any]) -> str:
    """The longest text of an object as markup; plain text keeps its lines."""
    texts = [_markup(value) for name, value in thing.items() if _TEXT.search(name)]
    return max(texts, key=len, default="")


def _markup(value: Any, depth: int = 0) -> str:
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, str):
        if not _ARABIC_OR_WORDS.search(value):
            return ""
        if _MARKUP.search(value):
            return value
        return "".join(f"<p>{escape(line)}</p>" for line in value.splitlines() if line.strip())
    if isinstance(value, dict):  # {"rendered": …}, {"blocks": […]}
        return max(
            (_markup(each, depth + 1) for name, each in value.items() if name != "title"), key=len, default=""
        )
    if isinstance(value, list):
        return "".join(_block(each, depth + 1) for each in value[:2000])
    return ""


def _block(block: Any, depth: int) -> str:
    """One block of a text: a string, or an object whose kind says how it is shown."""
    if isinstance(block, str):
        return _markup(block, depth)
    if not isinstance(block, dict):
        return ""
    kind = str(block.get("type") or block.get("kind") or "").lower()
    if _NO_TEXT.search(kind):
        return ""
    for name in ("content", "text", "html", "value", "body", "data", "items", "content_elements"):
        text = _markup(block.get(name), depth + 1)
        if text:
            if "head" in kind or re.fullmatch(r"h[1-6]", kind):
                return f"<h3>{_MARKUP.sub('', text)}</h3>"
            return (
                text
                if text.lstrip().startswith(("<p", "<h", "<ul", "<ol", "<bl", "<div", "<table"))
                else f"<p>{text}</p>"
            )
    return ""


def _names(value: Any, depth: int = 0) -> list[str]:
    if depth > MAX_DEPTH:
        return []
    if isinstance(value, str):
        return [fold(value)] if 2 <= len(value) <= 90 else []
    if isinstance(value, list):
        return [name for each in value[:20] for name in _names(each, depth + 1)]
    if isinstance(value, dict):
        for name in ("name", "title", "full_name", "fullName", "display_name", "text", "by"):
            if name in value:
                return _names(value[name], depth + 1)
    return []


def _urls(value: Any, depth: int = 0) -> list[str]:
    if depth > 3:
        return []
    if isinstance(value, str):
        return [value] if value.startswith(("http://", "https://", "/")) and " " not in value else []
    if isinstance(value, dict):
        return next(
            (
                found
                for name in ("url", "src", "large", "original", "basic", "path")
                if (found := _urls(value.get(name), depth + 1))
            ),
            [],
        )
    return _urls(value[0], depth + 1) if isinstance(value, list) and value else []
