"""A disk without room: pages stay up, nothing is half written, one line says it, and it mends itself.

The file system is made to refuse by a limit on the size of files (RLIMIT_FSIZE): as on a disk that fills up, a write may first
be taken in part.
"""

from __future__ import annotations

import logging
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from edge_site import Clock, Site

from bulaq.delivery import keys, policies
from bulaq.delivery.client_address import TrustedProxies, parse_address
from bulaq.delivery.day_key import DayKey
from bulaq.delivery.purge_log import PurgeLog, PurgeReader
from bulaq.delivery.purge_table import PurgeTable, Standing
from bulaq.delivery.reading_spool import ReadingSpool
from bulaq.delivery.readings import Beacon, ReadingCounter

DAY = 86_400


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    limits, handler = (
        resource.getrlimit(resource.RLIMIT_FSIZE),
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_purge_is_told_whole_or_refused(tmp_path: Path) -> None:
    log = PurgeLog(tmp_path)
    reader = PurgeReader(PurgeLog(tmp_path), PurgeTable())
    log.purge(["article:1"])
    reader.catch_up()
    begun = reader.table.generation
    with (
        no_file_longer_than((tmp_path / "purge.log").stat().st_size + 5),
        pytest.raises(OSError, match="purge"),
    ):
        log.purge(["article:2"])
    reader.catch_up()
    assert reader.table.standing(["article:7"], begun) is Standing.VALID
    log.purge(["article:2"])
    reader.catch_up()
    assert reader.table.standing(["article:2"], begun) is Standing.SOFT
    assert reader.table.standing(["article:7"], begun) is Standing.VALID


def test_a_log_that_cannot_be_shortened_still_takes_purges(tmp_path: Path) -> None:
    log = PurgeLog(tmp_path, rotate_bytes=200, kept_bytes=100)
    (tmp_path / "purge.log.new").mkdir()  # in the way of the shorter one
    for number in range(20):
        log.purge([f"article:{number}"])
    assert log.generation == 20
    assert len((tmp_path / "purge.log").read_bytes().splitlines()) == 20


def test_pages_stay_up_and_are_renewed(site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    edge = site.edge(purge_folder=tmp_path / "purge", disk_folder=tmp_path / "pages")
    for number in range(5):
        site.page(
            f"/{number}/", f"نص {number}", **policies.ARTICLE.headers(), Surrogate_Key=keys.article(number)
        )
    with no_file_longer_than(2):
        assert [edge.get(f"/{number}/").text for number in (0, 1, 2, 0)] == ["نص 0", "نص 1", "نص 2", "نص 0"]
        site.clock.now += 2 * DAY
        assert edge.get("/0/").status == "200 OK"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    edge.get("/3/")
    assert (
        site.edge(purge_folder=tmp_path / "purge", disk_folder=tmp_path / "pages").get("/3/").text == "نص 3"
    )
    assert site.rendered["/3/"] == 1


def test_readings_wait_until_there_is_room(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock: Any = Clock()
    spool = ReadingSpool(tmp_path / "spool")
    counter = ReadingCounter(spool, DayKey(tmp_path), TrustedProxies(()), 1e9, clock)

    def read(article: int) -> bool:
        return counter.count(
            Beacon(parse_address("192.0.2.1"), f"e=1&a={article}", "Mozilla/5.0 (Linux; Android 13)")
        )

    assert read(1)
    with no_file_longer_than(2):
        assert counter.flush() == 0
        assert read(2)
        clock.now += DAY  # no room for the key of another day
        assert not read(3)
    assert len(caplog.records) == 1
    assert read(3)
    assert counter.flush() == 3
    assert sum(len(batch.readings) for batch in spool.take()) == 3
    assert not list((tmp_path / "spool").glob("*.new"))
