"""What stands in front of the edge (Varnish, a CDN), told of purges through one small interface.

Called by the worker from the outbox, so a front that does not answer is asked again, and nothing is lost.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Final, Protocol

# Varnish takes request fields of 8 kB; keys that do not fit into one request go in several.
_LONGEST_MATCH: Final = 4000


class FrontError(Exception):
    """A front did not take a purge; the message names it and says why. The purge is to be repeated."""


class Front(Protocol):
    """Anything that keeps our responses by surrogate key."""

    def purge(self, keys: Iterable[str], hard: bool = False) -> None:
        """Makes the front forget responses with any of these keys. ``hard`` False: it may show them until they are
        renewed, if it can. Raises FrontError."""


class NoFront:
    """Nothing stands in front."""

    def purge(self, keys: Iterable[str], hard: bool = False) -> None:
        """Nothing to do."""


class VarnishFront:
    """One or several Varnish servers that run `varnish_configuration`; each is told by a BAN request over HTTP.

    Varnish matches the keys when an object is next asked for, so a ban costs nothing at once, whatever it matches; there is no
    soft ban: the first reader after it waits for the edge, which has the page composed.
    """

    def __init__(self, servers: Sequence[tuple[str, int]], timeout: float = 2.0) -> None:
        self.servers = tuple(servers)
        self.timeout = timeout

    def purge(self, keys: Iterable[str], hard: bool = False) -> None:
        """Tells every server; raises FrontError naming all that failed, after all were tried."""
        matches = list(_matches(keys))
        failures = []
        for host, port in self.servers:
            connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
            try:
                for match in matches:
                    connection.request("BAN", "/", headers={"Surrogate-Key-Match": match})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 200:
                        raise OSError(f"answered {answer.status} {answer.reason}")
            except (OSError, http.client.HTTPException) as error:
                failures.append(f"{host}:{port}: {error}")
            finally:
                connection.close()
        if failures:
            raise FrontError("Varnish was not told of a purge: " + "; ".join(failures))


def varnish_configuration(host: str, port: int) -> str:
    """The VCL for a Varnish in front of an edge at this address: it composes itself, and purges by key."""
    text = files("bulaq.delivery").joinpath("varnish.vcl").read_text("utf-8")
    return text.replace("@HOST@", host).replace("@PORT@", str(port))


def _matches(keys: Iterable[str]) -> Iterator[str]:
    """Regular expressions that match a Surrogate-Key field with any of the keys, as many as are needed.

    They hold no space: Varnish takes a ban apart at spaces.
    """
    run: list[str] = []
    length = 0
    for key in dict.fromkeys(keys):
        if key == "all":
            yield "^|."
            return
        escaped = re.sub(r"([^A-Za-z0-9:_-])", r"\\\1", key)
        if run and length + len(escaped) > _LONGEST_MATCH:
            yield rf"(^|\s)({'|'.join(run)})(\s|$)"
            run, length = [], 0
        run.append(escaped)
        length += len(escaped) + 1
    if run:
        yield rf"(^|\s)({'|'.join(run)})(\s|$)"
