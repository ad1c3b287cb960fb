"""WordPress shortcodes as the markup that they stand for: `[caption]`, `[gallery]`, `[embed]`, `[video]` and their kin.

Those that only lay out a page (columns, boxes, drop caps of themes and page builders) leave their content; those that
call a plugin for something else leave nothing but a warning. A bracket that is no shortcode («[كذا]», «[CNN]») is text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from html import escape, unescape
from itertools import islice
from urllib.parse import unquote

from bulaq.intake.article import Picture
from bulaq.intake.html.embeds import embed_of_address

MAX_SHORTCODES = 5_000

_TAG = re.compile(
    r"(?P<escaped>\[)?\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{1,60})(?P<rest>(?:[\s=:/](?:[^\[\]\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,1500}?)?)\](?P<escaped_end>\])?"
)
_ATTRIBUTE = re.compile(
    r"([\w-]{1,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))|\"([^\"]*)\"|'([^']*)'|(\S+)"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")

_ENCLOSING = frozenset(
    (
        "caption", "wp_caption", "gallery", "embed", "video", "audio", "quote", "pullquote", "blockquote",
        "column", "columns", "row", "section", "dropcap", "highlight",
    )
)  # fmt: skip
_QUOTES = re.compile(r"^(?:[a-z]\w*[_-])?(?:block|pull)?quote$|^et_pb_testimonial$")
_PLATFORMS = frozenset(
    (
        "youtube", "youtube_sc", "su_youtube", "su_youtube_advanced", "vimeo", "su_vimeo", "dailymotion",
        "soundcloud", "tweet", "twitter", "twitter-embed", "instagram", "facebook", "fb", "fbvideo",
        "tiktok", "telegram", "spotify", "googlemaps", "iframe", "embedyt", "arve", "fvplayer", "su_video",
        "su_audio", "vc_video", "et_pb_video", "fusion_youtube", "fusion_vimeo", "av_video", "presto_player", "video_lightbox_youtube",
    )
)  # fmt: skip
_GALLERIES = frozenset(("gallery", "tiled_gallery", "slideshow", "td_gallery", "et_pb_gallery", "av_gallery"))
_CODED = frozenset(("vc_raw_html", "vc_raw_js", "et_pb_code"))
_BUTTONS = frozenset(("button", "su_button", "vc_btn", "et_pb_button", "fusion_button", "av_button"))
"""What is clicked: nothing of it is text."""
_LAYOUT = re.compile(
    r"^(?:(?:vc|et_pb|fusion|av|cs|mk|td|tdb|tatsu|nectar|ux|themify|wpb|tdc|vc_tta)_.+|(?:su_)?(?:columns?|row|section|spacer)|one_.+|two_.+|three_.+|col\d?)$"
)
_DROPPED = re.compile(
    r"^(?:contact-form.*|gravityform.*|wpforms.*|ninja_form.*|mc4wp.*|newsletter.*|ads?\d{0,2}|adsense|ad_.*|advert.*|adrotate|the_ad.*|quads.*|poll.*|yop_poll|rev_slider.*|"
    r"layerslider|smartslider.*|related.*|jetpack.*|td_block_\d+|td_smart_list_\w+|td_block_(?:ad|social|trending|slide|big)\w*|social.*|share.*|sharethis|addtoany|ssba.*|wp_ad_camp.*|button|su_button|vc_btn|vc_separator|vc_empty_space|"
    r"divider|spacer|clear|gap|hr|toc|ez-toc|login.*|search.*|sitemap|archives|recent.*|latest.*|sidebar|widget.*|nextpage|wp-?polls?)$",
    re.I,
)

_TITLED = re.compile(
    r"^(?:su_)?(?:tab|spoiler|toggle|accordion_item|collapse|expand|panel|accordion-item|vc_tta_section|vc_toggle|et_pb_tab|et_pb_toggle|et_pb_accordion_item|et_pb_blurb|et_pb_cta|et_pb_slide|fusion_tab|fusion_toggle|av_tab|av_toggle)$"
)
"""What opens and closes: its title is shown above its content."""

_TITLES = frozenset(("tab_title", "tabtitle", "toggle_title", "accordion_title"))
"""What holds the title of a tab."""

PicturesOf = Callable[[list[str]], list[Picture]]
"""Ids of attachments → their pictures; with no ids, those that belong to the post."""


def expand(
    text: str, pictures_of: PicturesOf, films_of: Callable[[list[str]], list[str]]
) -> tuple[str, list[str]]:
    """`text` with its shortcodes as markup, and the names of those that nothing is known of."""
    if "[" not in text:
        return text, []
    found = list(islice(_TAG.finditer(text), MAX_SHORTCODES))
    if not found:
        return text, []
    closed = {match["name"].lower() for match in found if match["close"]}
    unknown: list[str] = []
    said_by: list[str] = []
    pieces: list[str] = []
    at = 0
    skip_to = 0
    for position, match in enumerate(found):
        if match.start() < skip_to:
            continue
        name = match["name"].lower()
        if match["escaped"] and match["escaped_end"]:
            pieces += (text[at : match.start()], match[0][1:-1])
            at = match.end()
            continue
        # A single bracket before or behind is text of its own («[[gallery]» is one bracket and a gallery).
        start = match.start() + (1 if match["escaped"] else 0)
        end = match.end() - (1 if match["escaped_end"] else 0)
        attributes = _attributes(match["rest"] or "")
        if not _is_shortcode(name, match, attributes, closed):
            continue
        pieces.append(text[at:start])
        at = end
        if match["close"]:
            if _QUOTES.match(name) and said_by:
                pieces.append(said_by.pop())
            pieces.append(_end_of(name))
            continue
        inner, after = None, end
        if (
            name in ("caption", "wp_caption", "embed", "video", "audio", "gallery", "playlist")
            or name in _PLATFORMS
            or name in _CODED
            or name in _BUTTONS
        ):
            closing = _closing(found, position, name) if name in closed else None
            if closing is not None and not (match["rest"] or "").rstrip().endswith("/"):
                inner, after = text[end : closing.start()], closing.end()
        shown = _shown(name, attributes, inner, pictures_of, films_of)
        if shown is None:
            pieces.append("\n\n" if _LAYOUT.match(name) else "")
            if name not in closed and name not in unknown and not _DROPPED.match(name):
                unknown.append(name)
            continue
        pieces.append(shown)
        if _QUOTES.match(name):
            said_by.append(_cited(attributes))
        if inner is not None:
            at = skip_to = after
    pieces.append(text[at:])
    return "".join(pieces), unknown


def _end_of(name: str) -> str:
    if _QUOTES.match(name):
        return "</blockquote>\n\n"
    if name in _TITLES:
        return "</h3>\n\n"
    return "\n\n" if _LAYOUT.match(name) or _TITLED.match(name) else ""


def _closing(found: list[re.Match[str]], position: int, name: str) -> re.Match[str] | None:
    for match in found[position + 1 : position + 200]:
        if match["name"].lower() == name:
            return match if match["close"] else None
    return None


def _is_shortcode(name: str, match: re.Match[str], attributes: dict[str, str], closed: set[str]) -> bool:
    if (
        name in _ENCLOSING
        or name in _PLATFORMS
        or _QUOTES.match(name)
        or name == "playlist"
        or _DROPPED.match(name)
    ):
        return True
    if match["close"] or name in closed:
        return True
    named = any(not key.isdigit() for key in attributes)
    return named or "_" in name


def _attributes(text: str) -> dict[str, str]:
    """Named attributes by name, the others by their position («0», «1», …)."""
    found: dict[str, str] = {}
    text = text.replace("\u201c", '"').replace("\u201d", '"').replace("\u2033", '"').lstrip("=: ")
    for match in _ATTRIBUTE.finditer(text[:20_000]):
        if match[1]:
            value = next((part for part in match.group(2, 3, 4) if part is not None), "")
            found[match[1].lower()] = unescape(value)
        else:
            value = next((part for part in match.group(5, 6, 7) if part is not None), "")
            if value != "/":
                found[str(sum(key.isdigit() for key in found))] = unescape(value)
    return found


def _shown(
    name: str,
    attributes: dict[str, str],
    inner: str | None,
    pictures_of: PicturesOf,
    films_of: Callable[[list[str]], list[str]],
) -> str | None:
    if name in ("caption", "wp_caption"):
        return _caption(attributes, inner or "")
    if name in _GALLERIES:
        ids = next(
            (attributes[key] for key in ("ids", "include", "gallery_ids", "images") if attributes.get(key)),
            "",
        )
        return "\n\n" + "".join(figure(picture) for picture in pictures_of(re.findall(r"\d+", ids))) + "\n\n"
    if name == "playlist":
        return "".join(film(url) for url in films_of(re.findall(r"\d+", attributes.get("ids", ""))))
    if name in ("embed", "video", "audio") or name in _PLATFORMS:
        url = _address(name, attributes, inner)
        return film(url) if url else ""
    if name in _BUTTONS:
        return ""
    if name in _CODED:
        return _decoded(inner or "")
    if _QUOTES.match(name):
        return "\n\n<blockquote>"
    if name in _TITLES:
        return "\n\n<h3>"
    return _built(name, attributes, pictures_of) or _played(attributes)


def _played(attributes: dict[str, str]) -> str | None:
    """What a plugin that is not known shows from a platform that is."""
    addresses = (value for value in attributes.values() if _ADDRESS.fullmatch(value))
    known = next((url for url in addresses if embed_of_address(url) is not None), None)
    return film(known) if known else None


def _cited(attributes: dict[str, str]) -> str:
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
    if _TITLED.match(name):
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


def figure(picture: Picture) -> str:
    """The markup of a picture with its caption."""
    told = " | ".join(part for part in (picture.caption, picture.credit) if part)
    caption = f"<figcaption>{escape(told)}</figcaption>" if told else ""
    return (
        f'<figure><img src="{escape(picture.url or "")}" alt="{escape(picture.alt or "")}">{caption}</figure>'
    )


def film(url: str) -> str:
    """The markup of anything that is shown from an address: a film, a sound, a post of a platform."""
    return f'\n\n<video src="{escape(url)}"></video>\n\n'
