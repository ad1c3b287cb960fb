"""The seam through which the desk shows the real page without knowing the reader's room.

`reader` registers its renderer when the application starts, so that no import points upwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from bulaq.newsroom.models import Article

PreviewRenderer = Callable[["Article", HttpRequest, str], HttpResponse]

_renderer: PreviewRenderer | None = None


def register_renderer(renderer: PreviewRenderer) -> None:
    """Says who draws the page of an article that is not published yet."""
    global _renderer
    _renderer = renderer


def render_preview(article: Article, request: HttpRequest, mode: str) -> HttpResponse:
    """The page of `article` as its canonical edition would show it."""
    if _renderer is None:
        raise LookupError("no room has registered a preview renderer")
    return _renderer(article, request, mode)
