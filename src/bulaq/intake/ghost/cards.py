"""The cards of a rendered Ghost post as plain markup: what a reader read of each, without the card's own furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from lxml import etree  # type: ignore[attr-defined]

from bulaq.intake.html.layout.tree import Element, NotParsable, parse
from bulaq.intake.plain_text import UNFIT

_SEPARATORS = re.compile("[\x1c-\x1f]")  # white space to Python, and no character of a document


def without_cards(markup: str) -> str:
    """`markup` with its cards written as what is known everywhere; as it is where it cannot be parsed."""
    if "kg-" not in markup:
        return markup
    try:
        root, cut = parse(f"<html><body>{markup}</body></html>")
    except NotParsable:
        return markup
    body = root.find("body")
    if cut or body is None:
        return markup
    for card, write in _outermost(body):
        _replace(card, write(card))
    return "".join((escape(body.text or ""), *(etree.tostring(child, encoding="unicode") for child in body)))


_Write = Callable[[Element], str]


def _outermost(body: Element) -> Iterator[tuple[Element, _Write]]:
    """The cards that are written anew; those inside another are written with it."""
    ahead = list(body)
    while ahead:
        element = ahead.pop()
        names = _classes(element)
        write = (
            next((_WRITTEN[name] for name in names if name in _WRITTEN), None) if "kg-card" in names else None
        )
        if write is not None:
            yield element, write
        else:
            ahead.extend(element)


def _replace(card: Element, markup: str) -> None:
    root, _ = parse(f"<html><body><div>{markup}</div></body></html>")
    new = root.find("body")[0]
    # Forged entities come through the parser as characters that lxml gives and does not take.
    new.tail = UNFIT.sub("", _SEPARATORS.sub(" ", card.tail or ""))
    card.getparent().replace(card, new)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def _part(card: Element, name: str) -> Element | None:
    return next((found for found in card.iter() if name in _classes(found)), None)


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _inside(element: Element | None) -> str:
    """The markup inside an element."""
    if element is None:
        return ""
    return escape(element.text or "") + "".join(
        etree.tostring(child, encoding="unicode") for child in element
    )


def _below(card: Element) -> str:
    caption = next(card.iter("figcaption"), None)
    return f"<figcaption>{_inside(caption)}</figcaption>" if caption is not None else ""


def _callout(card: Element) -> str:
    return f"<p>{_inside(_part(card, 'kg-callout-text'))}</p>"


def _bookmark(card: Element) -> str:
    """A link by its headline: a picture and a summary of another page are no text of this one."""
    link = next(card.iter("a"), None)
    title = _text(_part(card, "kg-bookmark-title"))
    if link is None or not title:
        return ""
    return f'<p><a href="{escape(link.get("href") or "")}">{escape(title)}</a></p>{_below(card)}'


def _file(card: Element) -> str:
    link = next(card.iter("a"), None)
    name = _text(_part(card, "kg-file-card-title")) or _text(_part(card, "kg-file-card-filename"))
    return f'<p><a href="{escape(link.get("href") or "")}">{escape(name)}</a></p>' if link is not None else ""


def _gallery(card: Element) -> str:
    """Its pictures one under the other."""
    return _figures(
        card, [etree.tostring(image, encoding="unicode", with_tail=False) for image in card.iter("img")]
    )


def _film(card: Element) -> str:
    sources = [found.get("src") for found in card.iter("video", "audio") if found.get("src")]
    return _figures(card, [f'<video src="{escape(url)}"></video>' for url in sources])


def _figures(card: Element, shown: list[str]) -> str:
    """A figure for each, the last with what is said of all."""
    return "".join(
        f"<figure>{one}{_below(card) if place == len(shown) else ''}</figure>"
        for place, one in enumerate(shown, 1)
    )


def _nothing(card: Element) -> str:
    return ""


_WRITTEN: dict[str, _Write] = {
    "kg-callout-card": _callout, "kg-bookmark-card": _bookmark, "kg-file-card": _file, "kg-gallery-card": _gallery,
    "kg-video-card": _film, "kg-audio-card": _film, "kg-button-card": _nothing, "kg-signup-card": _nothing,
    "kg-cta-card": _nothing, "kg-email-card": _nothing,
}  # fmt: skip
"""How each is written; buttons and sign-up forms are none of the article's. Others are markup like any."""
