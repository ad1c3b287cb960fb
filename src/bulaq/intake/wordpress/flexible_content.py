"""Posts whose text stands in rows of Advanced Custom Fields («flexible content», repeaters), with no body beside them.

The plugin keeps a row's fields each under its own name, «sections_0_text», «sections_1_image», and the number of rows
or the names of their layouts under «sections» (https://www.advancedcustomfields.com/resources/flexible-content/).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from bulaq.intake.article import Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.wordpress.classic import paragraphs
from bulaq.intake.wordpress.drawn_blocks import PICTURE_ADDRESS, fields_of
from bulaq.intake.wordpress.figures import figure, film
from bulaq.intake.wordpress.post import Post

_OF_ROW = re.compile(r"(?P<base>[a-zA-Z]\w{0,60}?)_(?P<row>\d{1,3})_(?P<name>[a-zA-Z]\w{0,60})")
_ROWS = re.compile(r"a:\d{1,3}:\{.*\}|\d{1,3}", re.S)
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{4,1000}")
_NUMBER = re.compile(r"\d{1,17}")
_IDENTS = re.compile(r"a:\d{1,4}:\{.*\}", re.S)
_HEADING = re.compile(r"(?:sub_?)?(?:title|heading|headline)\d?|عنوان")
_SAID = re.compile(r"(?:pull_?|block_?)?quote(?:_text)?|اقتباس")
_SAID_BY = re.compile(r"(?:quote_)?(?:author|cite|source|name)")
_CAPTION = re.compile(r"(?:image_|photo_)?caption")
_SETTING = re.compile(
    r"(?:.*_)?(?:align\w*|style|size|width|height|colou?r|class|id|layout|position|type|button\w*|link|icon|alt)"
)
MIN_WORDS = 8
"""Words of a row's longest text; fields of fewer hold no article."""

PictureOf = Callable[[int], Picture | None]


def markup(post: Post, picture_of: PictureOf) -> str:
    """The markup of a post's rows in their order; empty where its fields hold no text of any length."""
    rows: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for key, value in post.meta.items():
        match = _OF_ROW.fullmatch(key)
        if (
            match
            and value
            and f"_{key}" in post.meta_keys
            and _ROWS.fullmatch(post.meta.get(match["base"], ""))
        ):
            rows.setdefault((match["base"], int(match["row"])), []).append((match["name"], value))
    longest: dict[str, int] = {}
    for (base, _), fields in rows.items():
        words = max(len(plain(value).split()) for _, value in fields)
        longest[base] = max(longest.get(base, 0), words)
    base = max(longest, key=longest.__getitem__, default="")
    if longest.get(base, 0) < MIN_WORDS:
        return ""
    return "\n\n".join(_row(rows[key], picture_of) for key in sorted(rows) if key[0] == base)


def of_block(name: str, told: dict[str, object], picture_of: PictureOf) -> str:
    """The markup of a block from what stands beside its name. Advanced Custom Fields keeps its fields there, each with its
    number under «_name»; what others keep is told from their settings."""
    fields = fields_of(told)
    if name.startswith("acf/"):
        data = told.get("data")
        fields = [
            (field, str(value))
            for field, value in (data.items() if isinstance(data, dict) else ())
            if not field.startswith("_") and isinstance(value, str | int)
        ]
    return f"\n\n{_row(fields, picture_of, quoted='quote' in name)}\n\n" if fields else ""


def _row(fields: list[tuple[str, str]], picture_of: PictureOf, *, quoted: bool = False) -> str:
    said_by = next((plain(value) for name, value in fields if _SAID_BY.fullmatch(name)), "")
    caption = next((plain(value) for name, value in fields if _CAPTION.fullmatch(name)), None)
    alt = next((plain(value) for name, value in fields if name == "alt"), None)
    quotes = quoted or any(_SAID.fullmatch(name) for name, _ in fields)
    pieces = []
    for name, value in fields:
        if _CAPTION.fullmatch(name) or _SETTING.fullmatch(name) or (quotes and _SAID_BY.fullmatch(name)):
            continue
        if _SAID.fullmatch(name) or (quoted and name in ("text", "content", "body")):
            pieces.append(f"<blockquote>{paragraphs(value)}<cite>{escape(said_by)}</cite></blockquote>")
        elif _HEADING.fullmatch(name):
            pieces.append(f"<h2>{value}</h2>")
        else:
            pieces.append(_shown(value, Picture(None, caption, alt=alt), picture_of))
    return "\n\n".join(pieces)


def _shown(value: str, told: Picture, picture_of: PictureOf) -> str:
    """A text, a film by its address, or pictures by their numbers or addresses; `told` is what the row says of them."""
    if _NUMBER.fullmatch(value) or _IDENTS.fullmatch(value):
        numbers = (
            re.findall(r'"(\d{1,17})"|\bi:\d+;i:(\d{1,17})', value) if value[0] == "a" else [(value, "")]
        )
        found = [picture_of(int(text or whole)) for text, whole in numbers]
        return "".join(
            figure(
                Picture(picture.url, told.caption or picture.caption, picture.credit, picture.alt or told.alt)
            )
            for picture in found
            if picture is not None
        )
    if PICTURE_ADDRESS.fullmatch(value):
        return figure(Picture(value, told.caption, alt=told.alt))
    if _ADDRESS.fullmatch(value):
        return film(value)
    return (
        value if "<p" in value else f"<p>{paragraphs(value)}</p>" if "\n" not in value else paragraphs(value)
    )
