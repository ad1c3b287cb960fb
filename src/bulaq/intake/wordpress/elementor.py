"""Posts built with Elementor: their text stands as JSON in a field; `post_content` may hold a copy, or nothing.

Only widgets that hold what a reader reads are taken, in the order of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from bulaq.intake.article import Picture
from bulaq.intake.wordpress.figures import figure, film

FIELD = "_elementor_data"
MAX_DEPTH = 50
"""Sections in columns in sections …; deeper nesting is no page."""


def markup(data: str) -> str:
    """The markup of a page's `_elementor_data`; empty where it is none."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    return "\n".join(_markup_of(kind, settings) for kind, settings in _widgets(tree, 0))


def _widgets(node: Any, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for child in node:
            yield from _widgets(child, depth + 1)
    elif isinstance(node, dict):
        settings = node.get("settings")
        kind = str(node.get("widgetType"))
        if node.get("elType") == "widget" and isinstance(settings, dict):
            yield kind, settings
        inside = node.get("elements")
        if not kind.startswith("nested-") or not isinstance(inside, list) or not isinstance(settings, dict):
            yield from _widgets(inside, depth + 1)
            return
        titles = _rows(settings, "items") or _rows(settings, "tabs")
        for position, child in enumerate(inside):
            row = titles[position] if position < len(titles) else {}
            yield "heading", {"title": row.get("item_title") or row.get("tab_title") or ""}
            yield from _widgets(child, depth + 1)


def _rows(settings: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = settings.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(settings: dict[str, Any], name: str) -> str:
    value = settings.get(name)
    return value if isinstance(value, str) else ""


def _markup_of(kind: str, settings: dict[str, Any]) -> str:
    match kind:
        case "text-editor":
            return _text(settings, "editor")
        case "heading":
            return f"<h2>{title}</h2>" if (title := _text(settings, "title")) else ""
        case "image" | "image-gallery" | "gallery" | "image-carousel" | "media-carousel":
            return _pictures(settings)
        case "image-box" | "icon-box":
            return f"{_pictures(settings)}<h3>{_text(settings, 'title_text')}</h3><p>{_text(settings, 'description_text')}</p>"
        case "video":
            shown = _text(settings, "video_type") or "youtube"
            names = (f"{shown}_url", "youtube_url", "vimeo_url", "dailymotion_url")
            url = next((_text(settings, name) for name in names if _text(settings, name)), "")
            return film(url) if url else ""
        case "blockquote" | "testimonial":
            told = _text(settings, "blockquote_content") or _text(settings, "testimonial_content")
            name = _text(settings, "author_name") or _text(settings, "testimonial_name")
            return f"<blockquote>{told}<cite>{escape(name)}</cite></blockquote>"
        case "icon-list":
            items = [_text(row, "text") for row in _rows(settings, "icon_list")]
            return "<ul>" + "".join(f"<li>{item}</li>" for item in items if item) + "</ul>"
        case "accordion" | "toggle" | "tabs":
            tabs = _rows(settings, "tabs")
            return "".join(f"<h3>{_text(tab, 'tab_title')}</h3>{_text(tab, 'tab_content')}" for tab in tabs)
        case "html" | "shortcode":
            return _text(settings, kind)
    return ""


def _pictures(settings: dict[str, Any]) -> str:
    """The pictures of a widget: its one, or those of a gallery or of a carousel."""
    image = settings.get("image")
    found: list[Any] = [image]
    for name in ("wp_gallery", "gallery", "carousel", "slides"):
        found += [row.get("image") if "image" in row else row for row in _rows(settings, name)]
    caption = _text(settings, "caption") or None
    addresses = [picture.get("url") for picture in found if isinstance(picture, dict)]
    return "".join(figure(Picture(url, caption)) for url in addresses if isinstance(url, str) and url)
