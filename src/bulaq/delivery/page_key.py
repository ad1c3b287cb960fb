"""Which page a request means: the key under which it is stored, and the request that the application gets for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

from bulaq.delivery.settings import EdgeSettings

_HOST: Final = re.compile(r"[a-z0-9._-]{1,253}(?::\d{1,5})?|\[[0-9a-f:.]{2,45}\](?::\d{1,5})?")
_LONGEST_PATH: Final = 2048
_LONGEST_QUERY: Final = 2048
_LONGEST_VALUE: Final = 256
_LONGEST_VARIED: Final = 128
_AS_THEY_ARE: Final = "surrogateescape"
"""Of bytes that are no UTF-8 (old sites wrote windows-1256): kept, and written as they came."""


class PageKey(NamedTuple):
    """``host`` as `EdgeSettings.host_key` gave it; ``path`` decoded, as WSGI's PATH_INFO (bytes as Latin-1);
    ``query`` in its one spelling; ``varied`` the values of the headers in `EdgeSettings.vary_headers`."""

    host: str
    path: str
    query: str
    varied: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The surrogate key of this address, whatever its query or varied headers."""
        return f"uri:{self.host}{quote(self.path.encode('latin-1'), safe='/:@!$&()*+,;=~-._')}"


class Addresses:
    """Turns hosts, paths and queries into keys by the rules of one site."""

    def __init__(self, settings: EdgeSettings) -> None:
        self._host_key = settings.host_key
        self._bypass = settings.bypass_prefixes
        self._queries = [(re.compile(pattern), names) for pattern, names in settings.queries]
        self._vary = tuple("HTTP_" + name.upper().replace("-", "_") for name in settings.vary_headers)

    def bypasses(self, path: str) -> bool:
        """True for a path that is passed on and never stored: by the site's rule, or because it is not a sane path."""
        if path.startswith(self._bypass) or len(path) > _LONGEST_PATH or not path.startswith("/"):
            return True
        if path.isascii():
            return not path.isprintable()
        try:
            return not path.encode("latin-1").decode("utf-8").isprintable()
        except UnicodeError:
            return True

    def key(self, host: str, path: str, query: str, headers: Mapping[str, object] | None = None) -> PageKey:
        """The key of a request. ``query`` as sent; ``headers`` a WSGI environ.

        A host that is not a host name means the same as none: the default edition.
        """
        host = host.lower()
        if not _HOST.fullmatch(host):
            host = ""
        varied: tuple[str, ...] = ()
        if self._vary and headers is not None:
            varied = tuple(str(headers.get(name, ""))[:_LONGEST_VARIED] for name in self._vary)
        return PageKey(self._host_key(host), path, self._normal_query(path, query) if query else "", varied)

    def include(self, source: str, host: PageKey) -> PageKey | None:
        """The key of the fragment that a mark on ``host`` names; None when it may not be fetched."""
        raw_path, _, query = source.partition("?")
        path = unquote_to_bytes(raw_path).decode("latin-1")
        if self.bypasses(path):
            return None
        return PageKey(host.host, path, self._normal_query(path, query) if query else "", host.varied)

    def parameters(self, path: str) -> tuple[str, ...]:
        """The names of the parameters that matter on this path, by the first rule that fits it."""
        names = next((names for pattern, names in self._queries if pattern.fullmatch(path)), ())
        return names() if callable(names) else names

    def _normal_query(self, path: str, query: str) -> str:
        """The allowed parameters, in the order of the rule; of a repeated one the first; spelled one way, in small letters
        («?NewsID=7» is what programs on Windows wrote)."""
        names = self.parameters(path)
        if not names:
            return ""
        if "=" not in query:
            return _bare(query) if "" in names else ""
        try:
            pairs = parse_qsl(query[:_LONGEST_QUERY], max_num_fields=64, errors=_AS_THEY_ARE)
        except ValueError:
            return ""
        given: dict[str, str] = {}
        for name, value in pairs:
            given.setdefault(name.lower(), value[:_LONGEST_VALUE])
        return urlencode([(name, given[name]) for name in names if name in given], errors=_AS_THEY_ARE)


def _bare(query: str) -> str:
    """A query that is no parameters, in its one spelling."""
    return quote(unquote_to_bytes(query[:_LONGEST_VALUE]), safe="/:,;~-._")
