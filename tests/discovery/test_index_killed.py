"""A process that writes the index is killed at any moment: index and cursor agree, and the outbox brings it level."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search, Sort

ACTS = 600
ARTICLES = 50
BATCH = 12
KILLS = 9


def test_a_writer_killed_at_any_moment_leaves_index_and_cursor_in_agreement(tmp_path: Path) -> None:
    database = tmp_path / "newsroom.sqlite3"
    acts = _newsroom(database)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bulaq.discovery.embedded.engine"])
    chance = random.Random(1820)
    seen: set[str] = set()
    for _ in range(KILLS):
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(target=_follow, args=(database, tmp_path / "index", theirs))
        worker.start()
        theirs.close()
        try:
            # Killed a random moment after it has begun to write, commit or rebuild: after none, some or many steps.
            steps = chance.randint(1, 14)
            while steps and ours.poll(20):
                seen.add(ours.recv())
                steps -= 1
            ours.poll(chance.choice((0.0, 0.001, 0.004, 0.02)))
            os.kill(worker.pid or 0, signal.SIGKILL)
            worker.join(20)
            assert worker.exitcode == -signal.SIGKILL
        finally:
            worker.kill()
            ours.close()
        index = EmbeddedIndex(tmp_path / "index")
        assert _held(index) == _replayed(acts, int(index.cursor() or 0))
    assert seen == {"writing", "committing", "rebuilding", "pointing"}, (
        "each was under way when it was killed"
    )

    _follow(database, tmp_path / "index", None)
    index = EmbeddedIndex(tmp_path / "index")
    assert index.cursor() == str(ACTS)
    assert _held(index) == _replayed(acts, ACTS)
    left = [path.name for path in (tmp_path / "index").glob("generation-*")]
    assert len(left) <= 2, "what broken rebuilds left is taken away by the next"


def _newsroom(database: Path) -> list[tuple[int, int, str]]:
    """A database whose outbox holds acts: number, article, its headline from then on («» when it is taken out)."""
    chance = random.Random(7)
    acts = [
        (number, chance.randint(1, ARTICLES), f"خبر رقم {number}" if chance.random() > 0.15 else "")
        for number in range(1, ACTS + 1)
    ]
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE outbox (number INTEGER PRIMARY KEY, article INTEGER, headline TEXT)")
        connection.executemany("INSERT INTO outbox VALUES (?, ?, ?)", acts)
    connection.close()
    return acts


def _replayed(acts: list[tuple[int, int, str]], cursor: int) -> dict[int, str]:
    """What the newsroom held after the act of this number."""
    held: dict[int, str] = {}
    for _, article, headline in acts[:cursor]:
        held[article] = headline
    return {article: headline for article, headline in held.items() if headline}


def _held(index: EmbeddedIndex) -> dict[int, str]:
    hits = index.search(Search("", drafts=True, sort=Sort.TIME, limit=1000)).hits
    assert len(hits) == index.count()
    return {hit.id: hit.headline for hit in hits}


def _document(article: int, headline: str) -> Document:
    return Document(article, headline, "نص الخبر " * 30, placements=(Placement(1),))


def _follow(database: Path, folder: Path, seen: Connection | None) -> None:
    """Bring the index level with the database from its cursor on, in small batches; rebuild it now and then."""

    def tell(step: str) -> None:
        if seen is not None:
            seen.send(step)

    connection = sqlite3.connect(database)
    index = EmbeddedIndex(folder)
    turn = 0
    while True:
        cursor = int(index.cursor() or 0)
        rows = connection.execute(
            "SELECT number, article, headline FROM outbox WHERE number > ? ORDER BY number LIMIT ?",
            (cursor, BATCH),
        ).fetchall()
        if not rows:
            break
        turn += 1
        if turn % 4 == 0:
            number = rows[-1][0]
            acts = connection.execute("SELECT * FROM outbox WHERE number <= ?", (number,)).fetchall()
            tell("rebuilding")
            with index.rebuild() as writer:
                writer.put(_document(*item) for item in _replayed(acts, number).items())
                writer.commit(str(number))
                tell("pointing")
            continue
        latest = {article: headline for _, article, headline in rows}
        with index.writer() as writer:
            tell("writing")
            writer.put(_document(*item) for item in latest.items() if item[1])
            writer.delete(article for article, headline in latest.items() if not headline)
            tell("committing")
            writer.commit(str(rows[-1][0]))
    connection.close()
