"""Values of foreign JSON, whatever type they turn out to have."""

from __future__ import annotations

from typing import Any

from bulaq.intake.html.layout.tree import lone_surrogates_gone

Object = dict[str, Any]


def text_of(value: Any) -> str:
    """A text without the spaces around it; empty for what is none."""
    return lone_surrogates_gone(value.strip()) if isinstance(value, str) else ""


def list_of(value: Any) -> list[Any]:
    """A list; empty for what is none."""
    return value if isinstance(value, list) else []


def object_of(value: Any) -> Object:
    """An object; empty for what is none."""
    return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[Object]:
    """The objects in a list."""
    return [each for each in list_of(value) if isinstance(each, dict)]


def as_markup(text: str) -> str:
    """Plain text where markup is read.

    >>> as_markup("a < b & c")
    'a &lt; b &amp; c'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")
