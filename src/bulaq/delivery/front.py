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


class VarnishFront:
    """One or several Varnish servers that run `varnish_configuration`; each is told by a BAN request over HTTP.

    A server with vmod xkey looks the keys up: softly purged, a page is shown once more while Varnish renews it. One without
    matches a ban when an object is next asked for, which costs nothing at once, whatever it matches; it knows no soft purge,
    and the first reader after it waits for the edge, which has the page composed.
    """

    def __init__(self, servers: Sequence[tuple[str, int]], timeout: float = 2.0) -> None:
        self.servers = tuple(servers)
        self.timeout = timeout

    def purge(self, keys: Iterable[str], hard: bool = False) -> None:
        """Tells every server; raises FrontError naming all that failed, after all were tried."""
        runs = list(_runs(keys))
        failures = []
        for host, port in self.servers:
            connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
            try:
                for run in runs:
                    headers = {"Surrogate-Key-Match": _match(run), "Surrogate-Key": " ".join(run)}
                    connection.request("BAN", "/", headers=headers | ({} if hard else {"Soft": "1"}))
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


def varnish_configuration(edges: Sequence[tuple[str, int]], xkey: bool = False) -> str:
    """The VCL for a Varnish in front of the edges at these addresses: it composes itself, and purges by key. Of several it
    asks each in turn, and leaves out one that does not answer.

    ``xkey``: the server has vmod xkey (Debian: varnish-modules), with which a purge can be soft.
    """
    text = files("bulaq.delivery").joinpath("varnish.vcl").read_text("utf-8")
    numbered = list(enumerate(edges, 1))
    values = {
        "BACKENDS": "".join(
            f'backend edge{number} {{\n    .host = "{host}";\n    .port = "{port}";\n'
            "    .connect_timeout = 1s;\n    .probe = alive;\n}\n"
            for number, (host, port) in numbered
        ),
        "EDGES": "".join(f"    edges.add_backend(edge{number});\n" for number, _ in numbered),
        "PURGERS": "".join(f'    "{host}";\n' for host in dict.fromkeys(host for host, _ in edges)),
        **(_WITH_XKEY if xkey else _WITH_BANS),
    }
    for mark, value in values.items():
        text = text.replace(f"@{mark}@", value)
    return text


_BAN: Final = 'ban("obj.http.Surrogate-Key ~ " + req.http.Surrogate-Key-Match);\n'
_WITH_BANS: Final = {"IMPORT": "", "PURGE": "        " + _BAN, "KEEP": ""}
_WITH_XKEY: Final = {
    "IMPORT": "import xkey;\n",
    # Every page has no key of its own: only a ban means them all.
    "PURGE": (
        '        if (req.http.Surrogate-Key == "all") {\n            '
        + _BAN
        + "        } elsif (req.http.Soft) {\n"
        "            xkey.softpurge(req.http.Surrogate-Key);\n        } else {\n"
        "            xkey.purge(req.http.Surrogate-Key);\n        }\n"
    ),
    "KEEP": "    set beresp.http.xkey = beresp.http.Surrogate-Key;\n",
}


def _runs(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys in as many parts as requests are needed; "all" alone when it is among them."""
    known = list(dict.fromkeys(keys))
    if "all" in known:
        yield ["all"]
        return
    run: list[str] = []
    length = 0
    for key in known:
        size = len(_escaped(key)) + 1
        if run and length + size > _LONGEST_MATCH:
            yield run
            run, length = [], 0
        run.append(key)
        length += size
    if run:
        yield run


def _match(run: Sequence[str]) -> str:
    """A regular expression that matches a Surrogate-Key field with any of the keys. It holds no space: Varnish takes a ban
    apart at spaces."""
    if list(run) == ["all"]:
        return "^|."
    return rf"(^|\s)({'|'.join(map(_escaped, run))})(\s|$)"


def _escaped(key: str) -> str:
    return re.sub(r"([^A-Za-z0-9:_-])", r"\\\1", key)
