"""Which edition answers: decided by the host name alone, among the editions' own hosts and those whose archives they took
in; any other gets the default."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse

from bulaq.newsroom import addresses, hosts, renditions
from bulaq.newsroom.models import Edition, EditionSection
from bulaq.newsroom.profiles import Profile
from bulaq.newsroom.queries import standing

WITHOUT_EDITION = ("/desk/", "/static/", "/media/", "/_/health/", "/_/documents/", "/_/box/")
"""Paths that are no edition's: they cost no look at the table of editions."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section as an edition shows it."""

    id: int
    slug: str
    name: str
    in_boxes: bool

    @property
    def path(self) -> str:
        """The address of its front."""
        return addresses.section(self.slug)


@dataclass(frozen=True)
class Site:
    """An edition with all that every page of it needs."""

    edition: Edition
    profile: Profile
    sections: tuple[SectionPlace, ...]
    sisters: tuple[Edition, ...] = ()
    """All editions of the network, this one among them, in their order."""

    @cached_property
    def logos(self) -> tuple[renditions.Sources | None, renditions.Sources | None]:
        """The masthead's lettering, and that of dark mode; looked up once for as long as the site is kept."""
        edition = self.edition
        day = renditions.logo(edition.logo) if edition.logo_id else None
        night = renditions.logo(edition.logo_dark) if day and edition.logo_dark_id else None
        return day, night

    @cached_property
    def standing_pages(self) -> tuple[tuple[str, str], ...]:
        """Title and address of what the footer leads to; looked up once for as long as the site is kept."""
        return tuple((one.title, addresses.standing(one.slug)) for one in standing.in_footer(self.edition))

    def section(self, section_id: int) -> SectionPlace | None:
        """The place of a section, None when this edition does not show it."""
        return next((section for section in self.sections if section.id == section_id), None)

    def section_by_slug(self, slug: str) -> SectionPlace | None:
        """The section that has this address here."""
        return next((section for section in self.sections if section.slug == slug), None)

    def absolute(self, path: str) -> str:
        """`path` as a full address of this edition; a full one as it is."""
        return addresses.absolute(self.edition, path)


def site_of(edition: Edition, sisters: Sequence[Edition] | None = None) -> Site:
    """The edition with its sections in order (one query, and one for its sisters when they are not given)."""
    places = (
        EditionSection.objects.filter(edition=edition).select_related("section").order_by("position", "id")
    )
    sections = tuple(
        SectionPlace(place.section_id, place.section.slug, place.name or place.section.name, place.in_boxes)
        for place in places
    )
    if sisters is None:
        sisters = list(Edition.objects.all())
    family = tuple(sister for sister in sisters if sister.network_id == edition.network_id)
    return Site(edition, edition.profile, sections, family)


def site_for_host(host: str) -> Site | None:
    """The site that answers on `host` (its port does not matter), with or without «www.»; None without any edition."""
    name = host.rsplit(":", 1)[0].strip("[]").rstrip(".").lower()
    editions = list(Edition.objects.all())
    by_host = {edition.host: edition for edition in editions}
    names = hosts.spellings(name)
    chosen = next((by_host[one] for one in names if one in by_host), None)
    if chosen is None and len(editions) > 1:
        brought = set(hosts.brought_hosts(names).values())
        chosen = next((edition for edition in editions if edition.pk in brought), None)
    if chosen is None:
        chosen = next(
            (edition for edition in editions if edition.is_default), editions[0] if editions else None
        )
    return site_of(chosen, editions) if chosen is not None else None


class SiteMemory:
    """`site_for_host` without a query for as long as nothing was purged: what makes a site purges when it changes.

    ``generation``: the purge counter of this machine. Five seconds are the net under it, for rows that were written by hand.
    """

    SECONDS = 5.0
    MOST = 64

    def __init__(self, generation: Callable[[], int]) -> None:
        self._generation = generation
        self._known: tuple[int, float, dict[str, Site | None]] = (-1, 0.0, {})

    def __call__(self, host: str) -> Site | None:
        generation, now = self._generation(), time.monotonic()
        seen, until, sites = self._known
        if seen != generation or now > until or len(sites) >= self.MOST:
            sites = {}
            self._known = (generation, now + self.SECONDS, sites)
        if host not in sites:
            sites[host] = site_for_host(host)
        return sites[host]


_lookup: Callable[[str], Site | None] = site_for_host


def remember_sites(generation: Callable[[], int]) -> None:
    """From here on this process keeps the sites as `SiteMemory` does."""
    global _lookup
    _lookup = SiteMemory(generation)


@contextmanager
def sites_remembered() -> Iterator[None]:
    """Within it this process keeps the sites for `SiteMemory.SECONDS`, as one that serves does."""
    global _lookup
    before = _lookup
    remember_sites(lambda: 0)
    try:
        yield
    finally:
        _lookup = before


class EditionMiddleware:
    """Sets `request.site` for every page of an edition (None on an installation without editions)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(WITHOUT_EDITION):
            request.site = _lookup(request.META.get("HTTP_HOST", ""))
        return self.get_response(request)
