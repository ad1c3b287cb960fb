"""Addresses of the old site that look like ours still lead to their own articles."""

import pytest

from bulaq.newsroom import legacy_paths
from bulaq.newsroom.actions.publishing import text_changed, withdraw
from bulaq.newsroom.importing.undoing import _delete
from bulaq.newsroom.models import Article, OutboxEntry, Publication
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


def test_our_own_addresses_are_not_asked_for_again(reader, newspaper):
    article, other = newspaper.articles["mashriq"][:2]
    path = article_path(newspaper, "mashriq", 1)
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, path)
    assert reader.response("mashriq", path).status_code == 200
    assert reader.response("mashriq", "/?p=99").status_code == 200
    assert reader.response("mashriq", f"/news/{other.pk}/")["Location"] == path


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
