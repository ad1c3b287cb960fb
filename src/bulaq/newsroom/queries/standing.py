"""Reading the standing pages of an edition."""

from __future__ import annotations

from bulaq.newsroom.models import Edition, StandingPage


def standing_page(edition: Edition, slug: str) -> StandingPage | None:
    """The page at this address, now or before, when readers may see it. `slug` in whatever letters."""
    pages = StandingPage.objects.filter(edition=edition, live=True)
    slug = slug.lower()
    return (
        pages.filter(slug=slug).first()
        or pages.filter(former_slugs__edition=edition, former_slugs__slug=slug).first()
    )


def in_footer(edition: Edition) -> list[StandingPage]:
    """What the foot of every page of the edition leads to, in order; titles and addresses alone."""
    pages = StandingPage.objects.filter(edition=edition, live=True, in_footer=True)
    return list(pages.only("title", "slug").order_by("position", "id"))
