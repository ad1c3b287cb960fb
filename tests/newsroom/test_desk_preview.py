"""The preview beside the text is the real page, in each edition of the article's language."""

import pytest
from django.urls import reverse

from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.models import Article, Section
from tests.newsroom.desk_forms import article_form
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(editions, editor):
    """In a newsroom with a third edition, in another language."""
    make_edition("english", profile="english")
    return editor


def test_the_editions_of_the_language_are_offered_the_canonical_one_first(editor):
    article = make_article()
    assert [mode for mode, _ in article.preview_modes] == ["mashriq", "maghrib"]
    assert article.default_preview_mode == "mashriq"
    maghrib = article.publications.model._meta.get_field("edition").related_model.objects.get(slug="maghrib")
    publish(article_id=article.pk, edition_id=maghrib.pk)
    assert Article.objects.get(pk=article.pk).default_preview_mode == "maghrib"


@pytest.mark.parametrize(("mode", "language"), [("mashriq", "ar-LB"), ("maghrib", "ar-MA")])
def test_each_edition_shows_the_unsaved_text_on_its_own_page(editor, mode, language):
    article = make_article()
    url = reverse("wagtailsnippets_newsroom_article:preview_on_edit", args=[article.pk])
    data = article_form(
        headline="عنوان لم يُحفظ بعد", section=Section.objects.first(), paragraphs=["فقرة لم تُحفظ بعد."]
    )
    assert editor.post(url, data).json() == {"is_valid": True, "is_available": True}
    response = editor.get(url, {"mode": mode})
    page = response.content.decode()
    assert "عنوان لم يُحفظ بعد" in page
    assert "فقرة لم تُحفظ بعد." in page
    assert f'lang="{language}"' in page


def test_a_new_article_is_previewed_before_it_is_saved(editor):
    url = reverse("wagtailsnippets_newsroom_article:preview_on_add")
    editor.post(url, article_form(headline="مسودة أولى", paragraphs=["نص."]))
    page = editor.get(url, {"mode": "maghrib"}).content.decode()
    assert "مسودة أولى" in page
    # No section is chosen yet: none is shown as if it were.
    crumbs = page.split('data-box="breadcrumb"')[1].split("</nav>")[0]
    assert crumbs.count("<li>") == 1


def test_links_on_a_page_lead_within_its_own_edition(editor, client):
    target = make_article("المادة المشار إليها")
    publish(article_id=target.pk)
    article = make_article(
        body=[("paragraph", f'<p>اقرأ <a linktype="article" id="{target.pk}">هذه المادة</a>.</p>')]
    )
    publication = publish(article_id=article.pk)
    page = client.get(f"/culture/{article.pk}-{publication.slug}/", HTTP_HOST=publication.edition.host)
    assert f'<a href="/culture/{target.pk}-' in page.content.decode()
