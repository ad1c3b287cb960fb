"""`/manifest.webmanifest` (W3C Web Application Manifest) of an edition: what a phone needs to keep it as an icon."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.reader.machine import icons
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy


def manifest(request: HttpRequest) -> HttpResponse:
    """Name, direction, colours and icons of the edition. Its window is a browser's: a newspaper has links to share."""
    site = request.site
    if site is None:
        return absent(request)
    edition, profile = site.edition, site.profile
    data = {
        "name": f"{edition.name} – {edition.label}" if edition.label else edition.name,
        "short_name": edition.name,
        "description": edition.tagline or edition.label,
        "lang": profile.language,
        "dir": profile.direction,
        "id": addresses.home(),
        "start_url": addresses.home(),
        "scope": addresses.home(),
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": edition.accent,
        "icons": [
            {
                "src": icons.path(size),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in (192, 512)
        ],
        "shortcuts": [{"name": section.name, "url": section.path} for section in site.sections[:4]],
    }
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")), content_type="application/manifest+json"
    )
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(edition.pk)])
