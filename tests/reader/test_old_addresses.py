"""Addresses of the old site that look like ours still lead to their own articles."""

import pytest

from bulaq.newsroom import legacy_paths
from tests.reader.paths import article_path


@pytest.mark.parametrize(
    "asked",
    [
        "/?p=12",
        "/?p=12&preview=true",
        "/news/{other}/",
        "/culture/{other}-كلمات-أخرى/",
        "/news.php?id=7&lang=ar",
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
