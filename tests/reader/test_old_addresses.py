"""Addresses of the old site that look like ours still lead to their own articles."""

import pytest
from django.test import RequestFactory

from bulaq.newsroom import legacy_paths
from bulaq.newsroom.actions.article_changed import text_changed
from bulaq.newsroom.actions.publishing import withdraw
from bulaq.newsroom.importing.undo.undoing import _delete
from bulaq.newsroom.models import Article, ImportHost, OutboxEntry, Publication
from bulaq.reader.old_addresses import names_an_article
from tests.reader.paths import article_path


@pytest.mark.parametrize(
    "asked",
    [
        "/?p=12",
        "/?p=12&preview=true",
        "/news/{other}/",
        "/culture/{other}-كلمات-أخرى/",
        "/news.php?id=7&lang=ar",
        "/culture/?id=7",
    ],
)
def test_an_old_address_is_stronger_than_a_number_of_ours(reader, newspaper, asked):
    article, other = newspaper.articles["mashriq"][:2]
    asked = asked.format(other=other.pk)
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, asked.replace("&preview=true", ""))
    response = reader.response("mashriq", asked)
    assert (response.status_code, response["Location"]) == (301, article_path(newspaper, "mashriq", 0))


@pytest.mark.django_db
def test_a_parameter_that_no_database_takes_is_not_looked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not names_an_article(RequestFactory().get("/?a%00b=1"))


def test_our_own_addresses_are_not_asked_for_again(reader, newspaper):
    article, other = newspaper.articles["mashriq"][:2]
    path = article_path(newspaper, "mashriq", 1)
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, path)
    assert reader.response("mashriq", path).status_code == 200
    assert reader.response("mashriq", "/?p=99").status_code == 200
    assert reader.response("mashriq", f"/news/{other.pk}/")["Location"] == path


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("/3/{other}.html", "/3/{other}"),
        ("/3/{other}", "/3/{other}/"),
        ("/culture/{other}/", "/culture/{other}"),
        ("/?p=12", "/?page_id=12"),
        ("/culture/?id=7", "/culture/?id=7"),
        ("/2018/05/slug/", "/index.php/2018/05/slug"),
    ],
)
def test_an_old_address_of_a_draft_leads_nowhere_until_it_is_published(known, asked, led, newspaper):
    """Nor on to an article of ours whose number stands in it."""
    article, other = newspaper.articles["mashriq"][:2]
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, known.format(other=other.pk))
    asked = asked.format(other=other.pk)
    mine = Publication.objects.filter(article=article)
    mine.update(state=Publication.State.PLANNED)
    status, path, keys = led(asked)
    assert (status, path) == (404, None)
    assert f"article:{article.pk}" in keys, "purged when it is published"
    mine.update(state=Publication.State.PUBLISHED)
    assert led(asked)[:2] == (301, article_path(newspaper, "mashriq", 0))


@pytest.mark.parametrize(
    "asked",
    [
        "/2018/05/ثقافة",
        "/2018/05/ثقافة.",
        "/2018/05/ثقافة/%E2%80%8F",
        "/2018/05/ثقافة/feed/atom/",
        "/2018/05/ثقافة/amp/page/2/",
        "/2018/05/ثقافة/3/",
        "/amp/2018/05/ثقافة/",
        "/index.php/2018/05/ثقافة/",
        "/2018/05/ثقافة.htm",
        "/2018/05/ثقافة/?amp=1&utm_source=x",
        "/2018/05/%25D8%25AB%25D9%2582%25D8%25A7%25D9%2581%25D8%25A9/",
        "/2018/05/%cb%de%c7%dd%c9/",
        "/?p=12/",
        "/?page_id=12",
        "/index.php?p=12&amp;preview=true",
    ],
)
def test_every_way_to_write_an_old_address_is_the_same_address(asked, led, newspaper):
    article = newspaper.articles["mashriq"][0]
    for known in ("/2018/05/ثقافة/", "/?p=12"):
        legacy_paths.remember(newspaper.editions["mashriq"], article.pk, known)
    assert led(asked)[:2] == (301, article_path(newspaper, "mashriq", 0))


def test_an_article_that_stands_in_a_sister_edition_alone_is_found_there(led, newspaper):
    article = newspaper.articles["mashriq"][0]
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, "/old.html")
    sister = newspaper.editions["maghrib"]
    Publication.objects.filter(article=article).exclude(edition=newspaper.editions["mashriq"]).delete()
    Publication.objects.filter(article=article).update(edition=sister)
    status, path, _ = led("/old.html")
    assert status == 301
    assert path.startswith(f"http://{sister.host}")


def test_the_old_host_of_an_archive_is_its_editions_unless_several_took_from_it(client, newspaper):
    maghrib, mashriq = newspaper.editions["maghrib"], newspaper.editions["mashriq"]
    for host in ("old-maghrib.example", "of-both.example", "10.0.0.7"):
        ImportHost.objects.create(edition=maghrib, host=host)
    ImportHost.objects.create(edition=mashriq, host="of-both.example")

    def edition(host: str) -> str:
        return client.get("/", HTTP_HOST=host).headers["Content-Language"]

    default = edition("nobody.example")
    for host in ("old-maghrib.example", "www.old-maghrib.example:8080", "M.Old-Maghrib.example."):
        assert edition(host) == maghrib.profile.language != default
    assert edition("of-both.example") == edition("10.0.0.7") == default
    assert edition(f"m.{maghrib.host}") == maghrib.profile.language


@pytest.fixture
def led(reader, newspaper):
    """Where old addresses lead, and the keys of the answers."""

    def ask(path: str):
        response = reader.response("mashriq", path)
        return response.status_code, response.get("Location"), set(response["Surrogate-Key"].split())

    return ask


def _purged() -> list[str]:
    return [
        key
        for payload in OutboxEntry.objects.filter(consumer="purge").values_list("payload", flat=True)
        for key in payload["keys"]
    ]


@pytest.mark.parametrize("asked", ["/?p=12", "/2018/05/slug-عربي/", "/news.php?id=7", "/culture/{other}/"])
@pytest.mark.parametrize("act", ["withdraw", "new headline", "undo"])
def test_a_redirect_is_purged_by_whatever_changes_where_it_leads(asked, act, led, newspaper):
    article, other = newspaper.articles["mashriq"][:2]
    asked = asked.format(other=other.pk)
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, asked)
    status, before, keys = led(asked)
    assert (status, before) == (301, article_path(newspaper, "mashriq", 0))
    OutboxEntry.objects.all().delete()
    if act == "withdraw":
        withdraw(article_id=article.pk)
    elif act == "new headline":
        article = Article.objects.get(pk=article.pk)
        article.headline = "عنوان آخر لم يُكتب من قبل"
        article.save()
        text_changed(article)
    else:
        _delete([article])
    assert keys & set(_purged()) >= {f"article:{article.pk}"}
    status, path, _ = led(asked)
    if act == "new headline":
        assert status == 301
        assert path != before
    elif act == "withdraw":
        assert status == 410
    else:
        assert status != 410
        assert path is None or f"/{article.pk}-" not in path


def test_a_name_of_a_section_is_part_of_where_an_old_address_leads(led, newspaper):
    article = newspaper.articles["mashriq"][0]
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, "/old.html")
    section = Publication.objects.get(article=article, edition=newspaper.editions["mashriq"]).section_id
    assert f"section:{section}" in led("/old.html")[2]


def test_an_address_without_its_slash_is_asked_before_anybody_is_led_there(led, newspaper):
    assert led("/nothing")[0] == led("/culture/99999-x")[0] == 404
    status, path, keys = led("/culture")
    assert (status, path) == (301, "/culture/")
    assert newspaper.editions["mashriq"].pk in {
        int(key.split(":")[1]) for key in keys if key.startswith("edition:")
    }
    right = article_path(newspaper, "mashriq", 0)
    number = newspaper.articles["mashriq"][0].pk
    assert led(f"/culture/{number}")[1] == right, "one step, not two"
    assert led(right.rstrip("/"))[1] == right


def test_capitals_and_doubled_slashes_lead_to_the_address_as_it_is_written(led, newspaper):
    right = article_path(newspaper, "mashriq", 0)
    assert led("/CULTURE/")[:2] == led("/culture//")[:2] == (301, "/culture/")
    assert led(right.replace("/culture/", "/Culture//"))[:2] == (301, right)
    assert led("/NOTHING/")[0] == led("/nothing//")[0] == 404
