"""The seam through which the desk shows the real page without knowing the reader's room.

`reader` registers its renderer when the application starts, so that no import points upwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

PreviewRenderer = Callable[[Any, HttpRequest, str], HttpResponse]

_renderers: dict[type[Model], PreviewRenderer] = {}


def register_renderer(kind: type[Model], renderer: PreviewRenderer) -> None:
    """Says who draws the page of an article, or another `kind` of thing, that readers do not see yet."""
    _renderers[kind] = renderer


def render_preview(thing: Model, request: HttpRequest, mode: str) -> HttpResponse:
    """The page of `thing` as its edition would show it; of an article that named by `mode`."""
    if type(thing) not in _renderers:
        raise LookupError(f"no room has registered a preview renderer of {type(thing).__name__}")
    return _renderers[type(thing)](thing, request, mode)
