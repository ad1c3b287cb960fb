"""The boxes as fragments, composed by the application as the edge composes them."""

from __future__ import annotations

import re

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from bulaq.delivery import box_items
from bulaq.delivery.edge import Edge
from bulaq.newsroom.models import Publication, RelatedArticle
from bulaq.reader import boxes
from bulaq.reader.editions import site_of
from tests.reader.paths import KINDS, article_path, path_of

CAPABLE = {"Surrogate-Capability": 'test="ESI/1.0"'}


def fragment(newspaper, name, *parts):
    edition = newspaper.editions["mashriq"].pk
    return Client().get("/".join(["/_/box", name, str(edition), *map(str, parts), ""]))


def test_the_shared_boxes_are_disjoint_limited_and_carry_spares(newspaper):
    response = fragment(newspaper, "shared")
    found = [part for part in box_items.parse_boxes(response.content) if isinstance(part, box_items.Box)]
    assert [re.search(rb'data-box="([a-z-]+)"', box.head)[1] for box in found][:1] == [b"latest"]
    numbers = [number for box in found for number, _ in box.items]
    assert len(numbers) == len(set(numbers))
    assert all(box.limit for box in found)
    keys = response["Surrogate-Key"].split()
    edition = newspaper.editions["mashriq"].pk
    assert {f"edition:{edition}", f"box:latest:{edition}", f"box:most-read:{edition}"} <= set(keys)
    assert {f"article:{number}" for number in numbers} <= set(keys)


def test_a_small_edition_shares_its_headlines_out(newspaper):
    keep = [article.pk for article in newspaper.articles["english"][:6]]
    Publication.objects.filter(edition=newspaper.editions["english"]).exclude(article_id__in=keep).delete()
    found = boxes.shared_boxes(site_of(newspaper.editions["english"]))
    assert {"latest", "most-read"} <= {box.name for box in found}


def test_relative_times_stand_only_in_what_lives_a_minute(newspaper, reader):
    said = re.compile("قبل|الآن|أمس")
    shared = fragment(newspaper, "shared")
    assert said.search(shared.content.decode())
    assert "max-age=60" in shared["Surrogate-Control"]
    article = newspaper.articles["mashriq"][0]
    related = fragment(newspaper, "related", article.pk).content.decode()
    page = reader.response("mashriq", article_path(newspaper, "mashriq", 0), **CAPABLE).content.decode()
    for text in (related, page):
        assert not any(said.search(time) for time in re.findall(r"<time.*?</time>", text))


def test_where_nothing_is_related_all_articles_of_the_section_share_one_box_that_says_so(newspaper, reader):
    RelatedArticle.objects.all().delete()
    article = newspaper.articles["mashriq"][0]
    placed = article.publications.get(edition__slug="mashriq")
    asked = f"/_/box/related/{placed.edition_id}/{article.pk}/"
    response = Client(headers=CAPABLE).get(asked)
    mark = f"/_/box/section/{placed.edition_id}/{placed.section_id}/"
    assert response.content.decode() == f'<esi:include src="{mark}"/>'
    assert "ESI/1.0" in response["Surrogate-Control"]
    # What is published in the section later renews the one box, and none for each article.
    named = f"box:section:{placed.edition_id}-{placed.section_id}"
    assert named not in response["Surrogate-Key"]
    shared = Client().get(mark)
    assert named in shared["Surrogate-Key"]
    text = shared.content.decode()
    assert "أخبار ذات صلة" not in text
    assert "المزيد من" in text
    # Whoever does not compose is given the whole page: with the box, without the article's own headline in it.
    page = reader.response("mashriq", article_path(newspaper, "mashriq", 0)).content.decode()
    box = re.search(r'<section[^>]*data-box="related".*?</section>', page, re.S).group()
    assert "المزيد من" in box
    assert f'data-article="{article.pk}"' not in box


def test_an_article_alone_in_its_section_has_no_box(newspaper):
    RelatedArticle.objects.all().delete()
    article = newspaper.articles["mashriq"][0]
    placed = article.publications.get(edition__slug="mashriq")
    Publication.objects.exclude(article=article).delete()
    response = Client().get(f"/_/box/section/{placed.edition_id}/{placed.section_id}/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/_/box/shared/999/", "/_/box/related/999/1/", "/_/box/section/1/999/"])
def test_boxes_of_no_edition_are_not_there(path, newspaper):
    assert Client().get(path).status_code == 404


def test_who_can_compose_is_given_marks_and_the_ids_to_leave_out(newspaper, reader):
    response = reader.response("mashriq", article_path(newspaper, "mashriq", 0), **CAPABLE)
    assert response.content.count(b"<esi:include") == 3
    shown = [int(number) for number in response["Bulaq-Shown"].split()]
    assert shown == [article.pk for article in newspaper.articles["mashriq"][:3]]
    assert 'content="ESI/1.0"' in response["Surrogate-Control"]


def test_who_cannot_is_given_the_whole_page_and_no_marks(newspaper, reader):
    response = reader.response("mashriq", article_path(newspaper, "mashriq", 0))
    assert b"esi:" not in response.content
    assert "Bulaq-Shown" not in response
    assert int(response["Content-Length"]) == len(response.content)


@pytest.fixture
def one_connection():
    """The application is asked without the test client here: as that does, the test's own connection is kept open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_edge_composes_the_same_page(newspaper, reader, one_connection):
    from django.core.wsgi import get_wsgi_application

    path = article_path(newspaper, "mashriq", 0)
    status = []
    edge = Edge(get_wsgi_application())
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path_info(path), "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http",
        "QUERY_STRING": "",
    }  # fmt: skip
    body = b"".join(edge(environ, lambda line, headers, *_: status.append(line)))
    assert status == ["200 OK"]
    direct = reader.response("mashriq", path).content
    assert re.sub(rb' data-limit="\d+"', b"", direct) == re.sub(rb' data-limit="\d+"', b"", body)


def path_info(path: str) -> str:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")


def test_a_front_that_cannot_choose_hides_repeats_by_style(newspaper, reader):
    page = reader.response("mashriq", article_path(newspaper, "mashriq", 0), **CAPABLE).content.decode()
    first = newspaper.articles["mashriq"][0].pk
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert f'[data-article="{first}"]' in styles[1]
    assert "data-limit" in styles[1]


def test_the_breaking_line_stands_above_every_kind_of_page(newspaper, reader):
    from bulaq.newsroom.actions.breaking import set_breaking

    set_breaking(edition_ids=[newspaper.editions["mashriq"].pk], text="وصول القطار الأول إلى المدينة")
    for kind in KINDS:
        _, page = reader.page("mashriq", path_of(kind, newspaper, "mashriq"))
        (line,) = page.xpath('//*[@data-box="breaking"]')
        assert line.xpath(".//h2")[0].text_content() == "عاجل"
        assert line.xpath(".//p")[0].text_content() == "وصول القطار الأول إلى المدينة"
        assert line.xpath(".//time[@datetime]")
    # The label stands for the word that opens the line, and for no other.
    for written, shown in (
        ("عاجل: وصول القطار", "وصول القطار"),
        ("#عاجل | وصول القطار", "وصول القطار"),
        ("عاجل.. وصول القطار", "وصول القطار"),
        ("عاجل", "عاجل"),
        ("عاجلة رسالته: سلام", "عاجلة رسالته: سلام"),
    ):
        set_breaking(edition_ids=[newspaper.editions["mashriq"].pk], text=written)
        _, page = reader.page("mashriq", "/")
        assert page.xpath('//*[@data-box="breaking"]//p')[0].text_content() == shown
