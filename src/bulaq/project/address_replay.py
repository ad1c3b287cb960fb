"""Asking the site for its old addresses as readers and crawlers do, and judging where each of them leads.

Every address goes the way of a request: through the edge's rules for queries, the middleware and the views, and on
along each redirect to the page; once in this process, or over HTTP at a newsroom that is served.
"""

from __future__ import annotations

import http.client
import logging
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from bulaq.newsroom.legacy_paths import IDENTIFYING, MAX_LENGTH, Leads, Target, target
from bulaq.newsroom.models import Edition

MOST_STEPS = 5
"""Redirects that are followed; crawlers give up at about as many."""

REMEMBERED = 5_000
"""Pages of which it is remembered that they answer: an address and its variants lead to one page."""

LARGEST = 8 << 20

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")

Answer = tuple[int, str]
"""Status, and `Location` or nothing."""

Ask = Callable[[str, str], Answer]
"""Asks for a target (path and query, percent-encoded) at a host."""


class Kind(StrEnum):
    """What came of an address."""

    RIGHT = "right"
    OWN = "own"
    WRONG = "wrong"
    NOT_FOUND = "not-found"
    DRAFT = "draft"
    GONE = "gone"
    CHAIN = "chain"
    LOOP = "loop"
    FAILED = "failed"


WELL = frozenset({Kind.RIGHT, Kind.OWN})
"""Kinds of which nobody needs to be told."""

WORDS = {
    Kind.RIGHT: "lead to their articles",
    Kind.OWN: "are pages of this site",
    Kind.WRONG: "lead somewhere else",
    Kind.NOT_FOUND: "are not found",
    Kind.DRAFT: "have articles that are not published",
    Kind.GONE: "have articles that were withdrawn",
    Kind.CHAIN: "take more than one redirect",
    Kind.LOOP: "lead round in a circle",
    Kind.FAILED: "fail",
}


@dataclass(frozen=True, slots=True)
class Replayed:
    """One way to write an old address: `variant` names the way, `steps` are the redirects' targets in order."""

    address: str
    variant: str
    asked: str
    kind: Kind
    status: int
    steps: tuple[str, ...]
    expected: str | None

    @property
    def told(self) -> str:
        """One line for people."""
        way = "" if self.variant == "given" else f" ({self.variant}: {self.asked})"
        led = " → ".join(unquote(step) for step in self.steps) or "nowhere"
        wanted = f", should be {unquote(self.expected)}" if self.expected and self.kind == Kind.WRONG else ""
        return f"{self.address}{way}: {self.kind}: leads {led} ({self.status}){wanted}"


class Replay:
    """Replays addresses of one edition."""

    def __init__(self, edition: Edition, ask: Ask, *, variants: bool = True) -> None:
        self.edition, self.ask, self.variants = edition, ask, variants
        self._seen: OrderedDict[str, Answer] = OrderedDict()

    def replay(self, address: str) -> Iterator[Replayed]:
        """The address as given, then in the other ways in which people, messengers and crawlers write it."""
        wanted = target(self.edition, address)
        host = str(self.edition.host or "localhost")
        ways = dict(spellings(address))
        if wanted.leads == Leads.UNKNOWN or not self.variants:
            ways = {"given": ways["given"]}
        for variant, asked in ways.items():
            at = HOSTS[variant](host) if variant in HOSTS else host
            yield self._judged(address, variant, asked, at, wanted)

    def _judged(self, address: str, variant: str, asked: str, host: str, wanted: Target) -> Replayed:
        steps: list[str] = []
        here, looped = asked, False
        status, location = self._answer(here, host, keep=False)
        while status in (301, 302, 303, 307, 308) and location and len(steps) < MOST_STEPS:
            parts = urlsplit(urljoin(f"http://{host}{here}", location))
            here = parts.path + (f"?{parts.query}" if parts.query else "")
            elsewhere = parts.netloc not in (host, "")
            step = location if elsewhere else here
            looped = step in steps or step == asked
            steps.append(step)
            if looped or (elsewhere and step != wanted.path):
                break
            # To a sister edition, where the article stands alone.
            host = parts.netloc if elsewhere else host
            status, location = self._answer(here, host, keep=not elsewhere)
        kind = _kind(asked, status, steps, looped, wanted)
        return Replayed(address, variant, asked, kind, status, tuple(steps), wanted.path)

    def _answer(self, asked: str, host: str, *, keep: bool) -> Answer:
        if keep and (found := self._seen.get(asked)):
            return found
        answer = self.ask(asked, host)
        if keep:
            self._seen[asked] = answer
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return answer


def _kind(asked: str, status: int, steps: list[str], looped: bool, wanted: Target) -> Kind:
    if looped or len(steps) >= MOST_STEPS:
        return Kind.LOOP
    if wanted.leads in _WITHOUT_A_PAGE:
        expected, kind = _WITHOUT_A_PAGE[wanted.leads]
        return kind if (status, steps) == (expected, []) else Kind.FAILED if status >= 500 else Kind.WRONG
    if status in (404, 410):
        return Kind.NOT_FOUND
    if status != 200:
        return Kind.FAILED
    arrived = (steps or [asked])[-1]
    if wanted.leads == Leads.UNKNOWN:
        # Somebody else's number is one of ours by chance; a page that is here at this very address is itself.
        named = any(name.lower() in IDENTIFYING for name, _ in parse_qsl(urlsplit(asked).query))
        if not steps:
            return Kind.NOT_FOUND if named else Kind.OWN
        only_slash = unquote(arrived).rstrip("/") == unquote(asked).rstrip("/")
        return Kind.OWN if only_slash else Kind.WRONG
    if wanted.path is None or unquote(arrived) != unquote(wanted.path):
        return Kind.WRONG
    return Kind.CHAIN if len(steps) > 1 else Kind.RIGHT


_WITHOUT_A_PAGE = {Leads.GONE: (410, Kind.GONE), Leads.DRAFT: (404, Kind.DRAFT)}

HOSTS = {
    "www": lambda host: f"www.{host}",
    "host in capitals": lambda host: f"{host.upper()}.",
    "for telephones": lambda host: f"m.{host}",
    "with a port": lambda host: f"{host}:8080",
}
"""Ways to write the host."""


def spellings(address: str) -> Iterator[tuple[str, str]]:
    """The ways to ask for an address: (name, percent-encoded path and query).

    >>> dict(spellings("https://www.example.org/a/?p=1"))["no slash"]
    '/a?p=1'
    """
    address = address.strip()[:MAX_LENGTH].encode("utf-8", "surrogateescape").decode("latin-1")
    try:
        parts = urlsplit(address if "://" in address[:12] else "//-/" + address.lstrip("/"))
        path, query = parts.path or "/", parts.query
    except ValueError:
        path, query = "/" + address.lstrip("/"), ""
    given = _quoted(path)
    after = f"?{_quoted(query, '=&;+?/:@,')}" if query else ""
    ways = dict.fromkeys(("given", *HOSTS), given + after)
    if path != "/":
        bare = given.rstrip("/")
        ended = "." in path.rsplit("/", 1)[-1]
        if path.endswith("/"):
            ways["no slash"] = bare + after
        else:
            ways["slash"] = given + "/" + after
        if ended and path.lower().endswith((".html", ".htm")):
            ways["no .html"] = given.rpartition(".")[0] + after
        elif not ended and not query:
            ways[".html"] = bare + ".html"
        ways["lower-case escapes"] = _ESCAPE.sub(lambda escape: escape[0].lower(), given) + after
        ways["upper-case escapes"] = _ESCAPE.sub(lambda escape: escape[0].upper(), given) + after
        ways["letters in parts"] = _in_parts(given) + after
        ways["escaped twice"] = given.replace("%", "%25") + after
        ways["full stop"] = bare + "." + after
        ways["index.php"] = "/index.php" + given + after
        if not ended:
            ways["index.php behind"] = bare + "/index.php" + after
        if not query:
            ways |= {"amp": f"{bare}/amp/", "feed": f"{bare}/feed/", "second page": f"{bare}/page/2/"}
    elif (number := re.match(r"p=(\d+)", query)) is not None:
        ways["page_id"] = f"/?page_id={number[1]}"
        ways["index.php"] = f"/index.php?p={number[1]}"
    ways["shared"] = f"{given}{after}{'&' if after else '?'}utm_source=social&fbclid=x1"
    first = ways["given"]
    yield "given", first
    yield from (
        (name, way) for name, way in ways.items() if name in HOSTS or (name != "given" and way != first)
    )


def _in_parts(path: str) -> str:
    """The path as some telephones and file systems send it: «أ» as an alif and a hamza of its own (NFD)."""
    try:
        text = unquote(path, errors="strict")
    except UnicodeDecodeError:  # of an Arabic code page, which has no such parts
        return path
    return quote(unicodedata.normalize("NFD", text), safe="/:@!$&'()*+,;=~-._")


def _quoted(text: str, safe: str = "/:@!$&'()*+,;=~-._") -> str:
    """`text` (bytes as Latin-1) with escapes where an address needs them; those that it has stay."""
    return quote(text.encode("latin-1"), safe=safe + "%")


def asking_in_process() -> Ask:
    """Asks the application in this process for just what the edge would ask it for."""
    from django.core.wsgi import get_wsgi_application

    from bulaq.delivery.application import canonical_environ, fetch
    from bulaq.delivery.page_key import Addresses
    from bulaq.project.edge import edge_settings

    application: Any = get_wsgi_application()
    settings = edge_settings()
    rules = Addresses(settings)
    requests = logging.getLogger("django.request")

    def ask(asked: str, host: str) -> Answer:
        path, _, query = asked.partition("?")
        decoded = unquote(path, encoding="latin-1")
        environ = canonical_environ(rules.key(host, decoded, query), settings.scheme, ())
        environ["HTTP_HOST"] = environ["SERVER_NAME"] = host
        # A page that is not there is an answer here, which is told below with its address: no warning of the server.
        level = requests.level
        requests.setLevel(logging.ERROR)
        try:
            got = fetch(application, environ, LARGEST)
        finally:
            requests.setLevel(level)
        return got.code, next((value for name, value in got.headers if name.lower() == "location"), "")

    return ask


def asking_at(address: str, timeout: float = 30.0) -> Ask:
    """Asks a newsroom that is served at `address` (`http://127.0.0.1:8000`), whatever host names it answers to.

    Status 0 is a newsroom that did not answer. Raises ValueError for what is no such address.
    """
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"no address of a served newsroom: {address}")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=timeout)

    def ask(asked: str, host: str) -> Answer:
        for _ in range(2):  # a connection kept open may have been closed at the other end
            try:
                connection.request("GET", asked, headers={"Host": host, "User-Agent": "bulaq-redirects"})
                got = connection.getresponse()
                got.read(LARGEST)
                return got.status, got.headers.get("Location", "")
            except (OSError, http.client.HTTPException):
                connection.close()
        return 0, ""

    return ask
