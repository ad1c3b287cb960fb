"""Putting a page together: its marks followed to the boxes they name, and the whole composed."""

from __future__ import annotations

from typing import Final

from bulaq.delivery.composed_page import ComposedPage, Resolved, compose
from bulaq.delivery.esi import Include
from bulaq.delivery.exchange import Request, close_body
from bulaq.delivery.page_key import Addresses, PageKey
from bulaq.delivery.purge_table import PurgeTable
from bulaq.delivery.renewal import Renewal
from bulaq.delivery.settings import EdgeSettings
from bulaq.delivery.stored_response import State, StoredResponse

# How often a page is looked at again while a part of it stands in for one that is being renewed.
_STALE_LOOK: Final = 0.05


class PageAssembly:
    """Of one edge; for many threads."""

    def __init__(self, settings: EdgeSettings, addresses: Addresses, renewal: Renewal) -> None:
        self._settings = settings
        self._addresses = addresses
        self._renewal = renewal

    def resolve(self, stored: StoredResponse, request: Request, may_wait: bool = True) -> Resolved:
        """Follows the marks of a page, no deeper and no further than the settings allow; a failed box is None.

        ``may_wait``: as for `Renewal.obtain`.
        """
        page = Resolved(stored)
        if stored.has_marks and not request.raw:
            room = self._settings.most_includes
            self._follow(page, (request.key,), room, may_wait)
        return page

    def _follow(self, part: Resolved, above: tuple[PageKey, ...], room: int, may_wait: bool) -> int:
        """``above``: the pages that hold this one, and itself; ``room``: for how many marks. The room that is left."""
        children: list[Resolved | None] = []
        for mark in part.stored.parts:
            if not isinstance(mark, Include):
                continue
            child = None
            for source in (mark.source, mark.alternative):
                key = self._addresses.include(source, above[0]) if source is not None else None
                if key is None or key in above or room <= 0:
                    continue
                room -= 1
                child = self._box(key, may_wait)
                if child is None:
                    continue
                if child.stored.has_marks and len(above) < self._settings.deepest_include:
                    room = self._follow(child, (*above, key), room, may_wait)
                break
            children.append(child)
        part.children = tuple(children)
        return room

    def _box(self, key: PageKey, may_wait: bool) -> Resolved | None:
        outcome = self._renewal.obtain(key, may_wait)
        if outcome.stored is not None and outcome.stored.code == 200:
            return Resolved(outcome.stored)
        if outcome.fetched is not None and outcome.fetched.rest is not None:
            close_body(outcome.fetched.rest)
        return None

    def composed(
        self, resolved: Resolved, parts: tuple[StoredResponse | None, ...], raw: bool
    ) -> ComposedPage:
        """``parts``: the resolved page, flat. ``raw``: with its marks, for whoever in front composes."""
        settings = self._settings
        return ComposedPage(
            resolved.stored,
            parts,
            resolved.stored.raw_pieces() if raw else compose(resolved, settings.largest_page),
            raw=raw,
            surrogate_in_front=settings.surrogate_in_front,
            vary=settings.vary_headers,
        )

    def good_until(self, page: ComposedPage, table: PurgeTable, now: float) -> float:
        """When it must be looked at again, in seconds since 1970: soon, where a part is missing or stands in for another."""
        until = page.expires
        for part in page.parts:
            if part is None:
                until = min(until, now + self._settings.error_seconds)
            elif part.state(table, now) is not State.FRESH:
                until = min(until, now) + _STALE_LOOK
        return until
