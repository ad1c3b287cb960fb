"""Building the indexes anew from the database, while the site goes on serving from the old ones."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator

from django.utils import timezone

from bulaq.discovery.index import IndexOutdated
from bulaq.newsroom.finding import following, indexes, sections
from bulaq.newsroom.finding.documents import BATCH, documents
from bulaq.newsroom.models import Article

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def rebuild(*, progress: Progress = lambda step, done, total: None) -> int:
    """Builds search, related, duplicates and the model of sections anew; returns the number of articles.

    The search index is swapped in whole at the end of its step; related boxes in the database stay as they were until
    each is computed again. Interrupted at any moment, the old search index stays in use.
    """
    with indexes.writing(wait=True):
        total = Article.objects.count()
        started = timezone.now()
        done = 0
        with indexes.search_index().rebuild() as writer:
            for batch in _batches():
                writer.put(documents(batch))
                done += len(batch)
                progress("search", done, total)
            writer.commit(f"rebuild {started.isoformat()}")
        _rebuild_related(total, progress)
        indexes.forget_opened()
        progress("sections", 0, 1)
        sections.train()
        progress("sections", 1, 1)
        return done


def rebuild_when_outdated() -> int:
    """Builds the indexes anew when another version of Bulaq made them; returns the number of articles, 0 when not needed.

    Until it is done, searches are answered by the plain engine.
    """
    try:
        indexes.search_index().count()
    except IndexOutdated:
        logger.warning("the search index was made by another version; building it anew")
        return rebuild()
    return 0


def _rebuild_related(total: int, progress: Progress) -> None:
    # Begun anew in place: until a box is computed again, readers see the lines stored in the database.
    indexes.forget_opened()
    shutil.rmtree(indexes.folder() / "related", ignore_errors=True)
    for suffix in ("", "-wal", "-shm"):
        (indexes.folder() / f"duplicates.sqlite3{suffix}").unlink(missing_ok=True)
    for step in ("related: file", "related: compute"):
        done = 0
        for batch in _batches():
            found = list(documents(batch))
            if step == "related: file":
                following.file(found)
            else:
                for document in found:
                    for edition in following.live_editions(document):
                        following.compute(document, edition)
            done += len(batch)
            progress(step, done, total)


def _batches() -> Iterator[list[int]]:
    """All article ids in order, by keyset: new articles that arrive meanwhile are in the outbox as well."""
    last = 0
    while batch := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield batch
        last = batch[-1]


def nice() -> None:
    """Gives way to readers: a rebuild is never urgent."""
    os.nice(10)
