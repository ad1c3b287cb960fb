"""The language of the desk, chosen by its user. The public pages speak their edition's, whatever a browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware


class DeskLocaleMiddleware(LocaleMiddleware):
    """Django's choice of language under /desk/ alone: elsewhere it would make pages vary by `Accept-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.plain = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(("/desk/", "/_/documents/")):
            return super().__call__(request)
        return self.plain(request)
