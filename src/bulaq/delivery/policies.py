"""Every cache time of Bulaq, named, with the reason beside each number.

A response says how long it may be kept in two voices (RFC 9213, and the W3C note "Edge Architecture"):

* ``Surrogate-Control`` speaks to what we can purge: the edge, Varnish, a CDN that knows surrogate keys. Times are
  long there, because a publish purges by key and the time is only the net under it.
* ``Cache-Control`` speaks to what nobody can purge: browsers and unknown proxies. Times are short there; a strong
  ETag makes the question cheap (304).

Views pick a policy and copy ``policy.headers()`` into the response; no other module writes a cache time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_YEAR: Final = 365 * _DAY

# How long a page may be shown when the application or its database is down. Ten days outlast any repair and any
# holiday; an old page with a true date on it serves a reader better than an error.
OUTAGE: Final = 10 * _DAY


@dataclass(frozen=True)
class CachePolicy:
    """How long a kind of response may be kept, and by whom. All times are whole seconds.

    ``fresh``: served by a surrogate without asking. ``stale_while_revalidate`` and ``stale_if_error``: RFC 5861,
    counted from the end of ``fresh``. ``browser``: max-age for browsers. ``composed``: the body may hold ESI marks.
    ``stored=False``: nobody may keep it.
    """

    name: str
    fresh: int
    stale_while_revalidate: int
    stale_if_error: int
    browser: int
    reason: str
    composed: bool = False
    immutable: bool = False
    stored: bool = True

    def headers(self) -> dict[str, str]:
        """The ``Cache-Control`` and ``Surrogate-Control`` of a response under this policy."""
        if not self.stored:
            return {"Cache-Control": "private, no-store", "Surrogate-Control": "no-store"}
        allowances = ""
        if self.stale_while_revalidate:
            allowances += f", stale-while-revalidate={self.stale_while_revalidate}"
        if self.stale_if_error:
            allowances += f", stale-if-error={self.stale_if_error}"
        for_browsers = f"public, max-age={self.browser}"
        if self.immutable:
            for_browsers += ", immutable"
        elif self.stale_if_error:
            # A browser must not show an old front out of courtesy: it asks first, and falls back only on an error.
            for_browsers += (
                f", stale-while-revalidate={min(self.stale_while_revalidate, self.browser // 10 + 1)}"
            )
            for_browsers += f", stale-if-error={self.stale_if_error}"
        for_surrogates = f"max-age={self.fresh}{allowances}"
        if self.composed:
            for_surrogates += ', content="ESI/1.0"'
        return {"Cache-Control": for_browsers, "Surrogate-Control": for_surrogates}


LIVE: Final = CachePolicy(
    name="live",
    fresh=5,
    stale_while_revalidate=5,
    stale_if_error=OUTAGE,
    browser=0,
    reason="Live entries are asked for every 10 s by each reader; 5 s makes that one render per 5 s, whatever the "
    "crowd, and no reader is later than one question.",
    composed=True,
)
FRONT: Final = CachePolicy(
    name="front",
    fresh=60,
    stale_while_revalidate=60,
    stale_if_error=OUTAGE,
    browser=0,
    reason="A publish purges it; a minute bounds what no purge announces: pins that expire, relative times.",
    composed=True,
)
ARTICLE_YOUNG: Final = CachePolicy(
    name="article-young",
    fresh=30 * _MINUTE,
    stale_while_revalidate=30 * _MINUTE,
    stale_if_error=OUTAGE,
    browser=0,
    reason="In its first six hours an article is edited often; every edit purges, half an hour is the net. At five minutes the "
    "net was most of what readers had made anew: a young article that few read came out of date between any two of them.",
    composed=True,
)
ARTICLE: Final = CachePolicy(
    name="article",
    fresh=_DAY,
    stale_while_revalidate=_HOUR,
    stale_if_error=OUTAGE,
    browser=0,
    reason="The archive hardly changes, crawlers walk all of it, and a body holds no relative time; a day keeps the "
    "tail in the disk level, and a correction purges.",
    composed=True,
)
BOX: Final = CachePolicy(
    name="box",
    fresh=_MINUTE,
    stale_while_revalidate=_MINUTE,
    stale_if_error=OUTAGE,
    browser=0,
    reason="Shared boxes are the only place of relative times («قبل دقيقتين»), so they live a minute at most.",
)
BOX_STEADY: Final = CachePolicy(
    name="box-steady",
    fresh=_HOUR,
    stale_while_revalidate=_HOUR,
    stale_if_error=OUTAGE,
    browser=0,
    reason="Boxes without relative times (related, read also, footer) change by purge alone; an hour is the net.",
)
BOX_OF_MARKS: Final = replace(
    BOX_STEADY,
    name="box-of-marks",
    composed=True,
    reason="As a steady box, and what it shows is a box of its own, which others share.",
)
BREAKING: Final = CachePolicy(
    name="breaking",
    fresh=_MINUTE,
    stale_while_revalidate=0,
    stale_if_error=5 * _MINUTE,
    browser=0,
    reason="Set and taken down by purge; a minute, for its relative time. Never shown once more while it is renewed, "
    "and soon not at all when nobody can say whether it still holds: an old «breaking» is worse than none.",
)
TOPIC: Final = CachePolicy(
    name="topic",
    fresh=10 * _MINUTE,
    stale_while_revalidate=10 * _MINUTE,
    stale_if_error=OUTAGE,
    browser=0,
    reason="Topic and author pages are purged by key; linking runs some minutes behind a publish.",
    composed=True,
)
FEED: Final = CachePolicy(
    name="feed",
    fresh=_MINUTE,
    stale_while_revalidate=5 * _MINUTE,
    stale_if_error=OUTAGE,
    browser=_MINUTE,
    reason="Readers of feeds poll whether told or not; a minute in their own cache halves the questions unnoticed.",
)
SITEMAP: Final = CachePolicy(
    name="sitemap",
    fresh=_HOUR,
    stale_while_revalidate=_DAY,
    stale_if_error=OUTAGE,
    browser=_HOUR,
    reason="Sitemaps of past months are dear to render and read by crawlers only, a few times a day.",
)
NEWS_SITEMAP: Final = CachePolicy(
    name="news-sitemap",
    fresh=_MINUTE,
    stale_while_revalidate=5 * _MINUTE,
    stale_if_error=OUTAGE,
    browser=0,
    reason="News crawlers return every few minutes and the list is of the last 48 hours.",
)
ARCHIVE: Final = CachePolicy(
    name="archive",
    fresh=_DAY,
    stale_while_revalidate=_DAY,
    stale_if_error=OUTAGE,
    browser=0,
    reason="A past day changes only by a correction or withdrawal, which purges it; today's page uses FRONT.",
    composed=True,
)
SEARCH: Final = CachePolicy(
    name="search",
    fresh=_MINUTE,
    stale_while_revalidate=0,
    stale_if_error=_HOUR,
    browser=0,
    reason="On a breaking story thousands type the same word; a minute spares the index and hides nothing long.",
    composed=True,
)
REDIRECT: Final = CachePolicy(
    name="redirect",
    fresh=_HOUR,
    stale_while_revalidate=_HOUR,
    stale_if_error=OUTAGE,
    browser=5 * _MINUTE,
    reason="A corrected slug or section; browsers would keep a bare 301 for ever, and an editor may change it back.",
)
NOT_FOUND: Final = CachePolicy(
    name="not-found",
    fresh=10,
    stale_while_revalidate=0,
    stale_if_error=0,
    browser=0,
    reason="Long enough to bear a wave on a mistyped link, short enough that a page published at that address, "
    "which no key announces, is there at once.",
    composed=True,
)
GONE: Final = CachePolicy(
    name="gone",
    fresh=_MINUTE,
    stale_while_revalidate=0,
    stale_if_error=_HOUR,
    browser=0,
    reason="A withdrawn article (410) keeps its article key, so a return purges it; never shown as the old text.",
    composed=True,
)
STATIC: Final = CachePolicy(
    name="static",
    fresh=_YEAR,
    stale_while_revalidate=0,
    stale_if_error=0,
    browser=_YEAR,
    reason="The name holds a hash of the content, so the content of a name never changes.",
    immutable=True,
)
MEDIA: Final = CachePolicy(
    name="media",
    fresh=_YEAR,
    stale_while_revalidate=0,
    stale_if_error=OUTAGE,
    browser=_DAY,
    reason="A rendition's address is fixed by its content and size; a day in browsers bounds a picture that had to "
    "be taken away for legal reasons.",
)
WELL_KNOWN: Final = CachePolicy(
    name="well-known",
    fresh=_HOUR,
    stale_while_revalidate=_DAY,
    stale_if_error=OUTAGE,
    browser=_HOUR,
    reason="robots.txt, security.txt and the manifest change with a deployment.",
)
NO_STORE: Final = CachePolicy(
    name="no-store",
    fresh=0,
    stale_while_revalidate=0,
    stale_if_error=0,
    browser=0,
    reason="The desk, previews, health and beacons: personal, secret or about this very moment.",
    stored=False,
)

ALL: Final = (
    LIVE, FRONT, ARTICLE_YOUNG, ARTICLE, BOX, BOX_STEADY, BOX_OF_MARKS, BREAKING, TOPIC, FEED, SITEMAP, NEWS_SITEMAP, ARCHIVE, SEARCH,
    REDIRECT, NOT_FOUND, GONE, STATIC, MEDIA, WELL_KNOWN, NO_STORE,
)  # fmt: skip

# Six hours: the Guardian's border between a story that is still being written and one that is not.
YOUNG: Final = timedelta(hours=6)


def for_article(changed_at: datetime, now: datetime) -> CachePolicy:
    """ARTICLE_YOUNG or ARTICLE, by the time since the article was published or last changed (both aware)."""
    return ARTICLE_YOUNG if now - changed_at < YOUNG else ARTICLE


def until(policy: CachePolicy, end: datetime, now: datetime) -> CachePolicy:
    """The policy for something that is over at `end` (both aware): never fresh beyond it, and not served stale then."""
    left = max(1, int((end - now).total_seconds()))
    if left >= policy.fresh + policy.stale_while_revalidate:
        return policy
    return replace(policy, fresh=min(policy.fresh, left), stale_while_revalidate=0)
