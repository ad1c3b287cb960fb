"""How the text of a setting is read into a value: each reader gives the value, or raises `ValueError` with the reason."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit


def text(value: str) -> str:
    """Any text, as it stands."""
    return value


def boolean(value: str) -> bool:
    """1, true, yes, on; 0, false, no, off or nothing."""
    lowered = value.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"", "0", "false", "no", "off"}:
        return False
    raise ValueError("it must be 1 or 0")


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`, both included."""

    def read(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            raise ValueError("it must be a whole number") from None
        if not low <= number <= high:
            raise ValueError(f"it must be between {low} and {high}")
        return number

    return read


def address(*schemes: str) -> Callable[[str], str]:
    """A reader of one address with one of these schemes, or of nothing."""

    def read(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            raise ValueError(f"it must start with {' or '.join(s + '://' for s in schemes)}")
        return value

    return read


def search_engine(value: str) -> str:
    """The address of a search engine that is installed, or nothing."""
    if value:
        from bulaq.discovery.open_index import schemes

        return address(*schemes())(value)
    return value


def bucket(value: str) -> str:
    """The address of a bucket with its key, or nothing; what reads buckets must be installed."""
    if value:
        from bulaq.project.bucket import Bucket, lacking

        Bucket.read(address("s3")(value))
        if missing := lacking():
            raise ValueError(missing)
    return value


def address_of_media(value: str) -> str:
    """Where pictures are fetched, or a bucket."""
    address("http", "https", "s3")(value)
    return bucket(value) if value.startswith("s3://") else value


def names(value: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(item.strip() for item in value.split(",") if item.strip())


def networks(value: str) -> tuple[str, ...]:
    """Addresses or networks (CIDR) between commas."""
    given = names(value)
    for name in given:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError:
            raise ValueError(f"«{name}» is neither an address nor a network such as 10.0.0.0/8") from None
    return given


def addresses(*schemes: str) -> Callable[[str], tuple[str, ...]]:
    """A reader of addresses with any of these schemes, between commas."""

    def read(value: str) -> tuple[str, ...]:
        given = names(value)
        for name in given:
            parts = urlsplit(name)
            if parts.scheme not in schemes or not (parts.hostname or parts.scheme == "mailto"):
                raise ValueError(
                    f"«{name}» does not start with {' or '.join(f'{scheme}:' for scheme in schemes)}"
                )
        return given

    return read


def indexnow_key(value: str) -> str:
    """A key of the IndexNow protocol (https://www.indexnow.org/documentation), or nothing."""
    if value and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", value):
        raise ValueError("it must be 8 to 128 letters, digits and hyphens")
    return value
