"""A newsroom of one's own, from nothing: the act, the desk's first steps, and what an edition takes from its form."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.users.models import UserProfile

from bulaq.newsroom import addresses
from bulaq.newsroom.actions.founding import found
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import roles
from bulaq.newsroom.models import Edition, Network
from bulaq.project.command_line import main
from bulaq.reader.editions import site_for_host
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = pytest.mark.django_db

NEXT = "desk-first-steps"


@pytest.fixture
def administrator(client):
    client.force_login(make_user(superuser=True))
    return client


def test_a_newsroom_is_founded_whole_enough_to_publish_in():
    edition = found(
        name="صحيفة النهر", profile_key="nile", sections=["سياسة", "sport", "شؤون البلدة", "سياسة"]
    )
    assert edition.is_default
    assert [(s.section.slug, str(s)) for s in edition.edition_sections.all()] == [
        ("politics", "سياسة"), ("sport", "رياضة"), ("شؤون-البلدة", "شؤون البلدة")
    ]  # fmt: skip
    article = make_article(section="sport")
    assert publish(article_id=article.pk).edition == edition


@pytest.mark.parametrize(
    ("values", "word"),
    [({"sections": ["search"]}, "search"), ({"host": "x" * 300}, "253"), ({"profile_key": "mars"}, "mars")],
)
def test_what_cannot_be_is_refused_and_leaves_nothing_behind(values, word):
    with pytest.raises(ActRefused, match=word):
        found(**{"name": "صحيفة", "profile_key": "gulf", **values})
    assert not Edition.objects.exists()
    assert not Network.objects.exists()


def test_a_newsroom_is_founded_once():
    found(name="صحيفة", profile_key="gulf")
    with pytest.raises(ActRefused):
        found(name="أخرى", profile_key="gulf")


def test_editions_are_added_and_moved_on_the_command_line_and_an_old_host_still_leads_to_its_edition(capsys):
    main(["editions", "add", "--host", "gulf.nahr.example", "--profile", "gulf"])
    assert not Edition.objects.exists(), "there is nothing yet to add to"
    found(name="صحيفة النهر", profile_key="nile", host="nahr.example", sections=["sport", "شؤون البلدة"])
    add = ["editions", "add", "--profile", "english", "--host", "https://English.nahr.example/"]
    assert main([*add, "--sections", "شؤون-البلدة، sport"]) == 0
    english = Edition.objects.get(slug="english")
    assert (english.name, english.host, english.is_default) == ("صحيفة النهر", "english.nahr.example", False)
    assert [str(place) for place in english.edition_sections.all()] == ["شؤون البلدة", "Sport"]
    assert main(add) == 3, "its host is taken"
    assert main(["editions", "add", "--profile", "gulf", "--host", "جريدة.مصر"]) == 2
    assert "--slug" in capsys.readouterr().err
    assert main(["editions", "host", "english", "en.nahr.example"]) == 0
    assert [site_for_host(host).edition.slug for host in ("en.nahr.example", "english.nahr.example", "x.example")] == [
        "english", "english", "main",
    ]  # fmt: skip
    capsys.readouterr()
    assert main(["editions", "list"]) == 0
    assert "http://en.nahr.example/" in capsys.readouterr().out


def test_an_edition_keeps_a_clock_of_its_own():
    edition = found(name="صحيفة", profile_key="gulf", time_zone="Asia/Baghdad")
    assert edition.profile.time_zone == "Asia/Baghdad"
    assert Edition(profile_key="gulf").profile.time_zone == "Asia/Riyadh"


def test_an_edition_tried_out_on_this_machine_has_the_servers_port_in_its_addresses(settings):
    edition = found(name="صحيفة", profile_key="gulf")
    assert addresses.absolute(edition, "/") == f"http://localhost:{settings.BULAQ.port}/"


def test_the_first_steps_lead_from_the_empty_desk_to_the_first_article(administrator):
    assert reverse("newsroom_found") in administrator.get("/desk/").content.decode()
    response = administrator.post(
        reverse("newsroom_found"),
        {"name": "صحيفة النهر", "profile": "nile", "host": "nahr.example", "sections": ["politics"],
         "more_sections": "بيئة، محليات"},
    )  # fmt: skip
    assert response.status_code == 302
    edition = Edition.objects.get()
    assert [str(place) for place in edition.edition_sections.all()] == ["سياسة", "بيئة", "محليات"]
    home = administrator.get("/desk/").content.decode()
    assert reverse("wagtailusers_users:index") in home.partition(NEXT)[2].partition("</section>")[0]
    publish(article_id=make_article(section="politics").pk)
    assert NEXT not in administrator.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"), [({"host": "no host!"}, "host"), ({"more_sections": "search"}, "more_sections")]
)
def test_what_is_refused_is_said_at_its_field(administrator, wrong, field):
    values = {"name": "صحيفة النهر", "profile": "nile", "host": "nahr.example", **wrong}
    answer = administrator.post(reverse("newsroom_found"), values)
    assert list(answer.context["form"].errors) == [field]
    assert not Edition.objects.exists()


def test_an_editor_does_not_found_a_newsroom(client):
    client.force_login(make_user(roles.EDITOR))
    response = client.post(reverse("newsroom_found"), {"name": "ص", "profile": "nile", "host": "a.example"})
    assert response.status_code in {302, 403}
    assert not Edition.objects.exists()


def test_an_empty_newsroom_leads_its_first_visitor_to_the_door(client):
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "bulaq begin" in client.get("/desk/login/").content.decode()


def test_a_further_edition_joins_the_network_and_its_host_is_cleaned(administrator):
    first = found(name="صحيفة النهر", profile_key="nile")
    data = {
        "name": "The River", "label": "", "host": "https://EN.nahr.example:8000/desk", "slug": "en",
        "profile_key": "english", "time_zone": "Africa/Cairo", "tagline": "", "accent": "#1d4f8f",
        "accent_dark": "#8fbcf2", "logo": "", "logo_dark": "", "position": "1",
    }  # fmt: skip
    for suffix, value in {"TOTAL": "0", "INITIAL": "0", "MIN_NUM": "0", "MAX_NUM": "1000"}.items():
        data[f"edition_sections-{suffix}_FORMS"] = value
    response = administrator.post(reverse("wagtailsnippets_newsroom_edition:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    second = Edition.objects.get(slug="en")
    assert (second.host, second.network, str(second)) == ("en.nahr.example", first.network, "The River")


def test_whoever_never_chose_a_clock_reads_that_of_the_edition_and_keeps_his_own_once_chosen(client):
    found(name="صحيفة", profile_key="gulf")
    user = make_user(roles.EDITOR)
    client.force_login(user)
    profile = UserProfile.objects.get(user=user)
    assert profile.current_time_zone == "Asia/Riyadh"
    UserProfile.objects.filter(pk=profile.pk).update(current_time_zone="Europe/London")
    client.force_login(type(user).objects.get(pk=user.pk))
    assert UserProfile.objects.get(user=user).current_time_zone == "Europe/London"


def test_a_newsroom_older_than_the_review_gets_it_once():
    roles.make_roles()
    Workflow.objects.all().delete()
    Workflow.objects.create(name="Moderators approval")  # what Wagtail makes with its tables
    roles.make_roles()
    assert [w.name for w in Workflow.objects.all()] == [roles.REVIEW]
    Workflow.objects.all().delete()  # an administrator's will, which stays
    roles.make_roles()
    assert not Workflow.objects.exists()
