"""Several articles at once at the desk: published, moved, withdrawn; each by its own right, one refusal stopping no other."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from bulaq.newsroom.actions.moving import move
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.desk import roles
from bulaq.newsroom.models import Article, EditionSection, Publication, Section
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db


def _url(act, *ids):
    url = reverse("wagtail_bulk_action", args=["newsroom", "article", act])
    return f"{url}?{urlencode([('id', pk) for pk in ids] + [('next', '/desk/articles/')])}"


def test_the_list_offers_the_acts_to_an_editor_and_not_to_a_reporter(desk, client):
    make_article()
    listing = reverse("wagtailsnippets_newsroom_article:list")
    page = desk.get(listing).content.decode()
    assert all(
        reverse("wagtail_bulk_action", args=["newsroom", "article", a]) in page for a in ("publish", "move")
    )
    client.force_login(make_user(roles.REPORTER))
    assert "bulk-action-checkbox" not in client.get(listing).content.decode()


def test_one_that_refuses_is_named_and_the_others_are_published(desk):
    good, lacking = make_article("حديقة في السطح"), make_article("مادة بلا قسم", section=None)
    assert good.headline in desk.get(_url("publish", good.pk, lacking.pk)).content.decode()
    page = desk.post(_url("publish", good.pk, lacking.pk), follow=True).content.decode()
    assert "نُشرت مادة واحدة." in page
    assert "«مادة بلا قسم»: لا قسم للمادة بعد." in page
    assert [p.article_id for p in Publication.objects.all()] == [good.pk]


def test_all_that_there_are_is_no_choice(desk):
    make_article()
    desk.post(_url("publish", "all"))
    assert not Publication.objects.exists()


def test_articles_are_moved_with_their_placements_and_their_drafts(desk):
    sport = Section.objects.get(slug="sport")
    article = make_article()
    publish(article_id=article.pk)
    article.refresh_from_db()
    article.headline = "عنوان لم يُنشر بعد"
    article.save_revision()
    desk.post(_url("move", article.pk), {"section": sport.pk})
    stored = Article.objects.get(pk=article.pk)
    assert (stored.section, stored.headline != "عنوان لم يُنشر بعد") == (sport, True)
    assert stored.get_latest_revision_as_object().section == sport
    assert stored.get_latest_revision_as_object().headline == "عنوان لم يُنشر بعد"
    assert Publication.objects.get().section == sport


def test_a_placement_stays_where_its_edition_does_not_show_the_section():
    make_edition()
    elsewhere = Section.objects.create(name="بيئة", slug="environment")
    article = make_article()
    publish(article_id=article.pk)
    assert move(article_id=article.pk, section_id=elsewhere.pk) == []
    assert Publication.objects.get().section.slug == "culture"
    EditionSection.objects.create(edition=Publication.objects.get().edition, section=elsewhere)
    assert len(move(article_id=article.pk, section_id=elsewhere.pk)) == 1


def test_articles_are_withdrawn_with_their_reason(desk):
    articles = [make_article(f"مادة {n}") for n in "أب"]
    for article in articles:
        publish(article_id=article.pk)
    page = desk.post(_url("withdraw", *(a.pk for a in articles)), {"reason": "طلب المصدر"}, follow=True)
    assert "سُحبت مادتان." in page.content.decode()
    assert {p.state for p in Publication.objects.all()} == {Publication.State.WITHDRAWN}


def test_what_is_not_ones_own_is_left_whatever_is_sent(desk, client):
    bound = Group.objects.create(name="محرّرو الرياضة")
    bound.permissions.set(Group.objects.get(name=roles.EDITOR).permissions.all())
    Section.objects.get(slug="sport").bound_groups.add(bound)
    user = make_user(None, username="sport-editor")
    user.groups.add(bound)
    client.force_login(user)
    own, foreign = make_article(section="sport"), make_article(section="culture")
    client.post(_url("publish", own.pk, foreign.pk))
    client.post(_url("delete", foreign.pk))
    client.post(_url("move", own.pk), {"section": Section.objects.get(slug="culture").pk})
    assert [p.article_id for p in Publication.objects.all()] == [own.pk]
    assert Article.objects.get(pk=foreign.pk).section.slug == "culture"
    assert Article.objects.get(pk=own.pk).section.slug == "sport"
