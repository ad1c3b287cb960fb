"""The comparison with other tools marks both by the same measure, and its marks can be lost."""

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
