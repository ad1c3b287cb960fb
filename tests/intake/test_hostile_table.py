"""Every reader against the same attacks: a reader that is installed and has no row here fails."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from eval.fuzz import SEEDS, fault

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.installed_readers import readers
from bulaq.intake.reader import Reader, ReadOptions, Source
from bulaq.intake.sources import read_source

READERS = {reader.format: reader for reader in readers()}
DEEP, SECONDS, MEGABYTES = 100_000, 8.0, 600
BOMB = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
WRONG = [None, True, 7, 1e300, "س", [], {}, [[{}]], {"a": [1]}]
CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f\ud800\ufffe\u202e"


def _in_xml(deep: Callable[[str], str], head: str) -> dict[str, str]:
    return {
        "entities": f"{BOMB}{head}{deep('&b;&f;')}",
        "nested": head + deep("<div>" * DEEP + "نص"),
        "controls": head + deep(CONTROLS),
        "types": head + deep("<pubDate>س</pubDate><link/><guid>" + "9" * 400 + "</guid>"),
        "long": head,
    }


def _in_json(one: dict[str, object], wrap: Callable[[object], object]) -> dict[str, str]:
    def told(value: object) -> str:
        return json.dumps(wrap(value), ensure_ascii=False)

    bare = told(one)
    return {
        "entities": told(dict.fromkeys(one, "&b;&f;" * 9)),
        "nested": bare[:-1] + "," + "[" * DEEP,
        "controls": told(dict.fromkeys(one, CONTROLS)),
        "types": told([{**one, **dict.fromkeys(one, value)} for value in WRONG]).replace(
            "1e+300", "9" * 5000
        ),
        "long": bare[:-2] + ', "long": "',
    }


def _as_they_are(of: str) -> dict[str, str]:
    seed = SEEDS[of][0].decode("utf-8", "replace")
    return {
        "entities": BOMB + seed.replace("عنوان", "&b;&f;"),
        "nested": seed + "<div>" * (DEEP // 5 if of == "flat" else DEEP),
        "controls": seed + CONTROLS,
        "types": seed.replace("2021", "٩٩٩٩-").replace("html", "9"),
        "long": seed,
    }


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


POST = {"id": "1", "title": "عنوان", "slug": "s", "html": "<p>نص</p>", "lexical": "", "published_at": "2021-03-14", "status": "published", "tags": [], "comment_id": "1"}  # fmt: skip
ROW = {
    "title": "عنوان",
    "body": "نص",
    "date": "2021-03-14",
    "section": "ثقافة",
    "image": "/a.jpg",
    "status": "1",
}
NEWS = {"uri": "u", "headline": "عنوان", "body_html": "<p>نص</p>", "versioncreated": "2021", "subject": [], "associations": {}}  # fmt: skip
STORY = {"type": "story", "headlines": {"basic": "عنوان"}, "content_elements": [{"type": "text", "content": "نص"}], "taxonomy": {}, "promo_items": {}, "credits": {}, "display_date": "2021"}  # fmt: skip
EXPORT = SEEDS["wxr"][0].decode().partition("<item>")[0]

TABLE: dict[str, dict[str, str]] = {
    "html": _as_they_are("html"),
    "flat": _as_they_are("flat"),
    "warc": _as_they_are("warc"),
    "wxr": _in_xml(lambda inner: f"<item><title>{inner}</title><content:encoded>{inner}</content:encoded></item>", EXPORT),
    "feed": _in_xml(lambda inner: f"<item><title>{inner}</title><description>{inner}</description></item>", '<rss version="2.0"><channel>'),
    "ninjs": _in_json(NEWS, _listed),
    "ans": _in_json(STORY, _listed),
    "ghost": _in_json(POST, lambda value: {"db": [{"meta": {"exported_on": 1}, "data": {"posts": _listed(value)}}]}),
    "tabular": _in_json(ROW, _listed),
}  # fmt: skip
WRITTEN = {  # the other way in which tables are written
    "types": 'title,body,date\n"a,"b"\n,,,,,\n"x\n' * 50,
    "controls": f"title,body,date\n{CONTROLS},{CONTROLS},{CONTROLS}\n",
    "nested": "title,body,date\n" + '"' * DEEP,
    "long": "title,body,date\n1,",
}


def _ghost(post: dict[str, object], **tables: object) -> str:
    return json.dumps({"db": [{"data": {"posts": [{**POST, **post}], **tables}}]}, ensure_ascii=False)


def _mobiledoc(**parts: object) -> str:
    return _ghost({"html": "", "mobiledoc": json.dumps(parts)})


def _tables(cells: list[list[str]], calls: int) -> str:
    number = "<wp:postmeta><wp:meta_key>_tablepress_export_table_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta>"
    return (
        f"{EXPORT}<item><title>عنوان</title><content:encoded>{'[table id=7 /] ' * calls}</content:encoded><wp:post_type>post</wp:post_type></item>"
        f"<item><title>س</title><content:encoded><![CDATA[{json.dumps(cells)}]]></content:encoded><wp:post_id>9</wp:post_id><wp:post_type>tablepress_table</wp:post_type>{number}</item></channel></rss>"
    )


BIG = "س" * 1_000_000
PULLED = {"type": "quote", "subtype": "pullquote", "content_elements": [{"content": "س" * 900}]}
GROWING = [  # little that is referred to again and again
    ("ghost", _ghost({"html": f"<figure class='kg-card kg-video-card'>{'<video src=a></video>' * 2000}<figcaption>{BIG}</figcaption></figure>"})),
    ("ghost", _ghost({"html": "<div class='kg-card kg-gallery-card'>" * 200 + "<img src=a.jpg>" * 5000})),
    ("ghost", _mobiledoc(cards=[["markdown", {"markdown": BIG}]], sections=[[10, 0]] * 3000)),
    ("ghost", _mobiledoc(markups=[["a", ["href", BIG]]], sections=[[1, "p", [[0, [0], 1, "س"]] * 3000]])),
    ("ghost", _ghost({}, tags=[{"id": "7", "name": BIG}], posts_tags=[{"post_id": "1", "tag_id": "7"}] * 3000)),
    ("ans", json.dumps({**STORY, "content_elements": [{"type": "text", "content": BIG}, *[PULLED] * 3000]})),
    ("ans", json.dumps({**STORY, "content_elements": [{"type": "list", "items": [{"type": "list", "items": [{}]}] * 9000}] * 9})),
    ("tabular", 'title,body\n"' + f'","{BIG[:5000]}\n' * 5000),
    ("tabular", f'title,"{BIG}\n' + f"{BIG}\n" * 17),
    ("tabular", f"title,body,section\nس,نص,س{' ' * 60_000}س"),
    ("wxr", _tables([["س" * 1000] * 20] * 9, 5000)),
    ("wxr", _tables([["س" * 100_000], *[["#rowspan#"]] * 9000], 1)),
]  # fmt: skip


def test_each_reader_has_its_row() -> None:
    assert set(TABLE) == set(READERS) == set(SEEDS)
    assert {frozenset(row) for row in TABLE.values()} == {
        frozenset(("entities", "nested", "controls", "types", "long"))
    }


ROWS = [*((name, attack, text) for name, row in TABLE.items() for attack, text in row.items() if attack != "long"),
        *(("tabular", attack, text) for attack, text in WRITTEN.items() if attack != "long"),
        *((name, "growing", text) for name, text in GROWING)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "attack", "text"), ROWS, ids=[f"{name}-{attack}" for name, attack, _ in ROWS]
)
def test_whatever_comes_it_ends_soon_with_an_article_or_a_reason(name: str, attack: str, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for cut in (data, data[: len(data) // 2]):
        assert fault(READERS[name], cut, SECONDS) is None
        told = str(_told(READERS[name], cut))
        assert "root:" not in told
        assert "hahahahahahaha" not in told
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


def _told(reader: Reader, data: bytes) -> list[object]:
    found = reader.read(Source("x", data=data), ReadOptions())
    return [one.as_json() if isinstance(one, IncomingArticle) else one.reason for one in found]


LONG = [*((name, row["long"]) for name, row in TABLE.items()), ("tabular", WRITTEN["long"])]


@pytest.mark.parametrize(("name", "text"), LONG, ids=[f"{name}-{text[0]}" for name, text in LONG])
def test_a_line_of_two_gigabytes_is_refused_in_bounded_memory(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"long.{'csv' if text.startswith('title') else 'txt'}"
    path.write_text(text, "utf-8")
    with path.open("r+b") as file:
        file.truncate(
            2 << 30 if name != "warc" else 256 << 20
        )  # it looks through all of it for a next record
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    found = list(READERS[name].read(Source(str(path), path=path), ReadOptions()))
    assert time.process_time() - begin < 3 * SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    assert found
    assert all(isinstance(one, Refusal) for one in found[1:])


def test_what_no_reader_takes_is_refused_with_its_reason() -> None:
    for data in (b"", b"\x00" * 4096, b"[1, 2]", b'{"a": 1}', b"a,b\n1,2\n"):
        (found,) = read_source(Source("x.json", data=data), ReadOptions())
        assert isinstance(found, Refusal), data
        assert found.reason


PLUG_INS = """
def make(): return None
class Broken:
    format = "broken"
    def recognises(self, source): return {}[source.name]
    def read(self, source, options): return iter(())
class Wrong(Broken):
    format = "wrong"
    def recognises(self, source): return source.head() == b"wrong"
    def read(self, source, options): yield {"headline": "x"}
"""


def test_a_reader_of_somebody_else_that_cannot_be_used_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "foreign_readers.py").write_text(PLUG_INS)
    folder = tmp_path / "foreign-1.dist-info"
    folder.mkdir()
    named = {"fn": "foreign_readers:make", "gone": "no_such_package:READER", "broken": "foreign_readers:Broken", "wrong": "foreign_readers:Wrong"}  # fmt: skip
    points = "".join(f"{name} = {value}\n" for name, value in named.items())
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: foreign\nVersion: 1\n")
    (folder / "entry_points.txt").write_text(f"[bulaq.readers]\n{points}")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert {reader.format for reader in readers()} == {*READERS, "broken", "wrong"}
    assert "fn (foreign_readers:make) is left out: a function without format, recognises, read" in caplog.text
    assert "gone (no_such_package:READER) is left out: ModuleNotFoundError" in caplog.text
    (found,) = read_source(Source("x", data=SEEDS["html"][0]), ReadOptions())
    assert isinstance(found, IncomingArticle)
    (refused,) = read_source(Source("x", data=b"wrong"), ReadOptions())
    assert isinstance(refused, Refusal)
    assert "the reader wrong gave a dict" in refused.reason
