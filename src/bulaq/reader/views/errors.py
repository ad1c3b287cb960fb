"""What is answered when no view has an answer."""

from __future__ import annotations

from copy import copy

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
    return led_on(request) or _with_a_slash(request) or not_there(request)


def _with_a_slash(request: HttpRequest) -> HttpResponse | None:
    """The answer at the same address with a slash behind it: where that leads, or it itself when a page is there.

    It is asked, since nearly every address is the valid form of some section's: leading a reader from one page that is
    not there to another would be kept for an hour, and an import that brings the address could not be seen through it.
    """
    if request.path.endswith("/") or request.method not in ("GET", "HEAD"):
        return None
    there = copy(request)
    there.path, there.path_info = f"{request.path}/", f"{request.path_info}/"
    try:
        match = resolve(there.path_info)
    except Resolver404:
        return None
    if getattr(match.func, "should_append_slash", True):
        return None  # none of the reader's pages: Django's middleware appends the slash
    try:
        answer = match.func(there, *match.args, **match.kwargs)
    except Http404:
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
