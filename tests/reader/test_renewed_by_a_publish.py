"""Which pages a publish renews: the lists that gain a headline, and no other article's page."""

from __future__ import annotations

import pytest

from bulaq.newsroom import addresses, purging
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.topics import link_article
from bulaq.newsroom.models import Byline, Publication, Topic
from bulaq.reader.editions import SiteMemory
from tests.newsroom.making import make_article


@pytest.fixture
def purged(monkeypatch) -> set[str]:
    seen: set[str] = set()
    monkeypatch.setattr(purging, "_purgers", [lambda keys, hard: seen.update(keys)])
    return seen


def test_no_other_page_of_the_same_author_and_topic_is_made_anew(
    reader, newspaper, purged, django_capture_on_commit_callbacks
):
    first = newspaper.articles["mashriq"][0]
    own = addresses.of_publication(
        Publication.objects.get(article=first, edition=newspaper.editions["mashriq"])
    )

    def keys_of(path: str) -> set[str]:
        answer = reader.response("mashriq", path)
        while answer.status_code == 301:
            answer = reader.response("mashriq", answer["Location"])
        assert answer.status_code == 200, path
        return set(answer["Surrogate-Key"].split())

    page = keys_of(own)
    author = keys_of(f"/author/{newspaper.person.pk}/")
    topic = keys_of(f"/topic/{newspaper.topic.pk}/")
    assert {f"author:{newspaper.person.pk}", f"topic:{newspaper.topic.pk}"} <= page
    article = make_article("مادة أخرى من الكاتبة نفسها", section="culture")
    Byline.objects.create(article=article, person=newspaper.person)
    for act in (
        lambda: publish(article_id=article.pk),
        lambda: link_article(article_id=article.pk, topic_id=newspaper.topic.pk),
        lambda: publish(article_id=article.pk),
        lambda: withdraw(article_id=article.pk),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert not page & purged
    assert author & purged
    assert topic & purged


def test_a_topic_renews_the_page_that_names_it_and_nothing_that_lists_the_article(
    reader, newspaper, purged, django_capture_on_commit_callbacks
):
    article = newspaper.articles["mashriq"][0]
    edition = newspaper.editions["mashriq"]
    own = addresses.of_publication(Publication.objects.get(article=article, edition=edition))
    topic = Topic.objects.create(name="المكتبات", language="ar", accepted=True)
    with django_capture_on_commit_callbacks(execute=True):
        link_article(article_id=article.pk, topic_id=topic.pk)

    def keys_of(path: str) -> set[str]:
        return set(reader.response("mashriq", path)["Surrogate-Key"].split())

    assert keys_of(own) & purged
    for path in ("/", addresses.box("shared", edition.pk)):
        assert f"article:{article.pk}" in keys_of(path)
        assert not keys_of(path) & purged


def test_a_site_is_remembered_until_something_is_purged(newspaper, django_assert_num_queries):
    generation = [1]
    memory = SiteMemory(lambda: generation[0])
    host = newspaper.editions["mashriq"].host
    before = memory(host)
    with django_assert_num_queries(0):
        assert memory(host) is before
    edition = newspaper.editions["mashriq"]
    edition.name = "النخلة الجديدة"
    edition.save()
    generation[0] += 1
    assert memory(host).edition.name == "النخلة الجديدة"
    # A crowd of forged hosts is bounded.
    for number in range(3 * SiteMemory.MOST):
        assert memory(f"forged-{number}.example").edition == edition
    assert len(memory._known[2]) <= SiteMemory.MOST
