"""Which edition a host name means."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

from bulaq.intake.sites import host_of
from bulaq.newsroom.models import ImportHost

MOST_BROUGHT = 2000
"""Old hosts that are known at once: a newsroom has a handful, an archive that others' pages found their way into more."""


def spellings(name: str) -> tuple[str, ...]:
    """A host as it was asked for, then the other ways in which one site is asked for: with or without «www.», its
    pages for telephones («m.», «amp.»). All are the same edition's unless two say otherwise."""
    bare = host_of(f"//{name}").removeprefix("www.")
    return tuple(dict.fromkeys((name, bare, f"www.{bare}")))


def brought_hosts(names: Iterable[str] | None = None) -> dict[str, int]:
    """Hosts of the old sites (all, or those of `names`) → the edition that took their archive in.

    A host whose articles went to several editions is nobody's alone; an address of a machine or of a local network is no
    site's.
    """
    rows = ImportHost.objects.order_by("pk")
    if names is not None:
        rows = rows.filter(host__in=list(names))
    found: dict[str, set[int]] = {}
    for host, edition_id in rows.values_list("host", "edition_id")[:MOST_BROUGHT]:
        found.setdefault(host, set()).add(edition_id)
    return {host: editions.pop() for host, editions in found.items() if len(editions) == 1 and _is_name(host)}


def _is_name(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return "." in host and not host.endswith(".localhost")
    return False
