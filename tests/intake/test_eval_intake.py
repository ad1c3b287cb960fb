"""The command that scores the reader: its marks fall when a field is wrong, and it prints what it promises."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from eval.intake import main
from eval.page_scores import score_page
from tests.intake.html_templates import STORY, endless, wordpress

from bulaq.intake.article import IncomingArticle, Paragraph, Refusal
from bulaq.intake.html import read_page


def gold_of(story=STORY) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "headline": story.headline,
        "date": story.day,
        "authors": [story.author],
        "section": story.section,
        "caption": story.caption,
        "body": list(story.paragraphs),
        "boxes": {"related": list(story.others)},
    }


def article() -> IncomingArticle:
    result = read_page(wordpress(STORY).data, "x")
    assert isinstance(result, IncomingArticle)
    return result


def test_a_right_page_is_ready() -> None:
    score = score_page("x", gold_of(), article())
    assert score.ready
    assert score.body_f1 == 1.0
    assert score.box_titles_in_body == 0
    assert score.box_recall == 1.0
    assert score.dateline is None, "a field without gold is not scored"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"headline": "غيره"}, "headline"),
        ({"published_at": "2021-03-13T22:00:00Z"}, "date"),
        ({"authors": ()}, "authors"),
        ({"body": ()}, "exact"),
    ],
)
def test_each_wrong_field_costs_readiness(wrong: dict[str, object], field: str) -> None:
    score = score_page("x", gold_of(), replace(article(), **wrong))  # type: ignore[arg-type]
    assert getattr(score, field) is False
    assert not score.ready


def test_a_box_title_in_the_body_is_counted() -> None:
    right = article()
    score = score_page("x", gold_of(), replace(right, body=(*right.body, Paragraph(STORY.others[0]))))
    assert score.box_titles_in_body == 1
    assert not score.exact
    assert 0.9 < score.body_f1 < 1


def test_a_refused_page_scores_nothing() -> None:
    score = score_page("x", gold_of(), Refusal("x", "empty", "x: empty"))
    assert score.body_f1 == 0
    assert not score.ready


def test_the_command_prints_a_table_and_one_json_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = {}
    for name, template in (("a", wordpress), ("b", endless)):
        (tmp_path / f"{name}.html").write_bytes(template(STORY).data)
        gold[name] = gold_of()
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    assert main(["--gold", str(tmp_path / "gold.json"), "--pages", str(tmp_path), "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    totals = json.loads(lines[-1])
    assert totals["pages"] == totals["ready"] == totals["exact"] == 2
    assert totals["body_f1"] == 1.0
    assert any(line.startswith("a ") for line in lines)


def test_a_missing_file_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.json").write_text('{"gone": {}}', encoding="utf-8")
    assert main(["--gold", str(tmp_path / "gold.json"), "--pages", str(tmp_path)]) == 2
    assert "gone" in capsys.readouterr().err


def test_the_labelled_pages_stay_ready(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared / "intake"
    assert main(["--gold", str(folder / "gold.json"), "--pages", str(folder / "pages"), "--json"]) == 0
    totals = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert totals["ready"] == totals["pages"]
    assert totals["body_f1_worst"] >= 0.97
    assert totals["box_titles_in_body"] == 0
