"""Sitemaps (sitemaps.org): an index, one file for each month, and the news of the last two days.

A file never holds more than `FILE` addresses: a month with more is given by its days, a day with more (an archive
imported without dates) in parts. So the name of a file says what is in it for good, the files of the past do not change
when the present does, and each costs the same however large the archive is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.delivery.policies import CachePolicy
from bulaq.newsroom import addresses
from bulaq.newsroom.queries import sitemaps
from bulaq.newsroom.queries.sitemaps import Address, Day
from bulaq.reader.editions import Site
from bulaq.reader.machine.absence import absent
from bulaq.reader.machine.descriptions import local_time
from bulaq.reader.machine.feed_text import clean
from bulaq.reader.names import person_path, story_path, topic_path
from bulaq.reader.responses import with_policy

FILE = 10_000
"""Addresses in a file: a fifth of what the protocol allows, so that a file is made in well under a second."""

NEWS_HOURS = 48
NEWS_MOST = 1_000
"""Both are the limits of Google's news sitemap."""

_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


# ── The index ───────────────────────────────────────────────────────────────────────────────────────────────────


def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: every file, newest first."""
    site: Site | None = request.site
    if site is None:
        return absent(request)
    lines = [
        f"<sitemap><loc>{escape(site.absolute(_path(name)))}</loc>{_last_modified(site, changed)}</sitemap>"
        for name, changed in _files(site)
    ]
    return _answer(
        site,
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(lines)}</sitemapindex>',
        policies.SITEMAP,
    )


def _files(site: Site) -> Iterator[tuple[str, datetime | None]]:
    """The names of all files with their last change, None where it is not known."""
    yield "fronts", None
    for kind, (found, _) in _KINDS.items():
        # A file must hold an address at least: an edition without stories has no file of them.
        if not sitemaps.part(found(site.edition), 1):
            continue
        yield kind, None
        for after in sitemaps.part_ends(found(site.edition), FILE):
            yield f"{kind}-{after}", None
    months: dict[str, list[Day]] = {}
    for day in sitemaps.days(site.edition):
        months.setdefault(f"{day.day:%Y-%m}", []).append(day)
    for month in sorted(months, reverse=True):
        days = months[month]
        if sum(day.count for day in days) <= FILE:
            yield month, max(day.changed_at for day in days)
            continue
        for day in reversed(days):
            name = day.day.isoformat()
            yield name, day.changed_at
            if day.count > FILE:
                for after in sitemaps.cuts(site.edition, day.day, FILE):
                    yield f"{name}-{after}", day.changed_at


def _path(name: str) -> str:
    return f"/sitemap/{name}.xml"


# ── The files ───────────────────────────────────────────────────────────────────────────────────────────────────

_NAME = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:-(?P<after>[1-9]\d{0,17}))?)?")


def file(request: HttpRequest, name: str) -> HttpResponse:
    """`/sitemap/<name>.xml`: `fronts`; `people`, `topics`, `stories` or `pages`, the first of them or those after `<id>`; a month, a
    day, or a day after the publication `<id>`."""
    site: Site | None = request.site
    if site is None:
        return absent(request)
    if name == "fronts":
        lines = [_page(site, path) for path in _fronts(site)]
    elif (match := _PART.fullmatch(name)) and match["kind"] in _KINDS:
        found_in, line_of = _KINDS[match["kind"]]
        lines = [
            line_of(site, one)
            for one in sitemaps.part(found_in(site.edition), FILE, int(match["after"] or 0))
        ]
        if not lines:
            return absent(request)
    else:
        found = _articles(site, name)
        if not found:
            return absent(request)
        lines = [_url(site, line) for line in found]
    return _answer(site, f"<urlset {_NAMESPACES}>{''.join(lines)}</urlset>", policies.SITEMAP)


def _fronts(site: Site) -> list[str]:
    return [addresses.home(), *(section.path for section in site.sections)]


def _page(site: Site, path: str, changed: datetime | None = None) -> str:
    return f"<url><loc>{escape(site.absolute(path))}</loc>{_last_modified(site, changed)}</url>"


_PART = re.compile(r"(?P<kind>[a-z]+)(?:-(?P<after>[1-9]\d{0,17}))?")
_KINDS: dict[str, tuple[Callable[..., Any], Callable[..., str]]] = {
    "people": (
        sitemaps.people_of,
        lambda site, person: _page(site, person_path(person, site.profile)),
    ),
    "topics": (sitemaps.topics_of, lambda site, topic: _page(site, topic_path(topic))),
    "stories": (
        sitemaps.stories_of,
        lambda site, story: _page(site, story_path(story), story.changed_at),
    ),
    "pages": (
        sitemaps.standing_pages_of,
        lambda site, found: _page(site, addresses.standing(found.slug), found.changed_at),
    ),
}
"""What has pages of its own beside articles: which there are in an edition, and the line of one."""


def _articles(site: Site, name: str) -> list[Address]:
    match = _NAME.fullmatch(name)
    if match is None:
        return []
    year, month = int(match["year"]), int(match["month"])
    if not (2 <= year <= 9998 and 1 <= month <= 12):
        return []
    length = monthrange(year, month)[1]
    if match["day"] is None:
        return sitemaps.addresses_of(site.edition, date(year, month, 1), date(year, month, length), FILE)
    if not 1 <= int(match["day"]) <= length:
        return []
    day = date(year, month, int(match["day"]))
    after = int(match["after"] or 0)
    return sitemaps.addresses_of(site.edition, day, day, FILE, after_id=after)


def _url(site: Site, line: Address) -> str:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(address)}/>'
        for language, address in line.alternates
    )
    image = ""
    if line.image:
        image = f"<image:image><image:loc>{escape(site.absolute(line.image))}</image:loc></image:image>"
    return f"<url><loc>{escape(line.address)}</loc>{_last_modified(site, line.changed_at)}{alternates}{image}</url>"


# ── News ────────────────────────────────────────────────────────────────────────────────────────────────────────


def news(request: HttpRequest) -> HttpResponse:
    """`/news-sitemap.xml`: what was published in the last 48 hours, newest first."""
    site: Site | None = request.site
    if site is None:
        return absent(request)
    found = sitemaps.newest_addresses(site.edition, NEWS_HOURS, NEWS_MOST)
    name = escape(clean(site.edition.name))
    lines = [
        f"<url><loc>{escape(line.address)}</loc>{_last_modified(site, line.changed_at)}<news:news><news:publication>"
        f"<news:name>{name}</news:name><news:language>{line.language}</news:language></news:publication>"
        f"<news:publication_date>{local_time(line.published_at, site.profile)}</news:publication_date>"
        f"<news:title>{escape(clean(line.headline))}</news:title></news:news></url>"
        for line in found
    ]
    return _answer(
        site,
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(lines)}</urlset>',
        policies.NEWS_SITEMAP,
        [keys.box("feed", site.edition.pk)],
    )


def _last_modified(site: Site, moment: datetime | None) -> str:
    if moment is None:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"<lastmod>{local_time(aware, site.profile)}</lastmod>"


def _answer(site: Site, xml: str, policy: CachePolicy, surrogate_keys: Iterable[str] = ()) -> HttpResponse:
    response = HttpResponse(
        f'<?xml version="1.0" encoding="utf-8"?>\n{xml}\n', content_type="application/xml; charset=utf-8"
    )
    return with_policy(response, policy, [*surrogate_keys, keys.edition(site.edition.pk)])
