"""Beacons, and what they can and cannot do to the list of the most read."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from edge_site import Browser, Clock, Site
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.delivery.client_address import TrustedProxies, household, parse_address
from bulaq.delivery.day_key import DayKey
from bulaq.delivery.edge import Edge
from bulaq.delivery.ranking import Ranked, Ranking, ReadingTally, Standing
from bulaq.delivery.reading_spool import Reading, ReadingSpool
from bulaq.delivery.readings import Beacon, ReadingCounter, is_robot
from bulaq.delivery.unique_readers import UniqueReaders

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
HOUR = 3600


class Newsroom:
    """A counter with its spool, and the tally that the worker keeps of it."""

    def __init__(self, folder: Path, proxies: tuple[str, ...] = ()) -> None:
        self.clock = Clock(now=1_750_003_500.0 // HOUR * HOUR + 600)
        self.spool = ReadingSpool(folder / "spool")
        self.counter = ReadingCounter(self.spool, DayKey(folder), TrustedProxies(proxies), 1e9, self.clock)
        self.tally = ReadingTally()

    def read(self, article: int, address: str, agent: str = PHONE, **more: Any) -> bool:
        return self.counter.count(Beacon(parse_address(address), f"e=1&a={article}", agent, **more))

    def work(self) -> None:
        self.counter.flush()
        for batch in self.spool.take():
            self.tally.add(batch.readings)
            self.tally.heard(self.clock.now)
            batch.acknowledge()

    def most_read(self, hours: int = 3) -> list[tuple[int, int]]:
        self.work()
        return [(one.article, one.readers) for one in self.tally.most_read(1, self.clock.now, hours).items]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def test_a_telephone_is_no_robot_for_its_name() -> None:
    assert not is_robot(
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
    )
    assert is_robot("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")


def address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def test_an_address_is_one_reader_of_an_article_in_an_hour(newsroom: Newsroom) -> None:
    assert newsroom.read(7, "192.0.2.1")
    assert not newsroom.read(7, "192.0.2.1")
    newsroom.read(7, "192.0.2.1", agent=PHONE + " Other/1")
    newsroom.read(7, "2001:db8:1:2::1")
    newsroom.read(7, "2001:db8:1:2:ffff::9")
    newsroom.read(7, "::ffff:192.0.2.1")
    assert newsroom.most_read() == [(7, 2)]
    newsroom.read(7, "192.0.2.1")
    newsroom.read(7, "198.51.100.1")
    assert newsroom.most_read() == [(7, 3)], "a batch later the same reader is still the same"


@pytest.mark.parametrize(
    "beacon",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "curl/8.5.0"},
        {"agent": ""},
        {"purpose": "prefetch;prerender"},
        {"fetch_site": "cross-site"},
    ],
)
def test_robots_prefetches_and_strangers_do_not_count(newsroom: Newsroom, beacon: dict[str, str]) -> None:
    assert not newsroom.read(7, "192.0.2.1", **beacon)
    assert newsroom.most_read() == []


@pytest.mark.parametrize(
    "data",
    ["", "a=7", "e=1&a=-7", "e=1&a=7;drop", "xe=1&a=7", "e=1&a=٧", "e=1&a=" + "9" * 99, "&" * 150, "\x00"],
)
def test_what_is_no_beacon_counts_nothing(newsroom: Newsroom, data: str) -> None:
    assert not newsroom.counter.count(Beacon(parse_address("192.0.2.1"), data, PHONE))


def ordinary_hour(newsroom: Newsroom, readers: int = 400, articles: int = 20) -> None:
    """Readers who read one to four articles, the lower numbers more often; more than half of them read one."""
    chance = random.Random(5)
    for number in range(readers):
        for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
            newsroom.read(min(int(chance.paretovariate(0.8)), articles), address(number))


def test_a_hundred_thousand_beacons_from_one_machine_move_nothing(newsroom: Newsroom) -> None:
    ordinary_hour(newsroom)
    before = newsroom.most_read()
    for number in range(50_000):
        newsroom.read(19, "203.0.113.7", agent=f"{PHONE} {number % 1000}")
    for number in range(50_000):
        newsroom.read(1000 + number, "2001:db8::" + format(number, "x"))
    after = newsroom.most_read()
    assert [article for article, _ in after] == [article for article, _ in before]
    assert sum(abs(one[1] - two[1]) for one, two in zip(before, after, strict=True)) <= 1


def test_a_thousand_addresses_that_read_one_article_and_nothing_else_are_damped(newsroom: Newsroom) -> None:
    ordinary_hour(newsroom)
    before = newsroom.most_read()
    for number in range(1000):
        newsroom.read(19, address(100_000 + number))
    top = newsroom.tally.most_read(1, newsroom.clock.now, 3).items if newsroom.work() is None else ()
    forged = next(one for one in top if one.article == 19)
    assert forged.readers > 900
    assert forged.score < 50
    assert top[0].article == before[0][0]


def test_an_article_that_is_read_by_many_who_also_read_others_counts_in_full(newsroom: Newsroom) -> None:
    ordinary_hour(newsroom)
    for number in range(300):
        newsroom.read(18, address(50_000 + number))
        if number % 3 == 0:
            newsroom.read(1 + number % 10, address(50_000 + number))
    newsroom.work()
    first = newsroom.tally.most_read(1, newsroom.clock.now, 3).items[0]
    assert first.article == 18 or first.readers > 250
    shared = next(
        one for one in newsroom.tally.most_read(1, newsroom.clock.now, 3, 20).items if one.article == 18
    )
    assert shared.score > 0.75 * shared.readers


def test_windows_forget_and_sections_filter(newsroom: Newsroom) -> None:
    newsroom.read(1, "192.0.2.1")
    newsroom.clock.now += 4 * HOUR
    newsroom.read(2, "192.0.2.2")
    assert newsroom.most_read(3) == [(2, 1)]
    assert newsroom.most_read(24) == [(2, 1), (1, 1)]
    only = newsroom.tally.most_read(1, newsroom.clock.now, 24, only=lambda article: article == 1)
    assert [one.article for one in only.items] == [1]
    newsroom.tally.forget(newsroom.clock.now + 72 * HOUR)
    assert newsroom.most_read(24) == []


def test_what_rises_is_measured_against_its_own_past() -> None:
    tally = ReadingTally()
    now = 500_000 * HOUR + HOUR - 1.0
    serial = iter(range(10**9))

    def readers(article: int, hour: int, count: int) -> None:
        for _ in range(count):
            reader = next(serial) * 2654435761 % 2**61
            # Everybody also reads something else, so that nothing is damped.
            tally.add([Reading(hour, 1, article, reader), Reading(hour, 1, 900 + reader % 50, reader)])

    for hour in range(500_000 - 20, 500_000):
        readers(1, hour, 100)
        readers(2, hour, 10)
    readers(1, 500_000, 110)
    readers(2, 500_000, 60)
    rising = tally.rising(1, now, only=lambda article: article < 900)
    assert [one.article for one in rising.items] == [2]
    assert rising.items[0].score > 5


def test_a_list_grows_old_is_kept_and_ends() -> None:
    items = (Ranked(1, 5, 5.0),)
    good = Ranking(items, 1000.0, 1000.0)
    empty = Ranking((), 2000.0, 1000.0)
    assert good.standing(1000 + 59 * 60) is Standing.FRESH
    assert good.standing(1000 + 61 * 60) is Standing.KEPT
    assert good.standing(1000 + 13 * HOUR) is Standing.EXPIRED
    assert empty.standing(1001.0) is Standing.EXPIRED


def test_the_spool_gives_each_batch_until_it_is_acknowledged(tmp_path: Path) -> None:
    spool = ReadingSpool(tmp_path)
    spool.put([Reading(1, 2, 3, 2**64 - 1)])
    (tmp_path / "00-broken.readings").write_bytes(b"BQR1 half")
    for _ in range(2):
        (batch,) = ReadingSpool(tmp_path).take()
        assert batch.readings == (Reading(1, 2, 3, 2**64 - 1),)
    batch.acknowledge()
    assert list(spool.take()) == []
    assert [path.suffix for path in tmp_path.iterdir()] == [".bad"]


def test_a_spool_that_nobody_empties_stays_bounded(tmp_path: Path) -> None:
    spool = ReadingSpool(tmp_path, most_batches=10)
    for hour in range(200):
        spool.put([Reading(hour, 1, 1, 1)])
    batches = list(spool.take())
    assert len(batches) == 10
    assert batches[-1].readings[0].hour == 199


def test_the_key_of_a_day_is_shared_and_thrown_away(tmp_path: Path) -> None:
    now = 1_750_000_000.0
    first = DayKey(tmp_path).at(now)
    assert DayKey(tmp_path).at(now) == first
    again = DayKey(tmp_path)
    tomorrow = again.at(now + 86_400)
    assert tomorrow != first
    kept = [path for path in tmp_path.iterdir() if path.name.startswith("reading-key-2")]
    assert [path.read_bytes() for path in kept] == [tomorrow]
    assert kept[0].stat().st_mode & 0o077 == 0
    one, two = tmp_path / "one", tmp_path / "two"
    assert DayKey(one, b"secret").at(now) == DayKey(two, b"secret").at(now) != DayKey(two, b"other").at(now)


def test_nothing_that_is_written_holds_an_address_or_a_browser(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.read(7, "192.0.2.99")
    newsroom.counter.flush()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"192.0.2" not in written
    assert bytes([192, 0, 2, 99]) not in written
    assert b"Mozilla" not in written


def test_beacons_are_answered_by_the_edge(site: Site, tmp_path: Path) -> None:
    room = Newsroom(tmp_path, proxies=("192.0.2.1",))
    browser = Browser(Edge(site.application, reading_counter=room.counter))
    pixel = browser.get("/_/read", "e=1&a=5", user_agent=PHONE, x_forwarded_for="198.51.100.1")
    assert pixel.status == "200 OK"
    assert pixel.headers["Content-Type"] == "image/gif"
    assert pixel.headers["Cache-Control"] == "private, no-store"
    assert (
        browser.get(
            "/_/read", "e=1&a=5", method="POST", user_agent=PHONE, x_forwarded_for="198.51.100.2"
        ).status[:3]
        == "204"
    )
    assert browser.get("/_/read", method="PUT").status[:3] == "405"
    assert room.most_read() == [(5, 2)]
    assert not site.rendered


def test_addresses_are_believed_from_our_own_proxies_only() -> None:
    ours = TrustedProxies(["10.0.0.0/8", "2001:db8::/32"])

    def client(peer: str, forwarded: str | None = None) -> str:
        return str(ours.client(peer, forwarded))

    assert client("203.0.113.1", "1.2.3.4") == "203.0.113.1"
    assert client("10.0.0.1", "1.2.3.4") == "1.2.3.4"
    assert client("10.0.0.1", "9.9.9.9, 1.2.3.4, 10.0.0.2") == "1.2.3.4", (
        "what a reader wrote himself is left of it"
    )
    assert client("10.0.0.1", "1.2.3.4, nonsense") == "10.0.0.1"
    assert client("10.0.0.1", '"[2001:db9::1]:443"') == "2001:db9::1"
    assert client("10.0.0.1", "1.2.3.4:5678") == "1.2.3.4"
    assert client("10.0.0.1") == "10.0.0.1"
    assert ours.client("", "1.2.3.4") is None
    one, two, three = (parse_address(text) for text in ("2001:db9::1", "2001:db9::ffff", "2001:db9:0:1::1"))
    assert one is not None
    assert two is not None
    assert three is not None
    assert household(one) == household(two) != household(three)
    with pytest.raises(ValueError, match="nonsense"):
        TrustedProxies(["nonsense"])


def hashes(seed: int, count: int) -> list[int]:
    chance = random.Random(seed)
    return [chance.getrandbits(64) for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 512, 513, 3_000, 11_000, 60_000])
def test_unique_readers_are_exact_while_few_and_near_when_many(count: int) -> None:
    readers = UniqueReaders(hashes(count, count) * 2)
    assert abs(len(readers) - count) <= (0 if count <= 512 else 0.06 * count)
    assert len(UniqueReaders.from_bytes(readers.to_bytes())) == len(readers)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1500), st.integers(0, 1500), st.integers(0, 1500))
def test_merged_readers_are_the_readers_of_both(one: int, both: int, two: int) -> None:
    numbers = hashes(one * 7 + both, one + both + two)
    left, right = UniqueReaders(numbers[: one + both]), UniqueReaders(numbers[one:])
    left.merge(right)
    assert left.to_bytes() == UniqueReaders(numbers).to_bytes()


@pytest.mark.parametrize("stored", [b"", b"X", b"E1234567", b"H123", b"H" + bytes([255]) * 4096])
def test_a_spoiled_count_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a stored count"):
        UniqueReaders.from_bytes(stored)
