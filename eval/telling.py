"""Twenty telling queries over the demo newsroom's own articles, and what each engine answers: `python -m eval.telling`.

Writes docs/telling-queries.md (`--output` for another place). The engines are given the same headlines and texts and a
fair chance: headlines weigh ten times the text, all words are asked for first and, where nothing holds them, any. SQLite's
two tokenisers come with Python; PostgreSQL's `arabic` is asked when a server is installed here, else left out.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bulaq.demo.article_body import block_texts
from bulaq.demo.article_file import ArticleFile, read_article_file
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Search

ROOT = Path(__file__).resolve().parents[1]
DEPTH = 10
NOW = datetime(2026, 1, 1, tzinfo=UTC)

QUERIES: tuple[tuple[str, str, str], ...] = (
    ("القهوه", "عشرة أسئلة عن القهوة", "final ه for ة"),
    ("القهـــوة", "عشرة أسئلة عن القهوة", "tatweel"),
    ("المتنبى", "من أين أبدأ مع المتنبي", "final ى for ي"),
    ("ام كلثوم", "الخميس الأول من الشهر", "no hamza"),
    ("الاله المغربيه", "إحدى عشرة نوبة", "no madda, ه for ة"),
    ("المُقَدِّمة", "خمسة أشهر في قلعة منسية", "written with vowels"),
    ("كيف صنعت النجمه", "كيف صُنعت النجمة", "vowels in the headline, none in the query"),
    ("مقهى", "خمسة قرون من الفناجين", "without the article"),
    ("والمقهى", "خمسة قرون من الفناجين", "with «and» and the article"),
    ("مقاهي", "خمسة قرون من الفناجين", "broken plural"),
    ("نخيل", "النخلة ليست شجرة", "collective for one"),
    ("الخيول", "الخيل العربية ومئة ميل", "plural of another pattern"),
    ("ثعلب", "أصغر الثعالب وأكبر الآذان", "one for broken plural"),
    ("مشربيات", "مكيّف من خشب", "sound plural"),
    ("خطاطين", "الدرس الأول عند الخطاط", "plural in the oblique case"),
    ("للحكواتي", "الحكواتي يترك عنترة", "with «for the»"),
    ("رحله ابن بطوطه", "خرج من طنجة وحيداً", "ه for ة, twice"),
    ("مخطوطة", "من يأكل المخطوطات", "one for sound plural"),
    ("دروب التبانه", "الليل الذي أطفأناه", "plural of a name, ه for ة"),
    ("الكره في الهوا", "لماذا تنحني الكرة في الهواء", "ه for ة, no final hamza"),
)
"""(query, how the headline of the article that it means begins, what is telling about it)"""

Answer = list[int]
Engine = Callable[[str], Answer]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m eval.telling", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "telling-queries.md")
    options = parser.parse_args(arguments)
    folder = ROOT / "src" / "bulaq" / "demo" / "content" / "articles"
    articles = [read_article_file(path) for path in sorted(folder.glob("*.md"))]
    texts = [(article.headline, _text(article)) for article in articles]
    with tempfile.TemporaryDirectory() as home:
        engines: dict[str, Engine] = {
            "FTS5 unicode61": _fts5(texts, "unicode61 remove_diacritics 2"),
            "FTS5 trigram": _fts5(texts, "trigram"),
        }
        server = _postgres(texts)
        if server is not None:
            engines["PostgreSQL arabic"] = server
        engines["Bulaq"] = _bulaq(articles, texts, Path(home))
        lines = _table(texts, engines)
        if server is not None:
            server.close()
    options.output.write_text("\n".join(lines) + "\n", "utf-8")
    print(options.output)
    return 0


def _table(texts: list[tuple[str, str]], engines: dict[str, Engine]) -> list[str]:
    first = dict.fromkeys(engines, 0)
    ten = dict.fromkeys(engines, 0)
    rows: list[str] = []
    for query, beginning, what in QUERIES:
        meant = next(number for number, (headline, _) in enumerate(texts) if headline.startswith(beginning))
        cells = []
        for name, ask in engines.items():
            found = ask(query)
            place = found.index(meant) + 1 if meant in found else 0
            first[name] += place == 1
            ten[name] += place > 0
            shown = str(place) if place else ("not among them" if found else "nothing")
            cells.append(f"**{shown}**" if place == 1 else shown)
        rows.append(f"| {query} | {what} | {texts[meant][0]} | " + " | ".join(cells) + " |")
    return [
        "# Twenty telling queries",
        "",
        f"Made by `python -m eval.telling` over the demo newsroom's {len(texts)} articles. A number is the place of the article that the",
        f"query means among the first {DEPTH} answers; «nothing» is an empty page; «not among them» a page of others. Every engine was given the same",
        "headlines and texts, a headline counting ten times; where nothing held all words, any was asked for.",
        "",
        "The queries were chosen for what people write and peers stumble over, so they show kinds of failure, not how often they",
        "happen; the figures on queries that nobody here chose are in [quality.md](quality.md). Several articles may answer a query: a",
        "second place is often as good as a first.",
        "",
        "| query | what is telling | the article meant | " + " | ".join(engines) + " |",
        "|---|---|---|" + "---|" * len(engines),
        *rows,
        "| first | | | " + " | ".join(f"{first[name]} of {len(QUERIES)}" for name in engines) + " |",
        f"| among the first {DEPTH} | | | "
        + " | ".join(f"{ten[name]} of {len(QUERIES)}" for name in engines)
        + " |",
    ]


def _text(article: ArticleFile) -> str:
    body = [text for block in article.body for text in block_texts(block)]
    return "\n".join([article.standfirst, *body])


def _fts5(texts: list[tuple[str, str]], tokeniser: str) -> Engine:
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(headline, body, tokenize='{tokeniser}')")
    base.executemany(
        "INSERT INTO t(rowid, headline, body) VALUES (?, ?, ?)", ((n, *pair) for n, pair in enumerate(texts))
    )

    def ask(query: str) -> Answer:
        words = [f'"{word}"' for word in query.split()]
        for joined in (" ".join(words), " OR ".join(words)):
            found = base.execute(
                "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10.0, 1.0) LIMIT ?", (joined, DEPTH)
            ).fetchall()
            if found:
                return [row[0] for row in found]
        return []

    return ask


def _bulaq(articles: list[ArticleFile], texts: list[tuple[str, str]], home: Path) -> Engine:
    index = EmbeddedIndex(home)
    with index.rebuild() as writer:
        writer.put(
            [
                Document(
                    id=number,
                    headline=headline,
                    body=body,
                    placements=(
                        Placement(edition=1, published_at=NOW - timedelta(hours=articles[number].hours_ago)),
                    ),
                )
                for number, (headline, body) in enumerate(texts)
            ]
        )
        writer.commit("1")
    return lambda query: [hit.id for hit in index.search(Search(query, limit=DEPTH)).hits]


class _Postgres:
    """A server of its own, thrown away afterwards."""

    def __init__(self, texts: list[tuple[str, str]]) -> None:
        from tests.postgres_server import binaries, postgres_server

        folder = binaries()
        if folder is None:
            raise FileNotFoundError("no PostgreSQL server")
        import psycopg

        self._context = postgres_server(folder)
        self._base = psycopg.connect(self._context.__enter__(), autocommit=True)
        self._base.execute("CREATE TABLE t (id int PRIMARY KEY, words tsvector)")
        for number, (headline, body) in enumerate(texts):
            self._base.execute(
                "INSERT INTO t VALUES (%s, setweight(to_tsvector('arabic', %s), 'A') || setweight(to_tsvector('arabic', %s), 'D'))",
                (number, headline, body),
            )

    def __call__(self, query: str) -> Answer:
        for asked in (
            "plainto_tsquery('arabic', %s)",
            "replace(plainto_tsquery('arabic', %s)::text, '&', '|')::tsquery",
        ):
            found = self._base.execute(
                f"SELECT id FROM t, (SELECT {asked} AS q) AS asked WHERE words @@ q "
                "ORDER BY ts_rank('{0.1,0.1,0.1,1.0}', words, q) DESC, id LIMIT %s",
                (query, DEPTH),
            ).fetchall()
            if found:
                return [row[0] for row in found]
        return []

    def close(self) -> None:
        """Ends the server."""
        self._base.close()
        self._context.__exit__(None, None, None)


def _postgres(texts: list[tuple[str, str]]) -> _Postgres | None:
    try:
        return _Postgres(texts)
    except (ImportError, FileNotFoundError, subprocess.CalledProcessError) as error:
        print(f"without PostgreSQL: {error}", file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main())
