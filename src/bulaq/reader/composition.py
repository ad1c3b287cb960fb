"""Pages composed in the application, for whoever asks without saying that they compose themselves.

The edge (and a Varnish or CDN in front) announces `Surrogate-Capability: …="ESI/1.0"` and is given the marks. A browser
that reaches the application directly (`BULAQ_EDGE=0`, a development server, a test) is given the whole page, made from
the same marks and fragments by the same rules: repeated headlines left out, boxes cut to their limit, empty ones gone.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from bulaq.delivery import box_items, esi, keys


class CompositionMiddleware:
    """Replaces the marks of a response by what they name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            "ESI/1.0" in request.headers.get("Surrogate-Capability", "")
            or response.streaming
            or b"<esi:" not in response.content
        ):
            return response
        response.content = compose(request, response)
        response["Content-Length"] = str(len(response.content))
        del response["Surrogate-Control"], response[keys.SHOWN_HEADER]
        return response


DEEPEST = 3
"""Marks within boxes are followed so far, as by the edge."""


def compose(request: HttpRequest, response: HttpResponse) -> bytes:
    """The body of a response with its marks replaced."""
    shown = {int(number) for number in response.get(keys.SHOWN_HEADER, "").split()}
    pieces: list[bytes] = []
    for part in esi.parse(response.content):
        if isinstance(part, bytes):
            pieces.append(part)
        else:
            _add_boxes(request, part, shown, pieces, DEEPEST)
    return b"".join(pieces)


def _add_boxes(
    request: HttpRequest, mark: esi.Include, shown: set[int], pieces: list[bytes], deeper: int
) -> None:
    for part in esi.parse(_fragment(request, mark.source)):
        if not isinstance(part, bytes):
            if deeper > 1:
                _add_boxes(request, part, shown, pieces, deeper - 1)
            continue
        for box in box_items.parse_boxes(part):
            if isinstance(box, bytes):
                pieces.append(box)
                continue
            chosen = box.choose(shown)
            pieces.append(box.render(chosen))
            shown.update(box.items[position][0] for position in chosen)


def _fragment(request: HttpRequest, source: str | None) -> bytes:
    """What a mark names; nothing when it is not there: a page is never lost over one of its boxes."""
    if source is None:
        return b""
    try:
        match = resolve(unquote(urlsplit(source).path))
    except Resolver404:
        return b""
    answer = match.func(request, *match.args, **match.kwargs)
    return bytes(answer.content) if answer.status_code == 200 else b""
