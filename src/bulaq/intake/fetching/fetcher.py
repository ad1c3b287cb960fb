"""Fetching from the web, politely and safely: robots, a pause for each host, limits, retries, public addresses only.

The address that was checked is the address that is connected to (DNS rebinding), and every redirect is checked anew.
"""

from __future__ import annotations

import gzip
import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from email.message import Message
from urllib.parse import quote, urlsplit

from bulaq.intake.fetching.answers import Fetched, TryAgain, Validators, seconds_of, validators_of
from bulaq.intake.fetching.patience import Patience
from bulaq.intake.fetching.public_addresses import NotPublic, resolve
from bulaq.intake.fetching.request_addresses import FetchRefused, idna, led_to, origin_of
from bulaq.intake.fetching.robots import Robots
from bulaq.intake.http_body import plain_body

AGENT = "Mozilla/5.0 (compatible; Bulaq/0.1; archive import at the owner's wish)"

MAX_BYTES = 24 * 1024 * 1024
"""A larger picture is no picture of a news page: print quality at A3 is about 20 MB."""

HOST_PAUSE = 0.5
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

TIMEOUT = 15.0
"""Seconds without a byte."""

WHOLE_TIMEOUT = 90.0
"""Seconds for one address with all its redirects and repetitions, however steadily it drips, its head too."""

MAX_REDIRECTS = 5
RETRIES = 3
RETRY_PAUSE = 1.0
"""Seconds before the first repetition; doubled each time."""

LONGEST_RETRY_AFTER = 30.0
"""Seconds that are waited when a server names them (`Retry-After`, RFC 9110 section 10.2.3). One that asks for more is
left alone for as long as it said."""

STRIKES = 5
"""Failures of a host in a row after which it is not asked again."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_OF_THE_HOST = frozenset({429, 502, 503, 504})
"""Answers that say something of the host, not of the one thing that was asked for."""


class Fetcher:
    """Fetches for one import. Remembers robots.txt and the time of the last request for each host.

    `inner`: networks («10.0.0.0/8») that are fetched from although they are not public; those of the newsroom's own
    settings, none by default.
    """

    def __init__(
        self,
        *,
        inner: Iterable[str] = (),
        max_bytes: int = MAX_BYTES,
        host_pause: float = HOST_PAUSE,
        whole_timeout: float = WHOLE_TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.inner = tuple(ipaddress.ip_network(name, strict=False) for name in inner)
        self.max_bytes = max_bytes
        self.host_pause = host_pause
        self.whole_timeout = whole_timeout
        self.sleep = sleep
        self._robots = Robots(self._robots_file)
        self._last: dict[str, float] = {}
        self._strikes: dict[str, int] = {}
        self._resting: dict[str, float] = {}
        """Host → until when it asked to be left alone."""
        self._ends = 0.0
        self._known: Validators | None = None
        self._tls = ssl.create_default_context()

    def fetch(
        self,
        url: str,
        accept: str = "*/*",
        media_types: tuple[str, ...] = (),
        known: Validators | None = None,
    ) -> Fetched:
        """The answer at an http(s) address. Raises `FetchRefused`, with the code «not-modified» when it is still the one
        that gave the validators `known`.

        `media_types`: beginnings of the types that are taken («image/»); empty for all. An answer that names no type
        is taken for bytes («application/octet-stream»).
        """
        self._ends = time.monotonic() + self.whole_timeout
        self._known = known
        current = url
        for _ in range(MAX_REDIRECTS + 1):
            origin, host = origin_of(current)
            if self._strikes.get(host, 0) >= STRIKES:
                raise FetchRefused("host-down", f"{host} did not answer {STRIKES} times in a row")
            left = self._resting.get(host, 0.0) - time.monotonic()
            if left > 0:
                raise FetchRefused("busy", f"{host} asked to be left alone for a while", retry_after=left)
            if not self._robots.allow(origin, current):
                raise FetchRefused("robots", f"{host} asks robots not to fetch this")
            answer = self._with_retries(current, host, accept, media_types)
            if isinstance(answer, Fetched):
                return answer
            current = led_to(current, answer)
        raise FetchRefused("redirects", f"more than {MAX_REDIRECTS} redirects")

    def _with_retries(self, url: str, host: str, accept: str, media_types: tuple[str, ...]) -> Fetched | str:
        """The answer or the address that it sends on to; what it says of the host is remembered."""
        try:
            answer = self._repeated(url, host, accept, media_types)
        except FetchRefused as error:
            if error.of_the_host:
                self._strikes[host] = self._strikes.get(host, 0) + 1
            raise
        self._strikes.pop(host, None)
        return answer

    def _repeated(self, url: str, host: str, accept: str, media_types: tuple[str, ...]) -> Fetched | str:
        pause = RETRY_PAUSE
        for attempt in range(RETRIES):
            self._wait_turn(host)
            try:
                return self._once(url, accept, media_types)
            except TryAgain as error:
                after = pause if error.after is None else error.after
                if after > LONGEST_RETRY_AFTER:
                    self._resting[host] = time.monotonic() + after
                if attempt == RETRIES - 1 or after > LONGEST_RETRY_AFTER:
                    raise FetchRefused(
                        "answer", str(error), of_the_host=error.of_the_host, retry_after=error.after
                    ) from None
                self.sleep(after)
            except NotPublic as error:
                raise FetchRefused("private", str(error)) from None
            except (OSError, http.client.HTTPException, ValueError) as error:
                if isinstance(error, FetchRefused):
                    raise
                if isinstance(error, ssl.SSLCertVerificationError) or attempt == RETRIES - 1:
                    raise FetchRefused("unreachable", f"{host}: {error}", of_the_host=True) from None
                self.sleep(pause)
            pause *= 2
        raise AssertionError("unreachable")

    def _once(self, url: str, accept: str, media_types: tuple[str, ...]) -> Fetched | str:
        """One request, which is hung up on when the time is over."""
        patience = Patience(self._ends - time.monotonic())
        try:
            answer = self._asked(url, accept, media_types, patience)
        except (OSError, http.client.HTTPException, ValueError, AttributeError, TryAgain) as error:
            if patience.over and not isinstance(error, FetchRefused):
                raise self._too_slow() from None
            raise
        finally:
            patience.end()
        if patience.over:  # what ends with its connection looks whole when we hang up
            raise self._too_slow()
        return answer

    def _too_slow(self) -> FetchRefused:
        return FetchRefused("slow", f"took longer than {self.whole_timeout:.0f} seconds", of_the_host=True)

    def _asked(
        self, url: str, accept: str, media_types: tuple[str, ...], patience: Patience
    ) -> Fetched | str:
        """The answer, or the address that it sends on to."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        secure = parts.scheme.lower() == "https"
        port = parts.port or (443 if secure else 80)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
        )
        conditions = self._known.conditions(url) if self._known else {}
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = self._connected(host, port, secure, patience)
        try:
            connection.request(
                "GET",
                target,
                headers={
                    "Host": idna(host) if parts.port is None else f"{idna(host)}:{port}",
                    "User-Agent": AGENT,
                    "Accept": accept,
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                    **conditions,
                },
            )
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                location = response.headers.get("Location")
                if not location:
                    raise FetchRefused("redirects", "a redirect to nowhere")
                return location.strip()
            if response.status in _AGAIN:
                after = seconds_of(response.headers.get("Retry-After"))
                raise TryAgain(f"answered {response.status}", after, response.status in _OF_THE_HOST)
            if response.status == 304 and conditions:
                raise FetchRefused("not-modified", "answered 304: nothing new since it was read last")
            if response.status == 410:
                raise FetchRefused("gone", "answered 410: it is gone for good")
            if response.status != 200:
                raise FetchRefused("answer", f"answered {response.status}")
            return self._taken(response, url, media_types)
        finally:
            connection.close()

    def _connected(self, host: str, port: int, secure: bool, patience: Patience) -> socket.socket:
        error: OSError | None = None
        for address in resolve(idna(host), port, inner=self.inner)[:3]:
            try:
                plain = socket.create_connection((address, port), timeout=TIMEOUT)
            except OSError as failed:
                error = failed
                continue
            if not secure:
                patience.watch(plain)
                return plain
            wrapped = self._tls.wrap_socket(plain, server_hostname=idna(host), do_handshake_on_connect=False)
            try:
                patience.watch(wrapped)
                wrapped.do_handshake()
            except OSError:
                wrapped.close()
                raise
            return wrapped
        raise error or OSError(f"{host} has no address")

    def _taken(self, response: http.client.HTTPResponse, url: str, media_types: tuple[str, ...]) -> Fetched:
        header: Message = response.headers
        media_type = header.get_content_type() if header.get("Content-Type") else "application/octet-stream"
        if media_types and not media_type.startswith(media_types):
            raise FetchRefused("type", f"is {media_type}")
        length = header.get("Content-Length", "")
        self._hold(int(length) if length.isdigit() else 0)
        gathered = io.BytesIO()
        while piece := response.read1(65_536):
            gathered.write(piece)
            self._hold(gathered.tell())
        data = gathered.getvalue()
        if length.isdigit() and len(data) < int(length):
            raise TryAgain("broke off in the middle", None, False)
        coding = header.get("Content-Encoding", "").strip().lower()
        if coding in ("gzip", "x-gzip"):
            data = self._unpacked(data)
        elif coding not in ("", "identity"):  # one that was not asked for
            data = plain_body(data, "", coding, self.max_bytes)
            self._hold(len(data))
        return Fetched(data, url, media_type, header.get_content_charset(), validators_of(header, url))

    def _unpacked(self, data: bytes) -> bytes:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                unpacked = file.read(self.max_bytes + 1)
        except Exception as error:
            raise FetchRefused("broken", f"cannot be unpacked: {error}") from None
        self._hold(len(unpacked))
        return unpacked

    def _hold(self, size: int) -> None:
        if size > self.max_bytes:
            raise FetchRefused("too-large", f"is larger than {self.max_bytes // 1024**2} MB")

    def _wait_turn(self, host: str) -> None:
        pause = max(self.host_pause, self._robots.pause(host))
        left = self._last.get(host, float("-inf")) + pause - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[host] = time.monotonic()

    def _robots_file(self, url: str) -> bytes | str:
        answer = self._with_retries(url, urlsplit(url).hostname or "", "text/plain", ())
        return answer.data if isinstance(answer, Fetched) else answer
