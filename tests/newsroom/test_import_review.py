"""The review screen: a part pointed at becomes the field, on this page and on all pages of the template."""

import json
import re

import pytest
from django.urls import reverse

from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.layout.tree import parse
from bulaq.intake.templates.pointing import Pick, with_pick
from bulaq.newsroom.desk import roles
from bulaq.newsroom.importing.correcting import rereading
from bulaq.newsroom.importing.correcting.corrections import Pointed, picked, read_corrected
from bulaq.newsroom.importing.correcting.saved_pages import shown_page
from bulaq.newsroom.importing.runs import jobs
from bulaq.newsroom.importing.runs import requests as run_requests
from bulaq.newsroom.models import Article, ImportItem, ImportRun
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_edition
from tests.newsroom.saved_archive import HOSTILE, SUBJECTS, import_archive, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    make_edition()
    return import_archive(tmp_path / "archive")


@pytest.fixture
def desk(client, run):
    client.force_login(make_user(roles.EDITOR))
    return client


def _line(reading, beginning: str) -> int:
    return next(s.index for s in reading.page.segments if s.text.startswith(beginning))


def _corrected(data: bytes, *pointed: tuple[str, str]):
    picks: list[Pick] = []
    for field, beginning in pointed:
        reading = read_corrected(data, "a.html", picks)
        picks = with_pick(picks, picked(reading, Pointed(field, segment=_line(reading, beginning))))
    return picks, read_corrected(data, "a.html", picks)


def test_a_correction_changes_what_is_read_on_this_page_and_on_the_next():
    data, next_page = page("المكتبة", 0).encode(), page("المتحف", 1).encode()
    assert read_corrected(data, "a.html").item.headline == "حديث المدينة في كل أسبوع"
    picks, reading = _corrected(
        data,
        ("headline", "المكتبة تفتح"),
        ("kicker", "حديث المدينة"),
        ("authors", "كتبت"),
        ("published_at", "1 مايو"),
    )
    article = reading.item
    assert article.headline == "المكتبة تفتح أبوابها من جديد أمام الزوار"
    assert (article.kicker, article.authors) == ("حديث المدينة في كل أسبوع", ("سلمى الحداد",))
    assert article.published_at.startswith("2019-05-01")
    assert article.provenance["headline"] == "correction"
    assert reading.roles[_line(reading, "المكتبة تفتح")] == "headline"
    other = read_corrected(next_page, "b.html", [Pick.from_json(pick.as_json()) for pick in picks]).item
    assert other.headline == "المتحف تفتح أبوابها من جديد أمام الزوار"
    assert other.published_at.startswith("2019-05-02")


def test_of_a_path_that_is_pointed_at_the_narrowest_step_is_the_section():
    path = "أنت هنا: <a href='/'>الرئيسية</a> / <a href='/s/2'>شؤون محلية</a> / المكتبة تفتح أبوابها من جديد"
    data = page("المكتبة", 0).replace("الصحيفة القديمة", path).encode()
    _, reading = _corrected(data, ("headline", "المكتبة تفتح أبوابها من جديد أمام"), ("section", "أنت هنا"))
    assert reading.item.section == "شؤون محلية"


def test_a_paragraph_goes_by_its_words_and_comes_back():
    data = page("المكتبة", 0).encode()
    before = read_corrected(data, "a.html").item.body
    picks, reading = _corrected(data, ("remove", "ترحب الصحيفة"))
    assert [block.text for block in reading.item.body] == [block.text for block in before[:-1]]
    other = page("السوق", 2).encode()
    alone = read_corrected(other, "b.html").item.body
    assert read_corrected(other, "b.html", picks).item.body == alone[:-1]
    back = with_pick(picks, picked(reading, Pointed("keep", segment=_line(reading, "ترحب الصحيفة"))))
    assert read_corrected(data, "a.html", back).item.body == before


def test_the_element_of_the_text_can_be_named():
    data = page("المكتبة", 0).encode()
    reading = read_corrected(data, "a.html")
    outer = next(node.index for node in reading.page.nodes if node.names == "text")
    pick = picked(reading, Pointed("body", node=outer))
    assert read_corrected(data, "a.html", [pick]).item.provenance["body"] == "correction"


def test_the_shown_page_holds_text_and_structure_alone():
    root, _ = parse(page("المكتبة", 0, HOSTILE))
    shown = shown_page(Page(root), style="body{}")
    tags = set(re.findall(r"<([a-zA-Z0-9]+)", shown.split("<body", 1)[1]))
    assert tags <= {"span", "div", "h1", "ul", "li", "nav", "aside", "header", "footer"}
    attributes = set(
        re.findall(r"\s([a-zA-Z-]+)=", " ".join(re.findall(r"<[^>]+>", shown.split("<body", 1)[1])))
    )
    assert attributes <= {"dir", "class", "data-n", "data-s"}
    assert "&lt;script&gt;parent.stolen=9" in shown


def test_the_frame_is_served_under_a_policy_that_runs_and_loads_nothing(desk, run):
    item = run.items.order_by("pk").first()
    answer = desk.get(reverse("newsroom_imports:review_frame", args=[item.pk]))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin;" in policy
    assert "allow-scripts" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.content.decode()
    screen = desk.get(reverse("newsroom_imports:review", args=[item.pk])).content.decode()
    assert '<iframe sandbox="allow-same-origin"' in screen


def _post(desk, name, item, **data):
    return desk.post(
        reverse(f"newsroom_imports:review_{name}", args=[item.pk]), json.dumps(data), "application/json"
    )


def test_a_correction_goes_to_all_pages_of_the_template_but_not_over_an_editors_work(desk, run):
    item = run.items.get(key__endswith="0.html")
    data = page("المكتبة", 0).encode()
    segment = _line(read_corrected(data, "a"), "المكتبة تفتح")
    told = _post(desk, "read", item, picks=[], new={"field": "headline", "segment": segment}).json()
    assert told["fields"]["headline"] == {
        "unsure": False,
        "before": "حديث المدينة في كل أسبوع",
        "after": "المكتبة تفتح أبوابها من جديد أمام الزوار",
    }
    run.refresh_from_db()
    assert run.options["drafts"][str(item.pk)] == told["picks"]
    preview = _post(desk, "preview", item, picks=told["picks"]).json()
    assert (preview["pages"], preview["changed"]) == (6, 6)
    assert preview["changes"][1]["fields"][0]["come"] == ["المتحف تفتح أبوابها من جديد أمام الزوار"]
    assert preview["warning"] == ""
    wrong = _post(desk, "read", item, picks=[], new={"field": "section", "segment": segment}).json()["picks"]
    assert "6" in _post(desk, "preview", item, picks=wrong).json()["warning"], (
        "each headline would be a section"
    )
    _post(desk, "read", item, picks=told["picks"])
    edited = run.items.get(key__endswith="3.html").article
    edited.headline = "عنوان كتبه محرر"
    edited.save()
    before = Article.objects.count()
    answer = _post(desk, "apply", item, picks=told["picks"]).json()
    again = ImportRun.objects.latest("pk")
    assert answer["address"] == reverse("newsroom_imports:run", args=[again.pk])
    assert run_requests.next_for_worker() == (again.pk, "resume")
    assert jobs.work(again.pk).state == "done"
    again.refresh_from_db()
    assert (again.updated, again.kept, again.sources_total) == (5, 1, 6)
    shown = desk.get(reverse("newsroom_imports:run", args=[run.pk]) + "?verdict=doubtful").content.decode()
    assert shown.count(f'href="{answer["address"]}"') == 5, "what was corrected says by which import"
    assert Article.objects.count() == before
    headlines = set(Article.objects.values_list("headline", flat=True))
    wanted = {f"{subject} تفتح أبوابها من جديد أمام الزوار" for subject in SUBJECTS} - {
        "الميناء تفتح أبوابها من جديد أمام الزوار"
    }
    assert headlines == wanted | {"عنوان كتبه محرر", "مقالة من قالب آخر مختلف"}


def test_a_job_that_was_killed_goes_on_without_a_page_twice(run):
    item = run.items.get(key__endswith="0.html")
    reading = read_corrected(page("المكتبة", 0).encode(), "a")
    pick = picked(reading, Pointed("headline", segment=_line(reading, "المكتبة تفتح")))
    again = rereading.begin(item, [pick], rereading.preview(item, [pick]).core)
    jobs.work(again.pk)
    ImportRun.objects.filter(pk=again.pk).update(state="paused", phase="reading")
    ImportItem.objects.filter(run=again).order_by("-pk")[:1].get().delete()
    assert jobs.work(again.pk).state == "done"
    assert ImportItem.objects.filter(run=again).count() == 6


def test_a_file_that_is_gone_is_said_and_nothing_else_breaks(desk, run, tmp_path):
    item = run.items.order_by("pk").first()
    (tmp_path / "archive" / "0.html").unlink()
    answer = desk.get(reverse("newsroom_imports:review", args=[item.pk]))
    assert answer.status_code == 200
    assert "0.html" in answer.content.decode()
    assert "<iframe" not in answer.content.decode()
    refused = _post(desk, "read", item, picks=[])
    assert refused.status_code == 400
    assert "0.html" in refused.json()["error"]


FORGED = (
    {"picks": [{"field": "x"}]},
    {"picks": "x"},
    {"picks": [], "new": {"field": "headline", "segment": 10**9}},
    {"picks": [], "new": {"field": "body", "node": -1}},
    {"picks": [], "new": {"field": "owner", "segment": 1}},
    {"picks": [{"field": "headline", "signature": "x"}] * 100},
)


def test_a_forged_request_is_refused_in_words(desk, run):
    for data in FORGED:
        answer = _post(desk, "read", run.items.order_by("pk").first(), **data)
        assert answer.status_code == 400, data
        assert answer.json()["error"], data


def test_only_those_who_may_publish_review(client, run):
    names = ("", "_frame", "_read", "_preview", "_apply")
    addresses = [reverse(f"newsroom_imports:review{name}", args=[run.items.first().pk]) for name in names]

    def ask():
        return [*map(client.get, addresses[:2]), *map(client.post, addresses[2:])]

    assert all("login" in answer.url for answer in ask())
    client.force_login(make_user(roles.REPORTER))
    assert {answer.status_code for answer in ask()} <= {302, 403}
