"""One exchange with a reader: what of his request matters to a stored page, and the answer he gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.renewal import Outcome

NAME: Final = "Bulaq"
"""In Cache-Status (RFC 9211)."""

_HOP_BY_HOP: Final = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "proxy-connection",
    }
)


@dataclass(slots=True)
class Request:
    """What of a reader's request matters to a stored page. ``raw``: a trusted surrogate in front composes itself."""

    key: PageKey
    accept_encoding: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    only_if_cached: bool = False
    raw: bool = False


@dataclass(slots=True)
class Response:
    """``body`` for GET; the caller sends none to HEAD. ``ready_until`` > 0: the same bytes answer the same request
    until then, while the purge counter stays at ``generation``."""

    status: str
    headers: Headers
    body: Iterable[bytes]
    ready_until: float = 0.0
    generation: int = -1


def unstored(outcome: Outcome) -> Response:
    """What is passed on as the application gave it, and not kept."""
    fetched = outcome.fetched
    assert fetched is not None
    headers = [
        (name, value)
        for name, value in fetched.headers
        if name.lower() not in _HOP_BY_HOP and name.lower() not in ("surrogate-control", "bulaq-shown")
    ]
    headers.append(("Cache-Status", f"{NAME}; {outcome.how}"))
    if fetched.rest is None:
        return Response(fetched.status, headers, [fetched.body])
    return Response(fetched.status, headers, _Followed(fetched.body, fetched.rest))


class _Followed:
    """A first part and what follows it; closing it closes the application's response."""

    def __init__(self, first: bytes, rest: Iterable[bytes]) -> None:
        self._first = first
        self._rest = rest

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        yield from self._rest

    def close(self) -> None:
        close_body(self._rest)


def close_body(body: Iterable[bytes]) -> None:
    """As WSGI asks (PEP 3333), where there is something to close."""
    close = getattr(body, "close", None)
    if close is not None:
        close()
