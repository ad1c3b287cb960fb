"""Web archives: the pages that answered, each once, in whatever compression; damage ends with a reason."""

from __future__ import annotations

import gzip
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from tests.intake.html_templates import STORY, wordpress

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.listing import listed
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.web_archives.warc import READER

PAGE = wordpress(STORY).html
PAGE_BYTES = PAGE.encode()


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html",
) -> bytes:
    payload = f"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    if kind == "resource":
        payload = body
    content_type = "text/html" if kind == "resource" else "application/http; msgtype=response"
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-14T06:30:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash((url, len(body)))) % 10**12:012d}>\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n"
        ).encode()
        + payload
        + b"\r\n\r\n"
    )


def read(data: bytes, name: str = "a.warc") -> list[IncomingArticle | Refusal]:
    begin = time.process_time()
    found = list(READER.read(Source(name, data=data), ReadOptions()))
    assert time.process_time() - begin < 8
    return found


def archive() -> list[bytes]:
    return [
        record("http://port.example/a/1", PAGE_BYTES),
        record("http://port.example/style.css", b"p{}", headers="Content-Type: text/css"),
        record("http://port.example/gone", b"<p>x</p>", status="404 Not Found"),
        record("http://port.example/a/1", PAGE_BYTES),
        record("http://port.example/a/1", b"", kind="revisit"),
        record(
            "http://port.example/a/2",
            gzip.compress(PAGE_BYTES),
            headers="Content-Type: text/html\r\nContent-Encoding: gzip",
        ),
        record("http://port.example/a/3", PAGE_BYTES, kind="resource"),
        record(
            "http://port.example/a/4",
            PAGE.encode("windows-1256", "xmlcharrefreplace"),
            headers="Content-Type: text/html; charset=windows-1256",
        ),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_that_answered_are_read_once(packed: bool) -> None:
    data = b"".join(gzip.compress(part) if packed else part for part in archive())
    assert READER.recognises(Source("a.warc.gz", data=data))
    found = read(data)
    assert [each.url for each in found if isinstance(each, IncomingArticle)] == [
        f"http://port.example/a/{n}" for n in (1, 2, 3, 4)
    ]
    assert all(each.headline == STORY.headline for each in found if isinstance(each, IncomingArticle))
    assert found[0].source == "a.warc!http://port.example/a/1"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("heads", ["warc", "http", "both"])
def test_headers_whose_lines_end_with_lf_alone(pack: Callable[[bytes], bytes], heads: str) -> None:
    def with_lf(part: bytes) -> bytes:
        head, _, block = part.partition(b"\r\n\r\n")
        block = block.removesuffix(b"\r\n\r\n")
        end = "\n" if heads != "http" else "\r\n"
        if heads != "warc" and block.startswith(b"HTTP/"):
            fields, _, payload = block.partition(b"\r\n\r\n")
            block = fields.replace(b"\r\n", b"\n") + b"\n\n" + payload
        lines = [line for line in head.decode().split("\r\n") if not line.startswith("Content-Length")]
        return (
            end.join([*lines, f"Content-Length: {len(block)}", "", ""]).encode() + block + (end * 2).encode()
        )

    found = read(b"".join(pack(with_lf(part)) for part in archive()))
    assert [each.url for each in found if isinstance(each, IncomingArticle)] == [
        f"http://port.example/a/{n}" for n in (1, 2, 3, 4)
    ]


def test_a_file_streams_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "big.warc.gz"
    with path.open("wb") as file:
        for number in range(40):
            file.write(gzip.compress(record(f"http://port.example/a/{number}", PAGE_BYTES)))
    found = list(READER.read(Source(str(path), path=path), ReadOptions()))
    assert len(found) == 40


def test_a_truncated_archive_keeps_what_was_whole() -> None:
    data = b"".join(gzip.compress(record(f"http://port.example/a/{n}", PAGE_BYTES)) for n in range(4))
    found = read(data[: int(len(data) * 0.7)])
    assert sum(isinstance(each, IncomingArticle) for each in found) >= 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
        b"\x1f\x8b" + b"\x00" * 1000,
        gzip.compress(b"WARC/1.0\r\n" + b"\x00" * 50_000_000, mtime=0),
        record(
            "http://port.example/bomb",
            gzip.compress(b"<p>" + b"a" * 60_000_000, mtime=0),
            headers="Content-Type: text/html\r\nContent-Encoding: gzip",
        ),
        record("file:///etc/passwd", PAGE_BYTES),
        record("http://port.example/x", b"\xff\xfe" * 10),
    ],
    ids=range(9),
)
def test_hostile_archives_end_soon_with_reasons(data: bytes) -> None:
    found = read(data)
    assert found
    assert all(isinstance(each, Refusal) for each in found)


def test_a_broken_stream_is_refused_not_raised() -> None:
    good = record("http://port.example/a/1", PAGE_BYTES)
    for cut in range(0, len(good), max(1, len(good) // 60)):
        assert read(good + good[:cut] + b"\x00garbage")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("Content-Encoding: br", brotli.compress(PAGE_BYTES)),
        ("Content-Encoding: zstd", zstandard.compress(PAGE_BYTES)),
        ("Content-Encoding: deflate", zlib.compress(PAGE_BYTES)[2:-4]),
        ("Content-Encoding: x-gzip", gzip.compress(PAGE_BYTES, mtime=0)),
        ("Content-Encoding: gzip", PAGE_BYTES),
        ("Content-Encoding: br", PAGE_BYTES),
        ("Transfer-Encoding: chunked", PAGE_BYTES),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(PAGE_BYTES, mtime=0)), gzip.compress(PAGE_BYTES, mtime=0))),
    ],
)  # fmt: skip
def test_bodies_as_sent_or_as_decoded_whatever_the_header_says(coding: str, body: bytes) -> None:
    headers = f"Content-Type: text/html; charset=utf-8\r\n{coding}"
    (article,) = read(record("http://port.example/a/1", body, headers=headers))
    assert isinstance(article, IncomingArticle)
    assert article.headline == STORY.headline
    assert len(article.body) == len(STORY.paragraphs)


def test_a_damaged_member_costs_itself_alone() -> None:
    members = [
        gzip.compress(record(f"http://port.example/a/{number}", PAGE.replace("النحاسين", name).encode()))
        for number, name in enumerate(("النحاسين", "الصفارين", "الحدادين", "النجارين"))
    ]
    members[1] = members[1][: len(members[1]) // 2]
    members[2] = b"\x00" * 100 + members[2]
    found = read(b"".join(members), "a.warc.gz")
    assert [(item.headline or "")[:13] for item in found if isinstance(item, IncomingArticle)] == [
        "سوق النحاسين ",
        "سوق الحدادين ",
        "سوق النجارين ",
    ]
    assert [item.code for item in found if isinstance(item, Refusal)] == ["damaged"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_archive_older_than_warc(pack: Callable[[bytes], bytes]) -> None:
    head = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [b"filedesc://x.arc 0.0.0.0 20060101000000 text/plain %d\n%b\n" % (len(head), head)]
    for url, kind, status in (("a/1", "text/html", 200), ("x.css", "text/css", 200), ("b", "text/html", 404)):
        answer = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n".encode() + PAGE_BYTES
        line = f"http://port.example/{url} 1.2.3.4 20060101000000 {kind} {len(answer)}\n"
        records.append(line.encode() + answer + b"\n")
    data = b"".join(map(pack, records))
    assert READER.recognises(Source("a.arc", data=data))
    (article,) = read(data, "a.arc")
    assert isinstance(article, IncomingArticle)
    assert (article.url, article.headline) == ("http://port.example/a/1", STORY.headline)


def test_records_that_share_a_dictionary() -> None:
    kept = PAGE_BYTES[:3000]
    machine = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(kept))
    records = b"".join(machine.compress(each) for each in archive())
    for shown in (kept, zstandard.compress(kept)):
        data = b"\x5d\x2a\x4d\x18" + len(shown).to_bytes(4, "little") + shown + records
        assert READER.recognises(Source("a.warc.zst", data=data))
        found = read(data, "a.warc.zst")
        assert [type(each).__name__ for each in found] == ["IncomingArticle"] * 4
    broken = read(data[: len(data) // 2], "a.warc.zst")
    assert all(isinstance(each, IncomingArticle | Refusal) for each in broken)
    huge = b"\x5d\x2a\x4d\x18\xff\xff\xff\xff" + records
    assert next(each.code for each in read(huge, "a.warc.zst") if isinstance(each, Refusal)) == "damaged"


def test_of_a_wacz_only_the_web_archives_are_inputs(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "site.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", gzip.compress(b"".join(archive())))
        package.writestr("indexes/index.cdx.gz", gzip.compress(b"example,port)/a/1 2021 {}"))
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        package.writestr("datapackage.json", "{}")
    for given in (tmp_path, tmp_path / "site.wacz"):
        assert [each.member for each in listed([str(given)])] == ["archive/data.warc.gz"]
