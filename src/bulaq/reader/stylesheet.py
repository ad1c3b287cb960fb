"""The site's one stylesheet, set into every page: no request blocks the first paint, and a hash in the content security
policy says that this style and no other may apply.

The source is `css/*.css`, hand-written; here it is joined, made small, and given the faces and the edition's accent.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from bulaq.reader.fonts.faces import faces

FOLDER = Path(__file__).with_name("css")
FILES = ("ground", "masthead", "lists", "article", "pages", "print")
"""In the order of the cascade."""

HOME = tuple(name for name in FILES if name not in ("article", "pages"))
"""What a home page needs: the heaviest of pages is not sent the rules of the others."""

ARTICLE = tuple(name for name in FILES if name != "pages")
"""What an article needs: most of what readers fetch."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style element's text and its source expression for `style-src`."""

    text: str
    hash: str


def style(text: str) -> Style:
    """The text with its hash.

    >>> style("").hash
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return Style(text, f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")


@lru_cache(maxsize=256)
def sheet(accent: str, accent_dark: str, *, arabic_faces: bool, files: tuple[str, ...] = FILES) -> Style:
    """The sheet for an edition's accents, or those of its `files` that a page needs. An edition in a Latin script is not sent the list of Arabic faces."""
    theme = f":root{{--accent:{accent};--accent-dark:{accent_dark}}}"
    return style((_faces() if arabic_faces else "") + theme + _source(files))


def repeats(shown: Iterable[int], limits: Iterable[int], own: int | None = None) -> Style:
    """For a surrogate in front that composes pages and cannot choose headlines: hides, in the shared boxes, those that
    the page shows itself, and what stands beyond a box's limit. (Bulaq's edge leaves them out; then this does nothing.)
    On the page of the article `own`, the breaking line that leads to it is hidden too.
    """
    ids = ",".join(f'[data-article="{number}"]' for number in shown)
    hidden = f".shared :is({ids}){{display:none}}" if ids else ""
    counted = f" of :not({ids})" if ids else ""
    beyond = "".join(
        f'.shared [data-limit="{limit}"] li:nth-child(n+{limit + 1}{counted}){{display:none}}'
        for limit in sorted(set(limits))
    )
    line = f'[data-leads="{own}"]{{display:none}}' if own else ""
    return style(hidden + beyond + line)


def preloads() -> list[str]:
    """The addresses of the faces fetched before the style asks for them."""
    return [_address(face.file) for face in faces() if face.preload]


def _address(file: str) -> str:
    return f"{settings.STATIC_URL}reader/fonts/{file}"


def _faces() -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:optional;'
        f'src:url({_address(face.file)})format("woff2");unicode-range:{face.unicode_range}}}'
        for face in faces()
    )


@lru_cache(maxsize=8)
def _source(files: tuple[str, ...]) -> str:
    return minified("".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in files))


_STRING_OR_URL = re.compile(r"\"[^\"]*\"|url\([^)]*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def minified(css: str) -> str:
    """The same sheet without comments and needless white space. Strings and `url(…)` stay as they are.

    >>> minified("a > b { color: red; /* why */ margin: 0 auto; }\\n")
    'a>b{color:red;margin:0 auto}'
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    css = _STRING_OR_URL.sub(keep, _COMMENT.sub("", css))
    css = re.sub(r"\s+", " ", css)
    # Not around «+» and «-»: in calc() their spaces have meaning. Not before «(» or «:»: `and (`, `a :is()`.
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"(?<=[a-z]): ", ":", css)
    css = css.replace(";}", "}").strip()
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], css)
