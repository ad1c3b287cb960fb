"""The home page's plan, and the page that the desk previews."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html

from bulaq.newsroom.models import Article, MostRead, Publication
from bulaq.newsroom.queries.headlines import Headline
from bulaq.reader.editions import SectionPlace, site_of
from bulaq.reader.fronts import COLUMNS, LEAD_AMONG, MOST_IN_ROW, Band, home_front, strips
from tests.reader.newspaper import NOW


def headline(number: int, *, image: object = None) -> Headline:
    return Headline(number, number, "عنوان", "", "", "/x/", 1, NOW, image, "")


def test_the_newest_with_a_picture_leads_and_nothing_stands_twice(newspaper):
    site = site_of(newspaper.editions["mashriq"])
    front = home_front(site)
    assert front.lead.image is not None
    newest = [article.pk for article in newspaper.articles["mashriq"][:LEAD_AMONG]]
    assert front.lead.article_id in newest
    assert len(front.shown_ids) == len(set(front.shown_ids))
    assert len(front.seconds) == site.profile.counts.home_seconds
    assert front.latest is not None
    assert [band.section.slug for band in front.bands] == ["culture", "sport"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 9, 12])
def test_an_edition_of_any_size_has_no_box_of_one_headline(count, newspaper):
    keep = [article.pk for article in newspaper.articles["english"][:count]]
    Publication.objects.filter(edition=newspaper.editions["english"]).exclude(article_id__in=keep).delete()
    MostRead.objects.exclude(article_id__in=keep).delete()
    front = home_front(site_of(newspaper.editions["english"]))
    assert front.lead is not None
    assert all(len(band.items) >= 2 for band in front.bands)
    assert front.most_read is None or len(front.most_read.items) >= 2
    if count >= 12:
        assert set(front.shown_ids) == set(keep), "a headline of a section with too few is lost"
    if count >= 4:
        assert set(front.shown_ids) <= set(keep)
        assert len(front.latest.items) >= 2


def bands(count: int, each: int, *, image: object = None) -> list[Band]:
    return [
        Band(
            SectionPlace(place, f"s{place}", "قسم", True),
            tuple(headline(place * each + number, image=image) for number in range(each)),
        )
        for place in range(count)
    ]


@pytest.mark.parametrize("each", [2, 3, 4, 5])
@pytest.mark.parametrize("count", range(1, 11))
def test_strips_keep_the_order_differ_from_the_one_above_and_can_be_filled(count, each):
    made = strips(bands(count, each, image=object()))
    assert [band.section.id for strip in made for band in strip.bands] == list(range(count))
    assert all(above.style != below.style for above, below in pairwise(made))
    for strip in made:
        assert (len(strip.bands) > 1) == (strip.style == "abreast")
        assert len(strip.bands) <= COLUMNS
        assert strip.style != "feature" or len(strip.bands[0].items) >= 3
        assert strip.style != "row" or len(strip.bands[0].items) <= MOST_IN_ROW


def test_sections_without_pictures_are_set_in_words_side_by_side_where_they_can():
    assert [strip.style for strip in strips(bands(5, 4))] == ["abreast", "text", "text"]
    assert [strip.style for strip in strips(bands(1, 4))] == ["text"]


def test_the_desk_previews_the_real_page_with_unsaved_words_and_boxes_set_in(newspaper):
    article = Article.objects.get(pk=newspaper.articles["mashriq"][0].pk)
    article.headline = "عنوان لم يُحفظ بعد"
    response = article.make_preview_request()
    page = html.fromstring(response.content.decode())
    assert page.xpath("//h1")[0].text_content() == "عنوان لم يُحفظ بعد"
    assert page.xpath("//section[@data-box='latest']//li")
    assert page.xpath("//section[@data-box='related']//li")
    assert "no-store" in response["Cache-Control"]
    assert page.xpath("//meta[@name='robots' and @content='noindex']")


def test_a_new_article_can_be_previewed_before_it_is_stored(newspaper):
    response = Article(headline="مسودة", language="ar").make_preview_request()
    assert response.status_code == 200
    assert "مسودة" in response.content.decode()
