"""What pages say of themselves to machines, and that our own intake reads from it exactly what was published."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bulaq.arabic.digits import to_latin
from bulaq.intake.article import IncomingArticle
from bulaq.intake.html import read_page
from bulaq.newsroom.models import Article, Byline, NewsRendition, Publication, Topic
from bulaq.reader import head
from bulaq.reader.machine.safe_json import data_block
from tests.reader.newspaper import NOW, place
from tests.reader.paths import article_path


def graph_of(page) -> dict[str, dict]:
    """The page's JSON-LD by type; one block on a page."""
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


def meta(page, name: str) -> list[str]:
    return page.xpath(f"//head/meta[@property='{name}' or @name='{name}']/@content")


@pytest.fixture
def full(reader, newspaper):
    return reader.page("mashriq", article_path(newspaper, "mashriq", 0))[1]


def test_a_topic_of_a_kind_that_we_do_not_know_is_a_thing(reader, newspaper):
    Topic.objects.filter(name="الخط العربي").update(kind="ship")
    status, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))[:2]
    assert graph_of(page)["NewsArticle"]["about"][0]["@type"] == "Thing", status


def test_an_article_says_who_what_when_and_where(full, newspaper):
    things = graph_of(full)
    article = things["NewsArticle"]
    placed = Publication.objects.get(
        article=newspaper.articles["mashriq"][0], edition=newspaper.editions["mashriq"]
    )
    local = placed.published_at.astimezone(newspaper.editions["mashriq"].profile.zone)
    assert article["headline"] == newspaper.articles["mashriq"][0].headline
    assert article["datePublished"] == local.isoformat()
    assert local.strftime("%z") != "+0000"
    assert article["mainEntityOfPage"] == full.xpath("//link[@rel='canonical']/@href")[0]
    assert [(a["@type"], a["name"]) for a in article["author"]] == [
        ("Person", "ريم القصّار"), ("Person", "سامي الحاج"), ("Organization", "وكالة الساحل"),
    ]  # fmt: skip
    assert article["author"][0]["url"].startswith("http://127.0.0.1/author/")
    assert article["articleSection"] == "culture"
    assert article["keywords"] == ["الخط العربي"]
    assert article["about"][0]["@type"] == "Thing"
    assert article["locationCreated"] == {"@type": "Place", "name": "بيروت"}
    assert article["inLanguage"] == "ar"
    assert article["isAccessibleForFree"] is True
    assert article["correction"][0]["text"].startswith("ورد خطأ")
    assert article["isBasedOn"] == "https://example.org/story"
    assert article["publisher"]["@id"] == things["NewsMediaOrganization"]["@id"]
    assert things["NewsMediaOrganization"]["logo"]["width"] == 512
    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]] == ["الرئيسية", "culture"]


def test_the_card_of_an_article(full, newspaper):
    assert meta(full, "og:type") == ["article"]
    assert meta(full, "og:title") == [newspaper.articles["mashriq"][0].headline]
    assert meta(full, "og:url") == full.xpath("//link[@rel='canonical']/@href")
    assert meta(full, "og:locale") == ["ar_LB"]
    assert meta(full, "og:image")[0].startswith("http://127.0.0.1/media/")
    assert meta(full, "twitter:card") == ["summary_large_image"]
    assert len(meta(full, "description")) == 1


def test_an_article_without_a_picture_has_a_drawn_one_and_without_a_standfirst_a_description(
    reader, newspaper
):
    number = 3
    Article.objects.filter(pk=newspaper.articles["mashriq"][number].pk).update(standfirst="")
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", number))
    (picture,) = meta(page, "og:image")
    assert "/_/share/" in picture
    assert graph_of(page)["NewsArticle"]["image"] == [picture]
    assert meta(page, "description")[0].startswith("فقرة رقم")
    answer = reader.response("mashriq", picture.removeprefix("http://127.0.0.1"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"


def test_a_photograph_is_there_in_the_shapes_that_search_engines_ask_for(full, reader):
    _wide, _large, *shapes = graph_of(full)["NewsArticle"]["image"]
    made = [reader.response("mashriq", address.removeprefix("http://127.0.0.1")) for address in shapes]
    assert [answer.status_code for answer in made] == [302, 302]
    sizes = [NewsRendition.objects.get(file=answer["Location"].removeprefix("/media/")) for answer in made]
    assert [one.width / one.height for one in sizes] == pytest.approx([4 / 3, 1], abs=0.01)
    other = shapes[0].removeprefix("http://127.0.0.1").replace("-4x3", "0-4x3")
    assert reader.response("mashriq", other).status_code == 404, "a picture that is not the article's"


def test_a_sister_edition_points_to_the_canonical_one(reader, newspaper):
    article = newspaper.articles["mashriq"][1]
    place(article, newspaper.editions["maghrib"], "sport", NOW - timedelta(hours=2), is_canonical=False)
    placed = Publication.objects.get(article=article, edition=newspaper.editions["maghrib"])
    from bulaq.newsroom import addresses

    _, page = reader.page("maghrib", addresses.of_publication(placed))
    assert graph_of(page)["NewsArticle"]["url"].startswith("http://127.0.0.1/")
    assert meta(page, "og:url")[0].startswith("http://127.0.0.1/")


def test_translations_name_each_other(reader, newspaper):
    original, translation = newspaper.articles["mashriq"][0], newspaper.articles["english"][0]
    Article.objects.filter(pk=translation.pk).update(translation_of=original)
    _, page = reader.page("english", article_path(newspaper, "english", 0))
    work = graph_of(page)["NewsArticle"]["translationOfWork"]
    assert work["inLanguage"] == "ar"
    assert work["name"] == original.headline
    assert page.xpath("//link[@hreflang='x-default']/@href") == [work["url"]]
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    assert graph_of(page)["NewsArticle"]["workTranslation"][0]["inLanguage"] == "en"
    assert set(page.xpath("//link[@hreflang]/@hreflang")) == {"ar", "en", "x-default"}


def test_what_others_say_is_about_an_article_is_told_once(full):
    for name in ("og:title", "og:image", "og:url", "description", "robots", "og:site_name"):
        assert len(meta(full, name)) <= 1, name
    assert len(full.xpath("//link[@rel='canonical']")) == 1


@pytest.mark.parametrize("edition", ["mashriq", "english"])
def test_our_own_intake_reads_an_article_as_it_was_published(reader, newspaper, edition):
    response, page = reader.page(edition, article_path(newspaper, edition, 1))
    read = read_page(response.content, "page.html")
    assert isinstance(read, IncomingArticle)
    article = graph_of(page)["NewsArticle"]
    assert read.published_at is not None
    assert article["datePublished"].startswith(read.published_at[:16])
    assert read.published_at[-6:] == article["datePublished"][-6:]
    assert list(read.authors) == [author["name"] for author in article["author"]]
    assert read.section == article["articleSection"]
    assert read.canonical_url == article["url"]
    # The page prints numbers in the edition's digits, the data keeps them as written.
    assert to_latin(read.headline) == article["headline"]
    assert read.lead_image is not None
    assert read.lead_image.url.startswith(("http://127.0.0.1/media/", "http://english.localhost/media/"))
    assert list(read.tags) == article["keywords"]


def test_without_boxes_to_go_by_intake_reads_the_same_from_the_structured_data(reader, newspaper):
    """What a stranger's reader gets: no `data-box`, no visible date or byline."""
    text = "تقف المكتبة على التلة منذ قرون، وحولها بيوت من حجر وبساتين تسقيها قناة قديمة من النبع. "
    stored = newspaper.articles["mashriq"][1]
    stored.body = [("paragraph", f"{text * 3} فقرة {number}.") for number in range(4)]
    stored.save()
    response, page = reader.page("mashriq", article_path(newspaper, "mashriq", 1))
    article = graph_of(page)["NewsArticle"]
    stripped = html.fromstring(response.content.decode())
    for element in stripped.xpath("//*[contains(@class,'signed')]"):
        element.drop_tree()
    for element in stripped.xpath("//*[@data-box]"):
        del element.attrib["data-box"]
    read = read_page(html.tostring(stripped, encoding="utf-8", doctype="<!doctype html>"), "page.html")
    assert isinstance(read, IncomingArticle)
    assert read.published_at == article["datePublished"]
    assert list(read.authors) == [author["name"] for author in article["author"]]
    assert read.section == article["articleSection"]


# ── Fronts and lists ────────────────────────────────────────────────────────────────────────────────────────────


def test_home_is_a_site_that_can_be_searched(reader, newspaper):
    _, page = reader.page("mashriq", "/")
    things = graph_of(page)
    assert (
        things["WebSite"]["potentialAction"]["target"]["urlTemplate"]
        == "http://127.0.0.1/search/?q={search_term_string}"
    )
    listed = things["CollectionPage"]["mainEntity"]["itemListElement"]
    assert len(listed) == 10
    assert len({item["url"] for item in listed}) == 10
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1/"]
    assert set(page.xpath("//link[@hreflang]/@hreflang")) == {"ar-LB", "ar-MA", "en", "x-default"}
    types = set(page.xpath("//link[@rel='alternate'][@type]/@type"))
    assert types == {"application/rss+xml", "application/atom+xml", "application/feed+json"}
    assert page.xpath("//link[@rel='search']/@href") == ["/opensearch.xml"]


def test_lists_say_what_they_list_and_where_they_go_on(reader, newspaper):
    _, page = reader.page("mashriq", "/culture/")
    assert graph_of(page)["CollectionPage"]["name"] == "culture"
    (following,) = page.xpath("//link[@rel='next']/@href")
    assert following.startswith("/culture/?before=")
    _, page = reader.page(
        "mashriq", f"/author/{newspaper.person.pk}-%D8%B1%D9%8A%D9%85-%D8%A7%D9%84%D9%82%D8%B5%D8%A7%D8%B1/"
    )
    assert graph_of(page)["ProfilePage"]["mainEntity"]["name"] == "ريم القصّار"
    assert meta(page, "og:type") == ["profile"]
    assert page.xpath("//link[@type='application/atom+xml']/@href")[0].endswith("/feed/atom/")


@pytest.mark.parametrize("path", ["/search/?q=حكاية", "/nowhere/"])
def test_what_is_not_for_search_engines_says_so_and_says_no_more(reader, newspaper, path):
    _, page = reader.page("mashriq", path)
    assert meta(page, "robots") == ["noindex"]
    assert not page.xpath("//script[@type='application/ld+json']")
    assert not meta(page, "og:title")


def test_it_costs_no_query_beyond_the_pages_own(reader, newspaper, monkeypatch):
    path = article_path(newspaper, "mashriq", 0)
    reader.response("mashriq", path)
    with CaptureQueriesContext(connection) as with_it:
        reader.response("mashriq", path)
    monkeypatch.setattr(head, "_parts", [])
    with CaptureQueriesContext(connection) as without:
        reader.response("mashriq", path)
    assert len(with_it) == len(without)


def test_roles_beside_writing_are_told_as_what_they_are(reader, newspaper):
    article = newspaper.articles["mashriq"][2]
    Byline.objects.create(article=article, person=newspaper.person, role=Byline.Role.TRANSLATOR, sort_order=5)
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 2))
    told = graph_of(page)["NewsArticle"]
    assert len(told["author"]) == 1
    assert told["translator"][0]["name"] == "ريم القصّار"


@given(st.text())
def test_no_text_ends_a_data_block_or_is_changed_by_it(text):
    block = str(data_block({"headline": text}))
    inner = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>\u2028\u2029")
    assert json.loads(inner) == {"headline": text}
