"""Every page of the desk opens, in Arabic and from right to left, for those who may see it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.desk import roles
from bulaq.newsroom.desk.login import ALLOWED_FOR_ACCOUNT
from bulaq.newsroom.models import Agency, Edition, Person, Section, Topic
from tests.newsroom.desk_forms import article_form
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

pytestmark = pytest.mark.django_db

ARTICLE = "wagtailsnippets_newsroom_article"


@pytest.fixture
def newsroom(edition):
    """An edition, a published article and a draft."""
    published, draft = make_article(), make_article("مسودة عن أسواق المدينة القديمة")
    publish(article_id=published.pk)
    return published, draft


def test_the_login_page_is_arabic_and_bears_our_name(client, db):
    page = client.get("/desk/login/", follow=True).content.decode()
    assert 'dir="rtl"' in page
    assert "بولاق" in page
    assert "Wagtail" not in page.partition("<body")[2].partition("<noscript")[2].partition("</noscript>")[2]


def test_guessing_passwords_is_slowed_down_for_the_guesser_alone(client):
    make_user(roles.EDITOR)

    def tried(password, address):
        form = {"username": "editor-test", "password": password}
        return client.post("/desk/login/", form, REMOTE_ADDR=address)

    try:
        for number in range(ALLOWED_FOR_ACCOUNT):
            assert "محاولات كثيرة" not in tried(f"wrong {number}", "192.0.2.7").content.decode()
        refused = tried("x", "192.0.2.7")  # the right one, too late
        assert refused.status_code == 200
        assert "محاولات كثيرة بكلمة مرور خاطئة" in refused.content.decode()
        assert tried("x", "192.0.2.8").status_code == 302
    finally:
        cache.clear()


@pytest.mark.parametrize("name", ["list", "add"])
def test_the_list_and_the_empty_form_open(desk, newsroom, name):
    response = desk.get(reverse(f"{ARTICLE}:{name}"))
    assert response.status_code == 200
    assert 'dir="rtl"' in response.content.decode()


@pytest.mark.parametrize("name", ["edit", "placement", "correct", "history", "usage", "delete"])
def test_every_page_of_an_article_opens(desk, newsroom, name):
    for article in newsroom:
        assert desk.get(reverse(f"{ARTICLE}:{name}", args=[article.pk])).status_code == 200


def test_the_history_names_the_edition(desk, newsroom):
    edition = Edition.objects.get()
    page = desk.get(reverse(f"{ARTICLE}:history", args=[newsroom[0].pk])).content.decode()
    assert f"نُشرت المادة في {isolate_text(edition.short_name)}" in page


def test_the_first_page_shows_what_is_mine_and_what_went_out(desk, newsroom):
    published, _draft = newsroom
    page = desk.get("/desk/").content.decode()
    assert published.headline in page
    assert reverse(f"{ARTICLE}:add") in page


def test_the_first_page_of_an_empty_newsroom_says_how_to_begin(editor):
    page = editor.get("/desk/").content.decode()
    assert "لا مسودات مفتوحة لديك" in page


@pytest.mark.parametrize("model", [Person, Agency, Topic])
def test_names_are_found_by_any_spelling(desk, model):
    model.objects.create(name="إيمان الأعرجي")
    listing = reverse(f"wagtailsnippets_newsroom_{model._meta.model_name}:list_results")
    assert "إيمان" in desk.get(listing, {"q": "ايمان الاعرجي"}).content.decode()
    assert "إيمان" not in desk.get(listing, {"q": "يوسف"}).content.decode()
    chooser = reverse(f"wagtailsnippetchoosers_newsroom_{model._meta.model_name}:choose_results")
    assert "إيمان" in desk.get(chooser, {"q": "ايمان"}).content.decode()
    assert "إيمان" not in desk.get(chooser, {"q": "يوسف"}).content.decode()


@pytest.mark.parametrize("model", [Person, Agency, Topic])
def test_names_can_be_added_and_edited(desk, model):
    made = model.objects.create(name="اسم")
    space = f"wagtailsnippets_newsroom_{model._meta.model_name}"
    assert desk.get(reverse(f"{space}:add")).status_code == 200
    assert desk.get(reverse(f"{space}:edit", args=[made.pk])).status_code == 200


def test_an_administrator_arranges_the_sections_of_an_edition(client, newsroom):
    client.force_login(make_user(superuser=True))
    edition = Edition.objects.get()
    places = list(edition.edition_sections.all())
    response = client.get(reverse("wagtailsnippets_newsroom_edition:edit", args=[edition.pk]))
    assert response.status_code == 200
    data = {name: value for name, value in response.context["form"].initial.items() if value is not None} | {
        "is_default": "on",
        "network": edition.network_id,
    }
    data |= {
        "edition_sections-TOTAL_FORMS": "2",
        "edition_sections-INITIAL_FORMS": "2",
        "edition_sections-MIN_NUM_FORMS": "0",
        "edition_sections-MAX_NUM_FORMS": "1000",
    }
    for index, (place, order) in enumerate(zip(places, ("2", "1"), strict=True)):
        data |= {
            f"edition_sections-{index}-id": str(place.pk),
            f"edition_sections-{index}-section": str(place.section_id),
            f"edition_sections-{index}-ORDER": order,
        }
    response = client.post(reverse("wagtailsnippets_newsroom_edition:edit", args=[edition.pk]), data)
    assert response.status_code == 302
    fresh = Edition.objects.get()
    assert [p.section_id for p in fresh.edition_sections.all()] == [p.section_id for p in reversed(places)]


def test_an_editor_does_not_change_sections_and_editions(desk, newsroom):
    for model in (Section, Edition):
        url = reverse(
            f"wagtailsnippets_newsroom_{model._meta.model_name}:edit", args=[model.objects.first().pk]
        )
        assert desk.get(url).status_code in {302, 403}


def test_the_menu_has_nothing_that_the_site_has_not(client, newsroom):
    client.force_login(make_user(superuser=True))
    page = client.get("/desk/").content.decode()
    menu = page.partition('id="wagtail-sidebar-props"')[2].partition("</script>")[0]
    assert reverse(f"{ARTICLE}:list") in menu
    for foreign in ("/desk/pages/", "/desk/documents/", "/desk/sites/", "/desk/snippets/", "editor-guide"):
        assert foreign not in menu


def test_what_a_reporter_submits_waits_on_an_editor_s_first_page_and_is_approved_from_there(client, newsroom):
    _published, draft = newsroom
    reporter, editor = make_user(roles.REPORTER), make_user(roles.EDITOR)
    client.force_login(reporter)
    url = reverse(f"{ARTICLE}:edit", args=[draft.pk])
    form = article_form(headline="سوق الوراقين", paragraphs=["نص."], section=draft.section)
    assert client.post(url, form | {"action-submit": "1"}).status_code == 302
    assert "بانتظار مراجعتك" not in client.get("/desk/").content.decode()
    client.force_login(editor)
    waiting = client.get("/desk/").content.decode().partition("بانتظار مراجعتك")[2]
    assert url in waiting.partition("</section>")[0]
    # «All» of them, for an editor who is no administrator.
    assert "?state=review" in waiting.partition("</section>")[0]
    assert url in client.get(reverse(f"{ARTICLE}:list"), {"state": "review"}).content.decode()
    state = draft.workflow_states.get().current_task_state
    approval = reverse(f"{ARTICLE}:collect_workflow_action_data", args=[draft.pk, "approve", state.pk])
    assert client.get(approval).status_code == 200
    act = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    assert client.post(url, form | act).status_code == 302
    draft.refresh_from_db()
    assert (draft.live, draft.headline) == (True, "سوق الوراقين")
    assert draft.publications.get().state == "published"
    assert "بانتظار مراجعتك" not in client.get("/desk/").content.decode()
