"""Pictures of a page: their addresses, whose they are, which of them are only decoration."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bulaq.intake.article import Picture
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.html.layout.archived import as_published
from bulaq.intake.html.layout.segments import Segment
from bulaq.intake.html.layout.text import fold, words
from bulaq.intake.html.layout.tree import Element

_SOURCES = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-full",
    "data-image",
    "data-url",
    "src",
)
_ICON = re.compile(
    r"(?:logo|icon|sprite|avatar|pixel|spacer|blank|loading|(?<!content)placeholder|button|emoji|smiley|gravatar|1x1|transparent|print|facebook|twitter|whatsapp|banner|/ads?/|counter|rating|star)",
    re.I,
)
_CREDIT = re.compile(
    r"^\s*(?:©|\(c\)|(?:ال)?مصدر\s+الصورة|حقوق\s+الصورة|صدر\s+الصورة|تصوير|عدسة|بعدسة|المصور|الصورة|photo(?:graph)?|image|picture|credit|crédit(?:\s+photo)?|source|عکس|عکاس|getty|reuters|afp|ap|epa|أ\.?\s*ف\.?\s*ب|رويترز|أرشيف|ارشيف|الأرشيف)\s*(?:[:：،/©—-]|by\b|images?$|$)",
    re.I,
)
_CREDIT_AFTER = re.compile(
    r"\s*(?:[|©]|حقوق\s+(?:النشر|الصورة|الطبع)\b\s*[:：]?|(?:ال)?مصدر(?:\s+الصورة)?\s*[:：]|(?:تصوير|عدسة|(?:(?:photo|image|picture)\s*)?credits?|photo|image)\s*[:：])\s*",
    re.I,
)


_SIZE = re.compile(r"(?:[-_]?\d{2,4}x\d{2,4})?\.\w{3,4}$")
"""The size in a name of a file, and its ending."""


def picture_url(element: Element, base: str | None) -> str | None:
    """The absolute address of an `<img>` (lazy-loading attributes first), or None for icons, pixels and data URIs."""
    for attribute in _SOURCES:
        value = (element.get(attribute) or "").strip()
        if (
            not value
            or value.startswith(("data:", "javascript:", "blob:", "about:", "#"))
            or len(value) > 2000
        ):
            continue
        if attribute == "src" and _ICON.search(value) and _small(element):
            return None
        return absolute(value, base)
    srcset = element.get("srcset") or element.get("data-srcset") or ""
    candidates = [part.strip().split() for part in srcset.split(",") if part.strip()]
    if candidates:
        best = max(
            candidates,
            key=lambda parts: (
                float(m[1]) if len(parts) > 1 and (m := re.match(r"([\d.]+)", parts[1])) else 0.0
            ),
        )
        if not best[0].startswith("data:"):
            return absolute(best[0], base)
    return None


def absolute(value: str, base: str | None) -> str | None:
    """The address of a picture on the web, resolved against `base`; None for another scheme."""
    value = as_published("".join(value.split()))
    try:
        url = urljoin(base, value) if base else value
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in ("", "http", "https") else None


def _small(element: Element) -> bool:
    for attribute in ("width", "height"):
        match = re.match(r"\d+", element.get(attribute) or "")
        if match and int(match[0]) < 80:
            return True
    return not (element.get("width") or element.get("height"))


def is_decoration(element: Element) -> bool:
    """Whether an `<img>` is an icon, a pixel, an avatar: nothing a reader would call a picture of the article."""
    for attribute in ("width", "height"):
        match = re.fullmatch(r"(\d+)(?:px)?", (element.get(attribute) or "").strip())
        if match and int(match[1]) < 60:
            return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    source = next((value for name in _SOURCES if (value := element.get(name))), "")
    return bool(_ICON.search(names)) or bool(_ICON.search(source.rsplit("/", 1)[-1]))


def picture_of(segment: Segment, text: str | None, *, base: str | None) -> Picture | None:
    """A picture inside the body, with the caption that stood with it."""
    if is_decoration(segment.element):
        return None
    url = picture_url(segment.element, base)
    if url is None:
        return None
    caption, credit = split_credit(text)
    alt = fold(segment.element.get("alt") or "") or None
    return Picture(url, caption, credit, alt)


_TAKEN_BY = re.compile(r"\s*صور[ةه]?\s*[:：/]\s*(\S.{2,40})")

_SOURCE = re.compile(
    r"\W*(?:(?:(?:صور[ةه]?\s+)?من\s+)?(?:ال)?(?:[أا]رشيف(?:ي[ةه])?|مصدر|[إا]نترنت|وكالات|متداول[ةه])|خاص[ةه]?|مواقع\s+التواصل(?:\s+الاجتماعي)?)\W*"
)
"""Whose a picture is, in words that name nobody."""


def is_credit_line(text: str) -> bool:
    """Whether a short line says by its words whose picture it is («© رويترز», «تصوير: …», «صورة: فلان»)."""
    if words(text) > 12 or _credit_first(text):
        return False
    if text.startswith("©"):
        return True
    taken = _TAKEN_BY.fullmatch(text)
    if taken and (
        person_score(taken[1]) >= 2.5
        or agency_score(taken[1]) >= 3
        or taken[1].startswith(("أرشيف", "ارشيف"))
    ):
        return True
    return bool(_CREDIT.match(text) or _SOURCE.fullmatch(text))


def _credit_first(text: str) -> tuple[str, str] | None:
    """Caption and credit of a line that begins with whose the picture is («© فلان، وكالة | عمال في الميناء»)."""
    credit, stroke, caption = text.partition(" | ")
    if not stroke and text.startswith("©"):
        credit, stroke, caption = text.partition(" - ")
        if words(caption) < 4 or words(credit) > 6:
            return None  # «© فلان - وكالة»
    told = stroke and words(credit) >= 2 and words(caption) >= 2
    return (
        (caption, credit)
        if told and (credit[0] == "©" or is_credit_line(credit)) and not is_credit_line(caption)
        else None
    )


def split_credit(text: str | None) -> tuple[str | None, str | None]:
    """Caption and credit of one line: «© REUTERS / …» is all credit, «… © AFP» ends with one."""
    if not text:
        return None, None
    if is_credit_line(text):
        return None, text
    if parted := _credit_first(text):
        return parted
    marks = list(_CREDIT_AFTER.finditer(text))
    if marks and text[marks[-1].start() - 1] in "([":
        return text, None  # in brackets it is part of the line, as in «… (رويترز)»
    if marks and marks[-1].start() > 5 and words(text[marks[-1].end() :]) <= 8:
        credit = text[marks[-1].start() :].strip(" |")
        return text[: marks[-1].start()].strip(" |-–—") or None, credit or None
    return text, None


def same_file(one: str | None, two: str | None) -> bool:
    """Whether two addresses are one picture, in sizes of its own perhaps («a-800x450.jpg»)."""
    if not one or not two:
        return False
    paths = [_SIZE.sub("", url.split("?")[0].rstrip("/")).lower() for url in (one, two)]
    names = [path.rsplit("/", 1)[-1] for path in paths]
    return names[0] == names[1] and (len(names[0]) >= 4 or paths[0] == paths[1])
