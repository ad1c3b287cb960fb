"""What people really type: slips of hand and keyboard, two alphabets, too much, nothing. For the embedded index."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.arabic.analysis import Analyser
from bulaq.arabic.variants import learn_clitics
from bulaq.discovery.document import Document, Placement
from bulaq.discovery.index import Search, SearchIndex
from bulaq.discovery.open_index import open_index
from bulaq.discovery.query.parsing import LONGEST_QUERY, understand
from bulaq.discovery.query.typing_slips import retyped, words_typed

HEADLINES = {
    1: "المدرسة القديمة تفتح أبوابها",
    2: "الحكومة تدرس أسعار القمح",
    3: "صيادو غزة يعودون بغزة إلى البحر",
    4: "الأمم المتحدة تدعو إلى هدنة",
    5: "عبد السلام منصور يفتتح المكتبة",
    6: "سفر عبدالسلام منصور إلى طنجة",
    7: "سعر الليرة يتراجع",
    8: "رحلة إلى البحر الميت",
    9: "هاتف iPhone 15 في الأسواق عام ٢٠٢٣",
    10: "صعود الليرة أمام الدولار",
    11: "سفن في البحر",
    12: "عبد الكريم يكتب والسلام غايته",
    13: "الحكومة تعلن موعد الامتحانات",
    14: "منشور من م. ت. ف. في أيار 1988",
    15: "معرض في مايو 1999 بحضور مسؤول",
    16: "كتاب عن أميركا",
    17: "مؤشر S&P وأخبار سوريا",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    built = open_index(str(tmp_path_factory.mktemp("search") / "index"))
    with built.rebuild() as writer:
        for number, headline in HEADLINES.items():
            place = Placement(1, published_at=datetime(2024, 5, number, tzinfo=UTC))
            writer.put([Document(number, headline, "نص لا يقول شيئا آخر.", placements=(place,))])
        writer.commit("1")
    return built


def found(index: SearchIndex, text: str) -> list[int]:
    return [hit.id for hit in index.search(Search(text)).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("المدرسه", 1),
        ("والحكومة", 13),
        ("بغزة", 3),
        ("الأُمم", 4),
        ("مدارس", 1),
        ("الحكومات", 13),
        ("iphone ١٥", 9),
        ("آيفون iPhone", 9),
        ("2023", 9),
        ("المدرسة القديمةالمفتوحة", 1),
        ("امتحانت", 13),  # a letter missing
        ("الامتحاانات", 13),  # a letter twice
        ("الامتحناات", 13),  # two letters exchanged
        ("البحرالميت", 8),  # no space
        ("عبد السلام منصور", 5),
        ("لليرة", 7),  # the ل of the word is not written twice
        ("hgl]vsm", 1),  # المدرسة on the other keyboard
        ("hgjghu", None),  # التلاع: nothing there, and so nothing else either
        ("هحاخىث", 9),  # iphone on the other keyboard
        ('"أسعار القمح', 2),  # a quotation mark that is not closed
        ("القمح 🌾", 2),
        ("من هو عبد السلام منصور؟", 5),
        ("م.ت.ف", 14),
        ("م ت ف", 14),
        ("مايو 1988", 14),
        ("أيار ١٩٩٩", 15),
        ("مسئول", 15),  # Egypt's seat of the hamza
        ("أمريكا", 16),
        ("USA", 16),
        ("s,vdh", 17),  # سوريا on the other keyboard, its first letter a word of its own
        ("https://example.org/2024/المدرسة-القديمة-1234567.html", 1),
        ("www.example.org/%D8%B3%D8%B9%D8%B1-%D8%A7%D9%84%D9%84%D9%8A%D8%B1%D8%A9?page=2#top", 7),
        ("https://example.org/", None),  # which holds no word
    ],
)
def test_what_was_meant_is_found(index: SearchIndex, typed: str, first: int | None) -> None:
    assert found(index, typed)[:1] == ([] if first is None else [first])


@pytest.mark.parametrize("name", ["عبد السلام منصور", "عبدالسلام منصور"])
def test_a_name_with_and_without_its_space_is_one_name(index: SearchIndex, name: str) -> None:
    assert set(found(index, name)[:2]) == {5, 6}


def test_the_other_keyboard_is_told_to_the_reader(index: SearchIndex) -> None:
    assert index.search(Search("hgl]vsm")).did_you_mean == "المدرسة"


def test_words_written_as_one_are_counted_as_two(index: SearchIndex) -> None:
    results = index.search(Search("البحرالميت", limit=1))
    assert (results.total, results.relaxed) == (1, False)
    assert results.did_you_mean is None


@pytest.mark.parametrize("typed", ["في", "من إلى", "هو", "ما"])
def test_stop_words_alone_are_looked_for(index: SearchIndex, typed: str) -> None:
    index.search(Search(typed))
    assert found(index, "إلى") != []


@pytest.mark.parametrize("typed", ["", "…", "؟!،", "🌾", "- -", '""', "«»"])
def test_what_holds_no_word_lists_the_newest(index: SearchIndex, typed: str) -> None:
    assert found(index, typed)[:2] == [17, 16]


def test_only_an_exclusion_lists_all_others(index: SearchIndex) -> None:
    assert found(index, "-الحكومة") == [number for number in range(17, 0, -1) if number not in (2, 13)]


def test_a_pasted_page_is_searched_by_its_beginning_at_once(index: SearchIndex) -> None:
    started = time.process_time()
    assert found(index, "أسعار القمح " + "كلام طويل لا ينتهي " * 5000)[0] == 2
    assert time.process_time() - started < 1.0


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("المدرسةبغزب -\"«»()[]';hgl]vsm129٠٣؟!🌾\u064b\u200f\u0640\n"), max_size=40))
def test_no_text_is_an_error_or_slow(index: SearchIndex, typed: str) -> None:
    started = time.process_time()
    index.search(Search(typed))
    assert time.process_time() - started < 1.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=2 * LONGEST_QUERY))
def test_understanding_never_fails(typed: str) -> None:
    known = {"مدرس": 3, "بحر": 2, "ميت": 2}
    query = understand(typed, Analyser(), vocabulary=known)
    assert len(query.text) <= 2 * LONGEST_QUERY
    assert all(word.surface for word in query.words)


def test_a_word_that_is_known_is_never_retyped() -> None:
    analyser = Analyser()
    assert retyped("hgl]vsm", analyser, {"مدرس": 1}) == "المدرسة"
    assert retyped("hgl]vsm", analyser, {"مدرس": 1, "vsm": 1}) is None
    assert retyped("hgl]vsm", analyser, {"قمح": 1}) is None
    assert retyped("hgl]vsm مدرسة", analyser, {"مدرس": 1}) is None


def test_a_name_in_latin_letters_that_the_archive_knows_better_is_not_retyped() -> None:
    names = {"hong": (("هونغ", 0.9),), "kong": (("كونغ", 0.9),), "lwv": (("لوف", 0.9),)}
    known = {"اخيل": 14, "نخيل": 52, "هونغ": 105, "كونغ": 94, "مصر": 3000, "لوف": 40}
    by_names = (Analyser(), known, lambda term: names.get(term.exact, ()))
    assert retyped("hong kong", *by_names) is None
    assert retyped("hong kong", Analyser(), known) == "اخىل نخىل"
    assert retyped("lwv", *by_names) == "مصر"


def test_a_clitic_is_learned_before_a_name_that_seems_to_begin_with_an_article() -> None:
    analyser = Analyser()
    bare, with_clitic = (analyser.term(word).light for word in ("كاليفورنيا", "بكاليفورنيا"))
    assert (bare, with_clitic) in learn_clitics({bare: 40, with_clitic: 5})


def test_words_that_ask_in_speech_begin_a_question_and_are_not_looked_for() -> None:
    def sought(text: str) -> list[str]:
        return [word.surface for word in understand(text, Analyser()).words]

    assert sought("ليش ارتفعت الأسعار") == ["ارتفعت", "الأسعار"]
    assert sought("وين البحر الميت") == ["البحر", "الميت"]
    assert sought("برنارد شو") == ["برنارد", "شو"]
    assert sought("شو") == ["شو"]
    assert sought("الناس اللي في البحر عشان القمح") == ["الناس", "البحر", "القمح"]
    assert sought("اللي") == ["اللي"]
    assert sought("بـ الدولار") == ["الدولار"]
    assert sought("فيتامين ب") == ["فيتامين", "ب"]


@pytest.mark.parametrize(
    ("spoken", "written"),
    [("تليفونات", "هاتف"), ("وبالموبايل", "هاتف"), ("فلوس", "اموال"), ("الستات", "نسا"), ("عربيات", "سيار")],
)
def test_a_word_of_speech_may_be_there_as_newspapers_write_it(spoken: str, written: str) -> None:
    (word,) = understand(spoken, Analyser()).words
    assert written in word.lights
    assert written not in understand("عربية", Analyser()).words[0].lights  # the stem alone does not tell


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("عبدالعزيز", ["عبد", "العزيز"]),
        ("عبدربه", ["عبد", "ربه"]),
        ("أبوبكر", ["ابو", "بكر"]),
        ("نصرالله", ["نصر", "الله"]),
        ("أبوابها", ["أبوابها"]),
        ("الوالدين", ["الوالدين"]),
        ("احتفالات", ["احتفالات"]),
    ],
)
def test_a_name_of_two_words_is_two_however_often_it_is_written_as_one(
    written: str, parts: list[str]
) -> None:
    analyser = Analyser()
    known = ["عبد", "العزيز", "ربه", "أبو", "بكر", "نصر", "الله", "أبها", "الو", "الدين", "احتف", "آلات"]
    vocabulary = {analyser.term(word).light: 2 for word in known} | {analyser.term(written).light: 50}
    words = understand(written, analyser, vocabulary=vocabulary).words
    assert [word.surface for word in words] == parts


def test_what_hardly_anybody_wrote_as_one_word_is_two_long_ones_that_many_did() -> None:
    analyser = Analyser()
    known = {analyser.term(word).light: 300 for word in ("دونالد", "ترامب", "سان", "جيرمان")}
    joined = {analyser.term(word).light: 1 for word in ("دونالدترامب", "سانجيرمان")}
    words = understand("دونالدترامب سانجيرمان", analyser, vocabulary=known | joined).words
    assert [word.surface for word in words] == ["دونالد", "ترامب", "سانجيرمان"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7ezb allah 2ahly", ["7ezb", "allah", "2ahly"]),
        ("5cent 4K 2020vision", ["5", "cent", "4", "K", "2020", "vision"]),
    ],
)
def test_a_digit_begins_a_word_of_letters_that_the_archive_does_not_know(text: str, words: list[str]) -> None:
    assert words_typed(text, Analyser(), {"cent": 3}) == words


def test_latin_names_of_god_are_two_words_and_articles_of_names_are_left_out() -> None:
    vocabulary = {"بحر": 3}
    words = understand("al-Ahly Hezbollah", Analyser(), vocabulary=vocabulary).words
    assert [word.surface for word in words] == ["Ahly", "hezb", "allah"]
    assert [word.surface for word in understand("al", Analyser(), vocabulary=vocabulary).words] == ["al"]


def test_a_preposition_written_with_the_word_behind_it_is_left_out() -> None:
    vocabulary = {Analyser().term(word).light: 9 for word in ("القاهرة", "في", "من")}
    words = understand("فيالقاهرة", Analyser(), vocabulary=vocabulary).words
    assert [word.surface for word in words] == ["القاهره"]
