"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness. Not there until `BULAQ_SECURITY_CONTACT` is set."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy

VALID = timedelta(days=180)
"""The RFC asks for less than a year. The date moves by whole days, so that the text is stable within one."""


def security_txt(request: HttpRequest) -> HttpResponse:
    """Contacts, an expiry, the languages in which a message is understood, and the canonical address."""
    site = request.site
    contacts = settings.BULAQ.security_contact
    if site is None or not contacts:
        return absent(request)
    expires = (timezone.now() + VALID).date()
    languages = dict.fromkeys([*(sister.profile.content_language for sister in site.sisters), "en"])
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(languages)}",
        f"Canonical: {site.absolute('/.well-known/security.txt')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(site.edition.pk)])
