"""The seam through which structured data and other machine-readable parts enter the head of a page.

A part is a function from the template's context to safe HTML ("" when it has nothing to say). `bulaq.reader.machine`
registers its own when the application starts; the templates name none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

HeadPart = Callable[[Mapping[str, Any]], str]

_parts: list[HeadPart] = []


def register_head_part(part: HeadPart) -> HeadPart:
    """Adds a part; in the order of registration, each once. Usable as a decorator."""
    if part not in _parts:
        _parts.append(part)
    return part


def head_parts(context: Mapping[str, Any]) -> SafeString:
    """All parts, one after another."""
    return mark_safe("".join(part(context) for part in _parts))  # noqa: S308 - each part answers for its own safety
