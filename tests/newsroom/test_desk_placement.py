"""Placement at the desk: each button calls its act, each refusal is said, and only editors may press them."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from lxml import html

from bulaq.newsroom.actions.placing import plan, publish_where_planned
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import roles
from bulaq.newsroom.desk.articles.placement_forms import EditionMinuteField
from bulaq.newsroom.models import Article, Correction, Publication
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = pytest.mark.django_db

State = Publication.State
ACTS = ("publish", "schedule", "withdraw", "withdraw-everywhere", "restore", "plan", "unplan", "canonical")


def url(name, article):
    return reverse(f"wagtailsnippets_newsroom_article:{name}", args=[article.pk])


def press(client, article, edition, act, **values):
    """Presses a button of the placement page; returns the messages that the next page shows."""
    section = article.section_id if "section" not in values else values.pop("section")
    data = {"act": act, "edition": edition.pk, f"edition-{edition.pk}-section": section or ""}
    data |= {f"edition-{edition.pk}-{name}": value for name, value in values.items()}
    response = client.post(url("placement", article), data, follow=True)
    assert response.status_code == 200
    return " ".join(str(message) for message in response.context["messages"])


def offered(client, article):
    """The acts for which each edition's card has a button."""
    page = html.fromstring(client.get(url("placement", article)).content.decode())
    return [
        set(form.xpath(".//button[@name='act']/@value")) for form in page.forms if "edition" in form.fields
    ]


def state(article, edition):
    found = Publication.objects.filter(article=article, edition=edition).first()
    return found.state if found else None


def test_publishing_with_a_headline_of_its_own_then_withdrawing_with_a_reason(editor, editions):
    first, second = editions
    article = make_article()
    press(editor, article, first, "publish", headline_override="عنوان لقراء المشرق")
    stored = Publication.objects.get(article=article)
    assert (stored.state, stored.headline_override) == (State.PUBLISHED, "عنوان لقراء المشرق")
    assert offered(editor, article) == [
        {"", "publish", "pin", "withdraw"},
        {"", "publish", "schedule", "plan"},
    ]
    # Wagtail's own way off the site asks for no reason.
    assert editor.post(url("unpublish", article)).headers["Location"] == url("placement", article)
    assert state(article, first) == State.PUBLISHED
    # The key Enter in a field presses the first button.
    assert "اضغط زر" in press(editor, article, first, "", reason="خطأ في المصدر")
    assert "اذكر سبب السحب" in press(editor, article, first, "withdraw")
    assert state(article, first) == State.PUBLISHED
    press(editor, article, first, "withdraw", reason="خطأ في المصدر")
    assert state(article, first) == State.WITHDRAWN
    for page in ("placement", "history"):
        assert "خطأ في المصدر" in editor.get(url(page, article)).content.decode()
    assert {"restore", "publish"} <= offered(editor, article)[0]
    press(editor, article, first, "restore")
    press(editor, article, second, "publish")
    press(editor, article, second, "withdraw-everywhere", reason="أمر قضائي")
    assert state(article, first) == state(article, second) == State.WITHDRAWN


def test_every_card_says_the_embargo_and_offers_its_end_in_the_place_of_publishing_now(editor, editions):
    first, second = editions
    article = make_article()
    until = (timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    hour = until.astimezone(second.profile.zone).strftime("%Y-%m-%dT%H:%M")
    assert "أُدرجت" in press(editor, article, second, "plan", embargo_until=hour)
    assert [acts & {"publish", "schedule"} for acts in offered(editor, article)] == [{"schedule"}] * 2
    page = html.fromstring(editor.get(url("placement", article)).content.decode())
    assert "طبعة maghrib" in page.xpath("//*[@class='desk-embargo']")[0].text_content()
    (at,) = page.xpath(f"//input[@name='edition-{first.pk}-at']/@value")
    press(editor, article, first, "schedule", at=at)
    assert Publication.objects.get(article=article, edition=first).published_at == until


def test_hours_are_those_of_the_edition_s_clock(editor, editions):
    first, _ = editions
    article = make_article()
    hour = (
        (timezone.now() + timedelta(days=3)).astimezone(first.profile.zone).replace(second=0, microsecond=0)
    )
    press(editor, article, first, "schedule", at=hour.strftime("%Y-%m-%dT%H:%M"))
    stored = Publication.objects.get(article=article)
    assert (stored.state, stored.published_at) == (State.SCHEDULED, hour)
    assert hour.strftime("%Y-%m-%dT%H:%M") in editor.get(url("placement", article)).content.decode()
    press(editor, article, first, "unplan")
    assert state(article, first) is None


@pytest.mark.parametrize(
    ("second_time", "written", "moment"),
    [
        (False, "2027-03-27T23:30", "2027-03-27T21:30"),
        (False, "2027-03-28T00:30", None),  # left out: Beirut goes forward at midnight
        (False, "2027-10-30T23:30", "2027-10-30T20:30"),  # comes twice
        (True, "2027-10-30T23:30", "2027-10-30T21:30"),
        (True, "2027-10-31T00:30", "2027-10-30T22:30"),
    ],
)
def test_on_the_nights_when_clocks_change_an_hour_is_understood_or_refused(second_time, written, moment):
    field = EditionMinuteField(ZoneInfo("Asia/Beirut"), second_time=second_time)
    if moment is None:
        with pytest.raises(ValidationError, match="تتقدم الساعة"):
            field.clean(written)
    else:
        assert field.clean(written).astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == moment


@pytest.mark.parametrize(
    ("values", "reason"),
    [({}, "حدد موعد النشر"), ({"at": "2020-01-01T10:00"}, "مضى"), ({"at": "غدا"}, "لم يتغير شيء")],
)
def test_a_schedule_without_a_coming_hour_is_refused_in_words(editor, editions, values, reason):
    article = make_article()
    assert reason in press(editor, article, editions[0], "schedule", **values)
    assert not Publication.objects.exists()


def test_an_unfinished_article_is_refused_in_words_and_nothing_changes(editor, editions):
    article = make_article(headline="")
    assert "لا عنوان للمادة" in press(editor, article, editions[0], "publish")
    assert not Publication.objects.exists()


def test_a_section_that_the_edition_does_not_show_is_not_taken_silently(editor, editions):
    article = make_article()
    assert "اختر قسماً" in press(editor, article, editions[0], "publish", section=None)
    assert not Publication.objects.exists()


def test_the_canonical_edition_can_be_changed(editor, editions):
    first, second = editions
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    publish(article_id=article.pk, edition_id=second.pk)
    press(editor, article, second, "canonical")
    assert Publication.objects.get(article=article, is_canonical=True).edition == second


def test_the_publish_button_goes_to_the_planned_placements_and_nowhere_else(editions):
    first, second = editions
    article = make_article()
    plan(article_id=article.pk, edition_id=second.pk)
    publish_where_planned(article_id=article.pk)
    assert (state(article, first), state(article, second)) == (None, State.PUBLISHED)


def test_the_publish_button_without_a_plan_takes_the_first_edition(editions):
    article = make_article()
    publish_where_planned(article_id=article.pk)
    assert state(article, editions[0]) == State.PUBLISHED


def test_the_publish_button_leaves_a_scheduled_article_to_its_hour(editions):
    article = make_article()
    publish(article_id=article.pk, at=timezone.now() + timedelta(hours=1))
    with pytest.raises(ActRefused):
        publish_where_planned(article_id=article.pk)


def test_the_publish_button_brings_no_withdrawn_article_back_where_it_still_stands_elsewhere(editions):
    first, second = editions
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    publish(article_id=article.pk, edition_id=second.pk)
    withdraw(article_id=article.pk, edition_id=first.pk, reason="طلب")
    publish_where_planned(article_id=article.pk)
    assert (state(article, first), state(article, second)) == (State.WITHDRAWN, State.PUBLISHED)


def test_a_new_text_is_new_wherever_the_article_stands(editions):
    first, second = editions
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    article = Article.objects.get(pk=article.pk)
    article.headline = "عنوان جديد بعد التعديل"
    article.save_revision()
    publish(article_id=article.pk, edition_id=second.pk)
    assert Publication.objects.get(article=article, edition=first).slug == "عنوان-جديد-بعد-التعديل"


def test_who_sees_the_placement_page(client, editions):
    article = make_article()
    for role, sees in ((roles.EDITOR, 200), (roles.REPORTER, 200), (None, 302)):
        client.force_login(make_user(role))
        assert client.get(url("placement", article)).status_code == sees, role


@pytest.mark.parametrize("role", [roles.REPORTER, None])
def test_whoever_may_not_publish_moves_nothing(client, editions, role):
    first, _ = editions
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    before = list(Publication.objects.values())
    client.force_login(make_user(role))
    data = {
        "edition": first.pk,
        f"edition-{first.pk}-section": article.section_id,
        f"edition-{first.pk}-reason": "سبب",
        f"edition-{first.pk}-at": "2099-01-01T10:00",
    }
    for act in ACTS:
        response = client.post(url("placement", article), data | {"act": act})
        assert response.status_code in {302, 403}, act
        assert list(Publication.objects.values()) == before, act


def test_a_reporter_sees_no_button_and_an_editor_sees_them(client, editions):
    article = make_article()
    client.force_login(make_user(roles.REPORTER))
    assert 'name="act"' not in client.get(url("placement", article)).content.decode()
    client.force_login(make_user(roles.EDITOR))
    assert 'name="act"' in client.get(url("placement", article)).content.decode()


def test_who_adds_a_correction(client, editions):
    article = make_article()
    publish(article_id=article.pk)
    for role, added in ((None, 0), (roles.REPORTER, 0), (roles.EDITOR, 1)):
        client.force_login(make_user(role))
        client.post(url("correct", article), {"text": "ورد اسم المدينة خطأ، والصواب فاس."})
        assert Correction.objects.count() == added, role


def test_an_empty_correction_is_asked_for_again(editor, editions):
    article = make_article()
    response = editor.post(url("correct", article), {"text": "   "})
    assert response.status_code == 200
    assert not Correction.objects.exists()


def test_an_unknown_act_or_edition_is_not_found(editor, editions):
    article = make_article()
    assert (
        editor.post(url("placement", article), {"act": "delete", "edition": editions[0].pk}).status_code
        == 404
    )
    assert editor.post(url("placement", article), {"act": "publish", "edition": "9999"}).status_code == 404


def test_the_text_editor_shows_where_the_article_stands(editor, editions):
    article = make_article()
    publish(article_id=article.pk)
    page = editor.get(url("edit", article)).content.decode()
    assert "طبعة mashriq" in page
    assert url("placement", article) in page
