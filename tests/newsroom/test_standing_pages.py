"""What an edition says of itself: pages at addresses of their own, an editor's to write, a reporter's to read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from lxml import html

from bulaq.newsroom.desk import roles
from bulaq.newsroom.models import Section, StandingPage
from tests.newsroom.desk_forms import article_form
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_edition

pytestmark = pytest.mark.django_db

ADD = reverse("wagtailsnippets_newsroom_standingpage:add")


def form(edition, *, title="سياسة الخصوصية", slug="", text="لا نعرف قرّاءنا.", **fields) -> dict[str, str]:
    """What a browser sends from the form of a page."""
    body = {
        name: value for name, value in article_form(paragraphs=[text]).items() if name.startswith("body-")
    }
    return body | {
        "title": title, "edition": str(edition.pk), "slug": slug, "description": "", "position": "0", **fields
    }  # fmt: skip


def errors(response) -> str:
    page = html.fromstring(response.content.decode())
    return " ".join(
        page.xpath("//*[contains(@class,'error-message') or contains(@class,'messages')]//text()")
    )


def test_a_page_is_there_when_it_is_shown_and_leads_to_its_one_address(editor, edition):
    assert editor.post(ADD, form(edition, slug="Privacy")).status_code == 302
    page = StandingPage.objects.get()
    assert (page.slug, page.live) == ("privacy", False)

    def get(path):
        return editor.get(path, HTTP_HOST=edition.host)

    assert get("/page/privacy/").status_code == 404
    page.live = True
    page.save()
    answer = get("/page/privacy/")
    assert "لا نعرف قرّاءنا." in answer.content.decode()
    assert {f"page:{page.pk}", f"edition:{edition.pk}"} <= set(answer["Surrogate-Key"].split())
    for other in ("/page/Privacy/", "/page/privacy"):
        assert (get(other).status_code, get(other)["Location"]) == (301, "/page/privacy/")
    assert get("/page/").status_code == get("/page/other/").status_code == 404
    assert "/page/privacy/" in get("/sitemap/pages.xml").content.decode()
    sister = make_edition("maghrib", profile="maghrib")
    assert editor.get("/page/privacy/", HTTP_HOST=sister.host).status_code == 404


def test_an_address_that_a_page_had_leads_to_it_until_another_page_takes_it(editor, edition):
    page = StandingPage.objects.create(edition=edition, title="من نحن", slug="about", live=True)

    def location(path):
        return editor.get(path, HTTP_HOST=edition.host).get("Location")

    for slug in ("who", "us"):
        page.slug = slug
        page.save()
    assert location("/page/about/") == location("/page/Who/") == "/page/us/"
    page.slug = "about"
    page.save()
    assert (location("/page/about/"), location("/page/us/")) == (None, "/page/about/")
    StandingPage.objects.create(edition=edition, title="غيرنا", slug="us", live=True)
    assert location("/page/us/") is None
    page.live = False
    page.save()
    assert editor.get("/page/who/", HTTP_HOST=edition.host).status_code == 404


def test_editors_of_an_older_newsroom_are_given_the_right_to_them(db):
    roles.make_roles()
    editors = Group.objects.get(name=roles.EDITOR)
    rights = editors.permissions.filter(content_type__model="standingpage")
    editors.permissions.remove(*rights)
    import_module("bulaq.newsroom.migrations.0018_editors_write_standing_pages").give(apps, None)
    assert rights.count() == 4
    Group.objects.all().delete()
    import_module("bulaq.newsroom.migrations.0018_editors_write_standing_pages").give(apps, None)


def test_an_address_is_made_of_the_title_and_given_once_in_an_edition(editor, edition):
    sister = make_edition("maghrib", profile="maghrib")
    assert editor.post(ADD, form(edition)).status_code == 302
    assert StandingPage.objects.get().slug == "سياسة-الخصوصية"
    refused = editor.post(ADD, form(edition))
    assert refused.status_code == 200
    assert "صفحة بهذا الرابط" in errors(refused)
    assert editor.post(ADD, form(edition, slug="a/b")).status_code == 200
    assert editor.post(ADD, form(sister)).status_code == 302
    assert StandingPage.objects.count() == 2


def test_it_is_previewed_before_it_is_saved(editor, edition):
    url = reverse("wagtailsnippets_newsroom_standingpage:preview_on_add")
    assert editor.post(url, form(edition)).json() == {"is_valid": True, "is_available": True}
    page = editor.get(url).content.decode()
    assert "لا نعرف قرّاءنا." in page
    assert "noindex" in page


def test_reporters_and_editors_of_a_section_write_none(client, edition):
    of_sport = make_user(None, username="sport-editor")
    make_user(roles.EDITOR)
    bound = Group.objects.create(name="محرّرو الرياضة")
    bound.permissions.set(Group.objects.get(name=roles.EDITOR).permissions.all())
    Section.objects.get(slug="sport").bound_groups.add(bound)
    of_sport.groups.add(bound)
    for user in (make_user(roles.REPORTER), of_sport):
        client.force_login(user)
        client.post(ADD, form(edition))
        assert not StandingPage.objects.exists(), user
