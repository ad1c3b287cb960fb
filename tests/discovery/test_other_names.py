"""Names that no archive teaches: capitals in Latin letters, abbreviations, months and countries called otherwise."""

from __future__ import annotations

from collections import Counter

import pytest

from bulaq.arabic.analysis import Analyser
from bulaq.discovery.gazetteer.entries import standing_names
from bulaq.discovery.gazetteer.places import COUNTRIES
from bulaq.discovery.query.other_names import by_other_names

ANALYSER = Analyser()
ARCHIVE = "القاهرة الأمم المتحدة مجلس الأمن حلف شمال الأطلسي ناتو مجموعة العشرين الأردن الجزائر كوريا الجنوبية بورما العقيد"


def understood(typed: str, archive: str = ARCHIVE) -> tuple[str, list[set[str]]]:
    vocabulary = Counter(term.light for term in ANALYSER.terms(archive))
    words, others = by_other_names(ANALYSER.words(typed), ANALYSER, vocabulary)
    return " ".join(words), [set(some) for some in others]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Cairo", "القاهرة"),
        ("Le Caire", "القاهرة"),
        ("south korea", "كوريا الجنوبية"),
        ("ALGÉRIE", "الجزائر"),
        ("G20", "مجموعة العشرين"),
        ("G-20", "مجموعة العشرين"),
        ("قمة G20", "قمة مجموعة العشرين"),
        ("UN Security Council", "مجلس الأمن"),
        ("U.N.", "الأمم المتحدة"),
        ("UN resolution", "الأمم المتحدة resolution"),
        ("un resolution", "un resolution"),  # French «a»: only in capitals
        ("un", "الأمم المتحدة"),  # or alone
        ("Jordan", "الأردن"),
        ("Michael Jordan", "Michael Jordan"),
        ("Tokyo", "Tokyo"),  # of which this archive says nothing
        ("القاهرة", "القاهرة"),
    ],
)
def test_a_standing_name_in_latin_letters_is_asked_for_in_arabic(typed: str, asked: str) -> None:
    assert understood(typed)[0] == asked


def test_an_english_archive_is_asked_in_english() -> None:
    assert understood("United Nations", "united nations")[0] == "United Nations"


def test_the_words_as_typed_may_stand_for_the_arabic_ones() -> None:
    assert understood("South Korea")[1] == [{"south"}, {"korea"}]
    assert understood("G20")[1] == [{"g20"}, {"g20"}]
    security, council = (ANALYSER.term(word).light for word in ("security", "council"))
    words = understood("UN Security Council")[1]
    assert security in words[0]
    assert council in words[1]


def test_a_whole_name_is_known_by_its_short_ones() -> None:
    nato = ANALYSER.term("ناتو").light
    assert all({nato, "nato"} <= some for some in understood("حلف شمال الأطلسي")[1])
    assert understood("الناتو")[1] == [{"nato", "otan"}]
    assert understood("مجلس الأمن القومي")[1][2] == set()


def test_a_country_of_two_names_has_both() -> None:
    assert understood("بورما")[1] == [{ANALYSER.term("ميانمار").light}]
    assert understood("أمريكا")[1] == [{ANALYSER.term("أميركا").light}]
    assert understood("الولايات المتحدة")[1] == [set(), set()]


def test_a_month_has_other_names_beside_a_number() -> None:
    assert ANALYSER.term("مايو").light in understood("أيار 1988")[1][0]
    assert understood("أيار")[1] == [set()]


def test_the_countries_of_the_world_are_all_there() -> None:
    assert len(COUNTRIES.strip().splitlines()) == 193 + 4
    assert sum(not name.is_place for name in standing_names()) >= 60
    assert all(name.arabic and name.latin for name in standing_names())
    everything = " ".join(one for name in standing_names() for one in name.arabic)
    for name in standing_names():
        for one in name.latin:
            assert not understood(one, everything)[0].isascii(), one


def test_no_name_in_latin_letters_is_two_places() -> None:
    latin = Counter(one.casefold() for name in standing_names() for one in name.latin)
    city_states = {"san marino", "singapore"}
    assert {one for one, times in latin.items() if times > 1} == city_states
