"""Which site an address belongs to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

_SAME_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")


@lru_cache(maxsize=1024)
def host_of(address: str | None) -> str:
    """The site of an address, without `www.`, `m.` and the like; empty when it has none.

    >>> host_of("https://www.Example.org:8080/a")
    'example.org'
    """
    if not address:
        return ""
    try:
        host = (urlsplit(address.strip()).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    return _SAME_HOST.sub("", host)[:253]
