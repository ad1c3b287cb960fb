"""What is answered when no view has an answer."""

from __future__ import annotations

import re
from copy import copy
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from bulaq.delivery import keys, policies
from bulaq.newsroom import profiles
from bulaq.reader import stylesheet
from bulaq.reader.absent import not_there
from bulaq.reader.old_addresses import led_on
from bulaq.reader.responses import security_policy, with_policy


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, unless something answers for the address: an article that stood there before, or the same with a slash."""
    site = getattr(request, "site", None)
    if site is None:
        return with_policy(HttpResponse("404", status=404, content_type="text/plain"), policies.NOT_FOUND, ())
    return led_on(request) or _with_a_slash(request) or _as_it_is_written(request) or not_there(request)


def _as_it_is_written(request: HttpRequest) -> HttpResponse | None:
    """The way to the address as it is written here, when only doubled slashes or capitals (`/Culture//`) were between: our
    own addresses have neither. It is asked first, as with a missing slash."""
    written = re.sub(r"/{2,}", "/", request.path).lower()
    if written == request.path or request.method not in ("GET", "HEAD"):
        return None
    answer = _asked(request, written)
    if answer is None or answer.status_code not in (200, 301):
        return None
    if answer.status_code == 301:
        return answer
    query = request.META.get("QUERY_STRING", "")
    redirect = HttpResponsePermanentRedirect(f"{quote(written)}?{query}" if query else quote(written))
    return with_policy(redirect, policies.REDIRECT, answer.get(keys.HEADER, "").split())


def _asked(request: HttpRequest, path: str) -> HttpResponse | None:
    """What one of the reader's pages answers at `path`; None where none is."""
    there = copy(request)
    there.path = there.path_info = path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if getattr(match.func, "should_append_slash", True):
        return None  # none of the reader's pages: Django's middleware appends the slash
    try:
        return match.func(there, *match.args, **match.kwargs)
    except Http404:
        return None


def _with_a_slash(request: HttpRequest) -> HttpResponse | None:
    """The answer at the same address with a slash behind it: where that leads, or it itself when a page is there.

    It is asked, since nearly every address is the valid form of some section's: leading a reader from one page that is
    not there to another would be kept for an hour, and an import that brings the address could not be seen through it.
    """
    if request.path.endswith("/") or request.method not in ("GET", "HEAD"):
        return None
    answer = _asked(request, f"{request.path}/")
    if answer is None:
        return None
    if answer.status_code in (301, 410):
        return answer
    if answer.status_code != 200:
        return None
    redirect = HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return with_policy(redirect, policies.REDIRECT, answer.get(keys.HEADER, "").split())


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks neither database nor edition: whatever failed may be just that."""
    site = getattr(request, "site", None)
    profile = site.profile if site is not None else profiles.all_profiles()[0]
    sheet = stylesheet.sheet("#8f1d2c", "#f2929b", arabic_faces=profile.direction == "rtl")
    html = render_to_string(
        "reader/error.html", {"profile": profile, "strings": profile.strings, "sheet": sheet.text}
    )
    response = HttpResponse(html, status=500)
    response["Content-Security-Policy"] = security_policy([sheet])
    return with_policy(response, policies.NO_STORE, ())
