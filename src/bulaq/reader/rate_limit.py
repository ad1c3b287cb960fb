"""A bound on how often one address may ask what costs more than a page."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse

from bulaq.delivery.client_address import TrustedProxies, household

ALLOWED = {"search": 60, "suggestions": 240}
"""Requests a minute for each address (a /64 of IPv6): a person types faster than they search, a machine faster than both."""

_MINUTE = 60


def limited(request: HttpRequest, what: str) -> HttpResponse | None:
    """A 429 when this address has asked too often in the last minute, else None. Counted in
    each process; addresses are kept for a minute and nowhere written."""
    proxies = TrustedProxies(settings.BULAQ.trusted_proxies)
    address = proxies.client(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR"))
    who = household(address).hex() if address is not None else "unknown"
    key = f"rate:{what}:{who}"
    if cache.add(key, 1, _MINUTE):
        return None
    try:
        asked = cache.incr(key)
    except ValueError:  # it ran out between the two
        return None
    if asked <= ALLOWED[what]:
        return None
    response = JsonResponse({"error": "too many requests", "allowed_per_minute": ALLOWED[what]}, status=429)
    response["Retry-After"] = str(_MINUTE)
    response["Cache-Control"] = "private, no-store"
    return response
