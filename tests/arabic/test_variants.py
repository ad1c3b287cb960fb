"""Which two words an archive takes for one name."""

from __future__ import annotations

import numpy as np

from bulaq.arabic.variants import context_likeness, spelling_candidates, table_of


def test_spellings_of_a_name_are_candidates_but_not_forms_of_one_root() -> None:
    archive = {"سكريبال": 400, "سكريبل": 19, "غوغل": 370, "جوجل": 60, "كاتب": 90, "كتاب": 300}
    pairs = {frozenset(pair) for pair in spelling_candidates(archive)}
    assert frozenset(("سكريبال", "سكريبل")) in pairs  # one root of four consonants: vowels that waver
    assert frozenset(("غوغل", "جوجل")) in pairs
    assert frozenset(("كاتب", "كتاب")) not in pairs  # the root finds both


def test_a_rare_spelling_needs_less_likeness_for_it_has_few_neighbours() -> None:
    likeness = {("غوارديول", "قوارديول"): 0.15}
    rare = table_of({}, likeness, {"غوارديول": 200, "قوارديول": 10})
    assert [word for word, _ in rare["قوارديول"]] == ["غوارديول"]
    assert rare["قوارديول"][0][1] == 0.75
    assert table_of({}, likeness, {"غوارديول": 200, "قوارديول": 150}) == {}


def test_the_two_letters_for_a_foreign_g_need_little_likeness_but_for_words_of_the_language() -> None:
    likeness = {("بوغب", "بوجب"): 0.11, ("غيغر", "جيجر"): 0.07}
    learned = table_of({}, likeness, {"بوغب": 164, "بوجب": 19, "غيغر": 9, "جيجر": 3})
    assert learned == {"بوغب": (("بوجب", 0.9),), "بوجب": (("بوغب", 0.9),)}
    family = "غريب غرباء مغترب يغرب تغريب قربى غروب جرب تجربة مجرب يجرب تجريب جربت مجربين تغرب"
    archive = {"تجرب": 777, "تغرب": 30} | dict.fromkeys(family.split(), 9)
    assert table_of({}, {("تجرب", "تغرب"): 0.24}, archive) == {}


def test_names_are_like_company_in_whichever_letter_for_g_they_stand() -> None:
    words = {"هونغ": 1, "هونج": 2, "كونغ": 3, "كونج": 4, "مدين": 5, "ميناء": 6}
    sentences = [np.array([9, 9, 1, 3, 9, 9], dtype=np.uint32), np.array([8, 8, 2, 4, 8, 8], dtype=np.uint32)]
    likeness = context_likeness([("هونغ", "هونج"), ("كونغ", "كونج")], sentences, words)
    assert likeness["هونغ", "هونج"] > 0.1
    alone = context_likeness([("هونغ", "هونج")], sentences, words)
    assert alone["هونغ", "هونج"] == 0


def test_two_words_of_the_language_in_like_company_are_no_spellings_of_one() -> None:
    likeness = {("علاق", "علاج"): 0.26, ("غوغل", "جوجل"): 0.26}
    archive = {"علاق": 3000, "علاج": 700, "غوغل": 370, "جوجل": 60}
    family = "تعليق متعلق معلق يتعلق تعلق علق عالج معالج يعالج تعالج معالجات نعالج اعالج علقت معالجين"
    learned = table_of({}, likeness, archive | dict.fromkeys(family.split(), 9))
    assert "علاج" not in learned
    assert [word for word, _ in learned["جوجل"]] == ["غوغل"]
    assert "علاج" in table_of({}, likeness, archive)  # where nothing tells that they are


def test_a_name_with_a_consonant_too_few_needs_less_likeness_where_it_is_rare() -> None:
    likeness = {("مودريتش", "مودريش"): 0.25}
    assert table_of({}, likeness, {"مودريتش": 177, "مودريش": 3})["مودريش"][0][0] == "مودريتش"
    assert table_of({}, likeness, {"مودريتش": 177, "مودريش": 90}) == {}
    assert ("لوغو", "لوجو") in spelling_candidates(
        {"لوغو": 9, "لوجو": 1}
    )  # too few consonants to tell by these alone
