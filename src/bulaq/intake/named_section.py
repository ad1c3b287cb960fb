"""The section that an article names for itself."""

from __future__ import annotations

from dataclasses import dataclass

from bulaq.arabic.normalise import matching_key
from bulaq.intake.article import IncomingArticle
from bulaq.intake.plain_text import clean

MAX_NAME = 80
"""A longer «section» is a headline that lost its way into the breadcrumb."""

NOT_SECTIONS = frozenset(
    map(
        matching_key,
        ("الرئيسية", "الصفحة الرئيسية", "الصفحة الأولى", "رئيسية", "البداية", "home", "homepage", "accueil",
         "خانه", "صفحه نخست", "uncategorized", "غير مصنف", "بدون تصنيف", "non classé"),
    )
)  # fmt: skip
"""What stands where a section stands, and is none."""


@dataclass(frozen=True, slots=True)
class NamedSection:
    """What a page calls its section: `theirs` as written, `key` in matching form, and the wider ones around it."""

    theirs: str
    key: str
    wider: tuple[str, ...] = ()


def named_section(article: IncomingArticle) -> NamedSection | None:
    """The section that the article names for itself, or else the narrowest of its breadcrumb."""
    headline = matching_key(article.headline or "")
    trail = [part for part in map(_plain, article.breadcrumb) if part and matching_key(part) != headline]
    own = _plain(article.section)
    if own is None:
        if not trail:
            return None
        own = trail[-1]
    key = matching_key(own)
    wider = [matching_key(part) for part in trail if matching_key(part) != key]
    return NamedSection(own, key[:160], tuple(reversed(wider)))


def _plain(name: str | None) -> str | None:
    text = clean(name)
    return text if text and len(text) <= MAX_NAME and matching_key(text) not in NOT_SECTIONS else None
