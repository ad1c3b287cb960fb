"""Feeds: three formats of the same entries, read by a foreign parser; whole texts, full addresses, hostile characters."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bulaq.newsroom.models import Article, MergedPerson, Publication
from bulaq.reader.machine import feed_text
from bulaq.reader.machine.feed_entries import Entry
from bulaq.reader.machine.feed_formats import FORMATS, Feed
from bulaq.reader.names import person_path, topic_path
from tests.reader.newspaper import NOW, body_of, place

KINDS = {"rss": "/feed/", "atom": "/feed/atom/", "json": "/feed/json/"}


def parsed(response):
    found = feedparser.parse(
        io.BytesIO(response.content), response_headers={"content-type": response["Content-Type"]}
    )
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_foreign_reader_finds_everything_in_it(reader, newspaper, kind):
    response = reader.response("mashriq", KINDS[kind])
    feed = parsed(response)
    article = newspaper.articles["mashriq"][0]
    placed = Publication.objects.get(article=article, edition=newspaper.editions["mashriq"])
    assert feed.feed.title == "النخلة"
    assert feed.feed.language == "ar-LB"
    assert len(feed.entries) == newspaper.editions["mashriq"].profile.counts.feed
    entry = feed.entries[0]
    assert entry.title == article.headline
    assert entry.link.startswith("http://127.0.0.1/culture/")
    assert entry.id == entry.link
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == placed.published_at
    assert "ريم القصّار" in [author.name for author in entry.authors]
    assert {tag.term for tag in entry.tags} == {"culture", "الخط العربي"}
    assert entry.summary == "سطر تحت العنوان."
    (enclosure,) = [link for link in entry.links if link.rel == "enclosure"]
    assert enclosure.type == "image/jpeg"
    assert enclosure.href.startswith("http://127.0.0.1/media/")
    html = entry.content[0].value
    assert "فقرة أولى عن Ibn Battuta" in html
    assert "بُنيت سنة 1340" in html
    assert newspaper.articles["mashriq"][1].headline not in html


def test_the_picture_of_an_rss_feed_is_as_wide_as_it_says_and_as_the_format_allows(reader, newspaper):
    feed = parsed(reader.response("mashriq", "/feed/")).feed
    picture = Image.open(io.BytesIO(reader.response("mashriq", urlsplit(feed.image.href).path).content))
    assert picture.size == (int(feed.image.width), int(feed.image.height)) == (144, 144)
    assert (feed.image.title, feed.image.link) == (feed.title, feed.link)


def test_json_feed(reader, newspaper):
    response = reader.response("mashriq", KINDS["json"])
    feed = json.loads(response.content)
    assert response["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://127.0.0.1/feed/json/"
    item = feed["items"][0]
    assert item["title"] == newspaper.articles["mashriq"][0].headline
    assert item["authors"][0] == {"name": "ريم القصّار"}
    assert "<h2>عنوان داخلي</h2>" in item["content_html"]
    assert item["date_published"].endswith(("+02:00", "+03:00"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_do_not_grow_with_the_entries(reader, newspaper, kind, django_assert_num_queries):
    for number in (3, 4, 5):
        article = newspaper.articles["mashriq"][number]
        article.body = body_of(
            [
                (
                    "image",
                    {
                        "image": newspaper.articles["mashriq"][0].lead_image_id,
                        "caption": "",
                        "credit": "",
                        "alt": "",
                    },
                )
            ]
        )
        article.save()
    reader.response("mashriq", KINDS[kind])
    with django_assert_num_queries(8):
        reader.response("mashriq", KINDS[kind])


def test_a_section_a_person_and_a_topic_have_feeds_and_nothing_else_has(reader, newspaper):
    profile = newspaper.editions["mashriq"].profile
    for path in ("/sport/", person_path(newspaper.person, profile), topic_path(newspaper.topic)):
        feed = parsed(reader.response("mashriq", f"{path}feed/"))
        assert feed.feed.link == f"http://127.0.0.1{path}"
        assert feed.entries
    assert {
        entry.link.split("/")[3] for entry in parsed(reader.response("mashriq", "/sport/feed/")).entries
    } == {"sport"}
    assert reader.response("mashriq", "/nowhere/feed/").status_code == 404
    assert reader.response("mashriq", "/author/999999-x/feed/").status_code == 404
    moved = reader.response("mashriq", f"/topic/{newspaper.topic.pk}-{quote('قديم')}/feed/atom/")
    assert moved.status_code == 301
    assert moved["Location"] == f"{topic_path(newspaper.topic)}feed/atom/"
    MergedPerson.objects.create(old_id=999998, person=newspaper.person)
    merged = reader.response("mashriq", "/author/999998-x/feed/")
    assert merged.status_code == 301
    assert merged["Location"] == f"{person_path(newspaper.person, profile)}feed/"


def test_an_article_of_two_editions_is_one_entry_to_who_reads_both(reader, newspaper):
    article = newspaper.articles["mashriq"][1]
    place(article, newspaper.editions["maghrib"], "sport", NOW - timedelta(minutes=1), is_canonical=False)
    entry = parsed(reader.response("maghrib", "/feed/")).entries[0]
    assert entry.id.startswith("http://127.0.0.1/")
    assert entry.link.startswith("http://maghrib.localhost/")


def test_the_same_news_is_the_same_bytes_and_a_publish_purges_it(reader, newspaper):
    first, second = (reader.response("mashriq", "/feed/") for _ in range(2))
    assert first.content == second.content
    edition = newspaper.editions["mashriq"].pk
    assert {f"box:feed:{edition}", f"edition:{edition}"} <= set(first["Surrogate-Key"].split())
    assert "max-age=60" in first["Surrogate-Control"]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_leave_a_feed_readable_and_harmless(reader, newspaper, kind):
    hostile = "أ\x00\x0b\x1f ]]> </item><script>alert(1)</script> & \ufffe <b>"
    article = newspaper.articles["mashriq"][0]
    Article.objects.filter(pk=article.pk).update(
        headline=hostile.replace("\x00", ""), standfirst=hostile.replace("\x00", "")
    )
    article.refresh_from_db()
    article.body = body_of(
        [
            ("paragraph", '<p onclick="x()">نص <script>alert(1)</script><a href="javascript:x()">رابط</a> <a href="/culture/">داخلي</a></p>'),
            ("quote", {"text": hostile.replace("\x00", ""), "attribution": "]]>"}),
            ("embed", {"url": "javascript:alert(1)", "provider": "x"}),
        ]
    )  # fmt: skip
    article.save()
    response = reader.response("mashriq", KINDS[kind])
    if kind == "json":
        html = json.loads(response.content)["items"][0]["content_html"]
    else:
        ElementTree.fromstring(response.content)
        feed = parsed(response)
        assert len(feed.entries) == 30
        html = feed.entries[0].content[0].value
    assert "<script" not in html
    assert "onclick" not in html
    assert "javascript:" not in html
    assert 'href="http://127.0.0.1/culture/"' in html


any_text = st.text(st.characters(exclude_categories=()))


@given(title=any_text, html=any_text, name=any_text)
def test_any_text_makes_a_feed_that_can_be_parsed(title, html, name):
    moment = datetime(2024, 5, 2, 12, tzinfo=UTC)
    clean = feed_text.clean
    entry = Entry(
        "http://a/1",
        "http://a/1",
        clean(title),
        clean(html),
        clean(html),
        (clean(name),),
        (clean(name),),
        moment,
        moment,
        "ar",
        None,
    )
    addresses = {kind: f"http://a/{kind}" for kind in FORMATS}
    feed = Feed(
        clean(title),
        clean(name),
        "ar",
        "http://a/",
        addresses,
        "http://a/i",
        "http://a/s",
        clean(name),
        (),
        [entry],
    )
    for kind, (write, _) in FORMATS.items():
        text = write(feed).encode("utf-8")
        if kind == "json":
            assert json.loads(text)["items"][0]["content_html"] == clean(html)
        else:
            ElementTree.fromstring(text)


def test_a_body_for_others_has_full_addresses_and_every_kind_of_block():
    html = feed_text.body_html(
        [
            {"type": "paragraph", "value": '<p>نص <a href="/topic/1-x/">موضوع</a></p>'},
            {"type": "list", "value": {"ordered": True, "items": ["أول", {"type": "item", "value": "ثان", "id": "x"}]}},
            {"type": "table", "value": {"data": [["المدينة", "العدد"], ["فاس", 12]], "first_row_is_table_header": True}},
            {"type": "embed", "value": {"url": "https://www.youtube.com/watch?v=1", "provider": "YouTube"}},
            {"type": "image", "value": {"image": 7, "caption": "صورة ضاعت", "credit": ""}},
            {"type": "read_also", "value": {"article": 3}},
            {"type": "unknown", "value": None},
        ],
        {},
        lambda path: f"https://nakhla.example{path}",
    )  # fmt: skip
    assert html == (
        '<p>نص <a href="https://nakhla.example/topic/1-x/" rel="noopener">موضوع</a></p>'
        "<ol><li>أول</li><li>ثان</li></ol>"
        "<table><thead><tr><th>المدينة</th><th>العدد</th></tr></thead><tbody><tr><td>فاس</td><td>12</td></tr></tbody></table>"
        '<p><a href="https://www.youtube.com/watch?v=1" rel="noopener">YouTube</a></p>'
        "<p>صورة ضاعت</p>"
    )
