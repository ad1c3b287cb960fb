"""Reading the head of a request of HTTP/1.1 or 1.0, so strictly that two programs could not read it differently.

Only what is beyond doubt is answered by the listener itself: a GET or HEAD without a body, or a small POST to one of its
own endpoints. Everything else goes to the application server, on a connection that carries nothing after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

# RFC 9112 §3 and §5, less what is obsolete: no folded lines, no bare CR or LF, no space before a colon.
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e]+) HTTP/([0-9])\.([0-9])")
_LETTER = re.compile(rb"[\x80-\xff]")
_ABSOLUTE = re.compile(rb"https?://([^/?#]+)(/[^#]*|\?[^#]*)?", re.IGNORECASE)
# RFC 3986 §3.2.2, without user information, which a Host never has.
_HOST = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]{0,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}):[ \t]*([\x20-\x7e\x80-\xff\t]*?)[ \t]*")
LARGEST_HEAD: Final = 16 * 1024
LARGEST_RECOGNISED: Final = 4 * 1024
"""Longer heads are read each time: what is remembered of requests must stay small, whoever sends them."""
_MOST_FIELDS: Final = 100
_LONGEST_TARGET: Final = 8 * 1024
# Of these a second one could be read in two ways; of all others several lines mean one list (RFC 9110 §5.3).
_ONCE: Final = frozenset({b"host", b"content-length", b"transfer-encoding"})


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
    *("transfer-encoding", "authorization", "surrogate-capability"),
)


class MalformedHead(ValueError):
    """Not a request of HTTP/1, or one that could be read in two ways; the connection is to be closed after ``status``."""

    def __init__(self, status: str = "400 Bad Request") -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class RequestHead:
    """``target``: path and query, or ``*``. ``fields`` by lower-case name, several lines of one name joined. ``plain``:
    nothing but the edge is needed. ``persistence``: what the answer must say in ``Connection``, "" for nothing.
    ``body_bytes``: None when the body comes in chunks. ``expects``: the sender waits for «100 Continue»."""

    method: bytes
    target: bytes
    fields: dict[bytes, bytes]
    plain: bool
    persistence: bytes
    body_bytes: int | None
    expects: bool = False

    @property
    def closing(self) -> bool:
        """Whether the connection ends with the answer."""
        return self.persistence == b"close"

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
    """``head``: the bytes up to, and without, the empty line, as `origin_form` gives it. Raises `MalformedHead`."""
    line, *lines = head.split(b"\r\n")
    request = _REQUEST_LINE.fullmatch(line)
    if request is None:
        raise MalformedHead
    method, target, major, minor = request.groups()
    if major != b"1":
        raise MalformedHead("505 HTTP Version Not Supported")
    if not target.startswith(b"/") and (method, target) != (b"OPTIONS", b"*"):
        raise MalformedHead
    if len(target) > _LONGEST_TARGET:
        raise MalformedHead("414 URI Too Long")
    if len(lines) > _MOST_FIELDS:
        raise MalformedHead("431 Request Header Fields Too Large")
    fields: dict[bytes, bytes] = {}
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise MalformedHead
        name, value = match[1].lower(), match[2]
        if name in fields:
            if name in _ONCE:
                raise MalformedHead
            value = fields[name] + b", " + value
        fields[name] = value
    old = minor == b"0"
    if _HOST.fullmatch(fields.setdefault(b"host", b"") if old else fields.get(b"host", b" ")) is None:
        raise MalformedHead
    body_bytes = _body_bytes(fields, old)
    options = {option.strip() for option in fields.get(b"connection", b"").lower().split(b",")}
    persistence = b""
    if b"close" in options or (old and b"keep-alive" not in options):
        persistence = b"close"
    elif old:
        persistence = b"keep-alive"
    expected = fields.get(b"expect", b"").lower() if body_bytes != 0 and not old else b""
    if expected not in (b"", b"100-continue"):
        raise MalformedHead("417 Expectation Failed")
    plain = body_bytes is not None and not expected and b"authorization" not in fields and b"#" not in target
    return RequestHead(method, target, fields, plain, persistence, body_bytes, bool(expected))


def _body_bytes(fields: dict[bytes, bytes], old: bool) -> int | None:
    """RFC 9112 §6, without what is there for senders that contradict themselves."""
    length = fields.get(b"content-length")
    coding = fields.get(b"transfer-encoding")
    if coding is not None:
        if length is not None or old:
            raise MalformedHead
        if coding.lower() != b"chunked":
            raise MalformedHead("501 Not Implemented")
        return None
    if length is None:
        return 0
    if not length.isdigit() or len(length) > 15:
        raise MalformedHead
    return int(length)


def origin_form(head: bytes) -> bytes:
    """The head with the target as a path: a target in absolute form names the host itself, and ``Host`` is not believed
    beside it (RFC 9112 §3.2.2). Letters that were sent as they are (simple programs do not encode Arabic paths) are
    percent-encoded byte by byte, so that all behind this read one and the same."""
    line, end, rest = head.partition(b"\r\n")
    method, _, target = line.partition(b" ")
    target, _, version = target.partition(b" ")
    if not target.isascii():
        target = _LETTER.sub(lambda letter: b"%%%02X" % letter[0][0], target)
        head = b"%s %s %s%s%s" % (method, target, version, end, rest)
    match = _ABSOLUTE.fullmatch(target)
    if match is None:
        return head
    path = match[2] or b"/"
    others = [field for field in rest.split(b"\r\n") if field[:5].lower() != b"host:"] if end else []
    line = b"%s %s %s" % (method, path if path.startswith(b"/") else b"/" + path, version)
    return b"\r\n".join([line, b"Host: " + match[1], *others])


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

    @lru_cache(maxsize=4096)
    def asked(line: bytes) -> bytes:
        """The request line without a query that makes no difference."""
        start, _, rest = line.partition(b"?")
        if parameters is not None and matters(start[start.index(b" ") + 1 :])(rest[:-9]) is None:
            return start + b" HTTP/1.1"
        return line

    def recognise(data: bytes) -> bytes | None:
        if len(data) > LARGEST_RECOGNISED or whole(data) is None:
            return None
        end = data.index(b"\r")
        line = data[:end]
        found: list[bytes] = fields(data.lower(), end)
        found.append(asked(line) if b"?" in line else line)
        return b"\n".join(found)

    return recognise


_NOT_TUNNELLED: Final = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"upgrade",
        b"te",
        b"trailer",
        b"expect",
        b"content-length",
    }
    | {b"transfer-encoding"}
)


def tunnelled_head(head: bytes, peer: str, body_bytes: int | None = None) -> bytes:
    """The head as it goes to the application server: one request on its connection, the length of its body written anew
    (None: it has none), and the peer's address at the end of X-Forwarded-For."""
    line, *lines = head.split(b"\r\n")
    kept = [line]
    forwarded = []
    for field in lines:
        name = field.partition(b":")[0].strip().lower()
        if name == b"x-forwarded-for":
            forwarded.append(field.partition(b":")[2].strip())
        elif name not in _NOT_TUNNELLED:
            kept.append(field)
    forwarded.append(peer.encode("ascii"))
    kept.append(b"X-Forwarded-For: " + b", ".join(forwarded))
    if body_bytes is not None:
        kept.append(b"Content-Length: %d" % body_bytes)
    kept.append(b"Connection: close")
    return b"\r\n".join(kept) + b"\r\n\r\n"
