"""`/robots.txt` (RFC 9309): everything may be read but results of searches and the machine's own paths."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy

# Pictures that pages name in their cards and icons stand under /_/ and may be fetched.
RULES = """User-agent: *
Disallow: /search/
Disallow: /search.json
Disallow: /desk/
Disallow: /_/
Allow: /_/share/
Allow: /_/picture/
Allow: /_/icon/
"""


def robots(request: HttpRequest) -> HttpResponse:
    """The rules, and where the sitemaps are."""
    site = request.site
    if site is None:
        return absent(request)
    sitemaps = "".join(f"Sitemap: {site.absolute(path)}\n" for path in ("/sitemap.xml", "/news-sitemap.xml"))
    response = HttpResponse(f"{RULES}\n{sitemaps}", content_type="text/plain; charset=utf-8")
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(site.edition.pk)])
