"""Names found in articles: offered, accepted, merged, renamed, rejected; and what is learned from the answers."""

import pytest
from django.test import Client
from django.urls import reverse

from bulaq.newsroom import addresses
from bulaq.newsroom.actions import topics as acts
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import roles
from bulaq.newsroom.finding import following, topics
from bulaq.newsroom.models import Article, ArticleTopic, OutboxEntry, Topic, TopicMention, TopicOffer
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes", "edition")]

BODY = (
    "قال الرئيس فلاديمير بوتين إن بلاده تدرس العرض، ووصل بوتين بعد ذلك إلى القاهرة. "
    "وأعلنت منظمة الصحة العالمية خطة جديدة."
)


def arrive(headline="بوتين يصل إلى القاهرة", body=BODY):
    article = make_article(headline, body=[("paragraph", f"<p>{body}</p>")])
    publish(article_id=article.pk)
    topics.forget()
    following.index_waiting()
    return article.pk


def offer(name):
    return TopicOffer.objects.get(name=name)


def topics_of(article_id):
    return set(ArticleTopic.objects.filter(article_id=article_id).values_list("topic__name", flat=True))


def test_names_are_offered_once_with_their_articles():
    first, second = arrive(), arrive("زيارة جديدة")
    found = offer("فلاديمير بوتين")
    assert (found.kind, found.state, found.articles) == ("person", "offered", 2)
    assert found.examples == [second, first]
    assert topics_of(first) == set()
    OutboxEntry.objects.create(consumer="related", kind="again", article_id=first)
    following.index_waiting()
    assert offer("فلاديمير بوتين").articles == 2


def test_an_accepted_topic_is_put_on_the_articles_about_it_and_on_those_that_arrive():
    first = arrive()
    topic = acts.accept_topic(offer_id=offer("فلاديمير بوتين").pk)
    assert topics_of(first) == {"فلاديمير بوتين"}
    assert OutboxEntry.objects.filter(consumer="index", article_id=first).exists()
    second = arrive("فلاديمير بوتين في جولة جديدة")
    assert topics_of(second) == {topic.name}
    assert offer("فلاديمير بوتين").articles == 2


def test_a_link_stands_in_the_open_draft_too():
    first = arrive()
    article = Article.objects.get(pk=first)
    article.save_revision()
    acts.accept_topic(offer_id=offer("فلاديمير بوتين").pk)
    draft = Article.objects.get(pk=first).get_latest_revision_as_object()
    assert [line.topic.name for line in draft.article_topics.all()] == ["فلاديمير بوتين"]
    Article.objects.get(pk=first).latest_revision.publish()
    assert topics_of(first) == {"فلاديمير بوتين"}


def test_what_an_editor_took_off_an_article_does_not_come_back():
    first = arrive()
    acts.accept_topic(offer_id=offer("فلاديمير بوتين").pk)
    ArticleTopic.objects.filter(article_id=first).delete()
    OutboxEntry.objects.create(consumer="related", kind="again", article_id=first)
    topics.forget()
    following.index_waiting()
    assert topics_of(first) == set()


def test_a_rejected_name_is_not_offered_again(client):
    arrive()
    acts.reject_topic(offer_id=offer("فلاديمير بوتين").pk)
    second = arrive("زيارة جديدة")
    rejected = offer("فلاديمير بوتين")
    assert rejected.articles == 1
    # Unless somebody thinks better of it.
    editor = make_user(roles.EDITOR, username="editor")
    client.force_login(editor)
    page = reverse("newsroom_topic_offers:index")
    assert rejected.name not in client.get(page).content.decode()
    assert rejected.name in client.get(page, {"kind": "rejected"}).content.decode()
    client.post(page, {"act": "again", "offer": rejected.pk})
    assert (offer(rejected.name).state, offer(rejected.name).answered_at) == (TopicOffer.State.OFFERED, None)
    assert not TopicMention.objects.filter(offer__name="فلاديمير بوتين", article_id=second).exists()


def test_answers_teach_the_rule():
    arrive()
    asked = offer("فلاديمير بوتين")
    before = topics._fresh().finder.memory.confidence("اسم آخر", asked.rule)
    acts.reject_topic(offer_id=asked.pk)
    topics.forget()
    assert topics._fresh().finder.memory.confidence("اسم آخر", asked.rule) < before


def test_merging_keeps_articles_spellings_and_the_old_address():
    first = arrive()
    found = acts.accept_topic(offer_id=offer("فلاديمير بوتين").pk)
    other = Topic.objects.create(name="الرئيس الروسي", kind="person")
    kept = acts.merge_topics(keep=other.pk, merged=found.pk)
    assert topics_of(first) == {"الرئيس الروسي"}
    assert "فلاديمير بوتين" in kept.variants.values_list("text", flat=True)
    response = Client().get(addresses.topic(found.pk, "فلاديمير-بوتين"))
    assert response.status_code == 301
    assert response["Location"].startswith(f"/topic/{other.pk}-")
    assert Client().get(response["Location"]).status_code == 200
    assert topics_of(arrive("فلاديمير بوتين في جولة جديدة")) == {"الرئيس الروسي"}


def test_renaming_keeps_the_old_spelling_and_refuses_a_name_that_is_taken():
    topic = Topic.objects.create(name="بوتن", kind="person")
    Topic.objects.create(name="زيلينسكي", kind="person")
    acts.rename_topic(topic_id=topic.pk, name="فلاديمير بوتين")
    assert list(topic.variants.values_list("text", flat=True)) == ["بوتن"]
    with pytest.raises(ActRefused):
        acts.rename_topic(topic_id=topic.pk, name="زيلينسكي")
