"""Whose request it is, when proxies stand in between.

``X-Forwarded-For`` is written by whoever likes to; each proxy adds the address it saw at the end. So the list is read from
its end, and believed only as far as the addresses on it are our own proxies.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MOST_HOPS = 20


class TrustedProxies:
    """The networks of our own proxies (``BULAQ_TRUSTED_PROXIES``): addresses or CIDR, each checked when given."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Raises ValueError naming what is neither an address nor a network."""
        self._networks: list[Network] = [
            ipaddress.ip_network(text.strip(), strict=False) for text in networks if text.strip()
        ]

    def trusts(self, peer: str) -> bool:
        """True when the peer of a connection is one of our proxies. ``""`` (a Unix socket) is nobody's."""
        address = parse_address(peer)
        return address is not None and self._holds(address)

    def client(self, peer: str, forwarded_for: str | None) -> Address | None:
        """The nearest address that is not ours; None when the peer has none and nothing believable is written."""
        address = parse_address(peer)
        if address is not None and not self._holds(address):
            return address
        if not forwarded_for or address is None:
            return address
        for text in reversed(forwarded_for.split(",")[-_MOST_HOPS:]):
            hop = parse_address(text)
            if hop is None:
                return address
            address = hop
            if not self._holds(hop):
                return hop
        return address

    def _holds(self, address: Address) -> bool:
        return any(address in network for network in self._networks if network.version == address.version)


def parse_address(text: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, quoted, IPv4 inside IPv6; None for anything else."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def household(address: Address) -> bytes:
    """What one reader can change at will counts as one: an IPv4 address, or the /64 of an IPv6 address."""
    return address.packed if address.version == 4 else address.packed[:8]
