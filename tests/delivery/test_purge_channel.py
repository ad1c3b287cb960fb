"""Purges between machines, over a real Redis and a real PostgreSQL."""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from front_servers import running_valkey

from bulaq.delivery.purge_channel import Place, PostgresChannel, PurgeChannel, ValkeyChannel

pytestmark = pytest.mark.server
Make = Callable[[Place], Any]


@pytest.fixture(scope="module")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(params=["valkey", pytest.param("postgres", marks=pytest.mark.postgres)])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes a channel of this newsroom for one machine."""
    if request.param == "valkey":
        url, stream = request.getfixturevalue("valkey_url"), f"purges:{uuid.uuid4()}"
        return lambda place: ValkeyChannel(url, place, stream, most_kept=100)
    import psycopg

    url = request.getfixturevalue("postgres_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bulaq_purge, bulaq_purge_identity")
    return lambda place: PostgresChannel(url, place)


class Machine:
    """A follower in a thread; what it was told is in ``heard``."""

    def __init__(self, make: Make, folder: Path) -> None:
        self.heard: queue.Queue[tuple[tuple[str, ...], bool]] = queue.Queue()
        self._make, self._folder = make, folder
        self.channel: PurgeChannel = make(Place(folder / "place"))
        self.begin()

    def begin(self) -> None:
        self.stop = threading.Event()
        channel = self._make(Place(self._folder / "place"))
        self.thread = threading.Thread(
            target=channel.follow, args=(lambda *purge: self.heard.put(purge), self.stop), daemon=True
        )
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(60)
        assert not self.thread.is_alive()

    def next(self) -> tuple[tuple[str, ...], bool]:
        return self.heard.get(timeout=60)


@pytest.fixture
def machines(make: Make, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    one, two = Machine(make, tmp_path / "one"), Machine(make, tmp_path / "two")
    # Both are listening when each has heard the other.
    for speaker, listener in ((one, two), (two, one)):
        while listener.heard.empty():
            speaker.channel.publish(["hello"])
            try:
                listener.heard.put(listener.heard.get(timeout=0.2))
            except queue.Empty:
                continue
    for machine in (one, two):
        machine.channel.publish(["last"])
    for machine in (one, two):
        while machine.next() != (("last",), False):
            pass
    yield one, two
    one.end()
    two.end()


def test_another_machine_knows_within_a_second_and_this_one_hears_nothing_twice(
    machines: tuple[Machine, Machine],
) -> None:
    one, two = machines
    delays = []
    for number in range(10):
        begun = time.monotonic()
        one.channel.publish([f"article:{number}", "box:latest:1"], hard=number % 2 == 1)
        assert two.next() == ((f"article:{number}", "box:latest:1"), number % 2 == 1)
        delays.append(time.monotonic() - begun)
    assert sorted(delays)[5] < 1.0, delays
    assert one.heard.empty()


def test_a_machine_that_was_away_catches_up(machines: tuple[Machine, Machine]) -> None:
    one, two = machines
    two.end()
    for number in range(30):
        one.channel.publish([f"article:{number}"])
    two.begin()
    assert [two.next() for _ in range(30)] == [((f"article:{number}",), False) for number in range(30)]


def test_a_machine_whose_place_is_no_longer_kept_purges_everything(
    make: Make, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    two.end()
    if isinstance(one.channel, ValkeyChannel):
        for number in range(500):
            one.channel.publish([f"article:{number}"])
    else:
        import psycopg

        with psycopg.connect(one.channel._conninfo, autocommit=True) as connection:  # type: ignore[attr-defined]
            connection.execute("DROP TABLE bulaq_purge_identity")
    two.begin()
    assert two.next() == (("all",), True)


@pytest.mark.postgres
def test_a_row_that_commits_late_is_not_missed(postgres_url: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS bulaq_purge, bulaq_purge_identity")
    one, two = (Place(tmp_path / name) for name in ("one", "two"))
    speaker = PostgresChannel(postgres_url, one)
    speaker.publish(["begin"])
    heard: queue.Queue[tuple[tuple[str, ...], bool]] = queue.Queue()
    stop = threading.Event()
    follower = PostgresChannel(postgres_url, two)
    thread = threading.Thread(
        target=follower.follow, args=(lambda *purge: heard.put(purge), stop), daemon=True
    )
    thread.start()
    while heard.empty():
        speaker.publish(["ready"])
        time.sleep(0.01)
    with psycopg.connect(postgres_url) as late:
        late.execute("INSERT INTO bulaq_purge (origin, hard, keys) VALUES ('x', true, ARRAY['late'])")
        speaker.publish(["early"])
        while heard.get(timeout=60) != (("early",), False):
            pass
        speaker.publish(["again"])
        assert heard.get(timeout=60) == (("again",), False), "and what was repeated is not repeated again"
        late.commit()
    assert heard.get(timeout=60) == (("late",), True)
    stop.set()
    thread.join(60)


def test_a_place_survives_and_a_spoiled_one_is_begun_anew(tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    place.set("5-0")
    again = Place(tmp_path / "place")
    assert (again.get(), again.origin) == ("5-0", place.origin)
    (tmp_path / "place").write_text("{half")
    assert Place(tmp_path / "place").get() is None
