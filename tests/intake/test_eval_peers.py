"""The comparison with other tools marks both by the same measure, and its marks can be lost."""

from pathlib import Path

from eval import peers
from eval.peers import Reading, marks

GOLD = {
    "headline": "المكتبة تفتح أبوابها",
    "body": ["فقرة أولى من أربع كلمات وأكثر.", "وفقرة ثانية بعدها."],
    "date": "2019-05-01",
    "authors": ["سلمى الحداد"],
}


def test_a_reading_that_is_right_in_all_is_ready_and_any_fault_takes_that_away():
    right = Reading(GOLD["body"], GOLD["headline"], GOLD["date"], GOLD["authors"])
    assert marks(GOLD, right).ready
    assert marks(GOLD, right).body_f1 == 1.0
    for wrong in (
        Reading([*GOLD["body"], "اقرأ أيضًا"], right.headline, right.day, right.authors),
        Reading(right.texts, "صحيفة", right.day, right.authors),
        Reading(right.texts, right.headline, "2019-04-30", right.authors),
        Reading(right.texts, right.headline, right.day, []),
        Reading([], "", "", []),
    ):
        assert not marks(GOLD, wrong).ready
    assert marks(GOLD, Reading([], "", "", [])).body_f1 == 0.0


def test_cases_of_a_reader_mode_suite_are_read_by_folder(tmp_path: Path) -> None:
    case = tmp_path / "one"
    case.mkdir()
    (case / "source.html").write_text("<html><body><p>نص</p></body></html>", "utf-8")
    (case / "expected.html").write_text("<div><p>فقرة <b>أولى</b></p><p>فقرة ثانية</p></div>", "utf-8")
    [(name, source, gold)] = peers._cases(tmp_path)
    assert (name, source) == ("one", case / "source.html")
    assert gold["body"] == ["فقرة أولى", "فقرة ثانية"]
