"""The elements of a story's text as markup, and what among them is none of the text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from bulaq.intake.ans.pictures import picture_of
from bulaq.intake.article import Link, Picture
from bulaq.intake.article_markup import plain
from bulaq.intake.html.layout.embeds import embed_of_address
from bulaq.intake.html.layout.text import key
from bulaq.intake.json_records import MAX_RECORD
from bulaq.intake.json_values import Object, list_of, object_of, objects_of, text_of
from bulaq.intake.told_article import address

MAX_DEPTH = 20
"""Of groups in groups and lists in lists."""

MAX_LEFT_OUT = 20

MAX_PULLED = 100
"""Pulled quotations that are looked for in the text."""


class Writing:
    """Elements written down one after the other. `pictures`, `read_also`: as of `told_article.ToldArticle`; `left_out`: kinds of
    elements of which nothing could be taken."""

    def __init__(self, base: str | None) -> None:
        self.parts: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self.read_also: list[Link] = []
        self.left_out: list[str] = []
        self._base = base
        self._elements: list[Any] = []
        self._text: str | None = None
        self._pulled = 0

    def write(self, elements: list[Any], depth: int = 0) -> None:
        """Writes elements in their order."""
        if not depth:
            self._elements, self._text = elements, None
        for element in objects_of(elements):
            kind = text_of(element.get("type"))
            write = _WRITTEN.get(kind)
            if write is not None:
                write(self, element, depth)
            elif text_of(element.get("content")):
                _text(self, element, depth)
            else:
                self.leave_out(kind or "element")

    def markup(self) -> str:
        """All that was written, up to the length of a record (`is_cut`)."""
        return "".join(self.parts)[:MAX_RECORD]

    @property
    def is_cut(self) -> bool:
        """Whether more was written than `markup` gives."""
        return sum(map(len, self.parts)) > MAX_RECORD

    def leave_out(self, kind: str) -> None:
        """Remembers a kind of which nothing was taken."""
        if kind not in self.left_out and len(self.left_out) < MAX_LEFT_OUT:
            self.left_out.append(kind[:40])

    def show(self, image: Object) -> None:
        """A picture; what is said of it comes with `pictures`."""
        picture = picture_of(image, self._base)
        if picture is None or picture.url is None:
            self.leave_out("image")
            return
        self.pictures.setdefault(picture.url, picture)
        self.parts.append(f'<figure><img src="{escape(picture.url)}"></figure>')

    def lead_to(self, headline: str, url: str) -> None:
        """A link to another article, which is no text of this one."""
        told = plain(headline)
        if told:
            self.read_also.append(
                Link(told, address(url, self._base) or (url if url.startswith("/") else None))
            )

    def repeats(self, text: str) -> bool:
        """Whether a line says again what a paragraph says."""
        self._pulled += 1
        if self._pulled > MAX_PULLED:
            return False
        if self._text is None:
            texts = (one for one in objects_of(self._elements) if text_of(one.get("type")) == "text")
            self._text = "\n".join(key(plain(text_of(one.get("content")))) for one in texts)
        return key(plain(text)) in self._text


def _text(writing: Writing, element: Object, depth: int) -> None:
    writing.parts.append(f"<p>{text_of(element.get('content'))}</p>")


def _heading(writing: Writing, element: Object, depth: int) -> None:
    writing.parts.append(f"<h3>{text_of(element.get('content'))}</h3>")


def _raw(writing: Writing, element: Object, depth: int) -> None:
    writing.parts.append(text_of(element.get("content")))


def _list(writing: Writing, element: Object, depth: int) -> None:
    writing.parts.append(_list_markup(element, depth))


def _list_markup(element: Object, depth: int) -> str:
    tag = "ol" if text_of(element.get("list_type")) == "ordered" else "ul"
    items = []
    for item in objects_of(element.get("items")):
        inner = _list_markup(item, depth + 1) if depth < MAX_DEPTH and list_of(item.get("items")) else ""
        items.append(inner or f"<li>{text_of(item.get('content'))}</li>")
    head = text_of(object_of(element.get("header")).get("content"))
    return (f"<h4>{head}</h4>" if head else "") + f"<{tag}>{''.join(items)}</{tag}>"


def _table(writing: Writing, element: Object, depth: int) -> None:
    rows = [list_of(element.get("header")), *(list_of(row) for row in list_of(element.get("rows")))]
    lines = (
        "".join(
            f"<td>{text_of(cell.get('content') if isinstance(cell, dict) else cell)}</td>" for cell in row
        )
        for row in rows
    )
    writing.parts.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines if line)}</table>")


def _quote(writing: Writing, element: Object, depth: int) -> None:
    said = [
        text for one in objects_of(element.get("content_elements")) if (text := text_of(one.get("content")))
    ]
    said = said or [text_of(element.get("content"))]
    if text_of(element.get("subtype")) == "pullquote" and all(map(writing.repeats, said)):
        return  # lifted out of the text, where it stands as well
    speaker = text_of(object_of(element.get("citation")).get("content"))
    cited = f"<cite>{speaker}</cite>" if speaker else ""
    writing.parts.append(f"<blockquote>{''.join(f'<p>{text}</p>' for text in said)}{cited}</blockquote>")


def _image(writing: Writing, element: Object, depth: int) -> None:
    writing.show(element)


def _group(writing: Writing, element: Object, depth: int) -> None:
    if depth < MAX_DEPTH:
        writing.write(list_of(element.get("content_elements")), depth + 1)


def _film(writing: Writing, element: Object, depth: int) -> None:
    """Its best file, else its player's own markup."""
    streams = [
        (one.get("bitrate") if isinstance(one.get("bitrate"), int) else 0, url)
        for one in objects_of(element.get("streams"))[:50]
        if (url := address(text_of(one.get("url")), None))
        and text_of(one.get("stream_type")) in ("mp4", "mp3", "")
    ]
    player = text_of(element.get("embed_html"))
    tag = "audio" if text_of(element.get("type")) == "audio" else "video"
    if streams:
        best = max(streams, key=lambda stream: (stream[0] or 0, stream[1]))[1]
        writing.parts.append(f'<{tag} src="{escape(best)}"></{tag}>')
    elif player:
        writing.parts.append(player)
    else:
        writing.leave_out(text_of(element.get("type")))


def _embed(writing: Writing, element: Object, depth: int) -> None:
    """A post or film of a platform: by its address, else as the markup that the platform gave."""
    raw = object_of(element.get("raw_oembed"))
    told = (
        raw.get("url"),
        raw.get("_id"),
        object_of(element.get("referent")).get("id"),
        object_of(element.get("embed")).get("url"),
    )
    known = next((url for each in told if (url := text_of(each)) and embed_of_address(url)), None)
    if known:
        writing.parts.append(f'<iframe src="{escape(known)}"></iframe>')
    elif text_of(raw.get("html")):
        writing.parts.append(text_of(raw.get("html")))
    elif other := address(text_of(raw.get("url")), None):
        writing.parts.append(f"<p>{escape(other)}</p>")
    else:
        writing.leave_out(text_of(element.get("subtype")) or text_of(element.get("type")))


def _link(writing: Writing, element: Object, depth: int) -> None:
    writing.lead_to(text_of(element.get("content")), text_of(element.get("url")))


def _links(writing: Writing, element: Object, depth: int) -> None:
    for item in objects_of(element.get("items"))[:100]:
        _link(writing, item, depth)


def _story(writing: Writing, element: Object, depth: int) -> None:
    """A card of another story."""
    headline = text_of(object_of(element.get("headlines")).get("basic"))
    writing.lead_to(headline, text_of(element.get("canonical_url")) or text_of(element.get("website_url")))


def _correction(writing: Writing, element: Object, depth: int) -> None:
    writing.parts.append(f"<p>{text_of(element.get('text'))}</p>")


def _divider(writing: Writing, element: Object, depth: int) -> None:
    pass


_WRITTEN: dict[str, Callable[[Writing, Object, int], None]] = {
    "text": _text, "header": _heading, "raw_html": _raw, "list": _list, "table": _table, "quote": _quote, "blockquote": _quote,
    "image": _image, "gallery": _group, "element_group": _group, "video": _film, "audio": _film, "oembed_response": _embed,
    "social_media": _embed, "custom_embed": _embed, "interstitial_link": _link, "link_list": _links, "story": _story,
    "correction": _correction, "divider": _divider,
}  # fmt: skip
