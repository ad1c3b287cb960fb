"""What may be done with a page of the site: it can be read, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ANSWERED = ("GET", "HEAD", "OPTIONS")
WITH_FORMS = ("/desk/", "/_/")
"""Paths that answer for themselves which methods they take."""


class ReadOnlyMiddleware:
    """405 for every method that changes something, before anything is looked up or any form's token is asked for; to
    OPTIONS, what there is (RFC 9110 §9.3.7)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") or request.path_info.startswith(WITH_FORMS):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(ANSWERED)})
        return HttpResponseNotAllowed(ANSWERED)
