"""The text of a Ghost post as markup: what it was published as, else written anew from what its editor kept.

Ghost keeps the markup that it showed beside the editor's own document (Lexical since version 5, Mobiledoc before, Markdown
in version 0): posts that were never rendered, and dumps that left the markup out, have only that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from bulaq.intake.ghost.cards import without_cards
from bulaq.intake.html.layout.tree import lone_surrogates_gone
from bulaq.intake.json_records import MAX_RECORD

MAX_DEPTH = 60
"""Levels of a document that are read: lists in lists are the deepest that an editor writes."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_HEADINGS, "p", "blockquote", "aside", "ul", "ol", "li", "pre"))


@dataclass(frozen=True, slots=True)
class PostBody:
    """`is_text`: plain text, no markup. `is_cut`: it is longer than what is read of a record."""

    text: str
    is_text: bool = False
    is_cut: bool = False


def body_of(post: dict[str, Any]) -> PostBody:
    """The body of a post; empty without one."""
    shown = post.get("html")
    if isinstance(shown, str) and shown.strip():
        return PostBody(without_cards(lone_surrogates_gone(shown)))
    for name, write in (("lexical", _lexical), ("mobiledoc", _mobiledoc)):
        document = _document(post.get(name))
        room = _Room()
        if document and (markup := "".join(room.of(write(document, room))).strip()):
            return PostBody(lone_surrogates_gone(markup), is_cut=room.is_full)
    for name in ("markdown", "plaintext"):
        text = post.get(name)
        if isinstance(text, str) and text.strip():
            return PostBody(lone_surrogates_gone(text), is_text=True)
    return PostBody("")


class _Room:
    """As much as a record may hold, for one body and for each of its parts: one card or link may be referred to without end."""

    def __init__(self) -> None:
        self.is_full = False

    def of(self, parts: Iterable[str]) -> Iterator[str]:
        """The first parts, up to the length of a record."""
        length = 0
        for part in parts:
            length += len(part)
            if length > MAX_RECORD:
                self.is_full = True
                return
            yield part


def _document(value: Any) -> dict[str, Any]:
    """The editor's document, which the database keeps as text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


# ── Lexical: https://lexical.dev/docs/concepts/nodes, with the cards of Ghost's kg-default-nodes ───────────────────────


def _lexical(document: dict[str, Any], room: _Room) -> Iterator[str]:
    root = document.get("root")
    if isinstance(root, dict):
        yield from _nodes(root.get("children"), 0)


def _nodes(children: Any, depth: int) -> Iterator[str]:
    if not isinstance(children, list) or depth > MAX_DEPTH:
        return
    for node in children:
        if isinstance(node, dict):
            yield from _node(node, depth)


def _node(node: dict[str, Any], depth: int) -> Iterator[str]:
    kind = _text(node, "type").removeprefix("extended-")
    if kind == "text":
        yield _formatted(escape(_text(node, "text")), node.get("format"))
        return
    if kind == "linebreak":
        yield "<br>"
        return
    card = _CARDS.get(kind)
    if card is not None:
        yield card(node)
        return
    inside = "".join(_nodes(node.get("children"), depth + 1))
    tag = _text(node, "tag") if kind in ("heading", "list") else _TAGS.get(kind, "")
    if kind in ("link", "autolink"):
        yield f'<a href="{escape(_text(node, "url"))}">{inside}</a>'
    elif tag in _BLOCKS:
        yield f"<{tag}>{inside}</{tag}>"
    else:
        yield inside


_TAGS = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li"}


def _formatted(text: str, marks: Any) -> str:
    """Lexical's bits: 1 is bold, 2 italic."""
    bold = isinstance(marks, int) and marks & 1
    return f"<strong>{text}</strong>" if bold and text.strip() else text


# ── Mobiledoc 0.3: https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md ───────────────────────────────────


def _mobiledoc(document: dict[str, Any], room: _Room) -> Iterator[str]:
    markups, atoms, cards = (_list(document.get(name)) for name in ("markups", "atoms", "cards"))
    for section in _list(document.get("sections")):
        match section:
            case [1, str(tag), list(markers), *_]:
                tag = tag if tag in _BLOCKS else "p"
                yield f"<{tag}>{_marked(markers, markups, atoms, room)}</{tag}>"
            case [3, str(tag), list(items), *_]:
                tag = tag if tag in ("ul", "ol") else "ul"
                lines = (f"<li>{_marked(_list(item), markups, atoms, room)}</li>" for item in items)
                yield f"<{tag}>{''.join(lines)}</{tag}>"
            case [10, int(place), *_] if 0 <= place < len(cards):
                yield _mobiledoc_card(cards[place])
            case [2, str(url), *_]:
                yield _image({"src": url})


def _marked(markers: list[Any], markups: list[Any], atoms: list[Any], room: _Room) -> str:
    """Text with what opens and closes in it; an atom is a line break."""
    return "".join(room.of(_pieces(markers, markups, atoms)))


def _pieces(markers: list[Any], markups: list[Any], atoms: list[Any]) -> Iterator[str]:
    open_tags: list[str] = []
    for marker in markers:
        match marker:
            case [kind, list(opening), int(closed), value, *_]:
                for place in opening:
                    start, tag = _opening(markups[place] if _is_place(place, markups) else None)
                    yield start
                    open_tags.append(tag)
                if kind == 0 and isinstance(value, str):
                    yield escape(value)
                elif kind == 1 and _is_place(value, atoms):
                    yield "<br>"
                for _ in range(min(max(closed, 0), len(open_tags))):
                    yield open_tags.pop()
    yield from reversed(open_tags)


def _opening(markup: Any) -> tuple[str, str]:
    match markup:
        case ["a", list(pairs), *_]:
            href = next((pairs[at + 1] for at in range(0, len(pairs) - 1, 2) if pairs[at] == "href"), "")
            return f'<a href="{escape(str(href))}">', "</a>"
        case [("strong" | "b"), *_]:
            return "<strong>", "</strong>"
    return "", ""


def _mobiledoc_card(card: Any) -> str:
    match card:
        case [str(name), dict(payload), *_]:
            write = _CARDS.get(name.removeprefix("card-"))
            return write(payload) if write is not None else ""
    return ""


# ── Cards, which both have ────────────────────────────────────────────────────────────────────────────────────────────


def _image(card: dict[str, Any]) -> str:
    caption = _text(card, "caption")  # markup of its own
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return (
        f'<figure><img src="{escape(_text(card, "src"))}" alt="{escape(_text(card, "alt"))}">{below}</figure>'
    )


def _gallery(card: dict[str, Any]) -> str:
    return "".join(
        _image({**one, "src": one.get("src") or one.get("fileName")})
        for one in _list(card.get("images"))
        if isinstance(one, dict)
    )


def _embed(card: dict[str, Any]) -> str:
    shown = _text(card, "html")
    return shown or f"<p>{escape(_text(card, 'url'))}</p>"


def _bookmark(card: dict[str, Any]) -> str:
    meta = card.get("metadata")
    title = _text(meta, "title") if isinstance(meta, dict) else ""
    url = escape(_text(card, "url"))
    return f'<p><a href="{url}">{escape(title) or url}</a></p>'


def _file(card: dict[str, Any]) -> str:
    name = _text(card, "fileTitle") or _text(card, "title") or _text(card, "fileName")
    return f'<p><a href="{escape(_text(card, "src"))}">{escape(name)}</a></p>'


def _callout(card: dict[str, Any]) -> str:
    return f"<p>{_text(card, 'calloutText')}</p>"


def _toggle(card: dict[str, Any]) -> str:
    return f"<h4>{_text(card, 'heading')}</h4>{_text(card, 'content')}"


def _markup_card(card: dict[str, Any]) -> str:
    return _text(card, "html")


def _markdown(card: dict[str, Any]) -> str:
    parts = _text(card, "markdown").replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part.strip())


def _film(card: dict[str, Any]) -> str:
    return f'<video src="{escape(_text(card, "src"))}"></video>'


def _sound(card: dict[str, Any]) -> str:
    return f'<audio src="{escape(_text(card, "src"))}"></audio>'


_CARDS = {
    "image": _image, "gallery": _gallery, "embed": _embed, "bookmark": _bookmark, "file": _file, "callout": _callout,
    "toggle": _toggle, "html": _markup_card, "markdown": _markdown, "markdown-card": _markdown, "video": _film,
    "audio": _sound,
}  # fmt: skip
"""What shows of each card; buttons, sign-up forms, prices and what went by mail alone are none of the article's."""


def _text(node: dict[str, Any], name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_place(value: Any, among: list[Any]) -> bool:
    return type(value) is int and 0 <= value < len(among)
