"""What the edge must be told of the site it stands in front of."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1024 * 1024


def any_host(_host: str) -> str:
    """For a site of one edition: every host name means the same pages."""
    return "localhost"


@dataclass(frozen=True)
class EdgeSettings:
    """All sizes in bytes, all times in seconds.

    The application sees, on every path that may be stored, a request made by the edge: method GET, the host that
    ``host_key`` returned, the path, the allowed part of the query, ``Surrogate-Capability``, and nothing else from the
    reader. So nothing unkeyed can colour a stored page.
    """

    # From the Host header (lower case, with its port) to the host whose pages are meant; a finite set of answers.
    host_key: Callable[[str], str] = any_host
    # Passed on as they come and never stored: whatever has sessions, uploads, or secrets.
    bypass_prefixes: tuple[str, ...] = ("/desk/", "/_/preview/", "/_/health/")
    # (regular expression for the whole path, parameters kept in this order); of other paths no parameter is kept.
    # Names may be asked for anew with each request; an empty one keeps a query that is no parameters («?55-a-title»).
    queries: tuple[tuple[str, tuple[str, ...] | Callable[[], tuple[str, ...]]], ...] = ()
    # Request headers that the application may vary on; each value is part of the key.
    vary_headers: tuple[str, ...] = ()
    # The scheme of addresses in pages; never taken from the request.
    scheme: str = "http"
    # Addresses or networks whose Surrogate-Capability and X-Forwarded-For are believed.
    trusted_proxies: tuple[str, ...] = ()
    # Something that purges by key stands in front: composed pages then list the keys of all their parts.
    surrogate_in_front: bool = False

    # Shared by all workers of the machine: the purge log. None: this worker alone, purged through `Edge.purge`.
    purge_folder: Path | None = None
    # Second level, shared by all workers of the machine. None: memory only.
    disk_folder: Path | None = None
    disk_bytes: int = 1024 * MEGABYTE

    memory_bytes: int = 128 * MEGABYTE
    # Pages that do not exist may take this share of the memory, so that nobody can push pages out by asking for them.
    negative_share: float = 0.05
    # A longer response is passed on and not stored.
    largest_body: int = 4 * MEGABYTE
    # Composition stops beyond these, and leaves out the marks that remain.
    largest_page: int = 8 * MEGABYTE
    most_includes: int = 64
    deepest_include: int = 3

    # The longest that "not found" is kept, whatever the application says.
    negative_seconds: float = 60.0
    # How long an error of the application stands before it is asked again for the same page.
    error_seconds: float = 1.0
    # How long a reader waits for the renewal of a purged page before getting the old one.
    purged_wait: float = 0.25
    # How long a reader waits for a page that is not there.
    render_wait: float = 30.0
    refresh_threads: int = 2

    clock: Callable[[], float] = field(default=time.time, repr=False)
