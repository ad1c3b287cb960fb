"""A section's editor edits and publishes in that section alone, whatever a browser sends; a reporter publishes nowhere."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from bulaq.newsroom.actions.pinning import pin
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.stories import begin_story
from bulaq.newsroom.desk import rights, roles
from bulaq.newsroom.models import (
    Article,
    BreakingLine,
    Edition,
    FrontPin,
    Publication,
    RelatedChoice,
    Section,
    Story,
    Topic,
    TopicMention,
    TopicOffer,
)
from tests.newsroom.desk_forms import article_form
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article, make_edition

pytestmark = pytest.mark.django_db

SPACE = "wagtailsnippets_newsroom_article"


@pytest.fixture
def desk(client):
    """The desk of an editor who is bound to sport."""
    make_edition()
    roles.make_roles()
    user = make_user(None, username="sport-editor")
    bound = Group.objects.create(name="محرّرو الرياضة")
    bound.permissions.set(Group.objects.get(name=roles.EDITOR).permissions.all())
    Section.objects.get(slug="sport").bound_groups.add(bound)
    user.groups.add(bound)
    client.force_login(user)
    return client


@pytest.fixture
def own(desk):
    return make_article("مباراة في آخر الصيف", section="sport")


@pytest.fixture
def foreign(desk):
    return make_article("معرض في آخر الصيف", section="culture")


def _post(article, act):
    edition = Edition.objects.get()
    return {
        "edition": str(edition.pk),
        "act": act,
        f"edition-{edition.pk}-section": str(article.section_id or ""),
    }


CHANGING = (
    "edit", "delete", "unpublish", "lock", "unlock", "placement", "correct", "confirm_workflow_cancellation"
)  # fmt: skip


def test_what_changes_an_article_of_another_section_is_closed(desk, foreign):
    for name in CHANGING:
        url = reverse(f"{SPACE}:{name}", args=[foreign.pk])
        for response in (desk.get(url), desk.post(url, {"action-publish": "1"})):
            assert response.status_code in {302, 403}, name
            read = reverse(f"{SPACE}:history", args=[foreign.pk]) if name == "edit" else "/desk/"
            assert response.headers.get("Location", "/desk/") in {"/desk/", read}, name
        assert not Article.objects.get(pk=foreign.pk).live, name
        assert not Publication.objects.exists(), name


def test_the_list_offers_it_for_reading_alone(desk, own, foreign):
    rows = desk.get(reverse(f"{SPACE}:list")).content.decode()
    assert reverse(f"{SPACE}:edit", args=[own.pk]) in rows
    assert reverse(f"{SPACE}:edit", args=[foreign.pk]) not in rows
    assert rows.count("للقراءة فقط") == 1


def test_it_may_still_be_read(desk, foreign):
    for name in ("history", "usage"):
        assert desk.get(reverse(f"{SPACE}:{name}", args=[foreign.pk])).status_code == 200


def test_an_own_article_is_published_and_placed(desk, own):
    url = reverse(f"{SPACE}:edit", args=[own.pk])
    form = article_form(headline=own.headline, paragraphs=["نص."], section=own.section)
    assert desk.post(url, form | {"action-publish": "1"}).status_code == 302
    assert Publication.objects.get().article_id == own.pk


def test_a_section_outside_the_bounds_is_no_choice_in_any_form(desk, own):
    culture = Section.objects.get(slug="culture")
    form = article_form(headline=own.headline, paragraphs=["نص."], section=culture)
    desk.post(reverse(f"{SPACE}:edit", args=[own.pk]), form)
    desk.post(reverse(f"{SPACE}:add"), form)
    edition = Edition.objects.get()
    data = _post(own, "publish") | {f"edition-{edition.pk}-section": str(culture.pk)}
    desk.post(reverse(f"{SPACE}:placement", args=[own.pk]), data)
    assert not Publication.objects.exists()
    assert {a.get_latest_revision_as_object().section.slug for a in Article.objects.all()} == {"sport"}


def test_front_pins_follow_the_article_and_the_breaking_line_is_nobodys_alone(desk, own, foreign):
    edition = Edition.objects.get()
    for article in (own, foreign):
        publish(article_id=article.pk)
        data = {"act": "pin", "pin-article": article.pk, "pin-edition": edition.pk, "pin-lasts": "180"}
        desk.post(reverse("newsroom_front"), data)
    assert [one.article_id for one in FrontPin.objects.all()] == [own.pk]
    pin(article_id=foreign.pk, edition_id=edition.pk)
    desk.post(reverse("newsroom_front"), {"act": "unpin", "edition": edition.pk, "article": foreign.pk})
    assert FrontPin.objects.filter(article=foreign).exists()
    line = {"act": "break", "breaking-text": "سطر", "breaking-editions": [edition.pk], "breaking-lasts": "60"}
    desk.post(reverse("newsroom_front"), line)
    assert not BreakingLine.objects.exists()


def _story(title, *articles):
    return begin_story(title=title, language="ar", article_ids=[a.pk for a in articles], added_by="editor")


def test_related_topics_and_stories_follow_the_article(desk, own, foreign):
    desk.post(reverse("newsroom_related", args=[foreign.pk]), {"other": own.pk, "act": "ban"})
    desk.post(reverse("newsroom_related", args=[own.pk]), {"other": foreign.pk, "act": "pin"})
    assert [choice.article_id for choice in RelatedChoice.objects.all()] == [own.pk]
    offer = TopicOffer.objects.create(name="خالد بن الوليد", language="ar", kind=Topic.Kind.PERSON)
    for article in (own, foreign):
        TopicMention.objects.create(article=article, offer=offer)
    names = {a: reverse("newsroom_accept_topic", args=[a.pk]) for a in (own, foreign)}
    assert desk.post(names[foreign], {"offer": offer.pk, "act": "accept"}).status_code == 302
    assert desk.post(names[own], {"offer": offer.pk, "act": "reject"}).status_code == 302
    assert not Topic.objects.exists()
    assert TopicOffer.objects.get().state == TopicOffer.State.OFFERED
    desk.post(names[own], {"offer": offer.pk, "act": "accept"})
    assert Topic.objects.get().name == offer.name
    desk.post(reverse("newsroom_stories:begin"), {"article": foreign.pk})
    assert not Story.objects.exists()


def test_a_story_is_ones_own_when_all_its_articles_are(desk, own, foreign):
    mixed = _story("قصة", foreign)
    address = reverse("newsroom_stories:story", args=[mixed.pk])
    for act in ({"act": "close"}, {"act": "rename", "title": "x"}, {"act": "remove", "article": foreign.pk}):
        desk.post(address, act)
    mixed.refresh_from_db()
    assert (mixed.title, mixed.state, mixed.story_articles.get().taken_out) == (
        "قصة",
        Story.State.OPEN,
        False,
    )
    page = desk.get(address).content.decode()
    assert 'value="add"' in page
    assert not any(f'value="{act}"' in page for act in ("rename", "close", "merge", "remove"))
    desk.post(address, {"act": "add", "article": own.pk})
    assert 'value="remove"' in desk.get(address).content.decode()
    desk.post(address, {"act": "remove", "article": own.pk})
    alone = _story("قصة أخرى", own)
    desk.post(reverse("newsroom_stories:story", args=[alone.pk]), {"act": "merge", "merged": mixed.pk})
    assert not Story.objects.exclude(merged_into=None).exists()
    desk.post(reverse("newsroom_stories:story", args=[alone.pk]), {"act": "close"})
    assert Story.objects.get(pk=alone.pk).state == Story.State.CLOSED


OF_ALL_SECTIONS = (
    "newsroom_topic_offers:index", "newsroom_topic_offers:merge", "newsroom_imports:index", "newsroom_imports:sections",
    "newsroom_imports:people", "newsroom_imports:corrections",
)  # fmt: skip


def test_what_concerns_all_sections_is_closed(desk):
    for name in OF_ALL_SECTIONS:
        for response in (desk.get(reverse(name)), desk.post(reverse(name))):
            assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home")), name


def test_an_article_without_a_section_is_whose_it_is_published_in(desk):
    homeless = make_article("مادة بلا قسم", section=None)
    url = reverse(f"{SPACE}:edit", args=[homeless.pk])
    assert desk.get(url).status_code == 200
    publish(article_id=homeless.pk, section_id=Section.objects.get(slug="culture").pk)
    assert desk.get(url).status_code == 302


def test_a_second_role_without_bounds_lifts_them_and_sections_within_belong(desk, own):
    sport = Section.objects.get(slug="sport")
    within = Section.objects.create(name="ملاكمة", slug="boxing", parent=sport)
    user = Group.objects.get(name="محرّرو الرياضة").user_set.get()
    assert rights.bounds(user) == {sport.pk, within.pk}
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    assert rights.bounds(type(user).objects.get(pk=user.pk)) is None


def test_a_reporter_publishes_nothing_by_any_post(client):
    make_edition()
    client.force_login(make_user(roles.REPORTER))
    article = make_article()
    form = article_form(headline=article.headline, paragraphs=["نص."], section=article.section)
    client.post(reverse(f"{SPACE}:edit", args=[article.pk]), form | {"action-publish": "1"})
    client.post(reverse(f"{SPACE}:add"), form | {"action-publish": "1"})
    client.post(reverse(f"{SPACE}:placement", args=[article.pk]), _post(article, "publish"))
    client.post(reverse(f"{SPACE}:correct", args=[article.pk]), {"text": "تصويب"})
    client.post(reverse(f"{SPACE}:delete", args=[article.pk]))
    client.post(reverse("newsroom_front"), {"act": "break", "breaking-text": "سطر"})
    assert Article.objects.filter(pk=article.pk).exists()
    assert not Article.objects.filter(live=True).exists()
    assert not Publication.objects.exists()


def test_whoever_handles_no_articles_is_offered_none(client):
    make_edition()
    photographer = make_user()
    photographer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(photographer)
    page = client.get(reverse("wagtailadmin_home"))
    assert page.status_code == 200
    assert reverse(f"{SPACE}:list") not in page.content.decode()
    assert client.get(reverse(f"{SPACE}:list")).headers["Location"] == reverse("wagtailadmin_home")
