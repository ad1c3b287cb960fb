"""Links to our own articles: stored by id, leading where the reader of this page can go."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html

from bulaq.newsroom import article_links
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.blocks import INLINE_FEATURES
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


def stored(article):
    return f'<p>اقرأ <a linktype="article" id="{article.pk}">مادتنا السابقة</a>.</p>'


@pytest.fixture
def sisters():
    return make_edition(), make_edition("maghrib", profile="maghrib")


def test_a_link_leads_to_the_edition_of_the_page_or_else_to_the_canonical_one(sisters):
    first, second = sisters
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    with article_links.drawn_for(first):
        here = expand_db_html(stored(article))
    with article_links.drawn_for(second):
        there = expand_db_html(stored(article))
    assert f'<a href="/culture/{article.pk}-' in here
    assert f'<a href="http://{first.host}' in there
    assert f'<a href="http://{first.host}' in expand_db_html(stored(article))


def test_a_link_to_what_readers_cannot_open_is_no_link(sisters):
    article = make_article()
    assert expand_db_html(stored(article)) == "<p>اقرأ <a>مادتنا السابقة</a>.</p>"
    publish(article_id=article.pk)
    withdraw(article_id=article.pk)
    assert "href" not in expand_db_html(stored(article))
    assert "href" not in expand_db_html('<a linktype="article" id="evil&quot;">x</a>')


def test_a_page_looks_its_links_up_once(sisters, django_assert_num_queries):
    articles = [make_article() for _ in range(3)]
    for article in articles:
        publish(article_id=article.pk)
    texts = [stored(article) for article in articles]
    with django_assert_num_queries(1), article_links.drawn_for(sisters[0], texts):
        assert all("href" in expand_db_html(text) for text in texts)


def test_the_editor_gets_the_headline_and_gives_the_same_text_back():
    article = make_article()
    converter = ContentstateConverter(INLINE_FEATURES)
    state = converter.from_database_format(stored(article))
    assert article.headline in state.encode().decode("unicode_escape", "ignore") or article.headline in state
    again = converter.to_database_format(state)
    assert article_links.linked_ids(again) == [article.pk]
    assert "مادتنا السابقة" in again


def test_the_editor_lets_no_italics_in():
    converter = ContentstateConverter(INLINE_FEATURES)
    assert "<i>" not in converter.to_database_format(converter.from_database_format("<p><i>مائل</i></p>"))


def test_an_article_knows_which_texts_link_to_it(sisters):
    target = make_article()
    source = make_article("نص يشير إلى غيره", body=[("paragraph", stored(target))])
    ReferenceIndex.create_or_update_for_object(source)
    assert ReferenceIndex.get_references_to(target).count() == 1
