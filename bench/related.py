"""Related articles at size: an archive of running stories, filed and asked in a temporary folder.

``python -m bench related``, or ``python -m bench.related --sizes 100000 1000000 [--folder DIR] [--json FILE]``. Articles are made
of the words of ``bench.search``, in stories: some two hundred run at a time, each has a subject that it shares with
others, a few well-known names that are in the news for years, and names of its own that come back in other stories now
and then. So what a lookup has to do grows as in a real archive (names fill their lists), and what it finds can be
checked: the articles of one story. Times are of the processor, analysis of the article and reasons included.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.search import Words
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.related import RelatedFinder, RelatedIndex
from bulaq.discovery.related.vectors import HEADLINE, ROOT, Vector

TITLE = "Related articles: filing, lookup, memory, start"

SIZE: Final = 20_000
BOX: Final = 6
_RUNNING: Final = 200
_CHAPTERS: Final = 12  # of a story, on average
_ASKED: Final = 200
_BATCH: Final = 20_000
_POOL: Final = 4_000_000
_FIRST: Final = datetime(2015, 1, 1, tzinfo=UTC)


def run(rounds: int, seconds: int) -> dict[str, Any]:
    """`rounds` times the lookups over `SIZE` articles; `seconds` is not used."""
    return measure([SIZE // 4, SIZE], rounds)


def measure(sizes: Sequence[int], rounds: int = 1, folder: Path | None = None) -> dict[str, Any]:
    """Figures for one index as it grows to each of the sizes, in `folder` (and kept there) or in a temporary one."""
    if folder is not None:
        return _measured(folder, sizes, rounds)
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as temporary:
        return _measured(Path(temporary), sizes, rounds)


def _measured(folder: Path, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    archive = Archive(max(sizes))
    result: dict[str, Any] = {"filed_per_cpu_s": _filed_per_second(archive)}
    for size in sorted(sizes):
        index = RelatedIndex(folder)
        index.put_vectors(archive.vectors(index, range(len(index), size)), batch=_BATCH)
        index.close()
        result[f"{size}"] = _at(folder, size, archive, rounds)
        print(_line(size, result[f"{size}"]), flush=True)
    return result


def _at(folder: Path, size: int, archive: Archive, rounds: int) -> dict[str, Any]:
    newest = archive.made(range(size - 1, size - 1 - _ASKED, -1))
    any_age = archive.made(sorted(random.Random(5).sample(range(size), _ASKED)))
    before = _resident_mb()
    started = time.process_time()
    finder = RelatedFinder(RelatedIndex(folder))
    finder.related(newest[0], edition=1)
    return {
        "start_ms": (time.process_time() - started) * 1000,
        "bytes_each": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / size,
        "newest": _asked(finder, newest, archive, size, rounds),
        "any_age": _asked(finder, any_age, archive, size, rounds),
        "grown_mb": _resident_mb() - before,
    }


def _filed_per_second(archive: Archive) -> float:
    """Articles as texts, into an index in memory."""
    some = archive.made(range(min(archive.size, 4_000)))
    started = time.process_time()
    RelatedIndex().put(some)
    return len(some) / (time.process_time() - started)


def _asked(
    finder: RelatedFinder, asked: list[Document], archive: Archive, size: int, rounds: int
) -> dict[str, float]:
    times: list[float] = []
    chapters = np.bincount(archive.story_of[:size])
    hits = possible = 0
    for turn in range(rounds):
        for article in asked:
            started = time.process_time()
            found = finder.related(article, edition=1, limit=BOX)
            times.append((time.process_time() - started) * 1000)
            if not turn:
                story = archive.story_of[article.id]
                possible += min(BOX, int(chapters[story]) - 1)
                hits += sum(archive.story_of[one.id] == story for one in found)
    times.sort()
    return {
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
        "max_ms": times[-1],
        "own_story": hits / max(1, possible),
    }


def _resident_mb() -> float:
    """Memory of this process now, without the pages of files that it maps."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Archive:
    """Articles in running stories, the oldest first, one every five minutes; always the same."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._stories: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
        self._words = Words(random.Random(7))
        shares = np.cumsum([1 / (rank + 10) for rank in range(len(self._words.all))])
        self._shares = shares / shares[-1]
        places, ends = (
            np.random.default_rng(3),
            np.random.default_rng(4),
        )  # so that a longer archive begins the same
        running = list(range(_RUNNING))
        self.story_of = np.zeros(size, dtype=np.int64)
        following = _RUNNING
        for number, (place, end) in enumerate(
            zip(places.integers(0, _RUNNING, size).tolist(), ends.random(size).tolist(), strict=True)
        ):
            self.story_of[number] = running[place]
            if end < 1 / _CHAPTERS:
                running[place], following = following, following + 1
        draws = np.random.default_rng(9)
        self._drawn_words = np.searchsorted(self._shares, draws.random(_POOL), side="right")
        self._drawn_shares = draws.random(_POOL)

    def vectors(self, index: RelatedIndex, numbers: range) -> Iterator[tuple[Document, Vector]]:
        """Those of the numbers as the vectors that `index` would make of their texts, without writing and reading the texts."""
        if not numbers:
            return
        faces = np.zeros((3, len(self._words.all)), dtype=np.int64)  # light stem, root, country; 0 for none
        for place, word in enumerate(self._words.all):
            terms = index.vectoriser.vector("", word).terms
            faces[: terms.size, place] = terms
        for number in numbers:
            title, body = self._drawn(number)
            words = np.concatenate([title, body])
            counts = np.repeat([HEADLINE, 1], [len(title), len(body)])
            terms, places = np.unique(faces[:, words], return_inverse=True)
            weights = 1 + np.log(np.bincount(places.ravel(), np.tile(counts, 3)))
            weights *= np.where(terms & 1, ROOT, 1)
            first = int(terms[0] == 0)
            vector = Vector(terms[first:].astype(np.uint32), weights[first:].astype(np.float32))
            yield self._document(number, "", ""), vector

    def made(self, numbers: Any) -> list[Document]:
        """Those of the numbers given."""
        return [self._made(number) for number in numbers]

    def _made(self, number: int) -> Document:
        title, body = (" ".join(map(self._words.all.__getitem__, words)) for words in self._drawn(number))
        return self._document(number, title, body)

    def _document(self, number: int, headline: str, body: str) -> Document:
        published = _FIRST + timedelta(minutes=5 * number)
        return Document(number, headline, body, placements=(Placement(1, published_at=published),))

    def _drawn(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """The words of headline and body, by their places in the vocabulary."""
        story = int(self.story_of[number])
        length = 100 + int(self._some(number, 1)[0] * 220)
        start = number * 1_009 % (_POOL - 400)
        body = [self._drawn_words[start : start + length // 2]]
        famous, own, subject = self._story(story)
        for turn, (words, share) in enumerate(((famous, 0.1), (own, 0.2), (subject, 0.2)), 1):
            body.append(_of(words, self._some(number + turn * 77_777, int(length * share))))
        return np.concatenate(
            [own[:1], _of(own, self._some(number, 2)), famous[:1], body[0][:4]]
        ), np.concatenate(body)

    def _some(self, number: int, count: int) -> np.ndarray:
        """Shares from 0 to 1, the same for the same number."""
        start = number * 7_919 % (_POOL - 400)
        return self._drawn_shares[start : start + count]

    def _story(self, story: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Well-known names, its own names, the words of its subject."""
        if story not in self._stories:
            common, names = len(self._words.common), len(self._words.names)
            chance, of_subject = np.random.default_rng([story]), np.random.default_rng([story % 300, 1])
            self._stories[story] = (
                common + chance.integers(0, 400, 4),
                common + chance.integers(20_000, names, 12),
                common + of_subject.integers(400, 20_000, 60),
            )
        return self._stories[story]


def _of(words: np.ndarray, shares: np.ndarray) -> np.ndarray:
    return words[(shares * len(words)).astype(np.int64)]


def show(result: dict[str, Any]) -> str:
    """The figures as a table."""
    rows = [_line(int(size), row) for size, row in result.items() if size.isdigit()]
    return "\n".join([f"filing {result['filed_per_cpu_s']:,.0f} articles a processor second", *rows])


def _line(size: int, row: dict[str, Any]) -> str:
    lines = [
        f"{size:,} articles: {row['bytes_each'] / 1000:.1f} kB each on disk, {row['start_ms']:.0f} ms to the first"
        f" answer, {row['grown_mb']:.0f} MB of memory beside the pages of the files"
    ]
    for name in ("newest", "any_age"):
        some = row[name]
        lines.append(
            f"  {name:<8} median {some['p50_ms']:5.1f}  p95 {some['p95_ms']:5.1f}  max {some['max_ms']:5.1f} ms of the"
            f" processor; {some['own_story']:.3f} of the places from the article's own story"
        )
    return "\n".join(lines)


def main() -> None:
    """The command of one size."""
    parser = argparse.ArgumentParser(prog="python -m bench.related", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[SIZE // 4, SIZE], metavar="N")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the index here and use it again")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = measure(options.sizes, options.rounds, options.folder)
    print(json.dumps(result))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1), "utf-8")


if __name__ == "__main__":
    main()
