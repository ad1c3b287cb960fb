"""An article's photograph in the shapes that search engines ask for beside 16:9 (Google's guide to Article): 4:3 and square.

Made when one first asks: no reader ever sees them, and an archive would be half as large again if each picture had them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.images.exceptions import InvalidFilterSpecError

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import Publication
from bulaq.newsroom.queries import articles
from bulaq.newsroom.queries.articles import ArticlePage
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy

SHAPES: Mapping[str, str] = {
    "4x3": "fill-1200x900|format-jpeg|jpegquality-80",
    "1x1": "fill-1200x1200|format-jpeg|jpegquality-80",
}
"""Wagtail's filter for each: around the focus point, as large as the original allows."""


def shapes(page: ArticlePage) -> Iterator[str]:
    """The full addresses of a lead photograph that may be shown; the caller knows that there is one."""
    image = page.article.lead_image
    for shape in SHAPES:
        path = addresses.lead_picture(page.article.pk, image.pk, shape)
        yield addresses.absolute(page.publication.edition, path)


def lead_picture(request: HttpRequest, identity: int, image: int, shape: str) -> HttpResponse:
    """`/_/picture/<article>-<image>-<shape>.jpg` leads to the file. Of what is published alone, and while its rights last."""
    site = request.site
    placed = articles.placement(site.edition, identity) if site is not None else None
    if placed is None or placed.state != Publication.State.PUBLISHED or shape not in SHAPES:
        return absent(request)
    lead = placed.article.lead_image
    if lead is None or lead.pk != image or renditions.share(lead) is None:
        return absent(request)
    try:
        made = lead.get_rendition(SHAPES[shape])
    except (OSError, InvalidFilterSpecError):
        return absent(request)
    return with_policy(
        HttpResponseRedirect(made.url), policies.REDIRECT, [keys.article(identity), keys.image(image)]
    )
