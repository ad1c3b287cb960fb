"""What each shortcode showed, as markup: pictures, films, quotations, titles, the elements of page builders."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from bulaq.intake.article import Picture
from bulaq.intake.html.layout.embeds import embed_of_address
from bulaq.intake.wordpress.figures import figure, film
from bulaq.intake.wordpress.shortcode_names import (
    BUTTONS,
    CAPTIONS,
    CODED,
    FILMS,
    GALLERIES,
    LAYOUT,
    PLATFORMS,
    QUOTES,
    TITLED,
    TITLES,
)

_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")

PicturesOf = Callable[[list[str]], list[Picture]]
"""Ids of attachments → their pictures; with no ids, those that belong to the post."""
FilmsOf = Callable[[list[str]], list[str]]
"""Ids of attachments → the addresses of those that are films or sounds."""


def shown(
    name: str, attributes: dict[str, str], inner: str | None, pictures_of: PicturesOf, films_of: FilmsOf
) -> str | None:
    """The markup of a shortcode, or of its beginning where `inner` is None; None where nothing is known of it."""
    if name in CAPTIONS:
        return _caption(attributes, inner or "")
    if name in GALLERIES:
        return _gallery(name, attributes, pictures_of)
    if name == "playlist":
        return "".join(film(url) for url in films_of(re.findall(r"\d+", attributes.get("ids", ""))))
    if name in FILMS or name in PLATFORMS:
        url = _address(name, attributes, inner)
        return film(url) if url else ""
    if name in BUTTONS:
        return ""
    if name in CODED:
        return _decoded(inner or "")
    if QUOTES.match(name):
        return "\n\n<blockquote>"
    if name in TITLES:
        return "\n\n<h3>"
    return _built(name, attributes, pictures_of) or _played(attributes)


def end_of(name: str) -> str:
    """The markup of a shortcode's end."""
    if QUOTES.match(name):
        return "</blockquote>\n\n"
    if name in TITLES:
        return "</h3>\n\n"
    return "\n\n" if LAYOUT.match(name) or TITLED.match(name) else ""


def _gallery(name: str, attributes: dict[str, str], pictures_of: PicturesOf) -> str | None:
    told = (attributes.get(key, "") for key in ("ids", "include", "gallery_ids", "images", "source"))
    idents = re.findall(r"\d+", next((ids for ids in told if ids), ""))
    if not idents and name.startswith("su_"):
        return None  # of other articles, or of a folder
    return "\n\n" + "".join(figure(picture) for picture in pictures_of(idents)) + "\n\n"


def _played(attributes: dict[str, str]) -> str | None:
    """What a plugin that is not known shows from a platform that is."""
    addresses = (value for value in attributes.values() if _ADDRESS.fullmatch(value))
    known = next((url for url in addresses if embed_of_address(url) is not None), None)
    return film(known) if known else None


def cited(attributes: dict[str, str]) -> str:
    """Who is quoted, where the shortcode says so."""
    name = next((attributes[key] for key in ("author", "cite", "name", "source") if attributes.get(key)), "")
    return f"<cite>{escape(name)}</cite>" if name else ""


def _decoded(inner: str) -> str:
    """The markup of WPBakery's raw elements, an address-encoded text in base64, or of Divi's, with its marks escaped;
    nothing of a script's."""
    if "<" not in inner and "&lt;" in inner:
        return f"\n\n{unescape(inner)}\n\n"
    try:
        markup = unquote(
            base64.b64decode(re.sub(r"\s|</?p>|<br\s?/?>", "", inner), validate=True).decode("utf-8")
        )
    except (ValueError, binascii.Error):
        return ""
    return f"\n\n{markup}\n\n" if "[" not in markup and len(markup) < 200_000 else ""


def _built(name: str, attributes: dict[str, str], pictures_of: PicturesOf) -> str | None:
    """What a page builder's element shows that holds its content in attributes."""
    if name in ("vc_custom_heading", "vc_text_separator", "fusion_title") and (
        told := attributes.get("text") or attributes.get("title")
    ):
        return f"\n\n<h2>{escape(told)}</h2>\n\n"
    if TITLED.match(name):
        told = attributes.get("title") or attributes.get("heading")
        source = attributes.get("image", "")
        shown_above = figure(Picture(source)) if _ADDRESS.fullmatch(source) else ""
        return f"\n\n{shown_above}<h3>{escape(told)}</h3>\n\n" if told else f"\n\n{shown_above}"
    if name in ("vc_single_image", "vc_gallery", "et_pb_image", "av_image"):
        numbers = re.findall(
            r"\d+", attributes.get("image") or attributes.get("images") or attributes.get("attachment") or ""
        )
        shown = pictures_of(numbers) if numbers else []
        source = attributes.get("src", "")
        if not shown and _ADDRESS.fullmatch(source):
            shown = [Picture(source, alt=attributes.get("alt"))]
        return "\n\n" + "".join(figure(picture) for picture in shown) + "\n\n"
    return None


def _address(name: str, attributes: dict[str, str], inner: str | None) -> str | None:
    for value in (
        *(
            attributes.get(key, "")
            for key in ("src", "url", "link", "href", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg")
        ),
        inner or "",
        *attributes.values(),
    ):
        match = _ADDRESS.search(unescape(value))
        if match:
            return match[0]
    ident = attributes.get("id") or attributes.get("0") or (inner or "").strip()
    if re.fullmatch(r"[\w-]{5,40}", ident or ""):
        if "youtube" in name and len(ident) == 11:
            return f"https://www.youtube.com/watch?v={ident}"
        if "vimeo" in name and ident.isdigit():
            return f"https://vimeo.com/{ident}"
        if name == "dailymotion":
            return f"https://www.dailymotion.com/video/{ident}"
        if name == "tweet" and ident.isdigit():
            return f"https://twitter.com/i/status/{ident}"
    return None


_PICTURE = re.compile(r"(?:<a\b[^<>]{0,2000}>\s{0,9})?<img\b[^<>]{0,4000}>(?:\s{0,9}</a>)?", re.I)


def _caption(attributes: dict[str, str], inner: str) -> str:
    picture = _PICTURE.search(inner)
    if picture is None:
        return f"\n\n{inner}\n\n"
    told = attributes.get("caption") or (inner[: picture.start()] + inner[picture.end() :])
    told = re.sub(r"</?(?:p|div|br)\b[^>]*>", " ", told).strip()
    caption = f"<figcaption>{told}</figcaption>" if told else ""
    return f"\n\n<figure>{picture[0]}{caption}</figure>\n\n"
