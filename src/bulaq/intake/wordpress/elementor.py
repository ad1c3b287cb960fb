"""Posts built with Elementor: their text stands as JSON in a field; `post_content` may hold a copy, or nothing.

Only widgets that hold what a reader reads are taken, in the order of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from bulaq.intake.article import Picture
from bulaq.intake.wordpress.shortcodes import figure, film

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
        if node.get("elType") == "widget" and isinstance(settings, dict):
            yield str(node.get("widgetType")), settings
        yield from _widgets(node.get("elements"), depth + 1)


def _markup_of(kind: str, settings: dict[str, Any]) -> str:
    def text(name: str) -> str:
        value = settings.get(name)
        return value if isinstance(value, str) else ""

    match kind:
        case "text-editor":
            return text("editor")
        case "heading":
            return f"<h2>{text('title')}</h2>"
        case "image":
            image = settings.get("image")
            url = image.get("url") if isinstance(image, dict) else None
            return figure(Picture(url, text("caption") or None)) if isinstance(url, str) and url else ""
        case "video":
            url = next(
                (text(name) for name in ("youtube_url", "vimeo_url", "dailymotion_url") if text(name)), ""
            )
            return film(url) if url else ""
        case "blockquote" | "testimonial":
            told = text("blockquote_content") or text("testimonial_content")
            return f"<blockquote>{told}<cite>{escape(text('author_name') or text('testimonial_name'))}</cite></blockquote>"
        case "icon-list":
            rows = settings.get("icon_list")
            items = (
                [row.get("text") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            )
            return "<ul>" + "".join(f"<li>{item}</li>" for item in items if isinstance(item, str)) + "</ul>"
        case "accordion" | "toggle" | "tabs":
            rows = settings.get("tabs")
            tabs = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            return "".join(
                f"<h3>{row.get('tab_title') or ''}</h3>{row.get('tab_content') or ''}" for row in tabs
            )
        case "html" | "shortcode":
            return text(kind)
    return ""
