"""Reading the head of an HTTP/1.1 request, so strictly that two programs could not read it differently.

Only what is beyond doubt is answered by the listener itself: a GET or HEAD without a body, or a small POST to one of its
own endpoints. Everything else goes to the application server as it came, on a connection that carries nothing after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

# RFC 9112 §3 and §5, less what is obsolete: no folded lines, no bare CR or LF, no space before a colon.
_REQUEST_LINE = re.compile(rb"([A-Z]{1,16}) (/[\x21-\x7e]*) HTTP/1\.1")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}):[ \t]*([\x20-\x7e\x80-\xff\t]*?)[ \t]*")
LARGEST_HEAD: Final = 16 * 1024
_MOST_FIELDS: Final = 100
_PLAIN_CONNECTION: Final = frozenset({b"keep-alive", b"close"})
# With one of these a request is not ours to answer.
_FOREIGN: Final = frozenset({b"transfer-encoding", b"expect", b"upgrade", b"authorization", b"trailer"})
_LIST_FIELDS: Final = frozenset(
    {b"accept-encoding", b"if-none-match", b"x-forwarded-for", b"surrogate-capability", b"cache-control"}
)


# One whole request without a body, nothing before or after it. As strict as `read_head`.
_WHOLE = re.compile(
    rb"(?:GET|HEAD) /[\x21-\x7e]*+ HTTP/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}+:[\x20-\x7e\x80-\xff\t]*+\r\n)++\r\n"
)
_SIGNIFICANT: Final = (
    *(
        "host",
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
        "cache-control",
        "connection",
        "content-length",
    ),
    *("transfer-encoding", "expect", "upgrade", "authorization", "trailer", "surrogate-capability"),
)


class MalformedHead(ValueError):
    """Not a request of HTTP/1.1, or one that could be read in two ways; the connection is to be closed after 400."""


@dataclass(slots=True)
class RequestHead:
    """``target`` as sent, ``fields`` by lower-case name (lists joined), ``plain``: nothing but the edge is needed."""

    method: bytes
    target: bytes
    fields: dict[bytes, bytes]
    plain: bool
    closing: bool
    body_bytes: int

    def path(self) -> str:
        """Percent-decoded, bytes as Latin-1, as WSGI's PATH_INFO."""
        path = self.target.partition(b"?")[0]
        return (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")

    def query(self) -> str:
        """What follows the question mark."""
        return self.target.partition(b"?")[2].decode("latin-1")

    def text(self, name: bytes) -> str | None:
        """One field as text."""
        value = self.fields.get(name)
        return None if value is None else value.decode("latin-1")


@dataclass(slots=True)
class SmallRequest:
    """A request to one of the listener's own endpoints (`Listener.endpoints`)."""

    head: RequestHead
    body: bytes
    peer: str


def read_head(head: bytes) -> RequestHead:
    """``head``: the bytes up to, and without, the empty line. Raises `MalformedHead`."""
    line, *lines = head.split(b"\r\n")
    request = _REQUEST_LINE.fullmatch(line)
    if request is None or len(lines) > _MOST_FIELDS:
        raise MalformedHead
    method, target = request[1], request[2]
    fields: dict[bytes, bytes] = {}
    repeated = False
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise MalformedHead
        name, value = match[1].lower(), match[2]
        if name in fields:
            if name in (b"host", b"content-length", b"transfer-encoding"):
                raise MalformedHead
            if name in _LIST_FIELDS:
                value = fields[name] + b", " + value
            else:
                repeated = True
        fields[name] = value
    if b"host" not in fields:
        raise MalformedHead
    length = fields.get(b"content-length", b"0")
    if (
        not length.isdigit()
        or len(length) > 15
        or (b"content-length" in fields and b"transfer-encoding" in fields)
    ):
        raise MalformedHead
    connection = fields.get(b"connection", b"keep-alive").lower()
    plain = (
        connection in _PLAIN_CONNECTION
        and not repeated
        and _FOREIGN.isdisjoint(fields)
        and b"#" not in target
    )
    return RequestHead(method, target, fields, plain, connection == b"close", int(length))


def recogniser(
    vary_headers: Iterable[str] = (), parameters: Callable[[str], tuple[str, ...]] | None = None
) -> Callable[[bytes], bytes | None]:
    """A function from the bytes of a request to what of them matters for its answer: the request line and the fields on
    which the answer depends. Two requests that come to the same are answered the same, whatever browser, cookie or
    referring page they name. None for what is not exactly one well-formed request without a body.

    ``parameters``: the names that may matter in the query of a path; a query with none of them is left out, so that the
    marks that social networks hang on every link make no difference.
    """
    names = sorted({*_SIGNIFICANT, *(name.lower() for name in vary_headers)})
    fields = re.compile(
        b"\n((?:" + b"|".join(re.escape(name.encode("ascii")) for name in names) + b"):[^\r]*)"
    ).findall
    whole = _WHOLE.fullmatch

    @lru_cache(maxsize=4096)
    def matters(path: bytes) -> Callable[[bytes], object]:
        """Finds a parameter of this path, or one whose name is written in escapes and might be one."""
        known = parameters(unquote_to_bytes(path).decode("latin-1")) if parameters is not None else ()
        ours = b"".join(re.escape(name.encode("utf-8")) + b"=|" for name in known)
        return re.compile(b"(?:^|&)(?:" + ours + b"[^=&]*[%+])").search

    def recognise(data: bytes) -> bytes | None:
        if whole(data) is None or len(data) > LARGEST_HEAD:
            return None
        end = data.index(b"\r")
        line = data[:end]
        if b"?" in line and parameters is not None:
            start, _, rest = line.partition(b"?")
            if matters(start[start.index(b" ") + 1 :])(rest[:-9]) is None:
                line = start + b" HTTP/1.1"
        return b"\n".join((line, *fields(data[end:].lower())))

    return recognise


def tunnelled_head(head: bytes, peer: str) -> bytes:
    """The head as it goes to the application server: one request on its connection, and the peer's address at the end of
    X-Forwarded-For."""
    line, *lines = head.split(b"\r\n")
    kept = [line]
    forwarded = []
    for field in lines:
        name = field.partition(b":")[0].strip().lower()
        if name == b"x-forwarded-for":
            forwarded.append(field.partition(b":")[2].strip())
        elif name not in (b"connection", b"keep-alive", b"proxy-connection", b"upgrade"):
            kept.append(field)
    forwarded.append(peer.encode("ascii"))
    kept.append(b"X-Forwarded-For: " + b", ".join(forwarded))
    kept.append(b"Connection: close")
    return b"\r\n".join(kept) + b"\r\n\r\n"
