"""The embedded index beside SQLite's FTS5 as the engine of search: the same analysed terms, documents and queries.

``python -m bench.search_engines --size 20000`` with the benchmark's own articles, or with labelled data, in the shapes
of `python -m eval.search`: ``--docs docs.jsonl.zst --queries queries.tsv --qrels qrels.tsv [--most 200]``.

Each engine stores what an answer needs, offers the best 100 candidates of a query by its own BM25 over light stems and
roots, within one edition, and both give them to the same ranking. Times are of the processor, of all threads.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

import zstandard
from eval import metrics
from eval.documents import read_documents
from eval.trec import read_judgements, read_queries

from bench.search import Words, documents
from bulaq.arabic.analysis import Analyser
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.answer import Answer
from bulaq.discovery.embedded.candidates import best_candidates
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.embedded.reading import Generation
from bulaq.discovery.index import Search
from bulaq.discovery.marks import marks_of
from bulaq.discovery.query.parsing import Query, QueryWord, understand
from bulaq.discovery.ranking import scoring
from bulaq.discovery.results.hits import source_of
from bulaq.discovery.terms.codes import unpack
from bulaq.discovery.terms.document_faces import with_faces
from bulaq.discovery.terms.faces import TextFaces
from bulaq.discovery.terms.letters import decoded

_BATCH: Final = 1_000


class Engine(Protocol):
    """What is compared."""

    def fill(self, batches: Iterable[list[Document]]) -> float:
        """Index the documents; the processor's seconds it took, without making them."""

    def candidates(self, text: str) -> list[tuple[int, scoring.Candidate]]:
        """The best hundred for a query, with their codes."""


class Embedded:
    """The embedded index as it is used, up to its candidates."""

    def __init__(self, folder: Path) -> None:
        self.index = EmbeddedIndex(folder)

    def fill(self, batches: Iterable[list[Document]]) -> float:
        with self.index.rebuild() as writer:
            seconds = _timed(batches, writer.put)
            started = time.process_time()
            writer.commit("1")
            seconds += time.process_time() - started  # learning comes after: it is not the engine's
        return seconds

    @property
    def generation(self) -> Generation:
        found = self.index.generation()
        assert found is not None
        return found

    def candidates(self, text: str) -> list[tuple[int, scoring.Candidate]]:
        answer = Answer(self.generation, Search(text, edition=1), self.index.analyser)
        found = [place for _, place in best_candidates(answer.matching, scoring.DEPTH)]
        addresses = list(map(self.generation.address, found))
        return [(int(segment.ids[doc]), scoring.Candidate(*segment.texts(doc))) for segment, doc in addresses]


class Fts5:
    """SQLite's full text, without its content, and a table of what it does not hold."""

    def __init__(self, path: Path, understood: Callable[[str], Query]) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute("PRAGMA cache_size = -262144")
        self.connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(headline, text, headline_root, root, marks,"
            " content = '', tokenize = 'unicode61 remove_diacritics 0')"
        )
        self.connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, codes BLOB, source BLOB)")
        self._faces = TextFaces(Analyser())
        self._compressor = zstandard.ZstdCompressor(1)
        self._understood = understood

    def fill(self, batches: Iterable[list[Document]]) -> float:
        seconds = _timed(batches, self._put)
        started = time.process_time()
        self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return seconds + time.process_time() - started

    def _put(self, batch: list[Document]) -> None:
        rows, articles = [], []
        for document, faces in with_faces(batch, self._faces):
            parts = (faces.headline, faces.body, *faces.beside)
            rows.append(
                (
                    document.id, decoded(faces.headline.lights), decoded(" ".join(part.lights for part in parts)),
                    decoded(faces.headline.roots), decoded(" ".join(part.roots for part in parts)),
                    " ".join(marks_of(document)),
                )
            )  # fmt: skip
            source = self._compressor.compress(source_of(document))
            articles.append((document.id, faces.packed(), source))
        self.connection.execute("BEGIN")
        self.connection.executemany(
            "INSERT INTO words (rowid, headline, text, headline_root, root, marks) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )
        self.connection.executemany("INSERT INTO articles VALUES (?, ?, ?)", articles)
        self.connection.execute("COMMIT")

    def candidates(self, text: str) -> list[tuple[int, scoring.Candidate]]:
        query = self._understood(text)
        if query.is_empty:
            return []
        words = " OR ".join(map(_fts5_word, query.words))
        found = self.connection.execute(
            "SELECT found.rowid, codes FROM (SELECT rowid FROM words WHERE words MATCH ?"
            " ORDER BY bm25(words, 1.0, 1.0, 0.8, 0.8, 0.0) LIMIT ?) AS found"
            " JOIN articles ON articles.id = found.rowid",
            (f"({words}) AND marks : e1", scoring.DEPTH),
        )
        return [(identity, scoring.Candidate(*unpack(codes))) for identity, codes in found]


def _fts5_word(word: QueryWord) -> str:
    lights = (word.term.light, *(variant.light for variant, _ in word.variants))
    either = " OR ".join(f'"{light}"' for light in lights)
    return f'({{headline text}} : ({either}) OR {{headline_root root}} : "{word.term.root}")'


def _timed(batches: Iterable[list[Document]], put: Callable[[list[Document]], None]) -> float:
    started, making = time.process_time(), 0.0
    iterator = iter(batches)
    while True:
        before = time.thread_time()
        batch = next(iterator, None)
        making += time.thread_time() - before
        if batch is None:
            return time.process_time() - started - making
        put(batch)


def measure(
    batches: Callable[[], Iterator[list[Document]]],
    queries: dict[str, str],
    judgements: dict[str, dict[str, int]],
    folder: Path,
) -> dict[str, dict[str, float]]:
    """Rates, times, bytes and, where there are judgements, nDCG@10 of both engines."""
    embedded = Embedded(folder / "embedded")

    def understood(text: str) -> Query:
        return understand(text, embedded.index.analyser, embedded.generation.learned)

    result: dict[str, dict[str, float]] = {}
    engines: list[tuple[str, Engine]] = [
        ("embedded", embedded),
        ("FTS5", Fts5(folder / "fts5.sqlite3", understood)),
    ]
    for name, engine in engines:
        seconds = engine.fill(batches())
        path = folder / ("embedded" if name == "embedded" else "fts5.sqlite3")
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        count = embedded.index.count()
        learned = sum(f.stat().st_size for f in files if f.name.startswith(("learned", "vectors")))
        values: dict[str, float] = {
            "documents": count,
            "docs_per_cpu_s": count / seconds,
            "bytes_per_document": (sum(file.stat().st_size for file in files) - learned) / count,
        }
        times, gains = [], []
        for identity, text in queries.items():
            started = time.process_time()
            found = engine.candidates(text)
            times.append((time.process_time() - started) * 1000)
            if identity in judgements:
                gains.append(metrics.ndcg(_ranked(found, embedded, understood(text)), judgements[identity]))
        times.sort()
        values |= {"p50_ms": times[len(times) // 2], "p95_ms": times[int(len(times) * 0.95)]}
        if gains:
            values["ndcg@10"] = statistics.fmean(gains)
        result[name] = values
    return result


def _ranked(found: list[tuple[int, scoring.Candidate]], embedded: Embedded, query: Query) -> list[str]:
    generation = embedded.generation
    answer = Answer(generation, Search(query.text), embedded.index.analyser)
    frequencies = [answer.lists.frequencies(word) for word in query.words]
    candidates = [candidate for _, candidate in found]
    scores = scoring.score(query, frequencies, candidates, generation.statistics, generation.vectors)
    order = sorted(range(len(found)), key=lambda place: (-scores[place], found[place][0]))
    return [str(found[place][0]) for place in order[:50]]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.search_engines", description=__doc__)
    parser.add_argument("--size", type=int, default=20_000, help="articles of the benchmark's own")
    parser.add_argument("--docs", type=Path, help="documents instead, as for eval.search")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--qrels", type=Path)
    parser.add_argument("--most", type=int, default=200, help="queries asked, evenly taken from all")
    options = parser.parse_args()
    judgements: dict[str, dict[str, int]] = {}
    if options.docs:
        if not (options.queries and options.qrels):
            parser.error("--docs wants --queries and --qrels")
        numbers: dict[str, int] = {}

        def batches() -> Iterator[list[Document]]:
            read = enumerate(read_documents(options.docs), 1)
            while batch := list(islice(read, _BATCH)):
                numbers.update((each.id, number) for number, each in batch)
                yield [
                    Document(
                        number, each.title, each.text, placements=(Placement(1, published_at=each.date),)
                    )
                    for number, each in batch
                ]

        for _ in batches():  # the numbers of all
            pass
        asked = read_queries(options.queries)
        judgements = {
            query: {
                str(numbers[document]): grade for document, grade in graded.items() if document in numbers
            }
            for query, graded in read_judgements(options.qrels).items()
        }
        asked = {query: text for query, text in asked.items() if query in judgements}
        queries = dict(list(asked.items())[:: max(1, len(asked) // options.most)])
    else:
        words = Words(random.Random(7))
        chance = random.Random(11)
        pools = (words.common[40:200], words.common[200:], words.names[2_000:60_000])
        queries = {
            str(number): " ".join(chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, 6)))
            for number in range(options.most)
        }

        def batches() -> Iterator[list[Document]]:
            return documents(options.size, words)

    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as folder:
        result = measure(batches, queries, judgements, Path(folder))
    print(f"{len(queries)} queries; candidates within one edition, their codes fetched; ms of the processor")
    for name, row in result.items():
        print(f"  {name:<8} " + "  ".join(f"{key} {value:,.4g}" for key, value in row.items()))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
