"""Sitemaps: every canonical address once, in files that stay small whatever the archive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from bulaq.newsroom.actions import stories
from bulaq.newsroom.models import Article, Publication
from bulaq.newsroom.queries import sitemaps as queries
from bulaq.reader.machine import sitemaps
from tests.reader.newspaper import NOW, place

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def tree(reader, edition, path):
    response = reader.response(edition, path)
    assert response.status_code == 200, path
    return ElementTree.fromstring(response.content)


def locations(root) -> list[str]:
    return [element.text for element in root.iterfind("*/s:loc", NAMES)]


def files(reader, edition) -> list[str]:
    host = {"mashriq": "127.0.0.1"}.get(edition, f"{edition}.localhost")
    return [
        address.removeprefix(f"http://{host}") for address in locations(tree(reader, edition, "/sitemap.xml"))
    ]


def articles_in(reader, edition) -> list[str]:
    dated = [path for path in files(reader, edition) if path[9].isdigit()]
    return [address for path in dated for address in locations(tree(reader, edition, path))]


def test_every_article_stands_in_one_file_and_only_where_it_is_canonical(reader, newspaper):
    article = newspaper.articles["mashriq"][1]
    place(article, newspaper.editions["maghrib"], "sport", NOW - timedelta(hours=1), is_canonical=False)
    found = articles_in(reader, "mashriq")
    assert len(found) == len(set(found)) == len(newspaper.articles["mashriq"])
    assert not any(f"/{article.pk}-" in address for address in articles_in(reader, "maghrib"))
    pages = locations(tree(reader, "mashriq", "/sitemap/fronts.xml"))
    assert pages[:2] == ["http://127.0.0.1/", "http://127.0.0.1/culture/"]
    assert len(locations(tree(reader, "mashriq", "/sitemap/people.xml"))) == 2
    assert len(locations(tree(reader, "mashriq", "/sitemap/topics.xml"))) == 1


def test_stories_that_have_a_page_are_there_and_merged_ones_are_not(reader, newspaper):
    articles = newspaper.articles["mashriq"]
    story, merged, hidden = (
        stories.begin_story(title=title, language="ar", article_ids=ids, added_by="editor")
        for title, ids in (
            ("ترميم الجسر", [article.pk for article in articles[:4]]),
            ("جسر الوادي", [article.pk for article in articles[4:8]]),
            ("خبز التنور", [articles[8].pk]),
        )
    )
    path = "/sitemap/stories.xml"
    assert path in files(reader, "mashriq")
    assert [
        f"/story/{one.pk}-" in address
        for one, address in zip((story, merged), locations(tree(reader, "mashriq", path)), strict=True)
    ] == [True, True]
    assert not hidden.is_public
    assert path not in files(reader, "maghrib"), "the protocol knows no file without an address"
    assert reader.response("maghrib", path).status_code == 404
    stories.merge_stories(keep=story.pk, merged=merged.pk)
    [address] = locations(tree(reader, "mashriq", path))
    assert f"/story/{story.pk}-" in address


def test_many_people_stand_in_parts(reader, newspaper, monkeypatch):
    whole = locations(tree(reader, "mashriq", "/sitemap/people.xml"))
    monkeypatch.setattr(sitemaps, "FILE", 1)
    parts = [path for path in files(reader, "mashriq") if path.startswith("/sitemap/people")]
    assert len(parts) == len(whole) == 2
    assert [address for path in parts for address in locations(tree(reader, "mashriq", path))] == whole
    assert reader.response("mashriq", "/sitemap/people-999999.xml").status_code == 404


def test_a_month_that_is_too_long_is_split_into_days_and_a_day_into_parts(reader, newspaper, monkeypatch):
    whole = sorted(articles_in(reader, "mashriq"))
    monkeypatch.setattr(sitemaps, "FILE", 7)
    paths = files(reader, "mashriq")
    assert any(path.count("-") == 3 for path in paths), paths
    for path in paths:
        assert len(locations(tree(reader, "mashriq", path))) <= 7
    assert sorted(articles_in(reader, "mashriq")) == whole


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 14, 15])
def test_parts_of_a_day_leave_nothing_out_whatever_their_number(reader, newspaper, count):
    day = datetime(2001, 3, 4, 12, tzinfo=UTC)
    ids = [article.pk for article in newspaper.articles["mashriq"][:count]]
    Publication.objects.filter(article_id__in=ids).update(published_at=day)
    edition = newspaper.editions["mashriq"]
    starts = [0, *queries.cuts(edition, day.date(), 7)]
    found = [
        line.article_id
        for after in starts
        for line in queries.addresses_of(edition, day.date(), day.date(), 7, after_id=after)
    ]
    assert sorted(found) == sorted(ids)
    assert len(starts) == max(1, -(-count // 7))


def test_the_last_change_is_told_with_the_editions_offset(reader, newspaper):
    changed = NOW + timedelta(minutes=1)
    article = newspaper.articles["mashriq"][2]
    Publication.objects.filter(article=article).update(updated_at=changed)
    root = tree(reader, "mashriq", "/sitemap.xml")
    local = changed.astimezone(newspaper.editions["mashriq"].profile.zone).isoformat()
    assert local in [element.text for element in root.iterfind("*/s:lastmod", NAMES)]


def test_translations_are_told_on_both_sides(reader, newspaper):
    original, translation = newspaper.articles["mashriq"][0], newspaper.articles["english"][0]
    Article.objects.filter(pk=translation.pk).update(translation_of=original)
    for edition in ("mashriq", "english"):
        month = next(path for path in files(reader, edition) if path[9].isdigit())
        links = tree(reader, edition, month).findall(".//x:link", NAMES)
        assert {link.get("hreflang") for link in links} == {"ar", "en"}
        assert len(links) == 2


def test_the_news_of_two_days_newest_first(reader, newspaper):
    Publication.objects.filter(article=newspaper.articles["mashriq"][5]).update(
        published_at=NOW - timedelta(hours=49)
    )
    root = tree(reader, "mashriq", "/news-sitemap.xml")
    dates = [element.text for element in root.iterfind(".//n:publication_date", NAMES)]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(newspaper.articles["mashriq"]) - 1
    assert root.find(".//n:title", NAMES).text == newspaper.articles["mashriq"][0].headline
    assert root.find(".//n:language", NAMES).text == "ar"
    assert root.find(".//n:name", NAMES).text == "النخلة"


@pytest.mark.parametrize("path", ["/sitemap.xml", "/news-sitemap.xml", "/sitemap/people.xml"])
def test_the_queries_do_not_grow_with_the_archive(reader, newspaper, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        reader.response("mashriq", path)


@pytest.mark.parametrize(
    "name",
    [
        "2024-13",
        "2024-00",
        "2024-02-30",
        "0000-01",
        "9999-12",
        "2024-02-01-0",
        "2001-01",
        "nothing",
        "2024-2",
    ],
)
def test_files_that_are_none_are_not_there(reader, newspaper, name):
    assert reader.response("mashriq", f"/sitemap/{name}.xml").status_code == 404
