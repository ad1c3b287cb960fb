"""A response as the edge keeps it: cut at its marks and boxes, with what decides how long it is good for."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from bulaq.delivery import keys as surrogate_keys
from bulaq.delivery.box_items import Box, articles_in, parse_boxes
from bulaq.delivery.cache_directives import Headers, Lifetime, fold
from bulaq.delivery.esi import Include, parse
from bulaq.delivery.gzip_join import Piece
from bulaq.delivery.page_key import PageKey
from bulaq.delivery.purge_table import PurgeTable, Standing

# Fields of one connection (RFC 9110 §7.6.1), fields the edge writes itself, and fields meant for the edge alone.
_NOT_KEPT: Final = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "proxy-connection",
        "age",
        "content-length",
        "date",
        "etag",
        "vary",
        "accept-ranges",
        "surrogate-control",
        "surrogate-key",
        "bulaq-shown",
    ]
)
_TEXT: Final = (
    "text/",
    "application/json",
    "application/xml",
    "application/rss",
    "application/atom",
    "image/svg",
)
_TEXT_ENDINGS: Final = ("+json", "+xml", "javascript")
_OVERHEAD: Final = 1500
_MOST_CHOICES: Final = 32

Part = bytes | Box | Include


class State(IntEnum):
    """What may be done with a stored response at this moment."""

    FRESH = 0
    STALE = 1  # may be served while one request renews it
    PURGED = 2  # something on it has changed: renew first, it may stand in
    EXPIRED = 3  # renew first; may be served if that fails
    GONE = 4  # must not be served


class StoredResponse:
    """Immutable but for what is remembered of it (compressed pieces, the last look at the purges, the last
    failure)."""

    __slots__ = (
        "_choices", "_look", "articles", "body_size", "born", "code", "composed", "control", "error_until",
        "fresh_until", "generation", "has_marks", "headers", "key", "keys", "last_modified", "negative", "parts",
        "retry_at", "shown", "status", "text", "while_until",
    )  # fmt: skip

    def __init__(
        self,
        key: PageKey,
        status: str,
        headers: Headers,
        body: bytes,
        life: Lifetime,
        generation: int,
        now: float,
    ) -> None:
        fields = fold(headers)
        self.key = key
        self.status = status
        self.code = int(status[:3])
        self.headers = [(name, value) for name, value in headers if name.lower() not in _NOT_KEPT]
        self.control = fields.get("surrogate-control", "")
        own = tuple(dict.fromkeys(fields.get("surrogate-key", "").split()))
        self.keys = (*own, key.address)
        self.generation = generation
        self.born = now - life.initial_age
        self.fresh_until = self.born + life.fresh
        self.while_until = self.fresh_until + life.stale_while_revalidate
        self.error_until = self.fresh_until + life.stale_if_error
        self.last_modified = fields.get("last-modified", "")
        kind = fields.get("content-type", "").partition(";")[0].strip().lower()
        self.text = kind.startswith(_TEXT) or kind.endswith(_TEXT_ENDINGS)
        self.composed = life.composed
        self.parts = _parts(body, marked=life.composed, text=self.text)
        self.has_marks = any(isinstance(part, Include) for part in self.parts)
        self.shown = _numbers(fields.get(surrogate_keys.SHOWN_HEADER.lower(), ""))
        self.articles = self.shown.union(
            *(articles_in(part) for part in self.parts if isinstance(part, bytes))
        )
        self.body_size = len(body)
        self.negative = self.code in (404, 405, 410, 414, 501)
        self.retry_at = 0.0
        # One tuple, so that two threads cannot pair one's generation with the other's standing.
        self._look = (-1, Standing.VALID)
        self._choices: dict[tuple[tuple[int, ...], ...], tuple[Piece | Include, ...]] = {}

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes, its compressed pieces included."""
        return (
            self.body_size * (3 if self.text else 1) // (2 if self.text else 1)
            + _OVERHEAD
            + 100 * len(self.keys)
        )

    def state(self, table: PurgeTable, now: float) -> State:
        """Against the purges known to ``table`` and the clock."""
        generation, standing = self._look
        if generation != table.generation:
            generation = table.generation
            standing = table.standing(self.keys, self.generation)
            self._look = (generation, standing)
        if standing is Standing.HARD:
            return State.GONE
        if standing is Standing.SOFT:
            return State.PURGED if now < self.while_until or now < self.error_until else State.GONE
        if now < self.fresh_until:
            return State.FRESH
        if now < self.while_until:
            return State.STALE
        return State.EXPIRED if now < self.error_until else State.GONE

    def pieces(self, shown: set[int], *, fragment: bool) -> tuple[Piece | Include, ...]:
        """The text for a page that shows ``shown`` already, with its marks still in place; adds what it shows itself.

        ``fragment``: a box on another's page, which leaves out what that page shows. A page keeps its own headlines.
        """
        boxes = [part for part in self.parts if isinstance(part, Box)]
        shown |= self.articles
        choice = []
        for box in boxes:
            taken = box.choose(shown if fragment else frozenset())
            shown.update(box.items[position][0] for position in taken)
            choice.append(taken)
        remembered = self._choices.get(tuple(choice))
        if remembered is None:
            remembered = tuple(self._cut(choice))
            if len(self._choices) >= _MOST_CHOICES:
                self._choices.clear()
            self._choices[tuple(choice)] = remembered
        return remembered

    def raw_pieces(self) -> tuple[Piece, ...]:
        """The text with its marks as they stood; boxes are cut to their limit, since nobody after us will do it."""
        pieces = self.pieces(set(), fragment=False)
        return tuple(Piece(piece.markup) if isinstance(piece, Include) else piece for piece in pieces)

    def _cut(self, choice: list[tuple[int, ...]]) -> list[Piece | Include]:
        pieces: list[Piece | Include] = []
        run: list[bytes] = []
        taken = iter(choice)
        for part in self.parts:
            if isinstance(part, Include):
                if text := b"".join(run):
                    pieces.append(Piece(text))
                run = []
                pieces.append(part)
            elif isinstance(part, Box):
                run.append(part.render(next(taken)))
            else:
                run.append(part)
        if text := b"".join(run):
            pieces.append(Piece(text))
        return pieces


def _parts(body: bytes, *, marked: bool, text: bool) -> tuple[Part, ...]:
    """The body taken apart at its marks, where it may hold any, and at its boxes."""
    parts: list[Part] = []
    for part in parse(body) if marked else (body,):
        if isinstance(part, bytes) and text:
            parts.extend(parse_boxes(part))
        else:
            parts.append(part)
    return tuple(parts)


def _numbers(field: str) -> frozenset[int]:
    """The articles that a page says it shows; what is no number of an article is passed over."""
    return frozenset(
        int(number)
        for number in field.replace(",", " ").split()
        if number.isascii() and number.isdigit() and len(number) < 19
    )
