"""Every edit at the desk that changes what readers see purges the pages that show it, in the edit's own transaction."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import ReferenceIndex

from bulaq.delivery.purge_table import Purge, PurgeTable, Standing
from bulaq.newsroom import addresses, purging
from bulaq.newsroom.models import Byline, NewsImage, OutboxEntry, Publication, Section, StandingPage, Topic
from bulaq.reader import editions
from tests.newsroom.desk_forms import article_form
from tests.newsroom.desk_users import make_user
from tests.reader import conftest as readers_tests
from tests.reader.newspaper import body_of

pytestmark = pytest.mark.django_db

printed, newspaper = readers_tests.printed, readers_tests.newspaper
"""Fixtures: the newspaper is made once for this module."""


class Readers:
    """Get pages from a store that goes by the edge's own table of purges, and makes only what that calls out of date."""

    def __init__(self, newspaper, within_commit) -> None:
        self.newspaper = newspaper
        self.table = PurgeTable()
        self.stored = {}
        self.desk = Client()
        self.desk.force_login(make_user(superuser=True))
        self._within_commit = within_commit

    def purged(self, keys, hard) -> None:
        self.table.apply([Purge(self.table.generation + 1, tuple(keys), hard)])

    def get(self, path: str, edition: str = "mashriq"):
        found = self.stored.get((edition, path))
        if found is None or self.table.standing(*found[1:]) is not Standing.VALID:
            host = self.newspaper.editions[edition].host
            response = Client().get(path, HTTP_HOST=host)
            found = response, response.get("Surrogate-Key", "").split(), self.table.generation
            self.stored[edition, path] = found
        return found[0]

    def text(self, path: str, edition: str = "mashriq") -> str:
        response = self.get(path, edition)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def edit(self, view: str, pk: object, /, **changes: str) -> None:
        """Opens the form of the desk, changes fields, and saves."""
        address = reverse(view, args=[quote(str(pk))])
        page = html.fromstring(self.desk.get(address).content.decode())
        named = {name for name in changes if not name.startswith("body-")}
        form = next(f for f in page.forms if f.method == "POST" and named <= set(f.fields))
        data = dict(form.form_values())
        with self._within_commit(execute=True):
            response = self.desk.post(address, data | changes)
        assert response.status_code == 302, html.fromstring(response.content.decode()).xpath(
            "string(//*[contains(@class,'error-message')])"
        )

    def delete(self, model: str, pk: object) -> None:
        with self._within_commit(execute=True):
            response = self.desk.post(reverse(f"wagtailsnippets_newsroom_{model}:delete", args=[pk]))
        assert response.status_code == 302


@pytest.fixture
def readers(newspaper, django_capture_on_commit_callbacks, monkeypatch) -> Readers:
    found = Readers(newspaper, django_capture_on_commit_callbacks)
    monkeypatch.setattr(purging, "_purgers", [found.purged])
    return found


def path_of(article) -> str:
    return addresses.of_publication(Publication.objects.select_related("section").get(article=article))


def snippet(model: str) -> str:
    return f"wagtailsnippets_newsroom_{model}:edit"


NAMES: dict[str, Callable] = {
    "edition": lambda n: n.editions["mashriq"],
    "section": lambda n: Section.objects.get(slug="culture"),
    "person": lambda n: n.person,
    "agency": lambda n: Byline.objects.filter(agency__isnull=False).first().agency,
    "topic": lambda n: n.topic,
}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("edition", {"tagline": ("/",), "accent": ("/",), "name": ("/", "article", "/culture/", "/feed/")}),
        ("section", {"name": ("/", "article", "/culture/", "/sport/", "/culture/feed/")}),
        ("person", {"role": ("author",), "biography": ("author",), "name": ("article", "author", "/feed/")}),
        ("agency", {"name": ("article",)}),
        ("topic", {"description": ("topic",), "name": ("article", "topic")}),
    ],
)
def test_an_edited_field_is_seen_wherever_it_stands(readers, model, fields):
    for field, seen_on in fields.items():
        _is_seen(readers, model, field, seen_on)


def _is_seen(readers, model, field, seen_on):
    newspaper = readers.newspaper
    changed = NAMES[model](newspaper)
    article = newspaper.articles["mashriq"][0]
    if model == "agency":
        of_edition = Byline.objects.filter(article__publications__edition=newspaper.editions["mashriq"])
        article = of_edition.filter(agency=changed).first().article
    places = {
        "article": path_of(article),
        "author": addresses.author(newspaper.person.pk, "x"),
        "topic": addresses.topic(newspaper.topic.pk, "x"),
    }
    paths = []
    for place in seen_on:
        path = unquote(places.get(place, place))
        moved = readers.get(path)
        paths.append(unquote(moved["Location"]) if moved.status_code == 301 else path)
    new = "#123456" if field == "accent" else f"كلمة لم تكن في {field}"
    assert not any(new in readers.text(path) for path in paths)
    readers.edit(snippet(model), changed.pk, **{field: new})
    for path in paths:
        answer = readers.get(path)
        if answer.status_code == 301:  # the name stands in the address as well
            answer = readers.get(unquote(answer["Location"]))
        assert new in answer.content.decode(), (field, path)


def test_saving_without_a_change_renews_nothing(readers):
    OutboxEntry.objects.all().delete()
    before = readers.table.generation
    for model, find in NAMES.items():
        changed = find(readers.newspaper)
        first = {"edition": "label"}.get(model, "name")
        readers.edit(snippet(model), changed.pk, **{first: getattr(changed, first)})
    assert not OutboxEntry.objects.exists()
    assert readers.table.generation == before


def test_the_name_of_an_edition_is_seen_on_its_sisters(readers):
    edition = readers.newspaper.editions["mashriq"]
    readers.text("/", "maghrib")
    readers.edit(snippet("edition"), edition.pk, label="طبعة الشرق")
    assert "طبعة الشرق" in readers.text("/", "maghrib")


def test_an_editions_own_name_of_a_section_and_its_order(readers):
    edition = readers.newspaper.editions["mashriq"]
    article = path_of(readers.newspaper.articles["mashriq"][3])
    assert "فنون وآداب" not in readers.text(article)
    readers.edit(snippet("edition"), edition.pk, **{"edition_sections-0-name": "فنون وآداب"})
    assert "فنون وآداب" in readers.text(article)
    before = readers.text("/")
    readers.edit(
        snippet("edition"), edition.pk, **{"edition_sections-0-ORDER": "2", "edition_sections-1-ORDER": "1"}
    )
    assert before.index('href="/culture/"') < before.index('href="/sport/"')
    after = readers.text("/")
    assert after.index('href="/sport/"') < after.index('href="/culture/"')
    readers.edit(snippet("edition"), edition.pk, **{"edition_sections-0-DELETE": "1"})
    assert 'href="/sport/"' not in readers.text("/")


def test_another_host_is_another_site_at_once(readers):
    edition = readers.newspaper.editions["maghrib"]
    article = path_of(readers.newspaper.articles["maghrib"][0])
    readers.text(article, "maghrib")
    readers.edit(snippet("edition"), edition.pk, host="gharb.localhost")
    edition.refresh_from_db()
    readers.newspaper.editions["maghrib"] = edition
    assert "gharb.localhost" in readers.text(article, "maghrib")


def test_the_old_address_of_a_section_leads_to_the_new_one_for_ever(readers):
    section = Section.objects.get(slug="culture")
    article = path_of(readers.newspaper.articles["mashriq"][0])
    assert article.startswith("/culture/")
    for path in ("/culture/", "/culture/feed/", "/culture/feed/atom/", unquote(article)):
        readers.text(path)
    for slug in ("فنون", "arts"):
        readers.edit(snippet("section"), section.pk, slug=slug)
    for path, wanted in (
        ("/culture/", "/arts/"),
        ("/culture/?before=1", "/arts/?before=1"),
        ("/فنون/", "/arts/"),
        ("/culture/feed/", "/arts/feed/"),
        ("/فنون/feed/atom/", "/arts/feed/atom/"),
        (unquote(article), article.replace("/culture/", "/arts/")),
    ):
        answer = readers.get(path)
        assert (answer.status_code, answer["Location"]) == (301, wanted), path
    assert readers.get("/arts/").status_code == 200
    assert 'href="/culture/' not in readers.text("/")
    # Back again, and the address is the section's own.
    readers.edit(snippet("section"), section.pk, slug="culture")
    readers.text("/culture/")
    assert readers.get("/arts/")["Location"] == "/culture/"
    # Where another section has taken it, it answers.
    readers.edit(snippet("section"), Section.objects.get(slug="sport").pk, slug="arts")
    readers.text("/arts/")


@pytest.mark.parametrize("field", ["caption", "credit"])
def test_an_edited_picture_is_seen_where_it_leads_and_in_texts(readers, field):
    image = NewsImage.objects.get()
    article = next(a for a in readers.newspaper.articles["mashriq"] if a.lead_image_id and not a.lead_caption)
    path = unquote(path_of(article))
    new = "سطر جديد تحت الصورة"
    assert new not in readers.text(path)
    readers.edit("wagtailimages:edit", image.pk, **{field: new})
    assert new in readers.text(path)


def test_a_logo_is_seen_everywhere_and_looked_up_once(readers, monkeypatch, django_assert_max_num_queries):
    """Two pictures of two sizes each: four queries of every page, were they not kept with the edition."""
    monkeypatch.setattr(editions, "_lookup", editions.SiteMemory(lambda: readers.table.generation))
    image, edition = NewsImage.objects.get(), readers.newspaper.editions["mashriq"]
    paths = ("/", "/culture/", unquote(path_of(readers.newspaper.articles["mashriq"][3])))
    assert not any("<picture>" in readers.text(path) for path in paths)
    readers.edit(snippet("edition"), edition.pk, logo=str(image.pk), logo_dark=str(image.pk))
    for path in paths:
        assert f'alt="{edition.name}"></picture>' in readers.text(path)
    site = editions._lookup(edition.host)
    with django_assert_max_num_queries(0):
        assert all(site.logos)


def test_a_picture_within_a_text(readers):
    image = NewsImage.objects.get()
    article = readers.newspaper.articles["mashriq"][3]
    article.lead_image = None
    article.body = [("image", {"image": image, "caption": "", "credit": "", "alt": ""})]
    article.save()
    standing = StandingPage.objects.create(
        edition=readers.newspaper.editions["mashriq"],
        title="من نحن",
        slug="about",
        live=True,
        body=article.body,
    )
    for one in (article, standing):
        ReferenceIndex.create_or_update_for_object(one)  # as the worker does after a save
    paths = unquote(path_of(article)), "/page/about/"
    assert not any("سطر جديد تحت الصورة" in readers.text(path) for path in paths)
    readers.edit("wagtailimages:edit", image.pk, caption="سطر جديد تحت الصورة")
    assert all("سطر جديد تحت الصورة" in readers.text(path) for path in paths)


def test_a_standing_page_is_in_every_footer_as_long_as_it_is_shown(readers):
    edition, footer = readers.newspaper.editions["mashriq"], '<li><a href="/page/about/">من نحن</a></li>'
    pages = ("/", "/culture/", unquote(path_of(readers.newspaper.articles["mashriq"][3])))
    with readers._within_commit(execute=True):
        about = StandingPage.objects.create(
            edition=edition, title="من نحن", slug="about", body=body_of([("paragraph", "<p>صحيفة.</p>")])
        )
    assert readers.get("/page/about/").status_code == 404
    assert not any(footer in readers.text(path) for path in pages)
    # The editor of a text is a script's: what it sends, here by hand.
    text = {
        name: value for name, value in article_form(paragraphs=["صحيفة."]).items() if name.startswith("body-")
    }
    readers.edit(snippet("standingpage"), about.pk, **text, live="on")
    assert all(footer in readers.text(path) for path in (*pages, "/page/about/"))
    assert footer not in readers.text("/", "maghrib")
    before, changed_at = readers.table.generation, StandingPage.objects.get().changed_at
    readers.edit(snippet("standingpage"), about.pk, **text, title="من نحن")  # saved as it was
    assert readers.table.generation == before
    readers.edit(snippet("standingpage"), about.pk, **text, position="3")
    assert StandingPage.objects.get().changed_at == changed_at
    readers.edit(snippet("standingpage"), about.pk, **text, description="عن الصحيفة")
    assert "عن الصحيفة" in readers.text("/page/about/")
    assert StandingPage.objects.get().changed_at > changed_at
    readers.delete("standingpage", about.pk)
    assert readers.get("/page/about/").status_code == 404
    assert not any(footer in readers.text(path) for path in pages)


def test_a_topic_taken_back_has_no_page(readers):
    topic = readers.newspaper.topic
    path = unquote(readers.get(addresses.topic(topic.pk, "x"))["Location"])
    readers.text(path)
    Topic.objects.get(pk=topic.pk)
    with readers._within_commit(execute=True):
        topic.accepted = False
        topic.save()
    assert readers.get(path).status_code == 404


def test_a_deleted_article_is_gone_at_once_everywhere(readers):
    article = readers.newspaper.articles["mashriq"][5]
    address = path_of(article)
    path = unquote(address)
    readers.text(path)
    assert address in readers.text("/sport/")
    OutboxEntry.objects.all().delete()
    readers.delete("article", article.pk)
    assert readers.get(path).status_code in (404, 410)
    assert address not in readers.text("/sport/")
    assert {"index", "related"} <= set(OutboxEntry.objects.values_list("consumer", flat=True))
