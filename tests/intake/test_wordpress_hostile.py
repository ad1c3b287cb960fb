"""Damaged and hostile exports: what stands before and after the damage is kept, memory and time stay bounded."""

from __future__ import annotations

import io
import re
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.wordpress_export import FOOT, HEAD, export, item

from bulaq.intake.article import IncomingArticle, Paragraph, Refusal
from bulaq.intake.listing import listed
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.reading_pool import ReadingPool
from bulaq.intake.wordpress import READER
from bulaq.intake.wordpress.export_file import ExportFile
from bulaq.intake.wordpress.library import Library
from bulaq.intake.wordpress.reader import WordPressReader

TEXT = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
SECONDS = 6.0


def read(data: bytes) -> tuple[list[IncomingArticle], list[Refusal]]:
    begin = time.process_time()
    found = list(READER.read(Source("export.xml", data=data), ReadOptions()))
    assert time.process_time() - begin < SECONDS
    return (
        [each for each in found if isinstance(each, IncomingArticle)],
        [each for each in found if isinstance(each, Refusal)],
    )


def test_a_truncated_file_keeps_what_stands_before_the_damage() -> None:
    whole = export(*(item(number, TEXT) for number in range(20)))
    cut = whole[: int(len(whole) * 0.62)]
    articles, refusals = read(cut)
    assert len(articles) == cut.count(b"</item>")
    assert [refusal.code for refusal in refusals] == ["truncated"]
    place = int(re.search(r"at byte ([\d,]+)", refusals[0].reason)[1].replace(",", ""))  # type: ignore[index]
    assert abs(place - cut.rindex(b"<item>")) < 120  # the declaration is not counted


def test_a_broken_item_costs_itself_alone() -> None:
    broken = item(2, TEXT).replace("</wp:post_id>", "</wp:oops>")
    articles, refusals = read(export(item(1, TEXT), broken, item(3, TEXT)))
    assert len(articles) == 2
    assert "line" in refusals[0].reason
    assert refusals[0].code == "damaged"


def test_an_export_that_is_taken_up_goes_on_where_it_stopped_without_making_what_was_taken_in(
    tmp_path,
) -> None:
    posts = [item(number, TEXT) for number in range(1, 6)]
    posts[1] = posts[1].replace("</wp:post_id>", "</wp:oops>")
    posts[2] = posts[2].replace(">publish<", ">trash<").replace("[publish]", "[trash]")
    posts[3:3] = [item(number, TEXT, kind=kind) for number, kind in ((7, "revision"), (8, "guest-author"))]
    source = Source("export.xml", data=export(*posts)[: -len(FOOT) - 20])
    whole = list(READER.read(source, ReadOptions()))
    assert [getattr(each, "code", "") for each in whole] == ["", "damaged", "trash", "", "truncated"]
    for start in range(len(whole) + 2):
        again = list(READER.read(source, ReadOptions(start=start)))
        assert again[start:] == whole[start:]
        assert len(again) == len(whole)
        assert not any(isinstance(each, IncomingArticle) for each in again[:start])
    (tmp_path / "export.xml").write_bytes(source.data or b"")
    (given,) = listed([str(tmp_path / "export.xml")])
    with ReadingPool(workers=1) as pool:
        read_on = list(pool.read([given.starting_at(3)]))
    assert [(each.ordinal, each.ends_source) for each in read_on] == [(3, False), (4, True)]


def test_a_text_without_an_end_does_not_swallow_the_rest() -> None:
    open_ended = item(2, TEXT).replace("]]></content:encoded>", "</content:encoded>")
    articles, refusals = read(export(item(1, TEXT), open_ended, item(3, TEXT), item(4, TEXT)))
    assert {article.url for article in articles} >= {
        f"https://archive.example/culture/2021/03/14/post-{n}/" for n in (1, 4)
    }
    assert refusals


def test_control_characters_and_foreign_bytes_cost_one_character() -> None:
    data = export(item(1, f"{TEXT}\n\nسطر\x0bفيه \x08 محارف تحكم")).replace(
        "تحكم".encode(), "تحكم".encode() + b"\xff"
    )
    articles, refusals = read(data)
    assert not refusals
    assert articles[0].body == (Paragraph(TEXT), Paragraph("سطر فيه محارف تحكم\ufffd"))


def test_entities_of_html_outside_cdata_are_read() -> None:
    plain = item(1, TEXT).replace("<![CDATA[عنوان المادة]]>", "سوق&nbsp;النحاسين &ndash; حلب & دمشق")
    articles, _ = read(export(plain))
    assert articles[0].headline == "سوق النحاسين – حلب & دمشق"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_encodings(encoding: str) -> None:
    text = (
        export(item(1, TEXT))
        .decode()
        .replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    )
    articles, _ = read(f"{text}".encode(encoding))
    assert articles[0].body == (Paragraph(TEXT),)


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "data",
    [
        HEAD.replace("<rss", f"{BOMB}<rss", 1).encode() + item(1, "&b;").encode() + FOOT.encode(),
        HEAD.encode() + b"<wp:author>" * 50_000,
        HEAD.encode() + b"x" * 5_000_000,
        export(item(1, TEXT)) + b"<rss " * 1_000_000 + item(2, TEXT).encode(),
        export(item(1, TEXT).replace("<wp:post_id>", "<a>" * 100_000 + "<wp:post_id>")),
        export(item(1, "<div>" * 100_000 + TEXT)),
        export(item(1, "[caption " * 60_000 + TEXT)),
        export(item(1, "[gallery ids='" * 60_000 + TEXT)),
        export(item(1, "<!-- wp:image {" * 60_000 + TEXT)),
        export(item(1, "<!-- wp:group -->" * 60_000 + TEXT)),
        export(item(1, "<!--[if !supportLists]-->" * 40_000 + TEXT)),
        export(item(1, "<p class=MsoListParagraph>" * 20_000 + TEXT)),
        export(item(1, "<pre>" * 60_000 + "\n" * 100_000 + TEXT)),
        export(item(1, "<a\n" * 100_000 + TEXT)),
        export(item(1, '<blockquote data-instgrm-permalink="https://a.example/p">' * 40_000 + TEXT)),
        export(item(1, " " * 2_000_000 + "\n" + TEXT)),
        export(item(1, "س " * 1_900_000)),
        export(item(1, TEXT + "\n\n" + "9" * 100_000, meta=(("_thumbnail_id", "9" * 4000),))),
        export(item(1, '<!-- wp:block {"ref":1} /-->', kind="wp_block"), item(2, '<!-- wp:block {"ref":1} /-->' * 200 + TEXT)),
        export(item(1, TEXT, title="<b>" * 50_000)),
        export(item(1, "[" * 200_000 + TEXT)),
        export(item(1, "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>س</a>" + TEXT)),
        b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item>",
        export(item(1, TEXT, link="https://[caption/1/")).replace(b"https://archive.example</wp:base_blog", b"https://[x</wp:base_blog"),
        export(item(1, meta=(("text", "ا" * 900_000),))),
        b"wordpress.org/export/ <item></item>",
        b"",
    ],
    ids=range(27),
)  # fmt: skip
def test_hostile_exports_end_soon_with_articles_or_reasons(data: bytes) -> None:
    articles, refusals = read(data)
    assert articles or refusals
    for article in articles:
        told = str(article.as_json())
        assert "javascript:" not in told
        assert "root:" not in told


def test_an_item_too_large_for_memory_is_stepped_over() -> None:
    class Endless(io.RawIOBase):
        """Two items with 90 MB between their ends, never in memory whole."""

        def __init__(self) -> None:
            self.pieces = iter(
                [HEAD.encode(), item(1, TEXT).encode(), b"<item><title>x</title><content:encoded><![CDATA["]
                + [b"x" * 1_000_000] * 90
                + [b"]]></content:encoded></item>", item(2, TEXT).encode(), FOOT.encode()]
            )

        def read(self, size: int = -1) -> bytes:
            return next(self.pieces, b"")

    tracemalloc.start()
    found = list(WordPressReader()._posts(ExportFile(Endless()), Library(), "big.xml", ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(each).__name__ for each in found].count("IncomingArticle") == 2
    assert [each.code for each in found if isinstance(each, Refusal)] == ["too-large"]
    assert peak < 120_000_000


PIECES = st.sampled_from(
    ["<item>", "</item>", "<![CDATA[", "]]>", "<title>", "[caption]", "[/caption]", "[gallery]", "<!-- wp:image ", '{"id":1}', "-->", "<p>", "&nbsp;", "\x00", "نص", "\n\n", "<wp:post_id>", "x" * 400]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_whatever_stands_in_an_export_it_gives_articles_or_reasons(pieces: list[str]) -> None:
    articles, refusals = read(f"{HEAD}{item(1, TEXT)}{''.join(pieces)}{item(2, TEXT)}{FOOT}".encode())
    assert articles
    assert articles[0].body[0] == Paragraph(TEXT)
    assert len(articles) + len(refusals) >= 1
