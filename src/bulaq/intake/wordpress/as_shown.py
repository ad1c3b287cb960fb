"""The body of a post as WordPress showed it to readers, where its markup alone does not say so: footnotes, lines of
verse, files, posts of platforms that a script drew, quotations with their source, pictures in their full size."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape, unescape

from bulaq.intake.article import Picture
from bulaq.intake.html.embeds import embed_of_address
from bulaq.intake.wordpress.shortcodes import film

_FOOTNOTE_MARK = re.compile(
    r"<sup\b[^<>]{0,300}\bdata-fn=[^<>]{0,300}>\s{0,9}(?:<a\b[^<>]{0,500}>)?\s{0,9}([\d٠-٩]{1,4})\s{0,9}(?:</a>)?\s{0,9}</sup>",
    re.I,
)
_FOOTNOTES_BLOCK = re.compile(r"<!--\s{1,9}wp:footnotes\b[^<>]{0,500}/-->")
MAX_FOOTNOTES = 2_000

_DOWNLOAD = re.compile(r"<a\b[^<>]{0,1000}\bwp-block-file__button\b[^<>]{0,1000}>[^<>]{0,200}</a>", re.I)
_CITED = re.compile(
    r"(?:<br\s?/?>\s{0,9})?<cite\b[^<>]{0,200}>([^<>]{1,300})</cite>(?:\s{0,9}<br\s?/?>)?\s{0,9}</p>", re.I
)
_QUOTED = re.compile(
    r"(<blockquote\b[^<>]{0,300}>)((?:(?!</?blockquote|<p\b|<cite).){1,20000})(?=<cite\b)", re.I | re.S
)
_FACEBOOK = re.compile(
    r"<div\b[^<>]{0,500}\bclass=[\"'][^\"'<>]{0,200}\bfb-(?:post|video)\b[^<>]{0,1000}>(?:\s{0,9}</div>)?",
    re.I,
)
_BUTTON = re.compile(r"<a\b[^<>]{0,1000}\brole=[\"']button[\"'][^<>]{0,500}>[^<>]{0,200}</a>", re.I)
_PRESSED = re.compile(
    r"(<h[1-6]\b[^<>]{0,500}\bwp-block-accordion-heading\b[^<>]{0,500}>)\s{0,9}<button\b[^<>]{0,500}>(.{0,1000}?)</button>",
    re.I | re.S,
)
"""The title of what opens and closes, which is pressed."""
_HREF = re.compile(r"\bdata-href=[\"'](https?://[^\"'<>\s]{1,1000})[\"']", re.I)
_TELEGRAM = re.compile(
    r"<script\b[^<>]{0,1000}\bdata-telegram-post=[\"']([\w+-]{2,64}/\d{1,12})[\"'][^<>]{0,1000}>\s{0,9}</script>",
    re.I,
)
_POSTED = re.compile(
    r"<blockquote\b[^<>]{0,500}\b(?:class=[\"'][^\"'<>]{0,100}\btiktok-embed\b[^<>]{0,300}?\bcite|data-instgrm-permalink)=[\"']"
    r"(https?://[^\"'<>\s]{1,500})[\"'][^<>]{0,2000}>",
    re.I,
)
"""Posts of platforms whose script draws what stands in them."""
_OBJECT = re.compile(r"<object\b[^<>]{0,1000}>(?:(?!</?object\b).){0,5000}</object\s{0,9}>", re.I | re.S)
_PLAYED = re.compile(r"\b(?:value|src|data)=[\"']((?:https?:)?//[^\"'<>\s]{1,1000})[\"']", re.I)
_SIZED = re.compile(
    r"(<img\b[^<>]{0,2000}?\bsrc=[\"'])([^\"'<>]{1,2000}?)(-\d{2,5}x\d{2,5})(\.(?:jpe?g|png|gif|webp|avif))([\"'][^<>]{0,2000}>)",
    re.I,
)
_NUMBER = re.compile(r"\bwp-image-(\d{1,17})\b")


def as_shown(text: str, footnotes: str, picture_of: Callable[[int], Picture | None]) -> str:
    """`text` with what was drawn beside its markup. `footnotes` is the field that the editor keeps them in (JSON);
    `picture_of` gives the picture of an attachment."""
    # A pattern that minds no case is tried at every letter; to ask first for a word of it costs a hundredth of that.
    lowered = text.lower()
    if "data-fn=" in lowered:
        text = _FOOTNOTE_MARK.sub(r"[\1]", text)
    if "wp:footnotes" in text:
        text = _FOOTNOTES_BLOCK.sub(lambda _: _listed(footnotes), text)
    if "wp-block-file__button" in lowered:
        text = _DOWNLOAD.sub("", text)
    if "wp-block-accordion-heading" in lowered:
        text = _PRESSED.sub(r"\1\2", text)
    if "role=" in lowered:
        text = _BUTTON.sub("", text)
    text = _with_lines(text)
    if "<cite" in lowered:
        text = _CITED.sub(r"</p><cite>\1</cite>", text)
        text = _QUOTED.sub(r"\1<p>\2</p>", text)
    if "fb-" in lowered:
        text = _FACEBOOK.sub(_post_of_facebook, text)
    if "tiktok-embed" in lowered or "data-instgrm-permalink" in lowered:
        text = _posted(text)
    if "<object" in lowered:
        text = _OBJECT.sub(_played, text)
    if "data-telegram-post" in lowered:
        text = _TELEGRAM.sub(lambda match: film(f"https://t.me/{match[1]}"), text)
    if "<img" in lowered:
        text = _SIZED.sub(lambda match: _full_size(match, picture_of), text)
    return text


def _with_lines(text: str) -> str:
    """The lines inside `<pre>` (verse, code) as lines that the markup breaks."""
    pieces: list[str] = []
    at = 0
    while (begin := text.find("<pre", at)) >= 0 and (end := text.find("</pre", begin)) >= 0:
        pieces += (text[at:begin], text[begin:end].strip("\n").replace("\n", "<br>"))
        at = end
    return "".join([*pieces, text[at:]])


def _listed(footnotes: str) -> str:
    try:
        told = json.loads(footnotes) if footnotes else []
    except (ValueError, RecursionError):
        return ""
    notes = [note.get("content") for note in told if isinstance(note, dict)] if isinstance(told, list) else []
    items = "".join(
        f"<li>{note}</li>" for note in notes[:MAX_FOOTNOTES] if isinstance(note, str) and note.strip()
    )
    return f"<!-- wp:list --><ol>{items}</ol><!-- /wp:list -->" if items else ""


def _post_of_facebook(match: re.Match[str]) -> str:
    address = _HREF.search(match[0])
    return film(unescape(address[1])) if address else match[0]


def _posted(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for match in _POSTED.finditer(text):
        if match.start() < at:
            continue
        end = text.find("</blockquote", match.end())
        if end < 0:
            break
        pieces += (text[at : match.start()], film(unescape(match[1])))
        at = text.find(">", end) + 1 or len(text)
    return "".join([*pieces, text[at:]])


def _played(match: re.Match[str]) -> str:
    """The film of a player as pages had it before HTML 5; what else is inside stays as it is."""
    addresses = (unescape(found[1]) for found in _PLAYED.finditer(match[0]))
    known = next((url for url in addresses if embed_of_address(url) is not None), None)
    return film(known) if known else match[0]


def _full_size(match: re.Match[str], picture_of: Callable[[int], Picture | None]) -> str:
    """The picture in the size that was uploaded, where the library has it under the same name."""
    number = _NUMBER.search(match[0])
    picture = picture_of(int(number[1])) if number else None
    name = (match[2] + match[4]).rsplit("/", 1)[-1]
    if (
        picture is None
        or not picture.url
        or picture.url.rsplit("/", 1)[-1] not in (name, name.replace(match[4], f"-scaled{match[4]}"))
    ):
        return match[0]
    return match[1] + escape(picture.url) + match[5]
