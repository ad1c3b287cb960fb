"""The embedded search index: Tantivy, in a folder, nothing to install.

The folder holds generations (`generation-7/`) and a file CURRENT that names the one in use. A rebuild fills the next
generation and then replaces CURRENT in one atomic step. Within a generation Tantivy's own commits are atomic; the
outbox cursor is a document of the same commit, so that after a kill at any moment the index and its cursor agree.

Readers look at two file times for each question and take up a new commit or generation by themselves. The writer's
lock is Tantivy's (an advisory lock of the operating system, gone with its process).

Tantivy takes no Python tokeniser; it is given the analysed terms parted by spaces, and keeps their positions.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from bulaq.arabic.analysis import Analyser, Term
from bulaq.discovery import ranking
from bulaq.discovery.codes import IndexedWords, pack, unpack
from bulaq.discovery.document import Document
from bulaq.discovery.index import (
    Facets,
    Hit,
    IndexOutdated,
    IndexUnavailable,
    Results,
    Search,
    Sort,
    Writer,
)
from bulaq.discovery.query import QueryWord, understand
from bulaq.discovery.snippets import highlight, snippet

LAYOUT: Final = "2"
"""Changes with the fields below; an index of another layout or analyser is rebuilt."""

_HEAP: Final = 128_000_000  # bytes that a writer gathers before it writes a segment
_META: Final = -1  # the id of the document that carries the cursor
_EXISTENCE: Final = "basic"
_LIGHT_FIELDS: Final = (("headline", 1.0), ("body", 1.0), ("extra", 0.5))
_ROOT_FIELDS: Final = (("headline_root", 0.5), ("body_root", 0.5))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    for name in ("headline", "body", "extra"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("headline_root", "body_root"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("marks", tokenizer_name="whitespace", index_option=_EXISTENCE)
    for name in ("time", "headline_length", "body_length"):
        builder.add_integer_field(name, indexed=name == "time", fast=True)
    builder.add_integer_field("section", fast=True)
    builder.add_integer_field("year", fast=True)
    builder.add_bytes_field("codes", stored=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


class TantivyIndex:
    """A `SearchIndex` in `folder` (made when missing)."""

    def __init__(self, folder: Path, analyser: Analyser | None = None) -> None:
        self.folder = folder
        self.analyser = analyser or Analyser()
        self._words = IndexedWords(self.analyser)
        self._open: _Generation | None = None

    # -- reading

    def count(self) -> int:
        """How many documents the index holds."""
        generation = self._generation()
        return 0 if generation is None else generation.documents

    def cursor(self) -> str | None:
        """The cursor of the last commit."""
        generation = self._generation()
        return None if generation is None else generation.cursor

    def search(self, search: Search) -> Results:
        """See `SearchIndex.search`."""
        generation = self._generation()
        if generation is None:
            return Results()
        return _Answer(generation, search, self.analyser).results()

    def suggest(self, prefix: str, *, edition: int | None = None, limit: int = 8) -> tuple[str, ...]:
        """See `SearchIndex.suggest`."""
        return ()

    def _generation(self) -> _Generation | None:
        """The generation in use, opened anew when another commit or generation has come since."""
        for _ in range(5):
            try:
                name = _current(self.folder)
                if name is None:
                    return None
                path = self.folder / name
                stamp = _stamp(path / "meta.json")
                opened = self._open
                if opened is None or opened.path != path:
                    opened = _Generation.open(path, stamp)
                elif opened.stamp != stamp:
                    opened = opened.reloaded(stamp)
                self._open = opened
            except (OSError, ValueError) as error:  # replaced between two steps: look again
                problem = error
                continue
            return opened
        raise IndexUnavailable(f"{self.folder}: the search index cannot be opened: {problem}")

    # -- writing

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The writer into the generation in use."""
        name = _current(self.folder)
        if name is None:
            name = _next_name(self.folder)
            (self.folder / name).mkdir(parents=True)
            _point(self.folder, name)
        with _writing(self.folder / name, self._words) as writer:
            yield writer

    @contextmanager
    def rebuild(self) -> Iterator[Writer]:
        """A writer into the next generation, which takes the place of this one at the end of the block."""
        self.folder.mkdir(parents=True, exist_ok=True)
        before = _current(self.folder)
        name = _next_name(self.folder)
        path = self.folder / name
        path.mkdir()
        try:
            with _writing(path, self._words) as writer:
                yield writer
                if not writer.committed:
                    raise IndexUnavailable(f"{path}: a rebuild must end with a commit")
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        _point(self.folder, name)
        for other in self.folder.glob("generation-*"):
            if other.name not in (name, before):  # readers may still be opening the one before
                shutil.rmtree(other, ignore_errors=True)


def _current(folder: Path) -> str | None:
    try:
        return (folder / "CURRENT").read_text().strip() or None
    except FileNotFoundError:
        return None


def _stamp(path: Path) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_ino


def _next_name(folder: Path) -> str:
    numbers = [int(path.name.partition("-")[2]) for path in folder.glob("generation-*")]
    return f"generation-{max(numbers, default=0) + 1}"


def _point(folder: Path, name: str) -> None:
    """Let CURRENT name this generation, atomically and durably."""
    new = folder / "CURRENT.new"
    with new.open("w") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, folder / "CURRENT")
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _open_index(path: Path, *, create: bool = False) -> tantivy.Index:
    index = tantivy.Index(_schema(), str(path)) if create else tantivy.Index.open(str(path))
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", whitespace)
    return index


@contextmanager
def _writing(path: Path, words: IndexedWords) -> Iterator[_TantivyWriter]:
    index = _open_index(path, create=True)
    try:
        writer = index.writer(_HEAP, 1)
    except ValueError as error:
        raise IndexUnavailable(f"{path}: another process is writing the search index ({error})") from error
    ours = _TantivyWriter(writer, words)
    try:
        yield ours
    finally:
        writer.rollback()
        writer.wait_merging_threads()


class _TantivyWriter:
    def __init__(self, writer: tantivy.IndexWriter, words: IndexedWords) -> None:
        self._writer = writer
        self._words = words
        self.committed = False

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_document(_to_tantivy(document, self._words))

    def delete(self, ids: Iterable[int]) -> None:
        for identity in ids:
            self._writer.delete_documents_by_term("id", identity)

    def commit(self, cursor: str) -> None:
        meta = tantivy.Document()
        meta.add_integer("id", _META)
        state = {"cursor": cursor, "analyser": self._words.analyser.VERSION, "layout": LAYOUT}
        meta.add_bytes("source", json.dumps(state).encode())
        self._writer.delete_documents_by_term("id", _META)
        self._writer.add_document(meta)
        self._writer.commit()
        self.committed = True


def _to_tantivy(document: Document, words: IndexedWords) -> tantivy.Document:
    result = tantivy.Document()
    result.add_integer("id", document.id)
    headline = words.of(document.headline)
    body = words.of(f"{document.standfirst}\n{document.body}" if document.standfirst else document.body)
    smaller = (document.kicker, document.caption, *document.topics, *document.bylines)
    extra = words.of("\n".join(smaller))
    for name, found in (("headline", headline), ("body", body), ("extra", extra)):
        if found:
            result.add_text(name, " ".join([word.light for word in found]))
    for name, found in (("headline_root", headline), ("body_root", body)):
        result.add_text(name, " ".join([word.root for word in found if word.root]))
    result.add_text("marks", " ".join(marks_of(document)))
    result.add_integer("headline_length", len(headline))
    result.add_integer("body_length", len(body))
    time = document.time
    if time is not None:
        result.add_integer("time", int(time.timestamp()))
        result.add_integer("year", time.year)
    for placement in document.placements:
        if placement.live and placement.section is not None:
            result.add_integer("section", placement.edition << 32 | placement.section)
    result.add_bytes("codes", pack([[word.code for word in found] for found in (headline, body, extra)]))
    shown = time.isoformat() if time is not None else ""
    source = [document.headline, document.standfirst, document.body, document.url, shown]
    result.add_bytes("source", json.dumps(source, ensure_ascii=False).encode("utf-8", "replace"))
    return result


def _stored(document: tantivy.Document, field: str) -> bytes:
    value = document.get_first(field)
    return bytes(value) if value is not None else b""


def marks_of(document: Document) -> list[str]:
    """The words by which filters find a document: «live», «e3» and «e3s7» (live there), the same with «d» before
    (there in any state), «a5», «t9», and its tags after «#»."""
    marks = {f"#{tag}" for tag in document.tags}
    marks.update(f"a{author}" for author in document.author_ids)
    marks.update(f"t{topic}" for topic in document.topic_ids)
    for placement in document.placements:
        states = ("", "d") if placement.live else ("d",)
        for state in states:
            marks.add(f"{state}e{placement.edition}")
            if placement.section is not None:
                marks.add(f"{state}e{placement.edition}s{placement.section}")
        if placement.live:
            marks.add("live")
    return sorted(marks)


def marks_asked(search: Search) -> list[str]:
    """The marks that a document must have to pass the filters of a search."""
    state = "d" if search.drafts else ""
    marks = [f"#{tag}" for tag in sorted(search.tags)]
    if search.edition is not None:
        section = "" if search.section is None else f"s{search.section}"
        marks.append(f"{state}e{search.edition}{section}")
    elif not search.drafts:
        marks.append("live")
    if search.author is not None:
        marks.append(f"a{search.author}")
    if search.topic is not None:
        marks.append(f"t{search.topic}")
    return marks


@dataclass(frozen=True)
class _Generation:
    """An opened generation at one commit."""

    path: Path
    stamp: tuple[int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    documents: int
    cursor: str | None
    statistics: ranking.Statistics
    newest: int

    @classmethod
    def open(cls, path: Path, stamp: tuple[int, int]) -> _Generation:
        return cls._read(path, stamp, _open_index(path))

    def reloaded(self, stamp: tuple[int, int]) -> _Generation:
        self.index.reload()
        return self._read(self.path, stamp, self.index)

    @classmethod
    def _read(cls, path: Path, stamp: tuple[int, int], index: tantivy.Index) -> _Generation:
        index.reload()
        searcher = index.searcher()
        schema = index.schema
        state: dict[str, str] = {}
        found = searcher.search(Query.term_query(schema, "id", _META), 1, count=False).hits
        if found:
            state = json.loads(_stored(searcher.doc(found[0][1]), "source"))
            if (state["analyser"], state["layout"]) != (Analyser.VERSION, LAYOUT):
                raise IndexOutdated(f"{path}: made by another version of Bulaq; run a reindex")
        measures = searcher.aggregate(
            Query.all_query(),
            {
                "headline": {"avg": {"field": "headline_length"}},
                "body": {"avg": {"field": "body_length"}},
                "newest": {"max": {"field": "time"}},
            },
        )
        documents = searcher.num_docs - len(found)
        statistics = ranking.Statistics(
            documents, measures["headline"]["value"] or 0.0, measures["body"]["value"] or 0.0
        )
        newest = int(measures["newest"]["value"] or 0)
        return cls(path, stamp, index, searcher, documents, state.get("cursor"), statistics, newest)


class _Answer:
    """One question on its way to its results."""

    def __init__(self, generation: _Generation, search: Search, analyser: Analyser) -> None:
        self.searcher = generation.searcher
        self.schema = generation.index.schema
        self.generation = generation
        self.limit = max(0, min(search.limit, 1000))
        self.offset = max(0, min(search.offset, 10_000))
        self.search = search
        self.analyser = analyser
        self.query = understand(search.text, analyser)

    def results(self) -> Results:
        level, total, matching = self._match()
        if self.query.is_empty or self.search.sort is Sort.TIME:
            scored = self._newest(matching)
        else:
            scored = self._ranked()
        hits = [self._hit(score, address) for score, address in scored]
        facets = self._facets(matching) if self.search.facets else None
        return Results(tuple(hits), total, level < len(self.query.words), None, facets)

    # what matches

    def _match(self) -> tuple[int, int, Query]:
        """The strictest level at which enough documents match, their number, and the query that finds them."""
        filters = self._filters()
        wanted = self.offset + self.limit
        level = total = 0
        matching = Query.boolean_query([(Occur.Must, Query.all_query()), *filters])
        if self.query.is_empty:
            return 0, self._count(matching), matching
        words = [(Occur.Should, self._word(word)) for word in self.query.words]
        for level in self.query.levels():
            at_least = Query.const_score_query(Query.boolean_query(words, level), 0.0)
            matching = Query.boolean_query([(Occur.Must, at_least), *filters])
            total = self._count(matching)
            if total >= wanted:
                break
        return level, total, matching

    def _count(self, query: Query) -> int:
        found: Any = self.searcher.search(query, 1, count=True)
        return int(found.count)

    def _filters(self) -> list[tuple[Occur, Query]]:
        clauses = []
        for mark in marks_asked(self.search):
            clauses.append((Occur.Must, self._filter(self._term("marks", mark))))
        since, until = self.search.since, self.search.until
        if since is not None or until is not None:
            lower = int(since.timestamp()) if since is not None else None
            upper = int(until.timestamp()) if until is not None else None
            times = Query.range_query(self.schema, "time", tantivy.FieldType.Integer, lower, upper)
            clauses.append((Occur.Must, self._filter(times)))
        for phrase in self.query.phrases:
            clauses.append((Occur.Must, self._filter(self._phrase(phrase))))
        for term in self.query.excluded:
            for field, _ in _LIGHT_FIELDS:
                clauses.append((Occur.MustNot, self._term(field, term.light)))
        for phrase in self.query.excluded_phrases:
            clauses.append((Occur.MustNot, self._phrase(phrase)))
        clauses.append((Occur.MustNot, Query.term_query(self.schema, "id", _META)))
        return clauses

    @staticmethod
    def _filter(query: Query) -> Query:
        return Query.const_score_query(query, 0.0)

    def _term(self, field: str, value: str) -> Query:
        option = {"marks": _EXISTENCE, "headline_root": "freq", "body_root": "freq"}.get(field, "position")
        return Query.term_query(self.schema, field, value, option)

    def _phrase(self, terms: Sequence[Term]) -> Query:
        lights: list[str | tuple[int, str]] = [term.light for term in terms]
        if len(lights) == 1:
            found = [self._term(field, terms[0].light) for field, _ in _LIGHT_FIELDS]
        else:
            found = [Query.phrase_query(self.schema, field, lights) for field, _ in _LIGHT_FIELDS]
        return Query.boolean_query([(Occur.Should, query) for query in found])

    def _word(self, word: QueryWord) -> Query:
        return Query.boolean_query([(Occur.Should, query) for query, _ in self._clauses(word)])

    def _clauses(self, word: QueryWord) -> list[tuple[Query, float]]:
        """The terms by which a word is found, with their weights. The root's fields leave out words that are
        their own root, so these are looked for by their light stem."""
        term = word.term
        clauses = [(self._term(field, term.light), weight) for field, weight in _LIGHT_FIELDS]
        clauses += [(self._term(field, term.root), weight) for field, weight in _ROOT_FIELDS]
        if term.root != term.light:
            clauses += [(self._term(field, term.root), weight / 2) for field, weight in _LIGHT_FIELDS]
        for variant, trust in word.variants:
            clauses += [(self._term(field, variant.light), weight * trust) for field, weight in _LIGHT_FIELDS]
        return clauses

    # in what order

    def _newest(self, matching: Query) -> list[tuple[float, tantivy.DocAddress]]:
        hits = self.searcher.search(
            matching, self.offset + self.limit, count=False, order_by_field="time"
        ).hits
        return [(float(value or 0), address) for value, address in hits[self.offset :]]

    def _ranked(self) -> list[tuple[float, tantivy.DocAddress]]:
        wanted = self.offset + self.limit
        should = [
            (Occur.Should, Query.boost_query(clause, weight))
            for word in self.query.words
            for clause, weight in self._clauses(word)
        ]
        query = Query.boolean_query([*should, *self._filters()], 1)
        hits = self.searcher.search(query, max(wanted, ranking.DEPTH), count=False).hits
        top, rest = hits[: ranking.DEPTH], hits[ranking.DEPTH : wanted]
        candidates = [
            ranking.Candidate(*unpack(_stored(self.searcher.doc(address), "codes"))) for _, address in top
        ]
        frequencies = [self._frequencies(word.term) for word in self.query.words]
        scores = ranking.score(self.query, frequencies, candidates, self.generation.statistics)
        identities = self.searcher.fast_field_values("id", [address for _, address in top])
        order = sorted(range(len(top)), key=lambda place: (-scores[place], -int(identities[place] or 0)))
        ranked = [(float(scores[place]), top[place][1]) for place in order]
        lowest = ranked[-1][0] if ranked else 0.0
        ranked += [(lowest * score / (hits[ranking.DEPTH - 1][0] or 1.0), address) for score, address in rest]
        return ranked[self.offset : wanted]

    def _frequencies(self, term: Term) -> ranking.Frequencies:
        light = max(self.searcher.doc_freq(field, term.light) for field, _ in _LIGHT_FIELDS)
        root = max(self.searcher.doc_freq(field, term.root) for field, _ in _ROOT_FIELDS)
        if term.root != term.light:
            root += max(self.searcher.doc_freq(field, term.root) for field, _ in _LIGHT_FIELDS)
        root = min(max(root, light), self.generation.statistics.documents)
        return ranking.Frequencies(light, root)

    # how it is shown

    def _hit(self, score: float, address: tantivy.DocAddress) -> Hit:
        document = self.searcher.doc(address)
        headline, standfirst, body, url, time = json.loads(_stored(document, "source"))
        lights = {word.term.light for word in self.query.words}
        lights.update(variant.light for word in self.query.words for variant, _ in word.variants)
        roots = {word.term.root for word in self.query.words}

        def matches(term: Term) -> bool:
            return term.light in lights or (not term.stop and term.root in roots)

        return Hit(
            id=int(document.get_first("id") or 0),
            score=score,
            headline=highlight(headline, matches, self.analyser),
            snippet=snippet(f"{standfirst}\n{body}".strip(), matches, self.analyser),
            url=url,
            time=datetime.fromisoformat(time) if time else None,
        )

    def _facets(self, matching: Query) -> Facets:
        found: dict[str, Any] = self.searcher.aggregate(
            matching,
            {
                "section": {"terms": {"field": "section", "size": 1000}},
                "year": {"terms": {"field": "year", "size": 200}},
            },
        )
        edition = self.search.edition
        sections: dict[int, int] = {}
        for bucket in found["section"]["buckets"]:
            key = int(bucket["key"])
            if edition is None or key >> 32 == edition:
                section = key & 0xFFFFFFFF
                sections[section] = sections.get(section, 0) + int(bucket["doc_count"])
        years = {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["year"]["buckets"]}
        return Facets(sections, dict(sorted(years.items(), reverse=True)))
