"""Pages that browsers save in one file are read as the pages that they hold; what is no such file stays as it is."""

import plistlib
import quopri
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.intake.article import Refusal
from bulaq.intake.bundled_page import is_bundle, read_bundle, unbundled
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.sources import read_all

ADDRESS = "https://old.example/news/خبر"
TEXT = "افتتحت المدينة مكتبتها العامة بعد ترميم دام عامين، وحضر الافتتاح جمع من أهل الحي والطلاب."
PAGE = f"""<html dir=rtl><head><title>المكتبة تعود</title></head><body><article><h1>المكتبة تعود</h1>
<img src="https://old.example/a.jpg"><p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""
PICTURE = b"\xff\xd8\xff picture"


def mhtml(coding: str = "quoted-printable", charset: str = "utf-8", line: str = "\r\n") -> bytes:
    page = PAGE.encode(charset)
    page = {"quoted-printable": quopri.encodestring, "base64": b64encode, "8bit": bytes}[coding](page)
    head = line.join((
        "From: <Saved by Blink>", f"Snapshot-Content-Location: {ADDRESS}", "MIME-Version: 1.0",
        "Content-Type: multipart/related;", '\ttype="text/html";', '\tboundary="--x"', "", "", "----x",
        f"Content-Type: text/html; charset={charset}", f"Content-Transfer-Encoding: {coding}",
        f"Content-Location: {ADDRESS}", "", "",
    )).encode()  # fmt: skip
    picture = line.join((
        "", "----x", "Content-Type: image/jpeg", "Content-Transfer-Encoding: base64",
        "Content-Location: https://old.example/a.jpg", "", b64encode(PICTURE).decode(), "----x--", "",
    )).encode()  # fmt: skip
    return head + page + picture


def web_archive() -> bytes:
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceURL": ADDRESS,
        "WebResourceTextEncodingName": "UTF-8",
    }
    picture = {"WebResourceData": PICTURE, "WebResourceURL": "https://old.example/a.jpg"}
    told = {"WebMainResource": main, "WebSubresources": [picture]}
    return plistlib.dumps(told, fmt=plistlib.FMT_BINARY)


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- saved from url=(0040)https://old.example/news/1?a=b&c -->",
        "<!--\n Page saved with SingleFile \n url: https://old.example/news/1?a=b&c \n saved date: Mon Mar 15 2021\n-->",
        "<!-- Mirrored from old.example/news/1?a=b&c by HTTrack Website Copier/3.x, Mon, 15 Mar 2021 -->",
    ],
    ids=["browser", "SingleFile", "HTTrack"],
)
def test_a_page_that_says_from_where_it_was_saved_has_that_address(mark, tmp_path):
    (tmp_path / "a.html").write_text(f"<!DOCTYPE html>\n{mark}{PAGE}", "utf-8")
    (tmp_path / "hts-log.txt").write_text("HTTrack3.49 launched")
    (article,) = read_all([str(tmp_path)], ReadOptions())
    assert (article.url or "").partition("://")[2] == "old.example/news/1?a=b&c"


@pytest.mark.parametrize(
    "data",
    [mhtml(), mhtml("base64"), mhtml("8bit", line="\n"), mhtml(charset="windows-1256"), web_archive()],
    ids=["chrome", "base64", "8bit", "windows-1256", "safari"],
)
def test_a_page_saved_with_its_files_in_one_is_the_page_at_its_address(data, tmp_path):
    (tmp_path / "صفحة.mhtml").write_bytes(data)
    (article,) = read_all([str(tmp_path)], ReadOptions())
    assert (article.headline, article.url) == ("المكتبة تعود", ADDRESS)
    assert [block.text for block in article.body if hasattr(block, "text")] == [TEXT] * 3
    assert read_bundle(data).files == {"https://old.example/a.jpg": PICTURE}


@pytest.mark.parametrize(
    "data",
    [
        web_archive()[:200],
        mhtml()[:300],
        mhtml().replace(b"text/html", b"text/plain"),
        mhtml().replace(b"boundary=", b"boundary*=idna''"),
        mhtml().replace(b"boundary=", b"boundary*=utf-7''+2AA-"),
    ],
)
def test_a_bundle_without_its_page_is_refused(data):
    refused = unbundled(Source("x.mhtml", data=data))
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("x.mhtml: ")


@given(
    st.one_of(st.binary(max_size=200), st.sampled_from([mhtml(), web_archive()])),
    st.binary(max_size=40),
    st.floats(0, 1),
)
def test_whatever_the_bytes_it_is_a_source_or_a_refusal(data, put, where):
    at = int(len(data) * where)
    source = Source("x", data=data[:at] + put + data[at + len(put) :])
    assert isinstance(unbundled(source), Source | Refusal)


def test_text_that_speaks_of_headers_is_no_bundle():
    assert not is_bundle(b"Note: Content-Type: multipart/related is a header.\n")
    assert not is_bundle(PAGE.encode())
