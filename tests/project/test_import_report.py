"""The report of a dry run: how many are ready or doubtful and why, judged as a stored import judges."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import translation
from tests.newsroom.incoming import incoming, store
from tests.newsroom.making import make_edition

from bulaq.intake.article import IncomingArticle, Paragraph, Refusal
from bulaq.intake.judgement import HARMLESS, HOLDS_BACK, REASONS, REFUSED_IN_ARABIC
from bulaq.intake.reader import ReadOptions
from bulaq.intake.sources import read_all
from bulaq.newsroom.importing.storing import judging
from bulaq.project import command_line
from bulaq.project.import_report import Report

NOW = datetime(2024, 6, 1, tzinfo=UTC)

PAGE = """<!doctype html><html lang=ar dir=rtl><head><title>سوق الميناء يفتح أبوابه</title></head><body><article>
<h1>سوق الميناء يفتح أبوابه بعد أعمال الترميم</h1>{head}<p>{text}</p><p>{text}</p><p>{text}</p></article></body></html>"""
TEXT = "قال المشرفون على السوق إن الأعمال انتهت قبل موعدها، وإن التجار عادوا إلى دكاكينهم على امتداد الشارع الكبير. "


def article(**fields) -> IncomingArticle:
    told = {
        "source": "a.html", "format": "html", "headline": "سوق الميناء يفتح أبوابه", "section": "مدن",
        "published_at": "2021-03-14T06:30:00+03:00", "body": (Paragraph("نص"),),
    } | fields  # fmt: skip
    return IncomingArticle(**told)


def reported(*items: IncomingArticle | Refusal) -> Report:
    report = Report(now=NOW)
    for item in items:
        report.refuse(item) if isinstance(item, Refusal) else report.take(item)
    return report


@pytest.mark.parametrize(
    ("fields", "codes", "doubtful", "held_back"),
    [
        ({}, [], 0, 0),
        ({"headline": None}, ["no-headline"], 1, 1),
        ({"section": "الرئيسية", "breadcrumb": ("الرئيسية",)}, ["no-section"], 1, 1),
        ({"published_at": "بالأمس"}, ["no-date"], 1, 0),
        ({"published_at": "2031-01-01"}, ["future-date"], 1, 1),
        ({"confidence": {"authors": 0.2}, "authors": ("سعاد",)}, ["unsure-authors"], 1, 0),
        ({"warnings": ("of the custom type x",)}, ["warning"], 0, 0),
        ({"draft": True}, ["was-draft"], 0, 1),
    ],
    ids=str,
)
def test_each_reason_has_its_code_and_weight(fields, codes, doubtful, held_back):
    report = reported(article(**fields)).as_json()
    assert list(report["reasons"]) == codes
    assert (report["doubtful"], report["held_back"]) == (doubtful, held_back)
    assert report["ready"] == 1 - doubtful


def test_the_report_names_samples_in_both_languages():
    report = reported(
        *(article(source=f"{n}.html", section=None) for n in range(5)),
        article(source="good.html"),
        Refusal("x.pdf", "binary", "no text"),
    )
    for language, sentence in (("ar", "لا تذكر قسماً."), ("en", "It names no section.")):
        lines = list(report.lines(language))
        (line,) = [line for line in lines if "no-section" in line]
        assert line.startswith("  5 × ")
        assert sentence in line
        assert "0.html" in line
        assert "4.html" not in line
        assert any("good.html" in line for line in lines)
        assert any("binary" in line and "x.pdf" in line for line in lines)


def test_remarks_are_told_in_the_language_asked_for_and_kept_in_that_of_the_readers():
    report = reported(article(warnings=("was protected by a password",)))
    assert any("كانت محمية بكلمة سر." in line for line in report.lines("ar"))
    assert any("was protected by a password" in line for line in report.lines("en"))
    (sample,) = report.as_json()["reasons"]["warning"]["samples"]
    assert "was protected by a password" in sample


def test_every_code_is_worded_and_known_to_the_newsroom():
    assert all(told["ar"] and told["en"] for told in REASONS.values())
    assert set(REASONS) >= HOLDS_BACK | HARMLESS
    assert not set(REASONS) & set(judging.REASONS)
    assert set(REASONS) | set(judging.REASONS) >= judging.HOLDS_BACK | judging.HARMLESS


def test_the_dry_run_says_it_in_the_language_of_the_environment(tmp_path, capsys, monkeypatch):
    (tmp_path / "a.html").write_text(PAGE.format(head="", text=TEXT), "utf-8")
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    file = tmp_path.parent / f"{tmp_path.name}.json"
    assert command_line.main(["import", "--dry-run", "--report", str(file), str(tmp_path)]) == 0
    assert "لا تذكر قسماً." in capsys.readouterr().err
    gone = str(tmp_path / "gone.html")
    assert command_line.main(["import", "--dry-run", gone]) == 3
    assert capsys.readouterr().err.count("لا وجود له.") == 2
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert command_line.main(["import", "--dry-run", str(tmp_path)]) == 0
    assert "It names no section." in capsys.readouterr().err
    assert command_line.main(["import", "--dry-run", "--json", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert said.err == ""
    told = json.loads(file.read_text("utf-8"))
    assert told["doubtful"] == 1
    assert "no-section" in told["reasons"]


@pytest.mark.django_db
def test_only_a_dry_run_writes_a_report(tmp_path):
    assert command_line.main(["import", "--report", str(tmp_path / "report.json"), str(tmp_path)]) == 2
    assert not (tmp_path / "report.json").exists()


@pytest.mark.django_db
def test_a_stored_import_finds_the_same_reasons():
    make_edition(sections=("culture",))
    items = [
        incoming(source="ready.html"),
        incoming(source="no-date.html", published_at=None),
        incoming(source="bare.html", headline=None, section="الرئيسية", breadcrumb=("الرئيسية",)),
        incoming(source="draft.html", draft=True, warnings=("was not published there: draft",)),
        incoming(source="unsure.html", confidence={"body": 0.3, "headline": 0.49}),
    ]
    report = reported(*items)
    stored = store(*items)
    assert [line.verdict for line in stored].count("ready") == report.ready == 2
    told = report.as_json()["reasons"]
    found = Counter(reason.code for line in stored for reason in line.reasons)
    assert found == {code: each["articles"] for code, each in told.items()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.html", b""),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("torn.zip", b"PK\x03\x04torn"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_desk(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    refusal = next(
        item for item in read_all([str(tmp_path / name)], ReadOptions()) if isinstance(item, Refusal)
    )
    reason = {"code": refusal.code, "text": refusal.reason}
    with translation.override("ar"):
        assert (
            judging.words(reason)
            == f"{REFUSED_IN_ARABIC[refusal.code.replace('_', '-')]} (\u2068{refusal.reason}\u2069)"
        )
    with translation.override("en"):
        assert judging.words(reason) == refusal.reason
