"""Pages for what is not there: still the newspaper, with the latest news and a search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import is_valid_path

from bulaq.delivery import keys, policies
from bulaq.newsroom import profiles
from bulaq.newsroom.queries.articles import legacy_target
from bulaq.reader import stylesheet
from bulaq.reader.responses import page, security_policy, with_policy


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, unless something answers for the address: an article that stood there before, or the same with a slash."""
    site = getattr(request, "site", None)
    if site is None:
        return with_policy(HttpResponse("404", status=404, content_type="text/plain"), policies.NOT_FOUND, ())
    target = legacy_target(site.edition, request.get_full_path())
    if target is None and not request.path.endswith("/") and is_valid_path(f"{request.path_info}/"):
        target = request.get_full_path(force_append_slash=True)
    if target is not None:
        return with_policy(
            HttpResponsePermanentRedirect(target), policies.REDIRECT, [keys.edition(site.edition.pk)]
        )
    strings = site.profile.strings
    return page(
        request,
        "reader/not_found.html",
        {"title": strings.not_found_title, "text": strings.not_found_text, "noindex": True},
        policy=policies.NOT_FOUND,
        surrogate_keys=[],
        status=404,
    )


def gone(request: HttpRequest, article_id: int) -> HttpResponse:
    """410: it was here and was withdrawn."""
    strings = request.site.profile.strings
    return page(
        request,
        "reader/not_found.html",
        {"title": strings.gone_title, "text": strings.gone_text, "noindex": True},
        policy=policies.GONE,
        surrogate_keys=[keys.article(article_id)],
        status=410,
    )


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
