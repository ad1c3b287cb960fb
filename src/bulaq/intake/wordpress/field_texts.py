"""Posts whose text stands in a field of a page builder, a theme or a plugin, with no body beside it.

Each keeps it in a shape of its own: JSON, serialised PHP, markup, shortcodes. What a reader read is told from their settings
by what it is: the field that holds the most prose, its texts in their order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from bulaq.intake.article_markup import plain
from bulaq.intake.wordpress.classic import paragraphs
from bulaq.intake.wordpress.custom_fields import HIGHLIGHTS, KICKERS, PLACES, SOURCES, SUBTITLES, WRITERS
from bulaq.intake.wordpress.php_values import unserialized
from bulaq.intake.wordpress.post import Post

MIN_WORDS = 15
"""Words of the prose of a field that holds an article; fewer are a description or a setting."""
MAX_DEPTH = 50
MAX_TEXTS = 2_000

_ABOUT = re.compile(
    r"desc|seo|rank_?math|schema|excerpt|summary|og_|opengraph|twitter|oembed|json_ld|_log$|history|backup",
    re.I,
)
"""Fields that tell of the text and do not hold it."""
_HEADING = re.compile(r"(?:sub_?)?(?:title|heading|headline)\d?|عنوان")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CODE = re.compile(r"\{[^{}]{0,200}[:;]|^\s*(?:https?:|//|#|data:)\S*\s*$|function\s*\(")
_SPOKEN = re.compile(r"[^\W\d_]{2}\s+\S+\s+\S")
"""The end of a word, and two more; from the beginning of words without an end the search would be quadratic."""
_SHORTCODE = re.compile(r"\[/?[A-Za-z][^\[\]]{0,2000}\]")
_KNOWN = frozenset(
    (*KICKERS, *SUBTITLES, *PLACES, *WRITERS, *SOURCES, *(way.partition("/")[0] for way in HIGHLIGHTS))
)
"""Fields that are read as something else."""


class _Text(NamedTuple):
    name: str
    """The key under which it stands, in small letters."""
    tag: str
    """The element that its builder says it is («h2»); empty where none is said."""
    value: str


def markup(post: Post) -> tuple[str, str]:
    """The markup of the field that holds the post's text, and the field's name; two empty texts where none does."""
    name, most, best = "", MIN_WORDS - 1, list[_Text]()
    for key, value in post.meta.items():
        if len(value) < 60 or _ABOUT.search(key) or key in _KNOWN:
            continue
        texts = [text for text in _texts(_told(value), key, "", 0) if _is_read(text)][:MAX_TEXTS]
        words = sum(len(_words(text.value).split()) for text in texts if not _is_heading(text))
        if words > most:
            name, most, best = key, words, texts
    return "\n\n".join(map(_markup_of, best)), name


def _told(value: str) -> Any:
    """What a field holds: its value, where it is written as JSON or by PHP, else its text."""
    if value[0] in "[{" and value[-1] in "]}":
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    if value[:2] in ("a:", "O:"):
        return unserialized(value)
    return value


def _texts(value: Any, name: str, tag: str, depth: int) -> Iterator[_Text]:
    if isinstance(value, str):
        yield _Text(name.lower(), tag, value)
    elif depth < MAX_DEPTH and isinstance(value, dict):
        said = value.get("tag")
        for key, inner in value.items():
            yield from _texts(
                inner,
                name if str(key).isdecimal() else str(key),
                said if isinstance(said, str) else "",
                depth + 1,
            )
    elif depth < MAX_DEPTH and isinstance(value, list):
        for inner in value:
            yield from _texts(inner, name, tag, depth + 1)


def _is_heading(text: _Text) -> bool:
    return bool(_HEADING.fullmatch(text.name) or (text.tag in _HEADINGS and text.name in ("text", "content")))


def _is_read(text: _Text) -> bool:
    """Whether a reader read it: words in a row, and no code, address or setting."""
    bare = _words(text.value)
    if not bare or _CODE.search(bare):
        return False
    return _is_heading(text) or _SPOKEN.search(bare) is not None


def _words(value: str) -> str:
    return plain(_SHORTCODE.sub(" ", value)) if value else ""


def _markup_of(text: _Text) -> str:
    if _is_heading(text):
        return f"<h2>{escape(plain(text.value))}</h2>"
    return (
        text.value
        if "<p" in text.value or text.value.lstrip().startswith("[")
        else f"<p>{paragraphs(text.value)}</p>"
    )
