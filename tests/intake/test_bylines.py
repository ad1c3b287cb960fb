"""Place, people and agencies of a byline come apart, in every order that newspapers use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.intake.byline_text import MAX_BYLINE_LENGTH
from bulaq.intake.bylines import parse_byline
from bulaq.intake.datelines import opening_dateline


@pytest.mark.parametrize(
    ("text", "place", "people", "agencies"),
    [
        ("بيروت - ريم القصّار", "بيروت", ["ريم القصّار"], []),
        ("القاهرة: سامي أبو زيد", "القاهرة", ["سامي أبو زيد"], []),
        ("كريم التازي (الرباط)", "الرباط", ["كريم التازي"], []),
        ("نورة العبدالله من الرس", "الرس", ["نورة العبدالله"], []),
        ("سامي أبو زيد- سبق- الرياض:", "الرياض", ["سامي أبو زيد"], ["سبق"]),
        ("واس - الرياض", "الرياض", [], ["واس"]),
        ("لندن: «الشرق الأوسط»", "لندن", [], ["الشرق الأوسط"]),
        ("برلين : (أ ف ب)", "برلين", [], ["أ ف ب"]),
        ("مدريد - د. ب. أ:", "مدريد", [], ["د. ب. أ"]),
        ("رويترز", None, [], ["رويترز"]),
        ("مكتب القاهرة - هالة مراد", "القاهرة", ["هالة مراد"], []),
        ("سيلوبي (تركيا): الوكالات", "سيلوبي (تركيا)", [], ["الوكالات"]),
        ("هالة مراد ورنا الخوري من نيويورك", "نيويورك", ["هالة مراد", "رنا الخوري"], []),
        ("كتبت: هالة مراد", None, ["هالة مراد"], []),
        ("كتب سليم حدّاد", None, ["سليم حدّاد"], []),
        ("بقلم: ليلى بن عمر", None, ["ليلى بن عمر"], []),
        ("حوار: نورة العبدالله", None, ["نورة العبدالله"], []),
        ("القاهرة-هالة مراد", "القاهرة", ["هالة مراد"], []),
        ("عمّان ـ سليم حدّاد ورنا الخوري", "عمّان", ["سليم حدّاد", "رنا الخوري"], []),
        ("بغداد: سليم حدّاد، أ ف ب", "بغداد", ["سليم حدّاد"], ["أ ف ب"]),
        ("القاهرة ـ سليم حدّاد، بيروت ـ رنا الخوري", "القاهرة، بيروت", ["سليم حدّاد", "رنا الخوري"], []),
        ("تعز، عدن: سليم حدّاد", "تعز، عدن", ["سليم حدّاد"], []),
        ("دمشق - د. هالة مراد", "دمشق", ["د. هالة مراد"], []),
        ("Cairo - John Smith", "Cairo", ["John Smith"], []),
        ("سامي أبو زيد", None, ["سامي أبو زيد"], []),
        ("من مراسلنا في بيروت سليم حدّاد", "بيروت", ["سليم حدّاد"], []),
        ("سليم حدّاد – موفد «النهار» إلى باريس", "باريس", ["سليم حدّاد"], ["النهار"]),
        ("سليم حدّاد - مراسل الجزيرة نت - غزة", "غزة", ["سليم حدّاد"], ["الجزيرة نت"]),
        ("كتب من باريس: سليم حدّاد", "باريس", ["سليم حدّاد"], []),
        ("القاهرة - من هالة مراد", "القاهرة", ["هالة مراد"], []),
        ("المنامة في 5 مارس / بنا /", "المنامة", [], ["بنا"]),
        ("القاهرة 5 آذار (رويترز)", "القاهرة", [], ["رويترز"]),
        ("* سليم حدّاد كاتب لبناني", None, ["سليم حدّاد"], []),
        ("د. سليم حدّاد - جامعة القاهرة", None, ["د. سليم حدّاد"], []),
        ("القاهرة - الرياض، هالة مراد", "القاهرة", ["هالة مراد"], ["الرياض"]),
        ("Jean Dupont avec AFP", None, ["Jean Dupont"], ["AFP"]),
        ("By Jane Doe and John Smith", None, ["Jane Doe", "John Smith"], []),
        ("أ ف ب، رويترز", None, [], ["أ ف ب", "رويترز"]),
        ("سليم حدّاد (جدة) salim_h@", "جدة", ["سليم حدّاد"], []),
        ("هالة مراد @hala_m - الرياض hala@example.org", "الرياض", ["هالة مراد"], []),
        ("المصدر: وكالات", None, [], ["وكالات"]),
        ("المصدر: الجزيرة + وكالات", None, [], ["الجزيرة", "وكالات"]),
        ("بقلم الدكتور/ سليم حدّاد", None, ["الدكتور سليم حدّاد"], []),
        ("المحرق - محرر الشؤون المحلية", "المحرق", [], ["محرر الشؤون المحلية"]),
        ("أبوظبي: هالة مراد ورأس الخيمة: رنا الخوري", "أبوظبي، رأس الخيمة", ["هالة مراد", "رنا الخوري"], []),
        ("تحقيق وتصوير: سليم حدّاد", None, ["سليم حدّاد"], []),
        ("مراسل الصحيفة - تبوك", "تبوك", [], []),
        ("Jane Doe, Staff Reporter", None, ["Jane Doe"], []),
    ],
)
def test_forms(text: str, place: str | None, people: list[str], agencies: list[str]) -> None:
    found = parse_byline(text)
    assert (found.place, list(found.people), list(found.agencies)) == (place, people, agencies)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("دمشق، سوريا (CNN) -- أكد المتحف أن القاعة ستفتح", ("دمشق، سوريا", "CNN")),
        ("بيروت - رويترز - قال مدير المتحف", ("بيروت", "رويترز")),
        ("القاهرة (أ ف ب) - أعلنت الدار", ("القاهرة", "أ ف ب")),
        ("الرباط – افتتح المعرض أبوابه", ("الرباط", None)),
        ("الجزائر 12 ماي 2020 (واج) - أكد المدير", ("الجزائر", "واج")),
        ("الدوحة في 3 يونيو /قنا/ استقبل المتحف", ("الدوحة", "قنا")),
        ("رام الله 12-3-2020 وفا- قال المدير", ("رام الله", "وفا")),
        ("واشنطن-(د ب أ)-قالت الإدارة", ("واشنطن", "د ب أ")),
        ("قالت المديرة: سنفتح الأبواب", None),
        ("كلمة بعد كلمة - هكذا تُبنى الحكاية", None),
    ],
)
def test_a_text_may_open_with_its_dateline(text: str, found: tuple[str, str | None] | None) -> None:
    assert opening_dateline(text) == found


def test_a_photographer_is_no_writer() -> None:
    found = parse_byline("الرياض - سليم حدّاد - تصوير: كريم التازي")
    assert found.people == ("سليم حدّاد",)
    assert found.photographers == ("كريم التازي",)


def test_the_papers_own_name_is_an_agency_where_the_caller_knows_it() -> None:
    found = parse_byline("مرايا المدينة - بيروت", outlets=("مرايا المدينة",))
    assert (found.place, found.agencies) == ("بيروت", ("مرايا المدينة",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "قال المدير إن المكتبة الوطنية ستفتح أبوابها أمام القرّاء مساء كل خميس، وإن الدخول سيبقى مجانيًا للجميع.",
        "س" * (MAX_BYLINE_LENGTH + 1),
    ],
)
def test_what_is_no_byline_has_no_reading(text: str) -> None:
    assert not parse_byline(text)


@given(st.text(alphabet="ابتسمنوليهرةد،,.:-–ـ()«»/ &واسكتب\u00a0", max_size=120))
def test_every_name_stands_in_the_text(text: str) -> None:
    found = parse_byline(text)
    for name in (*found.people, *found.agencies, *found.photographers):
        assert name.strip() == name
        assert name
        assert all(word in text for word in name.split())
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("text", ["افتتاح معرض الكتاب في الرياض", "سوق النحاسين - أربيل"])
def test_headlines_and_captions_name_nobody(text: str) -> None:
    assert parse_byline(text).people == ()
