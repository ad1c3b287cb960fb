"""Running stories: filed as articles arrive, corrected by editors, told in order to readers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from bulaq.newsroom import addresses
from bulaq.newsroom.actions import stories as acts
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.finding import following
from bulaq.newsroom.finding import stories as finding
from bulaq.newsroom.models import Article, OutboxEntry, Publication, Story, StoryArticle
from bulaq.newsroom.queries import stories as queries
from tests.newsroom.making import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes")]

BRIDGE = (
    ("إغلاق جسر الوادي بعد ظهور تشققات في دعاماته", "أغلقت البلدية جسر الوادي أمام السيارات بعد ظهور تشققات في الدعامات الحجرية للجسر القديم."),
    ("مهندسون يفحصون دعامات جسر الوادي المتشققة", "بدأ مهندسون فحص الدعامات الحجرية في جسر الوادي القديم الذي أغلقته البلدية بسبب التشققات."),
    ("البلدية تعد بإعادة فتح جسر الوادي بعد ترميم الدعامات", "قالت البلدية إن ترميم الدعامات الحجرية المتشققة يسمح بإعادة فتح جسر الوادي أمام السيارات."),
)  # fmt: skip
OTHER = (
    "طريقة إعداد خبز التنور في القرى الجبلية",
    "يخمر العجين ليلة كاملة ثم يخبز على جدران التنور الساخنة ويقدم مع الزيت والزعتر البري.",
)


def published(text, hours_ago=0, **fields):
    headline, body = text
    article = make_article(headline, body=[("paragraph", f"<p>{body}</p>")], **fields)
    publish(article_id=article.pk)
    at = timezone.now() - timedelta(hours=hours_ago)
    Publication.objects.filter(article=article).update(published_at=at)
    return article.pk


def arrive(*texts):
    ids = [published(text, 30 * (len(texts) - place)) for place, text in enumerate(texts)]
    following.index_waiting()
    return ids


def members(story):
    return set(acts.member_ids(story.pk))


def test_articles_of_one_event_become_a_story_and_others_do_not(edition):
    *bridge, bread = arrive(*BRIDGE, OTHER)
    story = Story.objects.get()
    assert members(story) == set(bridge)
    assert story.is_public
    assert story.title in {headline for headline, _ in BRIDGE}
    assert queries.story_of(bread) is None


def test_done_twice_nothing_changes(edition):
    ids = arrive(*BRIDGE)
    for pk in ids:
        OutboxEntry.objects.create(consumer="related", kind="again", article_id=pk)
    following.index_waiting()
    assert StoryArticle.objects.count() == 3
    assert Story.objects.count() == 1


def test_two_articles_are_no_public_story_until_an_editor_says_so(edition):
    arrive(*BRIDGE[:2])
    story = Story.objects.get()
    assert not story.is_public
    acts.set_state(story_id=story.pk, showing="always")
    assert Story.objects.get().is_public


def test_a_withdrawn_chapter_no_longer_counts(edition):
    ids = arrive(*BRIDGE)
    withdraw(article_id=ids[0])
    following.index_waiting()
    assert not Story.objects.get().is_public


def test_a_story_goes_on_without_a_chapter_that_is_deleted(edition):
    ids = arrive(*BRIDGE)
    assert Story.objects.get().is_public
    Article.objects.get(pk=ids[0]).delete()
    story = Story.objects.get()
    assert (story.is_public, len(acts.member_ids(story.pk))) == (False, len(BRIDGE) - 1)


def test_what_an_editor_took_out_does_not_come_back(edition):
    ids = arrive(*BRIDGE)
    story = Story.objects.get()
    acts.take_out_article(story_id=story.pk, article_id=ids[1])
    OutboxEntry.objects.create(consumer="related", kind="again", article_id=ids[1])
    following.index_waiting()
    assert members(story) == {ids[0], ids[2]}


def test_a_chapter_renews_its_storys_pages_once_and_beside_them_its_own_page_alone(edition):
    arrive(*BRIDGE)
    story = Story.objects.get()
    chapter = published(("جسر الوادي مفتوح", "ترميم الدعامات الحجرية المتشققة في جسر الوادي القديم انتهى."))
    OutboxEntry.objects.filter(consumer="purge").delete()
    following.index_waiting()
    assert chapter in members(story)
    told = [key for entry in OutboxEntry.objects.filter(consumer="purge") for key in entry.payload["keys"]]
    assert told.count(f"box:story:{story.pk}") == 1
    assert f"article-page:{chapter}" in told
    assert not any(key.startswith("article:") for key in told)


def test_a_closed_story_takes_no_more(edition):
    arrive(*BRIDGE[:2])
    story = Story.objects.get()
    acts.set_state(story_id=story.pk, state="closed")
    late = arrive(BRIDGE[2])[0]
    assert late not in members(story)


def test_a_merged_story_leads_to_the_one_that_holds_its_articles(edition, client):
    ids = arrive(*BRIDGE)
    story = Story.objects.get()
    other = acts.begin_story(
        title="خبز التنور", language="ar", article_ids=[published(OTHER)], added_by="editor"
    )
    acts.merge_stories(keep=story.pk, merged=other.pk)
    assert len(members(story)) == len(ids) + 1
    response = client.get(addresses.story(other.pk, other.slug))
    assert response.status_code == 301
    assert response["Location"] == addresses.story(story.pk, Story.objects.get(pk=story.pk).slug)


def test_a_merge_is_undone_with_what_each_story_brought(edition):
    ids = [published((f"خبر {n}", f"نص قصير رقم {n}")) for n in range(4)]
    first, second, third = (
        acts.begin_story(title=f"قصة {n}", language="ar", article_ids=[ids[n]], added_by="editor")
        for n in range(3)
    )
    acts.merge_stories(keep=second.pk, merged=first.pk)
    acts.merge_stories(keep=third.pk, merged=second.pk)
    acts.add_article(story_id=third.pk, article_id=ids[3])
    assert members(third) == set(ids)
    acts.part_story(story_id=third.pk, parted=second.pk)
    assert (members(first), members(second), members(third)) == (set(), {ids[1]}, {ids[0], *ids[2:]})
    acts.part_story(story_id=third.pk, parted=first.pk)
    assert (members(first), members(third)) == ({ids[0]}, set(ids[2:]))
    assert not Story.objects.exclude(merged_into=None).exists()
    with pytest.raises(ActRefused, match="ضمّ"):
        acts.part_story(story_id=third.pk, parted=first.pk)


def test_a_story_told_twice_is_offered_and_another_is_not(edition, admin_client):
    bridge = arrive(*BRIDGE)
    bread = published(OTHER)
    Story.objects.all().delete()
    halves = [
        acts.begin_story(title=title, language="ar", article_ids=some)
        for title, some in (("الجسر", bridge[:2]), ("الدعامات", [bridge[2], published(BRIDGE[1])]))
    ]
    acts.begin_story(title="الخبز", language="ar", article_ids=[bread], added_by="editor")
    following.index_waiting()
    assert [[one.pk for one in finding.near(half)] for half in halves] == [[halves[1].pk], [halves[0].pk]]
    page = admin_client.get(reverse("newsroom_stories:story", args=[halves[0].pk])).content.decode()
    assert f'value="{halves[1].pk}"><button' in page
    assert "لعلها القصة نفسها" in page


def test_the_page_tells_it_day_by_day_from_either_end(edition, django_assert_max_num_queries):
    ids = arrive(*BRIDGE)
    story = Story.objects.get()
    path = addresses.story(story.pk, story.slug)
    Client().get(path)  # what is looked up once in a process
    # The page's own six, the shared boxes' seven, and three of the breaking line: edition, sections, line.
    with django_assert_max_num_queries(17):
        response = Client().get(path)
    page = html.fromstring(response.content.decode())
    assert [int(one) for one in page.xpath("//li/@data-article")] == ids
    assert len(page.xpath("//section[@class='chapter']")) == 3
    assert [mark.text for mark in page.xpath("//p[@class='mark']")] == ["البداية", "الأحدث"]
    assert f"box:story:{story.pk}" in response["Surrogate-Key"]
    turned = html.fromstring(Client().get(path + "?order=newest").content.decode())
    assert [int(one) for one in turned.xpath("//li/@data-article")] == ids[::-1]
    assert turned.xpath("//link[@rel='canonical']/@href")[0].endswith(path)


def test_the_article_that_an_editor_chose_leads_the_page_and_stands_there_once(edition, admin_client):
    ids = arrive(*BRIDGE)
    story = Story.objects.get()
    desk = reverse("newsroom_stories:story", args=[story.pk])

    def told() -> list[int]:
        page = Client().get(addresses.story(story.pk, story.slug)).content.decode()
        return [int(one) for one in html.fromstring(page).xpath("//div[@class='listing']//li/@data-article")]

    acts.set_state(story_id=story.pk, showing=Story.Showing.ALWAYS)
    OutboxEntry.objects.all().delete()
    admin_client.post(desk, {"act": "lead", "article": ids[1]})
    assert acts.box_key(story.pk) in str(OutboxEntry.objects.values_list("payload", flat=True))
    assert told() == [ids[1], ids[0], ids[2]]
    assert queries.told(edition, Story.objects.get(), 20).total == 3
    acts.take_out_article(story_id=story.pk, article_id=ids[1])
    assert told() == [ids[0], ids[2]]
    with pytest.raises(ActRefused):
        acts.choose_lead(story_id=story.pk, article_id=ids[1])
    acts.add_article(story_id=story.pk, article_id=ids[1])
    admin_client.post(desk, {"act": "no-lead", "article": ids[1]})
    assert told() == ids


def test_an_article_names_its_story_and_the_feed_has_its_chapters(edition):
    ids = arrive(*BRIDGE)
    story = Story.objects.get()
    publication = Publication.objects.select_related("section").get(article_id=ids[0])
    response = Client().get(addresses.of_publication(publication))
    assert f"قصة متواصلة: {story.title}" in response.content.decode()
    # Its list is not on this page: a new chapter renews that, and a new name the pages of all its articles.
    assert f"box:story:{story.pk}" not in response["Surrogate-Key"]
    feed = Client().get(addresses.feed_of(addresses.story(story.pk, story.slug)))
    assert f"box:story:{story.pk}" in feed["Surrogate-Key"]
    assert feed.status_code == 200
    assert feed.content.count(b"<item>") == 3


def test_a_long_story_is_told_over_pages(edition):
    ids = [published((f"فصل رقم {n} من الحكاية", "نص"), 100 - n) for n in range(23)]
    story = acts.begin_story(title="حكاية طويلة", language="ar", article_ids=ids, added_by="editor")
    told = queries.told(edition, story, 20)
    rest = queries.told(edition, story, 20, after=told.next)
    assert [item.article_id for item in (*told.items, *rest.items)] == ids
    assert rest.next is None
