"""The parts of addresses, for Django's `path`: `<id:…>` and `<part:…>`. Importing this module registers them."""

from __future__ import annotations

from django.urls import register_converter


class Identity:
    """A row's number: at most eighteen digits, so that it fits a big integer on every database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Part:
    """One part of a path, in any script."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Identity, "id")
register_converter(Part, "part")
