"""What an answer of the web holds, and what is kept of it so that it need not be sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

LONGEST_VALIDATOR = 500
"""Characters; a longer one is not kept. Real ones are hashes, sizes and times."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By which an address can be asked for what is new alone (RFC 9110 section 8.8): as it gave them, or empty. `url` is
    the address that gave them, after redirects; no other one is told of them."""

    url: str
    etag: str = ""
    last_modified: str = ""

    def conditions(self, url: str) -> dict[str, str]:
        """The headers of a request to `url` that is answered 304 when nothing changed (RFC 9110 section 13.1)."""
        if url != self.url:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its bytes, the address that gave it after redirects, and what its header says of it."""

    data: bytes
    url: str
    media_type: str
    charset: str | None
    validators: Validators | None = None


class TryAgain(Exception):
    """An answer that may be another one soon; `after`: seconds to wait, where the server named them."""

    def __init__(self, message: str, after: float | None, of_the_host: bool) -> None:
        super().__init__(message)
        self.after, self.of_the_host = after, of_the_host


def validators_of(header: Message, url: str) -> Validators | None:
    """The validators of an answer; None when it has none that can be sent back."""
    etag, last_modified = (_kept(header.get(name)) for name in ("ETag", "Last-Modified"))
    return Validators(url, etag, last_modified) if etag or last_modified else None


def _kept(value: str | None) -> str:
    told = (value or "").strip()
    return told if told.isascii() and told.isprintable() and len(told) <= LONGEST_VALIDATOR else ""


def seconds_of(retry_after: str | None) -> float | None:
    """Seconds from now (RFC 9110 section 10.2.3: a number of them, or a date)."""
    told = (retry_after or "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        when = parsedate_to_datetime(told)
    except (TypeError, ValueError, IndexError):
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)
    return max(0.0, left.total_seconds())
