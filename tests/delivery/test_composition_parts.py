"""The parts composition is made of: marks, boxes, joined gzip."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from bulaq.delivery.box_items import Box, articles_in, parse_boxes
from bulaq.delivery.content_coding import Coding, accepted
from bulaq.delivery.esi import Include, parse
from bulaq.delivery.gzip_join import Piece, combine, join


def marks(body: bytes) -> list[object]:
    return [(part.source, part.alternative) if isinstance(part, Include) else part for part in parse(body)]


def test_the_marks_that_cdns_agree_on() -> None:
    assert marks(b'a<esi:include src="/b"/>c') == [b"a", ("/b", None), b"c"]
    assert marks(b'<esi:include src=\'/b?x=1&amp;y=2\' alt="/c" onerror="continue" />') == [
        ("/b?x=1&y=2", "/c")
    ]
    assert marks(b'<esi:include src="/b"></esi:include>d') == [("/b", None), b"d"]
    assert marks(b"a<esi:remove><p>plain</p></esi:remove>b") == [b"a", b"b"]
    assert marks(b'a<esi:comment text="x > y"/>b') == [b"a", b"b"]
    assert marks(b'a<!--esi <b><esi:include src="/b"/></b>-->c') == [b"a <b>", ("/b", None), b"</b>c"]
    assert marks("قبل دقيقتين".encode()) == ["قبل دقيقتين".encode()]


def test_a_mark_cannot_name_another_host() -> None:
    for source in (
        b"http://evil.example/",
        b"//evil.example/",
        b"/\\evil.example",
        b"relative",
        b"/a b",
        b"/\x00",
    ):
        assert marks(b'<esi:include src="' + source + b'"/>') == [(None, None)], source


@given(st.lists(st.sampled_from([b"<esi:include ", b'src="/x"', b"/>", b"<esi:remove>", b"</esi:remove>", b"<!--esi", b"-->",
                                 b'"', b"'", b">", b"text", b"<esi:comment"]), max_size=40))  # fmt: skip
def test_no_input_breaks_the_parser_of_marks(pieces: list[bytes]) -> None:
    for part in parse(b"".join(pieces)):
        assert isinstance(part, bytes | Include)


LATEST = (
    '<section class="box" data-box="latest" data-limit="2"><h2>آخر الأخبار</h2><ul>\n'
    '<li data-article="1">واحد<ul><li>فرع</li></ul></li>\n<li data-article="2">اثنان</li>\n'
    '<li data-article="3">ثلاثة</li>\n</ul></section>'
).encode()


def only_box(text: bytes) -> Box:
    (box,) = (part for part in parse_boxes(text) if isinstance(part, Box))
    return box


def test_a_box_gives_each_page_the_headlines_it_does_not_show() -> None:
    box = only_box(b"<p>" + LATEST + b"</p>")
    assert [article for article, _ in box.items] == [1, 2, 3]
    assert box.choose(set()) == (0, 1)
    assert box.choose({1}) == (1, 2)
    assert box.choose({1, 2, 3}) == ()
    assert box.render(()) == b""
    kept = box.render((1, 2)).decode()
    assert "آخر الأخبار" in kept
    assert "ثلاثة" in kept
    assert "واحد" not in kept
    assert "data-limit" not in kept
    assert kept.count("<li") == kept.count("</li>") == 2


def test_all_items_and_no_limit_give_the_section_back() -> None:
    plain = LATEST.replace(b' data-limit="2"', b"")
    box = only_box(plain)
    assert box.render(box.choose(set())) == plain


def test_a_headline_twice_in_one_box_stands_once() -> None:
    box = only_box(LATEST.replace(b'"3"', b'"1"').replace(b'data-limit="2"', b'data-limit="9"'))
    assert box.choose(set()) == (0, 1)


def test_sections_without_headlines_are_text() -> None:
    for text in (
        b'<section data-box="body"><ul><li>a</ul></section>',
        b'<section data-box="latest"><li data-article="1">',
    ):
        assert parse_boxes(text) == (text,)
    assert articles_in(LATEST) == {1, 2, 3}


@given(st.lists(st.sampled_from([b"<section ", b'data-box="a"', b">", b"</section>", b"<li ", b'data-article="7"', b"<li>",
                                 b"</li>", b'"', b"x", b" "]), max_size=60))  # fmt: skip
def test_cutting_a_page_into_boxes_loses_nothing(pieces: list[bytes]) -> None:
    text = b"".join(pieces)
    whole = b"".join(
        part if isinstance(part, bytes) else part.render(tuple(range(len(part.items))))
        for part in parse_boxes(text)
    )
    assert whole == text


@given(st.lists(st.binary(max_size=2000), max_size=12))
def test_joined_pieces_are_one_gzip_file(texts: list[bytes]) -> None:
    joined = join([Piece(text) for text in texts])
    assert gzip.decompress(joined) == b"".join(texts)
    assert joined == join([Piece(text) for text in texts])


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_checksums_combine(one: bytes, two: bytes) -> None:
    assert combine(zlib.crc32(one), zlib.crc32(two), len(two)) == zlib.crc32(one + two)


def test_the_reader_chooses_among_the_codings() -> None:
    assert accepted(None) == (Coding.IDENTITY,)
    assert accepted("gzip, deflate, br, zstd")[:2] == (Coding.BROTLI, Coding.ZSTD)
    assert accepted("gzip;q=0, br;q=0.5") == (Coding.BROTLI, Coding.IDENTITY)
    assert accepted("gzip;q=1, br;q=0.5")[0] is Coding.GZIP_WHOLE
    assert Coding.GZIP in accepted("*")
    assert accepted("gzip;q=nonsense") == (Coding.IDENTITY,)
    assert accepted("x" * 600) == (Coding.IDENTITY,)
