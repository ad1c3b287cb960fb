"""Search at size: articles of the demo's own words, indexed, asked and completed in a temporary folder.

``python -m bench search``, or ``python -m bench.search --size 1000000 [--json FILE]``; ``--index postgresql://…`` measures
that engine, in a database that may be written to. The words follow Zipf's law, as
those of a newsroom do: the demo's vocabulary for the frequent ones, names made of its letters for the endless rare ones.
Times are of the processor (all threads), so that a busy machine does not change them; the wall clock stands beside. Of an
engine that answers from another process they are by the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

import bulaq.demo
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search, SearchIndex, Sort
from bulaq.discovery.open_index import open_index

_ARTICLES: Final = Path(bulaq.demo.__file__).parent / "content" / "articles"

TITLE = "Search: indexing, size, start, queries, suggestions"

SIZE: Final = 100_000
BATCH: Final = 2_000
_NAMES: Final = 200_000
_WORDS: Final = (120, 420)  # of a body: mostly short news, some long
_NOW: Final = datetime(2024, 6, 1, tzinfo=UTC)
_QUERIES: Final = 300


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """`rounds` times the queries over an index of `SIZE` articles; `seconds` is not used."""
    return measure(SIZE, rounds)


def measure(size: int, rounds: int = 2, folder: Path | None = None) -> dict[str, Any]:
    """Figures for an index of `size` articles; built in `folder`, or in a temporary one."""
    words = Words(random.Random(7))
    if folder is not None:
        return _measured(folder, size, rounds, words)
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as temporary:
        return _measured(Path(temporary), size, rounds, words)


def measure_engine(address: str, size: int, rounds: int = 2) -> dict[str, Any]:
    """Figures for an engine in another process, which keeps what is indexed; times are by the clock."""
    words, index = Words(random.Random(7)), open_index(address)
    result: dict[str, Any] = {"documents": size}
    if not index.count():
        started = time.perf_counter()
        with index.rebuild() as writer:
            for batch in documents(size, words):
                writer.put(batch)
            writer.commit("1")
            result["indexed_wall_s"] = time.perf_counter() - started
        result["rebuilt_wall_s"] = time.perf_counter() - started
    return result | _asked(index, rounds, words, time.perf_counter)


def _measured(folder: Path, size: int, rounds: int, words: Words) -> dict[str, Any]:
    result: dict[str, Any] = {"documents": size}
    index = EmbeddedIndex(folder)
    if not index.count():
        result |= _indexed(index, size, words)
    result["index_bytes"] = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if "text_bytes" in result:
        result["size_ratio"] = result["index_bytes"] / result["text_bytes"]
    index = EmbeddedIndex(folder)
    started = _cpu(), time.perf_counter()
    index.search(Search("المدينة"))
    result |= {"start_cpu_s": _cpu() - started[0], "start_wall_s": time.perf_counter() - started[1]}
    generation = index.generation()
    result["segments"] = len(generation.segments) if generation is not None else 0
    result |= _asked(index, rounds, words, _cpu)
    result["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result


def _asked(index: SearchIndex, rounds: int, words: Words, clock: Callable[[], float]) -> dict[str, Any]:
    """How long questions and suggestions take by a clock, in milliseconds."""
    chance = random.Random(11)
    kinds = {
        kind: _timed((partial(index.search, search) for _ in range(rounds) for search in asked), clock)
        for kind, asked in _queries(words, chance).items()
    }
    every = [value for kind in kinds.values() for value in kind.pop("all")]
    beginnings = _beginnings(words, chance)
    suggested = _timed(
        (partial(index.suggest, text, edition=1) for _ in range(rounds) for text in beginnings), clock
    )
    suggested.pop("all")
    return {"kinds": kinds, "query": _summary(every), "suggest": suggested}


def show(result: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = [f"{result['documents']:,} articles"]
    if "segments" in result:
        lines[0] += f", {result['segments']} segments, {result['memory_mb']} MB at most"
    if "rebuilt_wall_s" in result:
        lines.append(
            f"  indexing      {result['indexed_wall_s']:8.0f} s by the clock, {result['rebuilt_wall_s']:.0f} with learning"
        )
    if "docs_per_cpu_s" in result:
        lines += [
            f"  indexing      {result['docs_per_cpu_s']:8,.0f} articles a processor second"
            f" ({result['docs_per_wall_s']:,.0f} by the clock), {result['words_per_article']:.0f} words each:"
            f" {result['words_per_cpu_s'] / 1e6:.2f} M words, {result['mb_per_cpu_s']:.1f} MB a second;"
            " commits and merging included",
            f"  learning      {result['learn_cpu_s']:8.1f} s of the processor at the end of the rebuild",
            f"  size          {result['size_ratio']:8.2f} × the text",
        ]
    if "start_cpu_s" in result:
        lines.append(f"  start         {result['start_cpu_s'] * 1000:8.0f} ms to the first answer")
    lines.append(
        "                 median      p95      max  (ms "
        + ("of the processor)" if "start_cpu_s" in result else "by the clock)")
    )
    rows = {**result["kinds"], "all queries": result["query"], "suggestions": result["suggest"]}
    for name, row in rows.items():
        lines.append(f"  {name:<12} {row['p50_ms']:8.1f} {row['p95_ms']:8.1f} {row['max_ms']:8.1f}")
    return "\n".join(lines)


class Words:
    """A vocabulary by Zipf's law."""

    def __init__(self, chance: random.Random) -> None:
        text = "\n".join(
            path.read_text("utf-8").rpartition("+++")[2] for path in sorted(_ARTICLES.glob("*.md"))
        )
        counted: dict[str, int] = {}
        for word in re.findall(r"[ء-ي]{2,}", text):
            counted[word] = counted.get(word, 0) + 1
        self.common = sorted(counted, key=lambda word: (-counted[word], word))
        made: dict[str, None] = {}
        while len(made) < _NAMES:
            made["".join(chance.choices("بتجحدرسشعغفقكلمنهوياا", k=chance.randint(4, 7)))] = None
        self.names = list(made)
        self.all = [*self.common, *self.names]
        weights = np.cumsum([1 / (rank + 10) for rank in range(len(self.all))])
        self._shares = weights / weights[-1]

    def drawn(self, chance: np.random.Generator, count: int) -> list[str]:
        """So many words, by Zipf's law."""
        places = np.searchsorted(self._shares, chance.random(count), side="right")
        return list(map(self.all.__getitem__, places.tolist()))


def documents(size: int, words: Words) -> Iterator[list[Document]]:
    """Articles in batches, the oldest first, one every five minutes."""
    chance = np.random.default_rng(3)
    for start in range(0, size, BATCH):
        yield [_document(number, size, words, chance) for number in range(start, min(size, start + BATCH))]


def _document(number: int, size: int, words: Words, chance: np.random.Generator) -> Document:
    length, title = (int(each) for each in chance.integers((_WORDS[0], 6), (_WORDS[1] + 1, 13)))
    drawn = words.drawn(chance, title + 20 + length)
    headline, standfirst, body = drawn[:title], drawn[title : title + 20], drawn[title + 20 :]
    paragraphs = [" ".join(body[at : at + 40]) + "." for at in range(0, len(body), 40)]
    published = _NOW - timedelta(minutes=(size - number) * 5)
    edition = 1 if number % 10 else 2
    return Document(
        number + 1, " ".join(headline), "\n".join(paragraphs), standfirst=" ".join(standfirst),
        placements=(Placement(edition, number % 12, published, live=number % 100 != 0),),
        author_ids=(number % 50,), url=f"/news/{number + 1}/",
    )  # fmt: skip


def _indexed(index: EmbeddedIndex, size: int, words: Words) -> dict[str, Any]:
    """Builds the index. Making the articles is not counted; merging is."""
    making = making_wall = 0.0
    text = tokens = 0
    started = _cpu(), time.perf_counter()
    with index.rebuild() as writer:
        batches = documents(size, words)
        while True:
            before = time.thread_time(), time.perf_counter()
            batch = next(batches, None)
            if batch is not None:
                texts = [f"{each.headline}\n{each.standfirst}\n{each.body}" for each in batch]
                text += sum(len(each.encode()) for each in texts)
                tokens += sum(len(each.split()) for each in texts)
            making += time.thread_time() - before[0]
            making_wall += time.perf_counter() - before[1]
            if batch is None:
                break
            writer.put(batch)
        writer.commit("1")
        cpu, wall = _cpu() - started[0] - making, time.perf_counter() - started[1] - making_wall
        learning = _cpu()
    return {
        "docs_per_cpu_s": size / cpu,
        "docs_per_wall_s": size / wall,
        "words_per_article": tokens / size,
        "words_per_cpu_s": tokens / cpu,
        "mb_per_cpu_s": text / cpu / 1e6,
        "learn_cpu_s": _cpu() - learning,
        "text_bytes": text,
    }


def _queries(words: Words, chance: random.Random) -> dict[str, list[Search]]:
    frequent, middle, rare = words.common[40:200], words.common[200:], words.names[2_000:60_000]
    count = _QUERIES // 6

    def asked(*parts: list[str], **filters: Any) -> list[Search]:
        return [Search(" ".join(chance.choice(part) for part in parts), **filters) for _ in range(count)]

    def misspelt(word: str) -> str:
        place = chance.randrange(1, len(word))
        return word[:place] + chance.choice("بتسعل") + word[place:]

    return {
        "frequent": asked(frequent, edition=1) + asked(frequent, frequent, edition=1),
        "rare": asked(rare, edition=1) + asked(rare, middle),
        "three words": asked(frequent, middle, rare, edition=1, facets=True),
        "six words": asked(frequent, frequent, middle, middle, middle, rare, edition=1),
        "by time": asked(frequent, middle, sort=Sort.TIME, edition=1),
        "a section": asked(frequent, middle, edition=1, section=3),
        "misspelt": [
            Search(f"{misspelt(chance.choice(rare))} {chance.choice(frequent)}", edition=1)
            for _ in range(count)
        ],
    }


def _beginnings(words: Words, chance: random.Random) -> list[str]:
    """What readers type, letter by letter: a whole word or two, and the start of the next."""
    typed = []
    for _ in range(60):
        word = chance.choice(words.common)
        typed += [word[:2], word[:3], f"{chance.choice(words.common[40:400])} {word[:2]}"]
    return typed


def _timed(acts: Iterable[Callable[[], Any]], clock: Callable[[], float]) -> dict[str, Any]:
    times = []
    for act in acts:
        started = clock()
        act()
        times.append((clock() - started) * 1000)
    return _summary(times) | {"all": times}


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50_ms": ordered[len(ordered) // 2],
        "p95_ms": ordered[int(len(ordered) * 0.95)],
        "max_ms": ordered[-1],
    }


def _cpu() -> float:
    return time.process_time()


def main() -> None:
    """The command of one size."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the index here and use it again")
    parser.add_argument("--index", help="the address of an engine to measure instead of the embedded one")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.index:
        result = measure_engine(options.index, options.size, options.rounds)
    else:
        result = measure(options.size, options.rounds, options.folder)
    print(show(result))
    print(json.dumps(result))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1), "utf-8")


if __name__ == "__main__":
    main()
