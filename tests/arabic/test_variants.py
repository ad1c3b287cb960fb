"""Which two words an archive takes for one name."""

from __future__ import annotations

from bulaq.arabic.variants import spelling_candidates, table_of


def test_spellings_of_a_name_are_candidates_but_not_forms_of_one_root() -> None:
    archive = {"سكريبال": 400, "سكريبل": 19, "غوغل": 370, "جوجل": 60, "كاتب": 90, "كتاب": 300}
    pairs = {frozenset(pair) for pair in spelling_candidates(archive)}
    assert frozenset(("سكريبال", "سكريبل")) in pairs  # one root of four consonants: vowels that waver
    assert frozenset(("غوغل", "جوجل")) in pairs
    assert frozenset(("كاتب", "كتاب")) not in pairs  # the root finds both


def test_a_rare_spelling_needs_less_likeness_for_it_has_few_neighbours() -> None:
    likeness = {("غوارديول", "جوارديول"): 0.15}
    rare = table_of({}, likeness, {"غوارديول": 200, "جوارديول": 10})
    assert [word for word, _ in rare["جوارديول"]] == ["غوارديول"]
    assert rare["جوارديول"][0][1] == 0.75
    assert table_of({}, likeness, {"غوارديول": 200, "جوارديول": 150}) == {}


def test_two_words_of_the_language_in_like_company_are_no_spellings_of_one() -> None:
    likeness = {("علاق", "علاج"): 0.26, ("غوغل", "جوجل"): 0.26}
    archive = {"علاق": 3000, "علاج": 700, "غوغل": 370, "جوجل": 60}
    family = "تعليق متعلق معلق يتعلق تعلق علق عالج معالج يعالج تعالج معالجات نعالج اعالج علقت معالجين"
    learned = table_of({}, likeness, archive | dict.fromkeys(family.split(), 9))
    assert "علاج" not in learned
    assert [word for word, _ in learned["جوجل"]] == ["غوغل"]
    assert "علاج" in table_of({}, likeness, archive)  # where nothing tells that they are
