"""Feeds of every family give their articles; broken ones what is left of them."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.intake.article import Image, IncomingArticle, Paragraph, Picture, Refusal
from bulaq.intake.feeds.reader import READER
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.sources import read_source

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>صحيفة الميناء</title><link>https://port.example/</link><language>ar</language>
<item><title>سوق النحاسين تعود &amp;amp; تزدهر</title><link>https://port.example/a/1</link><guid isPermaLink="false">port-1</guid>
<pubDate>الأحد, 14 مارس 2021 09:30:00 +0300</pubDate><dc:creator>سلمى الحداد</dc:creator><category>ثقافة</category><category>حلب</category>
<description><![CDATA[<p>{ONE}</p> …]]></description>
<content:encoded><![CDATA[<p>{ONE}</p><p>{TWO}</p><p>The post <a href="/a/1">سوق</a> appeared first on <a href="/">الميناء</a>.</p>]]></content:encoded>
<media:content url="https://port.example/s.jpg" medium="image" width="640"><media:description>السوق ليلا</media:description><media:credit>مروان الخطيب</media:credit></media:content>
<media:content url="https://port.example/l.jpg" medium="image" width="1200"><media:description>السوق ليلا</media:description><media:credit>مروان الخطيب</media:credit></media:content>
</item></channel></rss>"""


def read(data: bytes | str) -> list[IncomingArticle | Refusal]:
    source = Source("feed.xml", data=data.encode() if isinstance(data, str) else data)
    begin = time.process_time()
    found = list(READER.read(source, ReadOptions()))
    assert time.process_time() - begin < 5
    return found


def one(data: bytes | str) -> IncomingArticle:
    assert READER.recognises(Source("feed.xml", data=data.encode() if isinstance(data, str) else data))
    (found,) = read(data)
    assert isinstance(found, IncomingArticle)
    return found


def test_rss_with_its_modules() -> None:
    found = one(RSS)
    assert found.headline == "سوق النحاسين تعود & تزدهر"
    assert found.url == "https://port.example/a/1"
    assert found.published_at == "2021-03-14T09:30:00+03:00"
    assert (found.authors, found.section, found.tags) == (("سلمى الحداد",), "ثقافة", ("حلب",))
    assert found.body == (Paragraph(ONE), Paragraph(TWO))
    assert found.standfirst is None
    assert found.lead_image == Picture("https://port.example/l.jpg", "السوق ليلا", "مروان الخطيب")


def test_the_words_of_a_podcast_are_no_section() -> None:
    podcast = RSS.replace(
        "<category>", "<itunes:keywords>صوت، حوار</itunes:keywords><keywords>أسواق</keywords><category>"
    )
    podcast = podcast.replace("<rss ", '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ', 1)
    assert (one(podcast).section, one(podcast).tags) == ("ثقافة", ("حلب", "أسواق"))
    alone = one(re.sub(r"<category>.*?</category>", "", podcast))
    assert (alone.section, alone.tags) == (None, ("أسواق",))


def test_an_entry_with_a_summary_alone_says_so() -> None:
    found = one(
        f'<rss version="0.92"><channel><item><title>عنوان</title><link>https://a.example/1</link><description>{ONE}</description></item></channel></rss>'
    )
    assert found.body == (Paragraph(ONE),)
    assert "summary" in found.warnings[0]
    assert found.confidence["body"] < 0.5


def test_an_old_feed_with_a_document_type_and_entities_of_html() -> None:
    found = one(
        f'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd"><rss version="0.91"><channel><item><title>سوق&nbsp;قديم</title><link>https://a.example/1</link><description>{ONE}</description></item></channel></rss>'
    )
    assert found.headline == "سوق قديم"


def test_rss_1() -> None:
    found = one(
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>ص</title></channel><item><title>عنوان</title><link>https://a.example/1</link><dc:date>2021-03-14T09:30:00+03:00</dc:date><description>{ONE}</description></item></rdf:RDF>'
    )
    assert (found.headline, found.published_at) == ("عنوان", "2021-03-14T09:30:00+03:00")


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{ONE}</p><p>{TWO}</p></div></content>',
    ],
)
def test_atom(content: str) -> None:
    found = one(
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>ص</title><entry><title>أ &lt; ب</title><link rel="self" href="https://a.example/x.atom"/><link href="https://a.example/1"/><id>tag:1</id><published>2021-03-14T09:30:00Z</published><updated>2021-03-15T09:30:00Z</updated><author><name>سلمى الحداد</name></author><category term="c" label="ثقافة"/>{content}</entry></feed>'
    )
    assert found.headline == "أ < ب"
    assert (found.url, found.published_at, found.modified_at) == (
        "https://a.example/1",
        "2021-03-14T09:30:00+00:00",
        "2021-03-15T09:30:00+00:00",
    )
    assert (found.authors, found.section) == (("سلمى الحداد",), "ثقافة")
    assert found.body == (Paragraph(ONE), Paragraph(TWO))


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "ص",
        "language": "ar",
        "items": [
            {
                "id": "1",
                "url": "https://a.example/1",
                "title": "عنوان",
                "content_text": f"{ONE}\n\n{TWO} <ليس وسما>",
                "date_published": "2021-03-14T09:30:00+03:00",
                "authors": [{"name": "سلمى الحداد"}],
                "tags": ["حلب"],
                "image": "https://a.example/i.jpg",
            }
        ],
    }
    found = one(json.dumps(feed, ensure_ascii=False))
    assert found.body == (Paragraph(ONE), Paragraph(f"{TWO} <ليس وسما>"))
    assert (found.authors, found.tags, found.published_at) == (
        ("سلمى الحداد",),
        ("حلب",),
        "2021-03-14T09:30:00+03:00",
    )
    assert found.lead_image == Picture("https://a.example/i.jpg")


def test_encodings() -> None:
    for encoding in ("windows-1256", "utf-16"):
        assert one(RSS.replace("utf-8", encoding).encode(encoding, "xmlcharrefreplace")).body[0] == Paragraph(
            ONE
        )


def test_a_truncated_feed_keeps_its_whole_entries() -> None:
    item = RSS[RSS.index("<item>") : RSS.index("</channel>")]
    found = read(RSS.replace("</channel></rss>", item * 3)[:-400])
    assert [type(each).__name__ for each in found] == ["IncomingArticle"] * 3 + ["Refusal"]
    assert "line" in found[-1].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&b;&x;س</title></item></channel></rss>',
        "<rss version='2.0'>" + "<channel>" * 50_000,
        "<rss version='2.0'><channel>" + "<item>" * 50_000,
        "<rss version='2.0'><channel><item><title>" + "<![CDATA[" * 200_000,
        "<!DOCTYPE [" * 50_000 + "<rss version='2.0'>",
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000,
        '{"version": "https://jsonfeed.org/version/1", "items": [{"title": 7, "url": {}, "authors": 5, "tags": "x", "content_html": null}, 3]}',
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>س</title><link href='javascript:alert(1)'/><content type='html'>&lt;script&gt;alert(1)&lt;/script&gt;نص</content></entry></feed>",
        "",
    ],
    ids=range(9),
)
def test_hostile_feeds_end_soon_with_articles_or_reasons(data: str) -> None:
    found = read(data)
    assert found
    told = str([each.as_json() for each in found if isinstance(each, IncomingArticle)])
    assert "alert(1)" not in told
    assert "root:" not in told
    assert "hahaha" not in told


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(RSS.encode())), st.binary(max_size=6))
def test_a_changed_byte_never_stops_the_reader(place: int, put: bytes) -> None:
    data = RSS.encode()
    assert read(data[:place] + put + data[place + len(put) :])


def test_an_atom_feed_states_its_base_and_its_authors_once() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://port.example/blog/"><title>المرفأ</title>
    <author><name>سليم حدّاد</name></author>
    <entry xml:base="2021/"><title>سوق النحاسين</title><link href="n/1"/><id>tag:1</id><updated>2021-03-14T08:15:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>عادت المطارق إلى الرنين في السوق.</p><p><img src="i/1.jpg"/></p></div></content></entry></feed>"""
    (article,) = READER.read(Source("a.xml", data=feed.encode()), ReadOptions())
    assert isinstance(article, IncomingArticle)
    assert article.url == "https://port.example/blog/2021/n/1"
    assert article.authors == ("سليم حدّاد",)
    pictures = [block.picture.url for block in article.body if isinstance(block, Image)]
    pictures += [article.lead_image.url] if article.lead_image else []
    assert pictures == ["https://port.example/blog/2021/i/1.jpg"]


def test_a_json_feed_item_without_a_date_has_none_and_no_warning() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "م", "items": [{"id": "1", "external_url": "https://port.example/1", "content_text": "فقرة أولى طويلة بعض الشيء هنا."}]}  # fmt: skip
    (article,) = READER.read(Source("a.json", data=json.dumps(feed).encode()), ReadOptions())
    assert isinstance(article, IncomingArticle)
    assert (article.published_at, article.warnings, article.url) == (None, (), "https://port.example/1")


def test_pictures_of_a_json_feed_are_relative_to_their_article() -> None:
    item = {
        "id": "1",
        "url": "/2021/souq",
        "title": "س",
        "content_html": f'<p>{ONE}</p><img src="a.jpg"><p>{TWO}</p>',
    }
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://port.example/",
        "items": [item],
    }
    (article,) = READER.read(Source("a.json", data=json.dumps(feed).encode()), ReadOptions())
    assert isinstance(article, IncomingArticle)
    assert [block.picture.url for block in article.body if isinstance(block, Image)] == [
        "https://port.example/2021/a.jpg"
    ]


@pytest.mark.parametrize("declared", ["", ' encoding="utf-8"'])
def test_bytes_of_an_arabic_code_page_that_nobody_declared(declared: str) -> None:
    text = RSS.replace(' encoding="utf-8"', declared)
    found = one(text.encode("cp1256"))
    assert found.headline == "سوق النحاسين تعود & تزدهر"
    assert [block.text for block in found.body if isinstance(block, Paragraph)] == [ONE, TWO]


def test_a_warning_of_the_sites_program_before_the_feed() -> None:
    warning = "<br />\n<b>Warning</b>: Undefined variable in <b>/feed.php</b> on line <b>3</b><br />\n"
    assert one(warning + RSS).headline == one(RSS).headline


def test_the_sites_name_behind_a_bar_is_no_part_of_the_headline() -> None:
    named = RSS.replace("تزدهر</title>", "تزدهر | صحيفة الميناء</title>")
    assert one(named).headline == "سوق النحاسين تعود & تزدهر"
    about = RSS.replace("تزدهر</title>", "في صحيفة الميناء</title>")
    assert one(about).headline == "سوق النحاسين تعود & في صحيفة الميناء"


@pytest.mark.parametrize("name", ["feed.xml", "https://port.example/feed/"])
def test_a_page_where_a_feed_was_expected_says_so(name: str) -> None:
    page = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>Sign in</body></html>'
    [refusal] = read_source(Source(name, data=page), ReadOptions())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-as-named"
    assert refusal.reason.endswith("the page names its feed: /rss")


@pytest.mark.parametrize(
    "entry",
    [
        "<link>https://a.example/1</link>",
        "<title>&#8203;</title><description>&amp;nbsp;</description>",
        "<title>-</title><description>&lt;img src='https://a.example/1.jpg'&gt;</description>",
    ],
)
def test_an_entry_that_says_nothing_is_refused(entry: str) -> None:
    (found,) = read(f'<rss version="2.0"><channel><item>{entry}</item></channel></rss>')
    assert isinstance(found, Refusal)
    assert (found.code, "feed entry 1" in found.reason) == ("empty", True)


BLOGGER = f"""<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'><title>الميناء</title>
<entry><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/><title>Name</title><content type='text'>x</content></entry>
<entry><app:control><app:draft>yes</app:draft></app:control><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='ثقافة'/><title type='text'>السوق</title><content type='html'>&lt;div&gt;{ONE}&lt;br /&gt;&lt;br /&gt;{TWO}&lt;/div&gt;</content></entry>
<entry><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#comment'/><title>تعليق</title><content>جميل</content></entry></feed>"""
TAKEOUT = f"""<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><title>الميناء</title>
<entry><blogger:type>COMMENT</blogger:type><content type='html'>جميل</content></entry>
<entry><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status><blogger:filename>/2021/03/a.html</blogger:filename><title>السوق</title>
<category scheme='tag:blogger.com,1999:blog-1' term='ثقافة'/><content type='html'>&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("data", "aliases"), [(BLOGGER, ()), (TAKEOUT, ("/2021/03/a.html",))])
def test_of_a_blogs_export_only_its_posts_are_articles(data: str, aliases: tuple[str, ...]) -> None:
    found = one(data)
    assert (found.headline, found.section, found.draft, found.aliases) == ("السوق", "ثقافة", True, aliases)
    assert found.body == (Paragraph(ONE), Paragraph(TWO))


def test_posts_as_wordpress_tells_them_to_programs() -> None:
    post = {
        "id": 7, "date": "2021-03-14T09:30:00", "date_gmt": "2021-03-14T06:30:00", "guid": {"rendered": "https://port.example/?p=7"},
        "link": "https://port.example/a/", "status": "publish", "title": {"rendered": "السوق &#8211; عودة"},
        "content": {"rendered": f"<p>{ONE}</p>\n<p>{TWO}</p>", "protected": False}, "categories": [3],
        "_embedded": {
            "author": [{"name": "سلمى الحداد"}],
            "wp:featuredmedia": [{"source_url": "https://port.example/s.jpg", "caption": {"rendered": "<p>السوق ليلا</p>"}}],
            "wp:term": [[{"taxonomy": "category", "name": "ثقافة"}], [{"taxonomy": "post_tag", "name": "حلب"}]],
        },
    }  # fmt: skip
    found = one(json.dumps([post]))
    assert (found.headline, found.url, found.section, found.tags) == (
        "السوق – عودة", "https://port.example/a/", "ثقافة", ("حلب",),
    )  # fmt: skip
    assert (found.published_at, found.authors) == ("2021-03-14T09:30:00+03:00", ("سلمى الحداد",))
    assert found.lead_image == Picture("https://port.example/s.jpg", "السوق ليلا")
    assert found.aliases == ("https://port.example/?p=7",)
    assert found.body == (Paragraph(ONE), Paragraph(TWO))
    assert one(json.dumps(post)).headline == found.headline
    hostile = [
        {
            **post,
            "_embedded": {"author": 3, "wp:term": [[3]], "wp:featuredmedia": [None]},
            "link": 5,
            "id": "x",
        }
    ]
    assert one(json.dumps(hostile)).body == found.body
    assert isinstance(read(json.dumps([{"guid": {"rendered": "x"}, "title": 3}]))[0], Refusal)
