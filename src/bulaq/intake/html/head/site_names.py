"""The names under which a site calls itself: in what it tells machines, at the end of its titles, in its logo."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bulaq.intake.bylines.given_names import person_score
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.text import fold, prefix_agreement, words
from bulaq.intake.html.machines.structured_data import StructuredData

TITLE_SEPARATORS = re.compile(
    r"[:：]\s+|\s+(?:[-–—|»«›•·:/\\]|\|\||::|- -)\s+|\s*[|›]\s*|\s*»(?![^\w\s])\s*(?=\S)|\s+[-–—]\s*(?=\S+$)"
)
"""What parts a headline from a site's name in a `<title>`."""
OUTLET_KINDS = "صحيفة|جريدة|مجلة|موقع|بوابة|قناة|شبكة|وكالة|منصة|إذاعة|راديو|مؤسسة|يومية"
_KIND = re.compile(
    rf"(?:{OUTLET_KINDS})\s+(?=\S{{3}})|\s+(?:news|online|newspaper|نيوز|أونلاين|اونلاين|ال[إا]خباري[ةه]?|للأنباء|برس)$",
    re.I,
)
"""«جريدة …», «… نيوز»: its own people sign without it."""
_TONGUE = re.compile(r"\s+(?:بال)?عربي(?:ة)?$|\s+(?:in\s+)?arabic$", re.I)
"""«… عربي», «… بالعربية»: the part of an outlet that speaks to Arabic readers signs without it too."""


def outlet_names(page: Page, data: StructuredData, headline: str | None) -> list[str]:
    """All names with which the site's own people may sign, with and without the word that says what it is."""
    names = [*site_names(data), *names_beside(data, headline), *logo_names(page), *_names_of_logos(page)]
    names += [_TONGUE.sub("", name) for name in names]
    names += [_KIND.sub("", name) for name in names]
    return list(dict.fromkeys(names))


def site_names(data: StructuredData) -> list[str]:
    """The names under which the site calls itself, with its host's."""
    names = list(dict.fromkeys(data.sites))
    for address in (data.canonical, data.address):
        if address and "://" in address:
            host = (urlsplit(address).hostname or "").removeprefix("www.")
            if host:
                names += [host, host.split(".")[0]]
    return names


def names_beside(data: StructuredData, headline: str | None) -> list[str]:
    """What ends the `<title>` after the headline, and is nobody's name: the name of the site, as a rule."""
    found: list[str] = []
    for where, title in data.titles:
        cuts = list(TITLE_SEPARATORS.finditer(title)) if where == "title" and headline else []
        if not cuts or len(cuts) > 5:
            continue
        before = (title[: cuts[0].start()], title[: cuts[-1].start()])
        last = title[cuts[-1].end() :].strip()
        if not any(prefix_agreement(part, headline or "") for part in before):
            continue
        if 3 <= len(last) <= 40 and words(last) <= 4 and person_score(last) < 2.5:
            found.append(last)
    return found


def logo_names(page: Page) -> list[str]:
    """Short texts that link to the root of the site near the top: its name, as a rule."""
    found = []
    for segment in page.segments[:25]:
        for anchor in segment.anchors:
            if (
                _ROOT.fullmatch(anchor.href)
                and 3 <= len(anchor.text) <= 40
                and not _HOME_WORDS.match(anchor.text)
            ):
                found.append(anchor.text)
    return found


_ROOT = re.compile(r"/|\./|index\.html|https?://[^/]+/?")
_HOME_WORDS = re.compile(r"^(?:الصفحة\s+)?الرئيسية$|^home$|^accueil$|^خانه$", re.I)


def _names_of_logos(page: Page) -> list[str]:
    """What stands for the pictures that link to the root of the site near the top."""
    found = []
    for segment in page.segments[:25]:
        text = fold(segment.element.get("alt") or "") if segment.kind == "picture" else ""
        link = next(segment.element.iterancestors("a"), None) if 3 <= len(text) <= 40 else None
        if link is not None and _ROOT.fullmatch(link.get("href") or "") and words(text) <= 4:
            found.append(text)
    return found
