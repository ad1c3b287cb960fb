"""Fronts and lists: paging, redirects, what is not there; and how many queries each costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bulaq.arabic.digits import to_digits
from bulaq.discovery.embedded.engine import EmbeddedIndex
from bulaq.discovery.index import Facets, Hit, Results
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Article, Publication
from tests.newsroom.making import make_article
from tests.reader.newspaper import NOW, place
from tests.reader.paths import path_of

CAPABLE = {"Surrogate-Capability": 'test="ESI/1.0"'}


def ids_on(page) -> list[int]:
    return [int(number) for number in page.xpath("//*[@class='items']/li/@data-article")]


def test_a_list_goes_on_where_it_stopped_whatever_is_published_meanwhile(reader, newspaper):
    edition = newspaper.editions["mashriq"]
    same_moment = NOW - timedelta(days=3)
    for number in range(25):
        place(make_article(f"مادة قديمة {number}"), edition, "culture", same_moment)
    seen: list[int] = []
    path = "/culture/"
    while path:
        _, page = reader.page("mashriq", path)
        seen += ids_on(page)
        if len(seen) < 21:
            place(make_article("مادة جديدة جاءت بين صفحتين"), edition, "culture", NOW)
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    wanted = Publication.objects.filter(edition=edition, section__slug="culture", published_at__lt=NOW)
    assert seen == list(wanted.order_by("-published_at", "-id").values_list("article_id", flat=True))


@pytest.mark.parametrize("before", ["x", "1-", "-1", "9" * 40 + "-1", "1-" + "9" * 30, "%00", "١-٢"])
def test_a_place_in_a_list_that_is_none_means_its_beginning(before, reader):
    response, page = reader.page("mashriq", f"/culture/?before={before}")
    assert response.status_code == 200
    assert ids_on(page)


def test_beyond_the_end_of_a_list_there_is_a_way_back(reader):
    _, page = reader.page("mashriq", "/culture/?before=1-1")
    assert ids_on(page) == []
    assert page.xpath("//nav[@class='paging']/a/@href") == ["/culture/"]


@pytest.mark.parametrize("kind", ["author", "topic"])
def test_a_wrong_name_in_an_address_is_corrected(kind, reader, newspaper):
    right = path_of(kind, newspaper, "mashriq")
    number = right.split("/")[2].split("-")[0]
    for wrong in (f"/{kind}/{number}-x/", f"/{kind}/{number}/"):
        response = reader.response("mashriq", wrong + "?before=1-1")
        assert (response.status_code, response["Location"]) == (301, right + "?before=1-1")
    assert reader.response("mashriq", f"/{kind}/999999-x/").status_code == 404


def test_a_topic_that_editors_have_not_accepted_has_no_page(reader, newspaper):
    path = path_of("topic", newspaper, "mashriq")
    newspaper.topic.accepted = False
    newspaper.topic.save()
    assert reader.response("mashriq", path).status_code == 404


def test_the_archive_has_the_days_of_the_editions_own_calendar(reader, newspaper):
    edition = newspaper.editions["mashriq"]
    # Half past ten at night in London is past midnight in Beirut.
    moment = (NOW - timedelta(days=40)).replace(hour=22, minute=30)
    article = make_article("خبر بعد منتصف الليل")
    place(article, edition, "culture", moment)
    day = moment.astimezone(edition.profile.zone).date()
    assert day != moment.date()
    _, page = reader.page("mashriq", addresses.archive(day))
    assert ids_on(page) == [article.pk]
    assert len(page.xpath("//nav[@class='paging']/a[@rel='next']")) == 1
    (said,) = page.xpath("//*[@class='items']//time")
    assert said.text_content() == to_digits(moment.astimezone(edition.profile.zone).strftime("%H:%M"), "arab")
    assert reader.response("mashriq", addresses.archive(moment.date())).status_code == 404


def test_a_day_of_the_archive_shows_its_month_and_leads_to_the_days_with_news(reader, newspaper):
    edition = newspaper.editions["mashriq"]
    for day, hour in ((3, 9), (3, 12), (20, 23), (28, 0)):
        at = datetime(2019, 2, day, hour, 30, tzinfo=edition.profile.zone)
        place(make_article(f"خبر يوم {day} عند {hour}"), edition, "culture", at)
    before = datetime(2018, 11, 30, 12, tzinfo=edition.profile.zone)
    place(make_article("خبر من العام السابق"), edition, "culture", before)
    _, page = reader.page("mashriq", "/archive/2019/02/20/")
    (month,) = page.xpath("//nav[@class='month']")
    assert month.xpath("./h2")[0].text_content() == "شباط/فبراير ٢٠١٩"
    assert month.xpath(".//td/a/@href") == ["/archive/2019/02/03/", "/archive/2019/02/28/"]
    assert month.xpath(".//*[@aria-current='date']")[0].text_content() == "٢٠"
    # The third of February 2019 was a Sunday: the last of the week where it begins on Monday.
    assert month.xpath(".//tr[td/a]")[0].xpath("./td")[6].text_content() == "٣"
    earlier, later = month.xpath("./p/a/@href")
    assert earlier == "/archive/2018/11/30/"
    assert later > "/archive/2019/02/28/"


@pytest.mark.parametrize("day", ["2026/02/30", "0000/00/00", "0001/01/01", "9999/12/31", "2026/13/01"])
def test_a_day_that_is_none_is_not_found(day, reader):
    assert reader.response("mashriq", f"/archive/{day}/").status_code == 404


def test_search_folds_as_the_house_folds(reader, newspaper):
    article = make_article("أخبار المكتبة الكبرى في الإسكندرية")
    place(article, newspaper.editions["mashriq"], "culture", NOW)
    for query in ("اخبار المكتبه", "الإسكندريّة", "الاسكندريه"):
        _, page = reader.page("mashriq", addresses.search(query))
        assert ids_on(page) == [article.pk], query
        assert page.xpath("//input[@name='q']/@value") == [query]


def test_a_search_that_was_only_sampled_says_that_its_numbers_are_estimates(reader, newspaper, monkeypatch):
    edition = newspaper.editions["mashriq"]
    article = make_article("أخبار المدينة")
    place(article, edition, "culture", NOW)
    year = NOW.year
    hits = (Hit(article.pk, 1.0, "أخبار المدينة", "", "", NOW),)
    results = Results(hits, 12_345, facets=Facets({}, {year: 11_980, year - 1: 365}))
    monkeypatch.setattr(EmbeddedIndex, "count", lambda index: 1)
    for approximate, total, years in (
        (True, "نحو ١٢٬٠٠٠ نتيجة", {"نحو ١٢٬٠٠٠", "نحو ٣٧٠"}),
        (False, "١٢٬٣٤٥ نتيجة", {"١١٬٩٨٠", "٣٦٥"}),
    ):
        found = replace(results, approximate=approximate)
        monkeypatch.setattr(EmbeddedIndex, "search", lambda index, asked, found=found: found)
        _, page = reader.page("mashriq", addresses.search("المدينة"))
        assert page.xpath("string(//p[@role='status'])") == total
        assert set(page.xpath("//div[@class='narrow']//span/text()")) == years
        answer = reader.response("mashriq", "/search.json?q=المدينة").json()
        assert (answer["total"], answer["approximate"]) == (12_345, approximate)


@pytest.mark.parametrize("query", ["", "   ", "؟؟!", "\x00", "%", "a" * 5000, "<script>", '"'])
def test_search_bears_any_query(query, reader):
    response = reader.response("mashriq", addresses.search(query))
    assert response.status_code == 200
    assert b"<script>" not in response.content
    assert reader.response("mashriq", "/search/?q=x&page=99999999999").status_code == 200


def test_beyond_the_last_page_of_results_the_first_is_shown(reader, newspaper):
    article = make_article("أخبار المكتبة الكبرى في الإسكندرية")
    place(article, newspaper.editions["mashriq"], "culture", NOW)
    beyond = reader.response("mashriq", f"{addresses.search('المكتبة')}&page=50")
    assert beyond.status_code == 302
    assert "no-store" in beyond["Cache-Control"]
    assert beyond["Location"] == addresses.search("المكتبة")


def test_an_edition_with_nothing_still_has_a_front(reader):
    Publication.objects.all().delete()
    Article.objects.all().delete()
    response, page = reader.page("mashriq", "/")
    assert response.status_code == 200
    assert not page.xpath("//*[@data-box]")


def test_an_unknown_host_gets_the_default_edition(reader, newspaper, client):
    assert client.get("/", HTTP_HOST="somewhere.example").headers["Content-Language"] == "ar-LB"


@pytest.mark.parametrize("host", ["www.{}", "WWW.{}:8000", "{}."])
def test_an_edition_answers_to_its_host_in_other_spellings(host, reader, newspaper, client):
    english = newspaper.editions["english"]
    assert client.get("/", HTTP_HOST=host.format(english.host)).headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("kind", "queries"),
    # A page that is lost: the edition, its sections, what its footer leads to, old addresses, and sections that bore the name
    # before.
    [
        ("home", 12),
        ("section", 6),
        ("author", 6),
        ("topic", 6),
        ("standing", 4),
        ("search", 6),
        ("lost", 5),
    ],
)
def test_each_page_costs_a_fixed_number_of_queries(
    kind, queries, reader, newspaper, django_assert_num_queries
):
    path = path_of(kind, newspaper, "mashriq")
    with django_assert_num_queries(queries):
        reader.response("mashriq", path, **CAPABLE)
