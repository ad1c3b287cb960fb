"""Names in a text: people, places and organisations, and what editors teach."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.discovery.topics import TopicFinder, TopicMemory
from bulaq.discovery.topics.name_parts import NameParts

TEXT = (
    "التقى الرئيس الروسي فلاديمير بوتين في موسكو وفدا من منظمة الصحة العالمية. وقال بوتين إن بلاده ستتعاون مع الأمم المتحدة "
    "ومع وزارة الصحة المصرية، مضيفا أنه سيزور بغداد والقاهرة. من جهته شكر المتحدث باسم الوفد كريم سالم الحكومة على استقبالها."
)


def by_name(text: str, finder: TopicFinder | None = None) -> dict[str, tuple[str, int]]:
    return {one.name: (one.kind, one.count) for one in (finder or TopicFinder()).find(text)}


def test_people_places_and_organisations() -> None:
    found = by_name(TEXT)
    assert found["فلاديمير بوتين"] == ("person", 2)
    assert found["موسكو"][0] == found["بغداد"][0] == "place"
    assert found["الأمم المتحدة"][0] == "organisation"
    assert found["منظمة الصحة العالمية"][0] == "organisation"
    assert found["وزارة الصحة المصرية"][0] == "organisation"


def test_variants_and_places_are_those_of_the_text() -> None:
    putin = next(one for one in TopicFinder().find(TEXT) if one.name == "فلاديمير بوتين")
    assert set(putin.variants) == {"فلاديمير بوتين", "بوتين"}
    assert [TEXT[span.start : span.end] for span in putin.spans] == ["فلاديمير بوتين", "بوتين"]


@pytest.mark.parametrize("text", ["وصل الوفد إلى القاهرة وبغداد", "سافروا للقاهرة ولبغداد", "التقيا بـبغداد"])
def test_clitics_are_no_part_of_a_name(text: str) -> None:
    assert "بغداد" in by_name(text)


def test_a_short_name_that_is_a_place_as_well_names_no_organisation() -> None:
    assert by_name("انعقد اجتماع الناتو أمس")["الناتو"][0] == "organisation"
    assert "الفاو" not in by_name("افتتح ميناء الفاو الكبير جنوب البصرة")


def test_a_preposition_is_not_the_name_that_it_looks_like() -> None:
    assert by_name("وحث السكان على الابتعاد عن النهر") == {}


@pytest.mark.parametrize(
    "text",
    [
        "مقهى الشاعر الذي اعتاد الجلوس فيه",
        "الوزير السابق يختار طريقه",
        "قال شيئاً ثم مضى",
        "باتت المدينة روسياً بلا ماء",
        "أن يعرف مدينة فليطلب خريطتها",
    ],
)
def test_a_verb_or_an_indefinite_word_is_no_name_whatever_stands_before_it(text: str) -> None:
    assert by_name(text) == {}


def test_what_editors_accept_is_known_everywhere_and_merged() -> None:
    memory = TopicMemory()
    memory.add("أنطونيو غوتيريش", "person", ["غوتيريش", "جوتيريش", "أنطونيو جوتيريش"])
    text = "دعا جوتيريش إلى الهدوء، ثم كرر غوتيريش دعوته"
    assert by_name(text, TopicFinder(memory)) == {"أنطونيو غوتيريش": ("person", 2)}


def test_people_of_one_surname_are_several_people() -> None:
    text = "قال الرئيس دونالد ترامب إنه سيسافر. وقالت إيفانكا ترامب إنها ستبقى، ثم سافر ترامب."
    found = {one.name: one.variants for one in TopicFinder().find(text) if one.kind == "person"}
    assert found == {"دونالد ترامب": ("دونالد ترامب", "ترامب"), "إيفانكا ترامب": ("إيفانكا ترامب",)}


def test_a_surname_alone_is_its_topic_in_whatever_spelling_it_has_here() -> None:
    memory = TopicMemory()
    memory.add("فولوديمير زيلينسكي", "person", ["فولوديمير زيلنسكي"])
    found = TopicFinder(memory).find("قال الرئيس فولوديمير زيلنسكي إن بلاده مستعدة. وقال زيلنسكي إنه عائد.")
    assert [(one.name, one.count) for one in found] == [("فولوديمير زيلينسكي", 2)]


def test_an_archive_teaches_which_words_are_names() -> None:
    filler = "وعقد الاجتماع في قاعة البلدية بحضور ممثلي الأحياء ونوقشت خطة النقل"
    archive = [
        f"استقبل الرئيس كارلو فيراندي الوفد {day}. {filler}. وغادر فيراندي القاعة. {filler} {day}"
        for day in ("السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس")
    ] + [f"خبر {number} {filler}" for number in range(30)]
    names = TopicFinder.learn(archive)
    text = "وصل فيراندي أمس إلى المطار، ولفيراندي أيضا موعد"
    assert by_name(text) == {}
    assert by_name(text, TopicFinder(names=names)) == {"فيراندي": ("person", 2)}
    # A frequent word that never is a name ends one, even after a title.
    assert "كارلو فيراندي" in by_name("قال الرئيس كارلو فيراندي خطة النقل جاهزة", TopicFinder(names=names))
    assert "البلدية" not in names.parts


def test_the_conjunction_begins_another_name() -> None:
    found = by_name("التقى الرئيس جورج بوش وبلير في لندن")
    assert "جورج بوش" in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("صرح الأمين العام للأمم المتحدة كريم سالم", {"الأمم المتحدة", "كريم سالم"}),
        ("وصل عبد الرحمن المنصوري مساء", {"عبد الرحمن المنصوري"}),
        ("حضر بدران بن سعيد إلى المعرض", {"بدران بن سعيد"}),
        ("حضر سيرغي لوزوف الحفل", {"سيرغي لوزوف"}),  # after a foreign name «ل» is of the surname
        ("شكر عمر الحداد لحضوره", {"عمر الحداد"}),
        ("افتتح الملك لويس الثالث قصرا", {"لويس الثالث"}),
        ("شجع الجمهور البرتغالي روماريدو فوزيرا", set()),
        ("وأضاف البرتغالي روماريدو فوزيرا", {"روماريدو فوزيرا"}),
        ("أعلنت اللجنة الوطنية للثقافة موعدا", {"اللجنة الوطنية للثقافة"}),
        ("فاز النادي المحلي بالكأس، وخسر النادي الإسباني", set()),
        ("باعت شركة سونيكا الفنلندية مصنعا", {"سونيكا"}),
        ("باعت شركة كبيرة مصنعا", set()),
        ("كتبت صحيفة المرصد البريطانية", {"المرصد"}),
        ("انضم إلى حركة «نهر السلام» أمس", {"نهر السلام"}),
        ('انضم إلى الحركة" حسبما قيل. "نعم"', set()),
        ("باع الرجل شركة. «نعم» هكذا بدأ", set()),
        ("فاز نادي المريخ بالكأس، وكان المريخ قد خسر", {"نادي المريخ"}),  # one of two forms
    ],
)
def test_where_a_name_begins_and_ends(text: str, names: set[str]) -> None:
    assert set(by_name(text)) - {"إسبانيا"} == names


def test_names_learned_are_kept_in_a_file(tmp_path: Path) -> None:
    names = NameParts(frozenset({"بوتين"}), frozenset({"قاعه"}))
    names.save(tmp_path / "names.json")
    assert NameParts.load(tmp_path / "names.json") == names
    (tmp_path / "names.json").write_text("[1", encoding="utf-8")
    assert NameParts.load(tmp_path / "names.json") == NameParts()


def test_what_editors_reject_goes_away_and_lowers_its_rule() -> None:
    memory = TopicMemory()
    finder = TopicFinder(memory)
    text = "اجتمعت لجنة الحي القديم أمس"
    [candidate] = [one for one in finder.find(text) if one.kind == "organisation"]
    before = memory.confidence("لجنة أخرى", candidate.rule)
    memory.reject(candidate)
    memory.reject(candidate)
    assert not [one for one in finder.find(text) if one.kind == "organisation"]
    assert memory.confidence("لجنة أخرى", candidate.rule) < before


def test_what_was_learned_can_be_stored() -> None:
    memory = TopicMemory()
    finder = TopicFinder(memory)
    memory.accept(next(iter(finder.find(TEXT))), name="اسم آخر")
    again = TopicMemory.from_json(json.loads(json.dumps(memory.as_json())))
    assert again == memory


@given(st.text(alphabet="ابتعلمنوسر يةإأ.«»،\n", max_size=200))
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    for candidate in TopicFinder().find(text):
        assert 0 <= candidate.confidence <= 1
        assert candidate.count == len(candidate.spans)
        for span in candidate.spans:
            assert 0 <= span.start < span.end <= len(text)


def test_on_annotated_news(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from eval import topics

    tokens = shared / "language" / "anercorp_first80.tsv.gz"
    assert topics.main(["--tokens", str(tokens), "--from", "0.34", "--json"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert report["all_f1"] > 0.65


ENGLISH = (
    "Ministers Meet Over River Water Sharing Deal\n"
    "Foreign Minister Karim Salem said in Cairo that the Ministry of Irrigation, the World Health Organization and UNESCO would help. "
    "Yesterday Salem met General Omar al-Hadi near the Strait of Hormuz. However, Layla Mansour denied it. Water matters, she told Reuters."
)


def test_an_english_text_is_read_by_its_capitals() -> None:
    found = by_name(ENGLISH)
    assert {name for name, (kind, _) in found.items() if kind == "person"} == {
        "Karim Salem",
        "Omar al-Hadi",
        "Layla Mansour",
    }
    assert found["Karim Salem"] == ("person", 2)
    assert {name for name, (kind, _) in found.items() if kind == "place"} == {"Cairo", "Strait of Hormuz"}
    assert {name for name, (kind, _) in found.items() if kind == "organisation"} == {
        "Ministry of Irrigation",
        "World Health Organization",
        "UNESCO",
        "Reuters",
    }


@pytest.mark.parametrize(
    "text", ["زار مدينة عربية كبيرة", "المتحدث باسم القوة", "وصل إلى قضاء النزاع", "في ولاية رئاسية ثانية"]
)
def test_what_follows_a_head_or_a_title_is_not_always_a_name(text: str) -> None:
    assert by_name(text) == {}


def test_a_quotation_mark_before_a_desert_of_spaces_is_read_in_no_time() -> None:
    before = process_time()
    assert by_name('حركة "' + " " * 20_000 + "x") == {}
    assert process_time() - before < 5


def test_a_place_has_both_its_halves_and_a_name_ends_before_a_particle() -> None:
    found = by_name("بلدة بئر السبع شهدت لقاء محمد سلمان على هامش المؤتمر")
    assert set(found) == {"بئر السبع", "محمد سلمان"}


def test_a_first_name_alone_is_found_but_hardly_offered() -> None:
    finder = TopicFinder(names=NameParts(frozenset({"محمد", "اردوغان"})))
    found = {
        one.name: one.confidence for one in finder.find("لعب محمد في الحديقة. ثم عاد أردوغان إلى البيت.")
    }
    assert found["أردوغان"] >= 0.5 > found["محمد"] > 0


def test_a_name_ends_before_a_verb_that_is_joined_on() -> None:
    finder = TopicFinder(names=NameParts(plain=frozenset({"يشارك", "ذكر"})))
    found = [one.name for one in finder.find("أما الوزير سالم المنصوري فيشارك في المعرض.")]
    assert "سالم المنصوري" in found


def test_english_sentences_and_lines_part_names() -> None:
    text = (
        "Dockers strike in Alexandria\nResidents said the U.K. had sent a mediator. Salma Haddad will meet them.\n"
        "Haddad said talks begin today."
    )
    found = {(one.name, one.kind) for one in TopicFinder().find(text)}
    assert found == {("Alexandria", "place"), ("U.K.", "place"), ("Salma Haddad", "person")}


def test_a_surname_shaped_like_a_verb_is_learned_and_a_verb_is_not() -> None:
    texts = [
        f"زار الرئيس سامر تيراني المدينة {n}، وقال تيراني إنه سعيد. ويتوعد تيراني خصومه." for n in range(9)
    ]
    texts += [
        f"الرئيس سامر حداد يتوعد خصومه، وهو يتوعد {n}، وقد يتوعد، ثم يتوعد، وكم يتوعد" for n in range(9)
    ]
    learned = TopicFinder.learn(texts)
    assert "تيراني" in learned.parts
    assert "يتوعد" not in learned.parts
    found = TopicFinder(names=learned).find("وصل سامر تيراني. ثم غادر تيراني.")
    assert [(one.name, one.count) for one in found] == [("سامر تيراني", 2)]
