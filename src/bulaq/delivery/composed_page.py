"""A page put together from its parts, and the bytes and headers that readers get of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Final

from bulaq.delivery import keys as surrogate_keys
from bulaq.delivery.cache_directives import Headers
from bulaq.delivery.content_coding import SMALLEST_COMPRESSED, Coding, accepted, compress
from bulaq.delivery.esi import Include
from bulaq.delivery.gzip_join import Piece
from bulaq.delivery.stored_response import StoredResponse

# Larger than what common proxies accept in one header field is no use to them.
_LONGEST_KEYS: Final = 7000
# Seconds of unchanged demand after which the dearer codings are worth their milliseconds.
_STEADY_SECONDS: Final = 3
_MAX_AGE: Final = re.compile(r"\bmax-age=\d+")


@dataclass(slots=True)
class Resolved:
    """A stored response and what its marks led to: for each mark in order a response, or None where it failed."""

    stored: StoredResponse
    children: tuple[Resolved | None, ...] = ()

    def flat(self) -> tuple[StoredResponse | None, ...]:
        """This and all below it, in the order of the page."""
        parts: list[StoredResponse | None] = [self.stored]
        for child in self.children:
            if child is None:
                parts.append(None)
            else:
                parts.extend(child.flat())
        return tuple(parts)


def compose(page: Resolved, largest: int) -> tuple[Piece, ...]:
    """The pieces of the page in order: no headline twice, no more than ``largest`` bytes (boxes beyond are left out)."""
    shown: set[int] = set()
    pieces: list[Piece] = []
    room = largest

    def add(part: Resolved, fragment: bool) -> None:
        nonlocal room
        children = iter(part.children)
        for piece in part.stored.pieces(shown, fragment=fragment):
            if isinstance(piece, Include):
                child = next(children, None)
                if child is not None and child.stored.body_size <= room:
                    add(child, True)
            else:
                room -= len(piece.data)
                pieces.append(piece)

    add(page, False)
    return tuple(pieces)


class ComposedPage:
    """The finished bytes of one page, in the codings that were asked for so far.

    ``until`` (seconds since 1970) and ``generation`` say up to when no part needs to be looked at again.
    """

    __slots__ = (
        "_bodies", "_lock", "_steady_second", "_steady_seconds", "_tried", "base", "born", "expires", "generation", "headers", "parts",
        "pieces", "raw", "stored", "until",
    )  # fmt: skip

    def __init__(
        self,
        stored: StoredResponse,
        parts: tuple[StoredResponse | None, ...],
        pieces: tuple[Piece, ...],
        *,
        raw: bool,
        surrogate_in_front: bool = False,
        vary: tuple[str, ...] = (),
    ) -> None:
        self.stored = stored
        self.parts = parts
        self.pieces = pieces
        self.raw = raw
        digest = blake2b(digest_size=12)
        for piece in pieces:
            digest.update(piece.digest)
        self.base = digest.hexdigest()
        there = [part for part in parts if part is not None]
        self.born = min(part.born for part in there)
        self.expires = min(part.fresh_until for part in there)
        self.generation = -1
        self.until = 0.0
        self._tried: set[Coding] = set()
        self._bodies: dict[Coding, bytes] = {}
        self._lock = threading.Lock()
        self._steady_second = 0
        self._steady_seconds = 0
        self.headers = self._lasting_headers(there, surrogate_in_front, vary)

    @property
    def size(self) -> int:
        """Bytes of memory beyond what its parts take."""
        return sum(map(len, self._bodies.values())) + 1500

    def compressible(self) -> bool:
        """Text long enough that compressing it saves a packet."""
        return self.stored.text and sum(len(piece.data) for piece in self.pieces) >= SMALLEST_COMPRESSED

    def body(self, accept_encoding: str | None) -> tuple[Coding, bytes]:
        """The coding to use for this reader and the bytes; joins or compresses at most once for each coding."""
        if not self.compressible():
            return Coding.IDENTITY, self._made(Coding.IDENTITY)
        for coding in accepted(accept_encoding):
            if coding in (Coding.BROTLI, Coding.GZIP_WHOLE):
                if (body := self._bodies.get(coding)) is not None:
                    return coding, body
                continue
            return coding, self._made(coding)
        return Coding.IDENTITY, self._made(Coding.IDENTITY)

    def _made(self, coding: Coding) -> bytes:
        body = self._bodies.get(coding)
        if body is None:
            with self._lock:
                body = self._bodies.get(coding)
                if body is None:
                    body = self._bodies[coding] = compress(self.pieces, coding)
        return body

    def upgrade(self, second: int, accept_encoding: str | None) -> Callable[[], None] | None:
        """Work worth doing in the background for a page asked for in several different seconds without a change."""
        if second != self._steady_second:
            self._steady_second = second
            self._steady_seconds += 1
        if self._steady_seconds < _STEADY_SECONDS or len(self._tried) == 2 or not self.compressible():
            return None
        codings = accepted(accept_encoding)
        wanted = Coding.BROTLI if Coding.BROTLI in codings else Coding.GZIP_WHOLE
        if wanted not in codings or wanted in self._tried:
            return None
        self._tried.add(wanted)

        def work() -> None:
            better = compress(self.pieces, wanted)
            # A piecewise gzip loses a few per cent; where it loses nothing the whole is not worth a second copy.
            if wanted is Coding.BROTLI or len(better) < 0.98 * len(self._made(Coding.GZIP)):
                self._bodies[wanted] = better

        return work

    def etag(self, coding: Coding) -> str:
        """Strong: other bytes, another tag."""
        return f'"{self.base}{coding.suffix}"'

    def unchanged(
        self, if_none_match: str | None, if_modified_since: str | None, codings: tuple[Coding, ...]
    ) -> Coding | None:
        """The coding of the copy that the reader holds when it is this page still (304), else None.

        A reader may hold an earlier coding of the same page; it is served that one again, as it accepts it.
        """
        if if_none_match is not None:
            tags = [tag.strip().removeprefix("W/") for tag in if_none_match[:4096].split(",")]
            if "*" in tags:
                return self.body(None)[0] if codings == (Coding.IDENTITY,) else codings[-2]
            for coding in codings:
                if self.etag(coding) in tags:
                    return coding
            return None
        if if_modified_since is not None and self.stored.last_modified and not self.stored.has_marks:
            try:
                since = parsedate_to_datetime(if_modified_since)
                if parsedate_to_datetime(self.stored.last_modified) <= since:
                    return codings[-1]
            except (ValueError, TypeError, OverflowError):
                return None
        return None

    def headers_now(
        self, coding: Coding, length: int | None, now: float, status: str, fresh: bool = True
    ) -> Headers:
        """All fields of a response at this moment; ``length`` None for a 304. ``status``: of Cache-Status, after the name.
        ``fresh`` False: whoever stands in front is told to ask again, though its time is not over."""
        lasting = self.headers
        if not fresh:
            lasting = [
                (name, _MAX_AGE.sub("max-age=0", value) if name == "Surrogate-Control" else value)
                for name, value in lasting
            ]
        headers = [
            *lasting,
            ("ETag", self.etag(coding)),
            ("Age", str(max(0, int(now - self.born)))),
            ("Cache-Status", status),
        ]
        if length is not None:
            headers.append(("Content-Length", str(length)))
            if coding is not Coding.IDENTITY:
                headers.append(("Content-Encoding", coding.token))
        return headers

    def _lasting_headers(
        self, parts: list[StoredResponse], surrogate_in_front: bool, vary: tuple[str, ...]
    ) -> Headers:
        stored = self.stored
        headers = [(name, value) for name, value in stored.headers]
        if stored.has_marks:
            # The boxes change at other times than the page.
            headers = [(name, value) for name, value in headers if name.lower() != "last-modified"]
        if varying := [*(["Accept-Encoding"] if self.compressible() else []), *vary]:
            headers.append(("Vary", ", ".join(varying)))
        names = dict.fromkeys(key for key in stored.keys if not key.startswith("uri:"))
        fresh = stored.fresh_until - stored.born
        if surrogate_in_front and not self.raw:
            for part in parts:
                names.update(dict.fromkeys(key for key in part.keys if not key.startswith("uri:")))
            fresh = min(part.fresh_until - part.born for part in parts)
        if surrogate_in_front and len(" ".join(names)) > _LONGEST_KEYS:
            # Keys that cannot all be named would be missed by a purge: then this page may not be held in front.
            names, fresh = dict.fromkeys(key for key in stored.keys if not key.startswith("uri:")), 0.0
        if names:
            headers.append((surrogate_keys.HEADER, " ".join(names)))
        if stored.control:
            control = [f"max-age={int(fresh)}"]
            if (extra := int(stored.while_until - stored.fresh_until)) and fresh:
                control.append(f"stale-while-revalidate={extra}")
            if extra := int(stored.error_until - stored.fresh_until):
                control.append(f"stale-if-error={extra}")
            if self.raw and stored.has_marks:
                control.append('content="ESI/1.0"')
            headers.append(("Surrogate-Control", ", ".join(control)))
        return headers
