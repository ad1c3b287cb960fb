"""`/opensearch.xml` (OpenSearch 1.1): lets a browser search the edition from its own address bar."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse

from bulaq.arabic.truncation import cut
from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.reader.machine import icons
from bulaq.reader.machine.absence import absent
from bulaq.reader.machine.feed_text import clean
from bulaq.reader.responses import with_policy


def opensearch(request: HttpRequest) -> HttpResponse:
    """The description document. It names the page for readers; `/search.json` is for programs (docs/contracts.md)."""
    site = request.site
    if site is None:
        return absent(request)
    edition, profile = site.edition, site.profile
    page = site.absolute(addresses.search()) + "?q={searchTerms}"
    data = site.absolute("/search.json") + "?q={searchTerms}&page={startPage?}"
    typing = site.absolute("/search/suggestions") + "?q={searchTerms}"
    itself = site.absolute("/opensearch.xml")
    # ShortName and Description have limits of 16 and 1,024 characters in the format.
    xml = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(cut(clean(edition.name), 16))}</ShortName>"
        f"<Description>{escape(clean(edition.tagline or edition.label or edition.name))}</Description>"
        f'<Url type="text/html" template={quoteattr(page)}/>'
        f'<Url type="application/x-suggestions+json" template={quoteattr(typing)}/>'
        f'<Url type="application/json" template={quoteattr(data)}/>'
        f'<Url type="application/opensearchdescription+xml" rel="self" template={quoteattr(itself)}/>'
        f'<Image width="192" height="192" type="image/png">{escape(site.absolute(icons.path(192)))}</Image>'
        f"<Language>{profile.language}</Language>"
        "<InputEncoding>UTF-8</InputEncoding><OutputEncoding>UTF-8</OutputEncoding>"
        "</OpenSearchDescription>\n"
    )
    response = HttpResponse(xml, content_type="application/opensearchdescription+xml; charset=utf-8")
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(edition.pk)])
