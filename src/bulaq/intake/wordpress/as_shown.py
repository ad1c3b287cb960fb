"""The body of a post as WordPress showed it to readers, where its markup alone does not say so: lines of
verse, files, posts of platforms that a script drew, quotations with their source, pictures in their full size."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from bulaq.intake.article import Picture
from bulaq.intake.wordpress.disclosures import with_titles
from bulaq.intake.wordpress.platform_posts import with_platform_posts

_DOWNLOAD = re.compile(r"<a\b[^<>]{0,1000}\bwp-block-file__button\b[^<>]{0,1000}>[^<>]{0,200}</a>", re.I)
_CITED = re.compile(
    r"(?:<br\s?/?>\s{0,9})?<cite\b[^<>]{0,200}>([^<>]{1,300})</cite>(?:\s{0,9}<br\s?/?>)?\s{0,9}</p>", re.I
)
_QUOTED = re.compile(
    r"(<blockquote\b[^<>]{0,300}>)((?:(?!</?blockquote|<p\b|<cite).){1,20000})(?=<cite\b)", re.I | re.S
)
_PHOTON = re.compile(
    r"(\bsrc=[\"'])https?://i\d\.wp\.com/([^\"'<>?\s]{4,2000})(?:\?[^\"'<>\s]{0,500})?", re.I
)
"""Jetpack's copy of a picture, in another size: the picture's own address stands in it."""
_SIZED = re.compile(
    r"(<img\b[^<>]{0,2000}?\bsrc=[\"'])([^\"'<>]{1,2000}?)(-\d{2,5}x\d{2,5})(\.(?:jpe?g|png|gif|webp|avif))([\"'][^<>]{0,2000}>)",
    re.I,
)
_NUMBER = re.compile(r"\bwp-image-(\d{1,17})\b")


def as_shown(text: str, picture_of: Callable[[int], Picture | None]) -> str:
    """`text` with what was drawn beside its markup; `picture_of` gives the picture of an attachment."""
    # A pattern that minds no case is tried at every letter; to ask first for a word of it costs a hundredth of that.
    lowered = text.lower()
    if "wp-block-file__button" in lowered:
        text = _DOWNLOAD.sub("", text)
    text = _with_lines(text)
    if "<cite" in lowered:
        text = _CITED.sub(r"</p><cite>\1</cite>", text)
        text = _QUOTED.sub(r"\1<p>\2</p>", text)
    text = with_platform_posts(with_titles(text))
    if ".wp.com/" in lowered:
        text = _PHOTON.sub(r"\1https://\2", text)
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
