"""Reading without a network: the worker that keeps opened pages in the browser (W3C Service Workers, `offline.js`), and
the page that it shows in the place of one that it has not kept."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import page, with_policy


def worker(request: HttpRequest) -> HttpResponse:
    """`/offline.js`, at the root because it may then answer for every page. Its last line changes with the page that it
    brings, so that browsers, which compare its bytes, fetch both anew."""
    if request.site is None:
        return absent(request)
    frame = sha256(away(request).content).hexdigest()[:16]
    response = HttpResponse(f"{_script()}// {frame}\n", content_type="text/javascript; charset=utf-8")
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(request.site.edition.pk)])


def away(request: HttpRequest) -> HttpResponse:
    """`/_/offline/`: there is no network. The worker puts the headlines of what it has kept at the mark in it."""
    if request.site is None:
        return absent(request)
    return page(
        request, "reader/offline.html", {"noindex": True}, policy=policies.WELL_KNOWN, surrogate_keys=()
    )


@cache
def _script() -> str:
    return Path(__file__).with_name("offline.js").read_text(encoding="utf-8")
