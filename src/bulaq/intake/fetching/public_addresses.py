"""Which network addresses a fetcher may speak to: public ones, and nothing inside the house (no request forgery)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class NotPublic(ValueError):
    """A host that is not, or not only, reached at public addresses."""


def is_public(address: Address) -> bool:
    """Whether the address belongs to the open internet.

    Looks through the forms in which IPv6 carries an IPv4 address (mapped, 6to4, Teredo, NAT64): a private address
    stays private in any dress.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _NAT64):
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if int(address) >> 32 == 0:  # the old IPv4-compatible form, loopback and unspecified among it
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )


def resolve(host: str, port: int, *, inner: Sequence[Network] = ()) -> list[str]:
    """The addresses of a host, to be connected to as they are: a second look-up might be told something else.

    `inner`: networks that may be spoken to although they are not public. Raises `NotPublic` when any of the addresses
    is neither, and `OSError` when the host is unknown.
    """
    found: list[str] = []
    for _, _, _, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        text = str(where[0]).split("%")[0]
        address = ipaddress.ip_address(text)
        if not is_public(address) and not any(address in network for network in inner):
            raise NotPublic(f"{host} is not a public address")
        if text not in found:
            found.append(text)
    if not found:
        raise OSError(f"{host} has no address")
    return found
