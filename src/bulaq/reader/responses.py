"""From a template to a response: policy, surrogate keys, language, security, and the ids that the page shows itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string

from bulaq.delivery import keys, policies
from bulaq.delivery.policies import CachePolicy
from bulaq.reader import stylesheet
from bulaq.reader.editions import Site


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    policy: CachePolicy,
    surrogate_keys: Iterable[str],
    shown: Iterable[int] = (),
    own: int | None = None,
    status: int = 200,
    site: Site | None = None,
    files: tuple[str, ...] = stylesheet.FILES,
) -> HttpResponse:
    """An HTML page of `request.site`, or of `site` in a preview; `own` is the article that it is the page of, `files` what
    it needs of the stylesheet."""
    site = site or request.site
    shown = tuple(dict.fromkeys(shown))
    values, styles = frame(site, shown, own, files)
    html = render_to_string(template, values | dict(context), request)
    response = HttpResponse(html, status=status)
    response["Content-Language"] = site.profile.language
    response["Content-Security-Policy"] = security_policy(styles)
    if shown:
        response[keys.SHOWN_HEADER] = keys.shown(shown)
    return with_policy(response, policy, [*surrogate_keys, keys.edition(site.edition.pk)])


def frame(
    site: Site,
    shown: tuple[int, ...] = (),
    own: int | None = None,
    files: tuple[str, ...] = stylesheet.FILES,
) -> tuple[dict[str, Any], list[stylesheet.Style]]:
    """What every template may ask for, and the styles that the page holds."""
    counts = site.profile.counts
    sheet = stylesheet.sheet(
        site.edition.accent,
        site.edition.accent_dark,
        arabic_faces=site.profile.direction == "rtl",
        files=files,
    )
    repeats = stylesheet.repeats(shown, (counts.latest, counts.most_read, counts.section_box), own)
    values = {
        "site": site,
        "edition": site.edition,
        "strings": site.profile.strings,
        "profile": site.profile,
        "shown": shown,
        "sheet": sheet.text,
        "repeats": repeats.text,
        "preloads": stylesheet.preloads() if site.profile.direction == "rtl" else (),
    }
    return values, [sheet, repeats]


def security_policy(styles: Iterable[stylesheet.Style]) -> str:
    """`Content-Security-Policy`: our own files, the styles named by their hashes, no inline script, frames by us alone.

    Hashes, not nonces: a stored page is the same for everyone. Data blocks (JSON-LD) are no scripts to it.
    """
    hashes = " ".join(dict.fromkeys(each.hash for each in styles))
    media = _media_origin()
    return (
        f"default-src 'none'; img-src 'self' data:{media}; font-src 'self'; style-src {hashes}; script-src 'self'; "
        f"connect-src 'self'; manifest-src 'self'; media-src 'self'{media}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    )


@lru_cache(maxsize=1)
def _media_origin() -> str:
    parts = urlsplit(settings.MEDIA_URL)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


def with_policy(response: HttpResponse, policy: CachePolicy, surrogate_keys: Iterable[str]) -> HttpResponse:
    """The response with its cache headers and its keys."""
    for name, value in policy.headers().items():
        response[name] = value
    if surrogate_keys := list(surrogate_keys):
        response[keys.HEADER] = keys.header(surrogate_keys)
    return response


def moved(request: HttpRequest, wanted: str, surrogate_keys: Iterable[str]) -> HttpResponse | None:
    """A redirect for good to `wanted` (a percent-encoded path) when the request's path is another; else None."""
    if request.path == unquote(wanted):
        return None
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{wanted}?{query}" if query else wanted)
    return with_policy(response, policies.REDIRECT, [*surrogate_keys, keys.edition(request.site.edition.pk)])
