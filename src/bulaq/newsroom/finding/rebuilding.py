"""Building the indexes anew from the database, while the site goes on serving from the old ones.

In steps, each linear in the archive: the search index; the neighbours (related articles and duplicates), filed in the
order of publication; then, article by article in that order, related boxes and stories; the parts of names, and topics;
the model of sections.
How far it is stands in a file, so that a rebuild that was broken off is taken up where it was. Between batches the
worker's own work on the indexes is done, so that a long rebuild holds up no news.
"""

from __future__ import annotations

import json
import logging
import os
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import Min, Q
from django.utils import timezone

from bulaq.discovery.index import IndexOutdated, Writer
from bulaq.newsroom.finding import changed_meanwhile, following, indexes, sections, topics
from bulaq.newsroom.finding.documents import BATCH, documents
from bulaq.newsroom.models import Article, OutboxEntry, Publication

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

STEPS = ("search", "neighbours", "boxes and stories", "topics", "sections")

FOLLOWED = 50
"""Articles whose boxes and stories are made in one go: the worker waits for them no longer than a second or two."""


@dataclass
class _State:
    """How far a rebuild is: the step at hand, the last article that is done in it, the folder being filled."""

    step: str = STEPS[0]
    time: float = 0.0
    article: int = 0
    folder: str = ""

    @classmethod
    def read(cls) -> _State | None:
        try:
            found = cls(**json.loads(_state_path().read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return found if found.step in STEPS else None

    def write(self) -> None:
        part = _state_path().with_suffix(".part")
        part.write_text(json.dumps(asdict(self)), "utf-8")
        part.replace(_state_path())

    def begin(self, step: str) -> None:
        self.step, self.time, self.article = step, 0.0, 0
        self.write()


def _state_path() -> Path:
    return indexes.folder() / "rebuild.json"


def broken_off() -> str | None:
    """The step at which a rebuild stands that was broken off; None when there is none, or when one is under way."""
    with indexes.one_rebuild() as ours:
        state = _State.read() if ours else None
    return state.step if state else None


def rebuild(*, progress: Progress = lambda step, done, total: None, fresh: bool = False) -> int:
    """Builds search, neighbours, boxes, stories, topics and the model of sections; returns the number of articles.

    Search and neighbours are swapped in whole at the end of their steps; related boxes in the database stay as they
    were until each is computed again; stories and topics are only added to: no editor's word is undone. A rebuild that
    was broken off goes on where it was, unless `fresh`. Raises `RebuildUnderWay` while there is another.
    """
    with indexes.one_rebuild() as ours:
        if not ours:
            raise RebuildUnderWay("the indexes are being built anew by another process")
        return _rebuild(progress, fresh=fresh)


class RebuildUnderWay(RuntimeError):
    """Another process builds the indexes anew."""


def _rebuild(progress: Progress = lambda step, done, total: None, *, fresh: bool = False) -> int:
    state = (None if fresh else _State.read()) or _State()
    first = STEPS.index(state.step)
    state.write()
    if first <= STEPS.index("search"):
        _rebuild_search(progress)
        state.begin("neighbours")
    order = _Order()
    if first <= STEPS.index("neighbours"):
        _file_neighbours(state, order, progress)
        state.begin("boxes and stories")
    if first <= STEPS.index("boxes and stories"):
        for batch in order.batches(state, FOLLOWED, progress):
            following.recompute(batch)
        state.begin("topics")
    if first <= STEPS.index("topics"):
        _look_for_topics(state, order, progress)
        state.begin("sections")
    progress("sections", 0, 1)
    sections.train()
    progress("sections", 1, 1)
    _state_path().unlink(missing_ok=True)
    return len(order)


def rebuild_when_outdated() -> int:
    """Builds the indexes anew when another version of Bulaq made them, or they are damaged or gone; returns the number
    of articles, 0 when not needed or when another process does it.

    Until it is done, searches are answered by the plain engine and boxes stay as they are.
    """
    if _outdated() is None:  # a look without the lock: it turns no `bulaq reindex` away
        return 0
    with indexes.one_rebuild() as ours:
        step = _outdated() if ours else None
        if step == "search":
            logger.warning("the search index is missing, damaged or of another version; building it anew")
            return _rebuild(fresh=True)
        if step == "neighbours":
            logger.warning("the index of related articles is missing or of another version; building it anew")
            (_State.read() or _State(step="neighbours")).write()
            return _rebuild()
    return 0


def _outdated() -> str | None:
    """The step from which the indexes in use must be built anew; None when they are as they should be."""
    if following.search_must_be_rebuilt(opened_anew=True):
        return "search"
    return "neighbours" if indexes.neighbours_missing() and _published_unseen() else None


def _published_unseen() -> bool:
    """Whether there are articles that readers see and of which no entry in the outbox tells."""
    waiting = OutboxEntry.objects.filter(consumer=OutboxEntry.Consumer.RELATED)
    return Publication.objects.filter(state=Publication.State.PUBLISHED).exists() and not waiting.exists()


def _rebuild_search(progress: Progress) -> None:
    """Fills another index; what is indexed meanwhile goes into it at the end, under the lock under which it is put in use."""
    with indexes.writing(wait=True):
        changed_meanwhile.begin()
    cursor = f"rebuild {timezone.now().isoformat()}"
    with ExitStack() as until_in_use:
        until_in_use.callback(changed_meanwhile.end)
        until_in_use.callback(indexes.search_index.cache_clear)
        with indexes.search_index().rebuild() as writer:
            _fill(writer, progress)
            writer.commit(cursor)
            writer.prepare()
            until_in_use.enter_context(indexes.writing(wait=True))
            meanwhile = changed_meanwhile.noted()
            for start in range(0, len(meanwhile), BATCH):  # an archive may have come in between
                following.write(writer, meanwhile[start : start + BATCH])
            writer.commit(cursor)


def _fill(writer: Writer, progress: Progress) -> None:
    total = Article.objects.count()
    done = 0
    for batch in _by_number():
        writer.put(documents(batch))
        done += len(batch)
        progress("search", done, total)
        following.index_waiting()


def _by_number() -> Iterator[list[int]]:
    """All article ids in order, by keyset: new articles that arrive meanwhile are in the outbox as well."""
    last = 0
    while batch := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield batch
        last = batch[-1]


class _Order:
    """The articles in the order of publication, those that never were published last: 16 bytes each."""

    def __init__(self) -> None:
        live = Q(publications__state=Publication.State.PUBLISHED)
        rows = (
            Article.objects.annotate(first=Min("publications__published_at", filter=live))
            .order_by("first", "pk")
            .values_list("first", "pk")
        )
        found = sorted(
            (moment.timestamp() if moment else float("inf"), pk)
            for moment, pk in rows.iterator(chunk_size=10_000)
        )
        self._times = array("d", (moment for moment, _ in found))
        self._ids = array("q", (pk for _, pk in found))

    def __len__(self) -> int:
        return len(self._ids)

    def batches(self, state: _State, size: int, progress: Progress) -> Iterator[list[int]]:
        """The articles after the one where `state` stands, in batches, each under the writing lock; what arrived
        meanwhile is indexed in between."""
        place = self._place_after(state)
        total = len(self)
        while place < total:
            with indexes.writing(wait=True):
                yield self._ids[place : place + size].tolist()
            place = min(place + size, total)
            state.time, state.article = self._times[place - 1], self._ids[place - 1]
            state.write()
            progress(state.step, place, total)
            following.index_waiting()

    def _place_after(self, state: _State) -> int:
        if not state.article:
            return 0
        place = bisect_right(self._times, state.time)
        first = place
        while first and self._times[first - 1] == state.time and self._ids[first - 1] > state.article:
            first -= 1
        return first


def _file_neighbours(state: _State, order: _Order, progress: Progress) -> None:
    """Fills a new folder and puts it in use. Whoever files meanwhile files into it as well (`following.file`)."""
    begun = indexes.filling()
    if begun is not None:
        begun.close()
    if begun is None or begun.path.name != state.folder:
        state.begin("neighbours")
        state.folder = f"neighbours-{time.time_ns()}"
        indexes.begin_next(state.folder)
        state.write()
    for batch in order.batches(state, BATCH, progress):
        following.file_next(list(documents(batch)))
    with indexes.writing(wait=True):
        if indexes.being_filled() != state.folder:  # given up by a worker of another version
            raise IndexOutdated(f"{state.folder}: another version of Bulaq works on these indexes")
        indexes.use(state.folder)


def _look_for_topics(state: _State, order: _Order, progress: Progress) -> None:
    if not state.article:
        topics.learn_names()
    for batch in order.batches(state, BATCH, progress):
        topics.follow(list(documents(batch)))


def nice() -> None:
    """Gives way to readers: a rebuild is never urgent."""
    os.nice(10)
