"""The front by hand: the breaking line and the pinned articles, from the act to what readers see and its end."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulaq.newsroom.actions.breaking import LONGEST_TEXT, clear_breaking, end_due_lines, set_breaking
from bulaq.newsroom.actions.moving import move
from bulaq.newsroom.actions.pinning import MOST, end_due_pins, move_up, pin, unpin
from bulaq.newsroom.actions.publishing import publish, withdraw
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import roles
from bulaq.newsroom.models import BreakingLine, FrontPin, OutboxEntry, Section
from bulaq.newsroom.queries import front
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = pytest.mark.django_db

TEXT = "عاجل من المرصد: هلال الشهر ثبتت رؤيته"


def purged():
    return {
        key
        for entry in OutboxEntry.objects.filter(consumer="purge", kind__in=["breaking", "pins"])
        for key in entry.payload["keys"]
    }


def fragment(edition):
    return Client().get(f"/_/box/breaking/{edition.pk}/", HTTP_HOST=edition.host)


def test_a_line_stands_in_the_editions_chosen_and_nowhere_else(editions):
    first, second = editions
    set_breaking(edition_ids=[first.pk], text=f"  {TEXT}\n ")
    assert front.breaking_line(first).text == TEXT
    assert front.breaking_line(second) is None
    assert purged() == {f"box:breaking:{first.pk}"}
    page = Client().get("/", HTTP_HOST=first.host).content.decode()
    assert page.count(TEXT) == 1
    assert page.index(TEXT) < page.index("<main")
    assert TEXT not in Client().get("/", HTTP_HOST=second.host).content.decode()


def test_a_new_line_takes_the_place_of_the_one_that_stands_and_the_old_stays_on_record(editions):
    first, _ = editions
    set_breaking(edition_ids=[first.pk], text="سطر أول")
    set_breaking(edition_ids=[first.pk], text="سطر ثان")
    assert front.breaking_line(first).text == "سطر ثان"
    assert BreakingLine.objects.filter(edition=first).count() == 2
    clear_breaking(edition_id=first.pk)
    assert front.breaking_line(first) is None
    with pytest.raises(ActRefused):
        clear_breaking(edition_id=first.pk)


def test_at_its_hour_it_is_gone_even_before_the_worker_comes(editions):
    first, _ = editions
    now = timezone.now()
    set_breaking(edition_ids=[first.pk], text=TEXT, lasts=timedelta(minutes=15), now=now)
    end = now + timedelta(minutes=15)
    assert front.breaking_line(first, end - timedelta(seconds=1))
    assert front.breaking_line(first, end) is None
    OutboxEntry.objects.all().delete()
    assert end_due_lines(end - timedelta(seconds=1)) == 0
    assert purged() == set()
    assert end_due_lines(end) == 1
    assert purged() == {f"box:breaking:{first.pk}"}
    assert end_due_lines(end) == 0


def test_no_store_keeps_it_beyond_its_hour(editions):
    first, _ = editions
    assert "max-age=3600" in fragment(first)["Surrogate-Control"]
    assert fragment(first).content == b""
    set_breaking(edition_ids=[first.pk], text=TEXT)
    assert "max-age=60," in fragment(first)["Surrogate-Control"]
    assert "stale-while-revalidate" not in fragment(first)["Surrogate-Control"]
    BreakingLine.objects.update(ends_at=timezone.now() + timedelta(seconds=20))
    seconds = int(fragment(first)["Surrogate-Control"].split("max-age=")[1].split(",")[0])
    assert 0 < seconds <= 20


def test_it_leads_to_its_article_where_readers_can_open_it(editions):
    first, second = editions
    article = make_article()
    publish(article_id=article.pk, edition_id=first.pk)
    with pytest.raises(ActRefused, match=second.label):
        set_breaking(edition_ids=[first.pk, second.pk], text=TEXT, article_id=article.pk)
    set_breaking(edition_ids=[first.pk], article_id=article.pk)
    line = front.breaking_line(first)
    assert line.text == article.headline
    assert line.path.startswith(f"/culture/{article.pk}-")
    assert f'data-leads="{article.pk}"' in fragment(first).content.decode()
    own = Client().get(line.path, HTTP_HOST=first.host).content.decode()
    assert f'[data-leads="{article.pk}"]{{display:none}}' in own, (
        "on its own page the line would lead nowhere"
    )
    withdraw(article_id=article.pk, reason="خطأ")
    assert front.breaking_line(first) is None, "what is withdrawn is not news"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": "  "}, "no-text"),
        ({"text": "س" * (LONGEST_TEXT + 1)}, "too-long"),
        ({"text": TEXT, "lasts": timedelta(days=1)}, "stay"),
        ({"text": TEXT, "lasts": timedelta(0)}, "stay"),
        ({"text": TEXT, "edition_ids": []}, "no-edition"),
        ({"text": TEXT, "article_id": 987_654}, "not-published"),
    ],
)
def test_what_cannot_stand_is_refused_and_what_stands_is_left(editions, values, code):
    first, _ = editions
    set_breaking(edition_ids=[first.pk], text="قائم")
    with pytest.raises(ActRefused) as refusal:
        set_breaking(**{"edition_ids": [first.pk], **values})
    assert refusal.value.code == code
    assert front.breaking_line(first).text == "قائم"


def published(number, edition):
    articles = [make_article(f"مادة {place}") for place in range(number)]
    for place, article in enumerate(articles):
        publish(article_id=article.pk, edition_id=edition.pk, at=timezone.now() - timedelta(hours=place))
    return articles


def lead_and_seconds(edition):
    from bulaq.reader.editions import site_of
    from bulaq.reader.fronts import home_front

    found = home_front(site_of(edition))
    return [found.lead.article_id, *(item.article_id for item in found.seconds)]


def test_pinned_articles_lead_in_the_editor_s_order_and_stand_once(editions):
    first, _ = editions
    articles = published(12, first)
    old, older = articles[10], articles[11]
    pin(article_id=older.pk, edition_id=first.pk)
    pin(article_id=old.pk, edition_id=first.pk)
    assert lead_and_seconds(first)[:2] == [old.pk, older.pk]
    move_up(article_id=older.pk, edition_id=first.pk)
    assert lead_and_seconds(first)[:2] == [older.pk, old.pk]
    page = Client().get("/", HTTP_HOST=first.host).content.decode()
    assert len(re.findall(rf'<li[^>]*data-article="{old.pk}"', page)) == 1
    unpin(article_id=older.pk, edition_id=first.pk)
    assert lead_and_seconds(first)[0] == old.pk
    assert purged() == {f"box:front:{first.pk}"}


def test_a_pin_ends_at_its_hour_and_with_its_article(editions):
    first, _ = editions
    article, other = published(2, first)
    now = timezone.now()
    pin(article_id=article.pk, edition_id=first.pk, lasts=timedelta(hours=1), now=now)
    assert front.pinned_ids(first, now + timedelta(hours=1)) == []
    assert (end_due_pins(now), end_due_pins(now + timedelta(hours=1))) == (0, 1)
    pin(article_id=other.pk, edition_id=first.pk)
    withdraw(article_id=other.pk, reason="خطأ")
    assert not FrontPin.objects.exists()


def test_a_section_s_front_has_pins_of_its_own(editions):
    first, _ = editions
    articles = published(4, first)
    old, other = articles[3], articles[2]
    pin(article_id=old.pk, edition_id=first.pk, on_section=True)
    pin(article_id=other.pk, edition_id=first.pk, on_section=True)
    section = old.publications.get(edition=first).section
    assert purged() == {f"box:front:{first.pk}-{section.pk}"}, "the home is another front"
    assert lead_and_seconds(first)[0] == articles[0].pk

    def listed():
        page = Client().get(f"/{section.slug}/", HTTP_HOST=first.host)
        assert f"box:front:{first.pk}-{section.pk}" in page["Surrogate-Key"]
        main = page.content.decode().split('class="items"')[1].split("</ul>")[0]
        return [int(number) for number in re.findall(r'<li[^>]*data-article="(\d+)"', main)]

    assert listed() == [other.pk, old.pk, articles[0].pk, articles[1].pk]
    move_up(article_id=old.pk, edition_id=first.pk, section_id=section.pk)
    unpin(article_id=other.pk, edition_id=first.pk, section_id=section.pk)
    assert listed() == [old.pk, *(article.pk for article in articles[:3])]
    pin(article_id=old.pk, edition_id=first.pk)
    assert lead_and_seconds(first)[0] == old.pk, "one article may lead both"
    with pytest.raises(ActRefused):
        unpin(article_id=other.pk, edition_id=first.pk)


@pytest.mark.parametrize("act", [move, publish])
def test_a_pin_on_a_section_s_front_ends_when_its_article_goes_to_another(editions, act):
    first, _ = editions
    articles = published(MOST + 1, first)
    sport = Section.objects.get(slug="sport")
    for article in articles[:MOST]:
        pin(article_id=article.pk, edition_id=first.pk, on_section=True)
    pin(article_id=articles[0].pk, edition_id=first.pk)
    act(article_id=articles[0].pk, section_id=sport.pk, **({} if act is move else {"edition_id": first.pk}))
    assert front.pinned_ids(first) == [articles[0].pk], "the home's pin stays"
    pin(article_id=articles[MOST].pk, edition_id=first.pk, on_section=True)
    here = articles[MOST].publications.get(edition=first).section_id
    assert articles[0].pk not in front.pinned_ids(first, section_id=here)


def test_the_desk_pins_to_the_front_of_the_section(desk, editions):
    first, _ = editions
    article = published(1, first)[0]
    section = article.publications.get(edition=first).section
    desk.post(
        reverse("newsroom_front"),
        {
            "act": "pin",
            "pin-article": article.pk,
            "pin-edition": first.pk,
            "pin-where": "section",
            "pin-lasts": 180,
        },
    )
    assert front.pinned_ids(first, section_id=section.pk) == [article.pk]
    assert front.pinned_ids(first) == []
    assert section.name in desk.get(reverse("newsroom_front")).content.decode()
    desk.post(
        reverse("newsroom_front"),
        {"act": "unpin", "edition": first.pk, "article": article.pk, "section": section.pk},
    )
    assert not FrontPin.objects.exists()


def test_a_front_holds_four_pins_of_published_articles(editions):
    first, second = editions
    articles = published(MOST + 1, first)
    for article in articles[:MOST]:
        pin(article_id=article.pk, edition_id=first.pk)
    pin(article_id=articles[0].pk, edition_id=first.pk)
    with pytest.raises(ActRefused) as refusal:
        pin(article_id=articles[MOST].pk, edition_id=first.pk)
    assert refusal.value.code == "full"
    with pytest.raises(ActRefused) as refusal:
        pin(article_id=articles[0].pk, edition_id=second.pk)
    assert refusal.value.code == "not-published"


def press(client, **data):
    response = client.post(reverse("newsroom_front"), data, follow=True)
    return response, " ".join(str(message) for message in response.context["messages"])


def test_the_desk_sets_a_line_in_two_editions_and_takes_one_down(desk, editions):
    first, second = editions
    values = {"breaking-text": TEXT, "breaking-editions": [first.pk, second.pk], "breaking-lasts": "30"}
    response, said = press(desk, act="break", **values)
    assert "العاجل ظاهر الآن" in said
    assert response.content.decode().count(TEXT) == 2
    line = BreakingLine.objects.get(edition=second)
    assert line.ends_at - line.began_at == timedelta(minutes=30)
    press(desk, act="clear", edition=first.pk)
    assert front.breaking_line(first) is None
    assert front.breaking_line(second)


def test_the_desk_says_what_is_missing(desk, editions):
    response, said = press(desk, act="break", **{"breaking-text": TEXT, "breaking-lasts": "60"})
    assert "لم يتغير شيء" in said
    assert "اختر طبعة واحدة على الأقل" in response.content.decode()
    first, _ = editions
    _, said = press(desk, act="break", **{"breaking-editions": [first.pk], "breaking-lasts": "60"})
    assert "اكتب السطر" in said
    assert desk.post(reverse("newsroom_front"), {"act": "no-such"}).status_code == 404


def test_the_desk_pins_and_the_placement_page_shows_it(desk, editions):
    first, _ = editions
    (article,) = published(1, first)
    placement = reverse("wagtailsnippets_newsroom_article:placement", args=[article.pk])
    data = {"act": "pin", "edition": first.pk, f"edition-{first.pk}-section": article.section_id}
    assert "إلغاء التثبيت" in desk.post(placement, data, follow=True).content.decode()
    assert article.headline in desk.get(reverse("newsroom_front")).content.decode()
    _, said = press(desk, act="unpin", edition=first.pk, article=article.pk)
    assert "أُلغي التثبيت" in said


def test_a_reporter_sees_the_front_and_moves_nothing(client, editions):
    client.force_login(make_user(roles.REPORTER))
    page = client.get(reverse("newsroom_front"))
    assert page.status_code == 200
    assert "<button" not in page.content.decode().split('class="desk-cards')[1]
    data = {
        "act": "break",
        "breaking-text": TEXT,
        "breaking-editions": [editions[0].pk],
        "breaking-lasts": "60",
    }
    client.post(reverse("newsroom_front"), data)
    assert not BreakingLine.objects.exists()
