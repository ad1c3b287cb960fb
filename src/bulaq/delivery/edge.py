"""The edge: WSGI middleware that stores an application's pages, composes, compresses and serves them.

It goes by the standards of HTTP caching (RFC 9110, 9111, 5861, 9211, 9213) as a surrogate, that is in the name of the
application: what readers send in Cache-Control does not reach past it, and their cookies do not reach the pages it
stores. A page once finished is served from one dictionary, as long as the purge counter and the clock stand still
enough; everything else is the slower path in `respond`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bulaq.delivery import readings
from bulaq.delivery.cache_directives import Headers, parse_cache_control
from bulaq.delivery.composed_page import ComposedPage
from bulaq.delivery.content_coding import Coding, accepted
from bulaq.delivery.disk_store import DiskStore
from bulaq.delivery.exchange import NAME, Request, Response, close_body, unstored
from bulaq.delivery.page_assembly import PageAssembly
from bulaq.delivery.page_key import Addresses, PageKey
from bulaq.delivery.page_store import PageStore
from bulaq.delivery.purge_log import PurgeLog, PurgeReader
from bulaq.delivery.purge_table import Purge, PurgeTable
from bulaq.delivery.readings import ReadingCounter
from bulaq.delivery.renewal import Renewal
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.stored_response import State, StoredResponse

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

# Ready answers by the exact request take this share of the memory at most (each counted with its body, though most
# share one) and are begun anew when it is full: every one is a moment's work to make again.
_PAGES_SHARE: Final = 0.3
READY_SHARE: Final = 0.2
_READY_BYTES: Final = 2000


class _Ready:
    __slots__ = ("body", "generation", "headers", "status", "until")

    def __init__(self, response: Response) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.body
        self.until = response.ready_until
        self.generation = response.generation


class Edge:
    """One for each worker process; safe in many threads. ``application`` is asked under single flight."""

    def __init__(
        self,
        application: WSGIApplication,
        settings: EdgeSettings | None = None,
        reading_counter: ReadingCounter | None = None,
    ) -> None:
        self.settings = settings = settings or EdgeSettings()
        self.application = application
        self.addresses = Addresses(settings)
        self.table = PurgeTable()
        self.log = PurgeLog(settings.purge_folder) if settings.purge_folder is not None else None
        self._reader = PurgeReader(self.log, self.table) if self.log is not None else None
        # Without a log the counter is a word of our own.
        self.words = self.log.words if self.log is not None else memoryview(bytearray(32)).cast("Q")
        self._pages: PageStore[tuple[PageKey, bool], ComposedPage] = PageStore(
            int(settings.memory_bytes * _PAGES_SHARE)
        )
        disk = None
        if settings.disk_folder is not None:
            if self.log is None:
                raise ValueError(
                    "disk_folder needs purge_folder: without a log nobody knows what is still true on disk"
                )
            disk = DiskStore(settings.disk_folder, settings.disk_bytes, self.log.identity)
        self.renewal = Renewal(application, settings, self.table, disk, self._let_go)
        self._assembly = PageAssembly(settings, self.addresses, self.renewal)
        self._renewed_at = self.table.generation
        self._ready: dict[tuple[object, ...], _Ready] = {}
        self._ready_bytes = 0
        self._clock = settings.clock
        self._trusted = [ipaddress.ip_network(text, strict=False) for text in settings.trusted_proxies]
        self._readings = reading_counter
        self._plain = not settings.vary_headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """WSGI (PEP 3333)."""
        try:
            ready = self._ready[
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                environ.get("HTTP_HOST"),
                environ.get("HTTP_ACCEPT_ENCODING"),
                environ.get("QUERY_STRING"),
                environ.get("HTTP_IF_NONE_MATCH"),
                environ.get("HTTP_IF_MODIFIED_SINCE"),
            ]
        except KeyError:
            return self._slowly(environ, start_response)
        if (
            ready.generation == self.words[PurgeLog.GENERATION]
            and ready.until > self._clock()
            and "HTTP_AUTHORIZATION" not in environ
            and "HTTP_SURROGATE_CAPABILITY" not in environ
        ):
            start_response(ready.status, ready.headers)
            return ready.body
        return self._slowly(environ, start_response)

    def purge(self, keys: Iterable[str], hard: bool = False) -> None:
        """Soft: renewed on the next request. Hard: gone. Told to every worker of the machine where there is a log."""
        if self.log is not None:
            self.log.purge(keys, hard)
            return
        self.words[PurgeLog.GENERATION] += 1
        self.table.apply([Purge(self.words[PurgeLog.GENERATION], tuple(keys), hard)])

    def _slowly(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        path = environ.get("PATH_INFO", "") or "/"
        if path == readings.PATH and self._readings is not None:
            status, headers, body = self._readings.answer(method, self._readings.beacon(environ))
            start_response(status, [*headers, ("Content-Length", str(len(body)))])
            return [] if method == "HEAD" else [body]
        if environ.get("SCRIPT_NAME") or self.addresses.bypasses(path) or "HTTP_AUTHORIZATION" in environ:
            return self._pass(environ, start_response, "fwd=bypass")
        key = self.addresses.key(environ.get("HTTP_HOST", ""), path, environ.get("QUERY_STRING", ""), environ)
        if method not in ("GET", "HEAD"):
            return self._pass(environ, start_response, "fwd=method", key)
        raw = "HTTP_SURROGATE_CAPABILITY" in environ and self._steps_aside(environ)
        request = Request(
            key,
            environ.get("HTTP_ACCEPT_ENCODING"),
            environ.get("HTTP_IF_NONE_MATCH"),
            environ.get("HTTP_IF_MODIFIED_SINCE"),
            "only-if-cached" in parse_cache_control(environ.get("HTTP_CACHE_CONTROL", "")),
            raw,
        )
        response = self.respond(request)
        if method == "HEAD":
            close_body(response.body)
            response.body = []
        elif response.ready_until and self._plain and not raw:
            self._keep_ready(environ, response)
        start_response(response.status, response.headers)
        return response.body

    def _let_go(self, stored: StoredResponse) -> None:
        """A composed page would keep the text of a response alive that the store has let go."""
        for raw in (False, True):
            self._pages.remove((stored.key, raw))

    def _keep_ready(self, environ: WSGIEnvironment, response: Response) -> None:
        asked = (
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ.get("HTTP_HOST"),
            environ.get("HTTP_ACCEPT_ENCODING"),
            environ.get("QUERY_STRING"),
            environ.get("HTTP_IF_NONE_MATCH"),
            environ.get("HTTP_IF_MODIFIED_SINCE"),
        )
        size = _READY_BYTES + sum(map(len, response.body)) + sum(len(text) for text in asked if text)
        if self._ready_bytes + size > self.settings.memory_bytes * READY_SHARE:
            self._ready.clear()
            self._ready_bytes = 0
        self._ready_bytes += size
        self._ready[asked] = _Ready(response)

    def notice_purges(self) -> int:
        """Reads what was purged since, and begins to renew what readers ask for just now; the generation of the last. Called
        for requests; `keep_fresh` is for between them."""
        if self._reader is not None:
            self._reader.catch_up()
        generation = self.table.generation
        if generation != self._renewed_at:
            self._renewed_at = generation
            self.renewal.renew_ahead()
        return generation

    def keep_fresh(self) -> None:
        """To be called every second: the next reader finds renewed what was purged or came out of date."""
        self.notice_purges()
        self.renewal.renew_ahead()

    def ready(self, request: Request) -> Response | None:
        """The answer when it can be given at once, from pages that are all fresh; None when something must be renewed."""
        generation = self.notice_purges()
        now = self._clock()
        page = self._pages.get((request.key, request.raw))
        if page is None:
            return None
        if page.generation != generation or now >= page.until:
            for part in page.parts:
                if part is None or part.state(self.table, now) is not State.FRESH:
                    return None
            page.until = page.expires
            page.generation = generation
        for part in page.parts:
            if part is not None:
                self.renewal.demand.note(part.key, now)
        return self._serve(page, request, now, "hit")

    def respond(self, request: Request, may_wait: bool = True) -> Response:
        """The answer to a GET for a page that may be stored; waits for the application where it must.

        ``may_wait`` False: raises `renewal.MustWait` where something that was never stored must be waited for.
        """
        ready = self.ready(request)
        if ready is not None:
            return ready
        generation = self.table.generation
        page = self._pages.get((request.key, request.raw))
        if request.only_if_cached and page is None:
            return Response("504 Gateway Timeout", [("Cache-Status", f"{NAME}; fwd=request")], [])
        outcome = self.renewal.obtain(request.key, may_wait)
        if outcome.stored is None:
            return unstored(outcome)
        resolved = self._assembly.resolve(outcome.stored, request, may_wait)
        parts = resolved.flat()
        if page is None or page.parts != parts:
            page = self._assembly.composed(resolved, parts, request.raw)
        now = self._clock()
        page.until = self._assembly.good_until(page, self.table, now)
        page.generation = generation
        fresh = all(part is not None and part.state(self.table, now) is State.FRESH for part in page.parts)
        return self._serve(page, request, now, outcome.how, fresh)

    def _serve(
        self, page: ComposedPage, request: Request, now: float, how: str, fresh: bool = True
    ) -> Response:
        """``fresh`` False: something on it stands in for what is being renewed, and nothing in front may keep it as new."""
        second = int(now)
        status = f"{NAME}; {how}"
        if how.startswith("hit"):
            status += f"; ttl={int(page.expires - now)}"
        else:
            status += "; stored"
        codings = accepted(request.accept_encoding) if page.compressible() else (Coding.IDENTITY,)
        if request.if_none_match is not None or request.if_modified_since is not None:
            held = page.unchanged(request.if_none_match, request.if_modified_since, codings)
            if held is not None and page.stored.code == 200:
                response = Response("304 Not Modified", page.headers_now(held, None, now, status, fresh), [])
                return self._ready_for(response, page, how, second)
        coding, body = page.body(request.accept_encoding)
        self._pages.put((request.key, request.raw), page, page.size)
        work = page.upgrade(second, request.accept_encoding)
        if work is not None:
            self.renewal.background.submit(work)
        headers = page.headers_now(coding, len(body), now, status, fresh)
        response = Response(page.stored.status, headers, [body])
        if (
            page.stored.code != 200
            or request.if_none_match is not None
            or request.if_modified_since is not None
        ):
            return response
        return self._ready_for(response, page, how, second)

    def _ready_for(self, response: Response, page: ComposedPage, how: str, second: int) -> Response:
        """Age and ttl count whole seconds, so an answer is good to the end of this one."""
        if how == "hit":
            response.ready_until = min(page.until, second + 1.0)
            response.generation = page.generation
        return response

    def _pass(
        self, environ: WSGIEnvironment, start_response: StartResponse, how: str, key: PageKey | None = None
    ) -> Iterable[bytes]:
        """To the application as it came. An unsafe method that succeeds makes its page out of date (RFC 9111 §4.4)."""
        unsafe = key is not None and environ["REQUEST_METHOD"] not in ("OPTIONS", "TRACE")

        def start(
            status: str, headers: Headers, exc_info: _ExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            if unsafe and key is not None and status[:1] in "23":
                self.purge([key.address], hard=True)
            kept = [(name, value) for name, value in headers if name.lower() != "surrogate-control"]
            kept.append(("Cache-Status", f"{NAME}; {how}"))
            return start_response(status, kept, exc_info)

        return self.application(environ, start)

    def _steps_aside(self, environ: WSGIEnvironment) -> bool:
        """A trusted surrogate in front says that it composes (W3C Edge Architecture, Surrogate-Capability)."""
        if "ESI/1.0" not in environ.get("HTTP_SURROGATE_CAPABILITY", ""):
            return False
        try:
            address = ipaddress.ip_address(environ.get("REMOTE_ADDR", ""))
        except ValueError:
            return False
        return any(address in network for network in self._trusted)
