"""Fetching from the web, politely and safely: robots, a pause for each host, limits, retries, public addresses only.

The address that was checked is the address that is connected to (DNS rebinding), and every redirect is checked anew.
"""

from __future__ import annotations

import gzip
import http.client
import io
import socket
import ssl
import time
import urllib.robotparser
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import quote, urljoin, urlsplit

from bulaq.intake.public_addresses import NotPublic, resolve

AGENT = "Mozilla/5.0 (compatible; Bulaq/0.1; archive import at the owner's wish)"
ROBOT_NAME = "Bulaq"

MAX_BYTES = 24 * 1024 * 1024
"""A larger picture is no picture of a news page: print quality at A3 is about 20 MB."""

HOST_PAUSE = 0.5
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

LONGEST_PAUSE = 10.0
"""A longer crawl delay is not waited for at each request: what it would hold up is an import that somebody watches."""

TIMEOUT = 15.0
"""Seconds without a byte."""

WHOLE_TIMEOUT = 90.0
"""Seconds for one answer, however steadily it drips."""

MAX_REDIRECTS = 5
RETRIES = 3
RETRY_PAUSE = 1.0
"""Seconds before the first repetition; doubled each time. `Retry-After` is followed up to `LONGEST_PAUSE`."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class FetchRefused(ValueError):
    """Why an address was not, or could not be, fetched. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its bytes, the address that gave it after redirects, and what its header says of it."""

    data: bytes
    url: str
    media_type: str
    charset: str | None


class Fetcher:
    """Fetches for one import. Remembers robots.txt and the time of the last request for each host.

    `public_only=False` is for servers on loopback in tests; nothing in the project switches it off.
    """

    def __init__(
        self,
        *,
        public_only: bool = True,
        max_bytes: int = MAX_BYTES,
        host_pause: float = HOST_PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.public_only = public_only
        self.max_bytes = max_bytes
        self.host_pause = host_pause
        self.sleep = sleep
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._last: dict[str, float] = {}
        self._broken_hosts: dict[str, int] = {}
        self._tls = ssl.create_default_context()

    def fetch(self, url: str, accept: str = "*/*", media_types: tuple[str, ...] = ()) -> Fetched:
        """The answer at an http(s) address. Raises `FetchRefused`.

        `media_types`: beginnings of the types that are taken («image/»); empty for all.
        """
        current = url
        for _ in range(MAX_REDIRECTS + 1):
            origin, host = _origin(current)
            if self._broken_hosts.get(host, 0) >= 5:
                raise FetchRefused("host-down", f"{host} did not answer five times in a row")
            if not self._allowed(origin, current):
                raise FetchRefused("robots", f"{host} asks robots not to fetch this")
            answer = self._with_retries(current, host, accept, media_types)
            if isinstance(answer, Fetched):
                return answer
            current = urljoin(current, answer)
        raise FetchRefused("redirects", f"more than {MAX_REDIRECTS} redirects")

    def _with_retries(self, url: str, host: str, accept: str, media_types: tuple[str, ...]) -> Fetched | str:
        pause = RETRY_PAUSE
        for attempt in range(RETRIES):
            self._wait_turn(host)
            try:
                answer = self._once(url, accept, media_types)
                self._broken_hosts.pop(host, None)
                return answer
            except _TryAgain as error:
                if attempt == RETRIES - 1:
                    raise FetchRefused("answer", str(error)) from None
                self.sleep(min(LONGEST_PAUSE, error.after if error.after is not None else pause))
            except (OSError, http.client.HTTPException, ValueError) as error:
                if isinstance(error, FetchRefused):
                    raise
                if isinstance(error, NotPublic):
                    raise FetchRefused("private", str(error)) from None
                if isinstance(error, ssl.SSLCertVerificationError) or attempt == RETRIES - 1:
                    self._broken_hosts[host] = self._broken_hosts.get(host, 0) + 1
                    raise FetchRefused("unreachable", f"{host}: {error}") from None
                self.sleep(pause)
            pause *= 2
        raise AssertionError("unreachable")

    def _once(self, url: str, accept: str, media_types: tuple[str, ...]) -> Fetched | str:
        """One request: the answer, or the address that it sends on to."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        secure = parts.scheme.lower() == "https"
        port = parts.port or (443 if secure else 80)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
        )
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = self._connected(host, port, secure)
        try:
            connection.request(
                "GET",
                target,
                headers={
                    "Host": _idna(host) if parts.port is None else f"{_idna(host)}:{port}",
                    "User-Agent": AGENT,
                    "Accept": accept,
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                },
            )
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                location = response.headers.get("Location")
                if not location:
                    raise FetchRefused("redirects", "a redirect to nowhere")
                return location.strip()
            if response.status in _AGAIN:
                raise _TryAgain(f"answered {response.status}", _seconds(response.headers.get("Retry-After")))
            if response.status != 200:
                raise FetchRefused("answer", f"answered {response.status}")
            return self._taken(response, url, media_types)
        finally:
            connection.close()

    def _connected(self, host: str, port: int, secure: bool) -> socket.socket:
        error: OSError | None = None
        for address in resolve(_idna(host), port, public_only=self.public_only)[:3]:
            try:
                plain = socket.create_connection((address, port), timeout=TIMEOUT)
            except OSError as failed:
                error = failed
                continue
            if not secure:
                return plain
            try:
                return self._tls.wrap_socket(plain, server_hostname=_idna(host))
            except OSError:
                plain.close()
                raise
        raise error or OSError(f"{host} has no address")

    def _taken(self, response: http.client.HTTPResponse, url: str, media_types: tuple[str, ...]) -> Fetched:
        header: Message = response.headers
        media_type = header.get_content_type()
        if media_types and not media_type.startswith(media_types):
            raise FetchRefused("type", f"is {media_type}")
        length = header.get("Content-Length", "")
        if length.isdigit() and int(length) > self.max_bytes:
            raise FetchRefused("too-large", f"is larger than {self.max_bytes // 1024**2} MB")
        begun = time.monotonic()
        gathered = io.BytesIO()
        while piece := response.read1(65_536):
            gathered.write(piece)
            if gathered.tell() > self.max_bytes:
                raise FetchRefused("too-large", f"is larger than {self.max_bytes // 1024**2} MB")
            if time.monotonic() - begun > WHOLE_TIMEOUT:
                raise FetchRefused("slow", f"took longer than {WHOLE_TIMEOUT:.0f} seconds")
        data = gathered.getvalue()
        if length.isdigit() and len(data) < int(length):
            raise _TryAgain("broke off in the middle", None)
        if header.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip"):
            data = self._unpacked(data)
        return Fetched(data, url, media_type, header.get_content_charset())

    def _unpacked(self, data: bytes) -> bytes:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                unpacked = file.read(self.max_bytes + 1)
        except Exception as error:
            raise FetchRefused("broken", f"cannot be unpacked: {error}") from None
        if len(unpacked) > self.max_bytes:
            raise FetchRefused("too-large", f"is larger than {self.max_bytes // 1024**2} MB")
        return unpacked

    def _wait_turn(self, host: str) -> None:
        robots = self._robots.get(host)
        asked = robots.crawl_delay(ROBOT_NAME) if robots is not None else None
        pause = min(LONGEST_PAUSE, max(self.host_pause, float(asked or 0)))
        left = self._last.get(host, float("-inf")) + pause - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[host] = time.monotonic()

    def _allowed(self, origin: str, url: str) -> bool:
        """What robots.txt says (RFC 9309: absent means allowed; a server that fails means wait, so: no)."""
        host = urlsplit(origin).hostname or ""
        parser = self._robots.get(host)
        if parser is None:
            parser = urllib.robotparser.RobotFileParser()
            parser.parse(self._robots_lines(origin))
            self._robots[host] = parser
        return parser.can_fetch(ROBOT_NAME, url)

    def _robots_lines(self, origin: str) -> list[str]:
        current = f"{origin}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS):
                host = urlsplit(current).hostname or ""
                answer = self._with_retries(current, host, "text/plain", ())
                if isinstance(answer, Fetched):
                    return answer.data[:500_000].decode("utf-8", "replace").splitlines()
                current = urljoin(current, answer)
                _origin(current)
        except FetchRefused as error:
            if error.code == "private":
                raise
            if error.code == "answer" and str(error).endswith(("500", "502", "503", "504")):
                return ["User-agent: *", "Disallow: /"]
        return []


class _TryAgain(Exception):
    def __init__(self, message: str, after: float | None) -> None:
        super().__init__(message)
        self.after = after


def _origin(url: str) -> tuple[str, str]:
    """Scheme and host of an address that may be fetched at all, and the host alone. Raises `FetchRefused`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchRefused("address", "is not an address") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise FetchRefused("address", "is not an http address")
    if parts.username or parts.password:
        raise FetchRefused("address", "holds a password")
    host = parts.hostname
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{shown}" + (f":{port}" if port else ""), host


def _idna(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchRefused("address", "is not a host name") from None


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.strip().isdigit() else None
