"""Sections learned from the newsroom's own archive: hinted at the desk, taken by an import when it is sure."""

import json
import zipfile

import pytest
from django.urls import reverse

from bulaq.intake.article import Paragraph
from bulaq.newsroom.desk import roles
from bulaq.newsroom.finding import sections
from bulaq.newsroom.importing.storing import preparing
from bulaq.newsroom.models import Article, ImportItem, Section
from bulaq.project import section_learning
from tests.newsroom.desk_users import make_user
from tests.newsroom.incoming import incoming, store
from tests.newsroom.making import make_article, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_indexes")]

WORDS = {
    "sport": "فاز الفريق في مباراة الدوري بهدفين وسجل المهاجم هدف الفوز أمام جمهور الملعب",
    "culture": "افتتح المتحف معرض الخط العربي وضم المعرض لوحات ومخطوطات نادرة لشعراء وخطاطين",
}


@pytest.fixture
def archive():
    make_edition()
    for number in range(30):
        for section, text in WORDS.items():
            article = make_article(
                f"{text[:30]} {number}", section=section, body=[("paragraph", f"<p>{text} {number}</p>")]
            )
            Article.objects.filter(pk=article.pk).update(live=True)
    assert sections.train() == 2


def test_nothing_is_suggested_before_anything_was_learned_and_the_desk_says_from_when(client):
    make_edition()
    assert sections.suggest_section("فاز الفريق") == ()
    client.force_login(make_user(roles.EDITOR))
    article = make_article("بلا قسم", section=None)
    page = client.get(reverse("wagtailsnippets_newsroom_article:edit", args=[article.pk]))
    assert "متى نُشرت 500 مادة" in page.content.decode()


def test_the_archive_teaches_which_section_suits(archive):
    first, second = sections.suggest_section("فوز الفريق في الدوري\nسجل المهاجم هدفين في الملعب")
    assert first.section_id == Section.objects.get(slug="sport").pk
    assert first.probability > second.probability
    assert sections.suggest_section("") == ()


@pytest.mark.parametrize("damage", ["another format", "no archive at all"])
def test_a_model_of_another_version_is_learned_anew_at_once(archive, damage, monkeypatch):
    monkeypatch.setattr(section_learning, "LEAST_ARTICLES", 10)
    learning = section_learning.SectionLearning()
    assert not learning._due()
    with zipfile.ZipFile(sections.model_path(), "w") as file:
        file.writestr("model.json", json.dumps({"format": damage}))
    if damage == "no archive at all":
        sections.model_path().write_bytes(b"")
    assert sections.suggest_section("فاز الفريق") == ()
    assert learning._due()
    sections.train()
    assert not learning._due()


def test_a_deleted_section_is_not_suggested(archive):
    Section.objects.get(slug="sport").delete()
    assert [one.name for one in sections.suggest_section("فاز الفريق في الدوري")] == ["culture"]


def test_the_desk_hints_at_the_section_of_an_article_without_one(archive, client):
    client.force_login(make_user(roles.EDITOR))
    article = make_article("الفريق يفوز بالدوري", section="none", body=[("paragraph", WORDS["sport"])])
    page = client.get(reverse("wagtailsnippets_newsroom_article:edit", args=[article.pk])).content.decode()
    assert "الأرجح: sport (" in page


def test_an_import_takes_a_sure_section_and_says_so(archive, monkeypatch):
    monkeypatch.setattr(preparing, "SURE", 0.55)
    text = (Paragraph(WORDS["sport"]),)
    (line,) = store(incoming(section=None, headline="الفريق يفوز بالدوري", body=text))
    assert Article.objects.get(pk=line.article_id).section.slug == "sport"
    assert "guessed-section" in {reason["code"] for reason in ImportItem.objects.get().reasons}
    assert ImportItem.objects.get().verdict == "ready"


def test_an_import_leaves_a_doubtful_section_to_an_editor_with_the_likeliest_two(archive, monkeypatch):
    monkeypatch.setattr(preparing, "SURE", 1.1)
    store(incoming(section=None, body=(Paragraph(WORDS["sport"]),)))
    item = ImportItem.objects.get()
    assert item.verdict == "doubtful"
    (said,) = [reason["text"] for reason in item.reasons if reason["code"] == "no-section"]
    assert "sport" in said
    assert "culture" in said
