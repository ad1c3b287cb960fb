"""What the analyser takes for the same word, what it leaves whole, and what it promises of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.analysis import Analyser
from bulaq.arabic.stemming import deep_stem, fold, light_stem, name_skeleton
from bulaq.arabic.variants import learn_clitics, spelling_candidates

ANALYSER = Analyser()
ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئءًٌَُِّْـ ،.0٣۴aZé_#-\u200f\u00a0\ufeff", max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدرسه", "المدرسة"),
        ("والحكومة", "الحكومة"),
        ("الأُمم", "الأمم"),
        ("للمدينة", "مدينة"),
        ("حكومتهم", "حكومة"),
        ("المهندسون", "مهندس"),
        ("سيارات", "سيارة"),
        ("Zürich", "zurich"),
        ("٢٬٥٠٠", "2500"),
        ("مـــصر", "مصر"),
        ("elections", "election"),
        ("organization", "organisations"),
        ("center", "centres"),
        ("labor", "labour"),
        ("defense", "defence"),
        ("kilometers", "kilometre"),
        ("fueled", "fuelled"),
        ("pediatric", "paediatric"),
        ("dialog", "dialogues"),
        ("U.N.", "UN"),
        ("U.S", "US"),
        ("children's", "child"),
        ("women", "woman"),
        ("wolves", "wolf"),
        ("bought", "buying"),
        ("وصلت", "وصل"),
        ("ووالدتها", "والدتها"),
        ("للجنة", "اللجنة"),
        ("لليرة", "الليرة"),
        ("ألمانيا", "والمانيا"),
        ("إلكتروني", "الإلكترونية"),
        ("بألمانيا", "ألمانيا"),
        ("رئيساً", "الرئيس"),
        ("فرنسا", "فرنسي"),
        ("قوات", "قوة"),
        ("علاقاته", "علاقاتها"),
        ("مسؤوليتها", "مسؤولية"),
        ("قالوا", "قال"),
        ("شئون", "شؤون"),
        ("اللاجئون", "اللاجئين"),
        ("كهربائية", "الكهرباء"),
    ],
)
def test_light_stems_that_are_one(one: str, other: str) -> None:
    assert ANALYSER.term(one).light == ANALYSER.term(other).light


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مدارس", "مدرسة"),
        ("كتب", "كتاب"),
        ("وزراء", "وزير"),
        ("اكتشاف", "كشف"),
        ("انتخابات", "ينتخب"),
        ("صواريخ", "صاروخ"),
        ("تركيا", "التركية"),
        ("اقتصاديا", "اقتصادية"),
        ("لاعبو", "لاعبين"),
        ("تطور", "تطوير"),
        ("مواسم", "موسم"),
    ],
)
def test_broken_plurals_and_derived_forms_share_a_root(one: str, other: str) -> None:
    assert ANALYSER.term(one).root == ANALYSER.term(other).root


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("فئات", "في"),
        ("جنيه", "الجنة"),
        ("بيان", "بي"),
        ("والدة", "الدهون"),
        ("وافق", "الأفق"),
        ("انتهاء", "أنت"),
        ("محاكم", "محا"),
        ("عدنان", "عدن"),
        ("بالغين", "غين"),
        ("للصين", "لص"),
        ("وعادت", "وعد"),
    ],
)
def test_words_of_different_meaning_are_kept_apart(one: str, other: str) -> None:
    assert ANALYSER.term(one).light != ANALYSER.term(other).light


@pytest.mark.parametrize(
    ("word", "light"),
    [
        ("والي", "وال"),
        ("بغداد", "بغداد"),
        ("الله", "الله"),
        ("كوريا", "كوريا"),
        ("وزير", "وزير"),
        ("ليبيا", "ليبيا"),
    ],
)
def test_names_keep_the_letters_that_look_like_clitics(word: str, light: str) -> None:
    assert light_stem(fold(word)) == light
    assert ANALYSER.term("بالله").light == "الله"


def test_letters_with_points_are_one_word_but_not_in_addresses() -> None:
    assert ANALYSER.words("The U.S.-led talks, J.K. Rowling, www.bbc.co.uk, x.com") == (
        ["The", "U.S", "led", "talks", "J.K", "Rowling", "www", "bbc", "co", "uk", "x", "com"]
    )


def test_words_are_cut_where_a_reader_would() -> None:
    assert ANALYSER.words("#الأمم_المتحدة: «غزة» في 1,250.5م، بـ24 وG20 و O’Neill") == [
        "الأمم", "المتحدة", "غزة", "في", "1,250.5", "م", "بـ", "24", "و", "G20", "و", "O’Neill",
    ]  # fmt: skip


@given(ARABIC)
def test_offsets_lead_back_to_the_text_and_terms_to_the_tokens(text: str) -> None:
    tokens = ANALYSER.tokens(text)
    terms = ANALYSER.terms(text)
    assert len(tokens) == len(terms)
    for position, (token, term) in enumerate(zip(tokens, terms, strict=True)):
        assert text[token.start : token.end] == token.text
        assert token.position == position
        assert term == Analyser().term(token.text), "nothing is remembered that changes a term"
        assert all(term[:3])
        assert not any(" " in face for face in term[:3])


@given(ARABIC)
def test_stems_never_grow_and_folding_is_idempotent(text: str) -> None:
    for word in ANALYSER.words(text):
        exact = fold(word)
        assert fold(exact) == exact
        assert len(deep_stem(exact)) <= max(len(exact), 4)


def test_clitics_are_learned_from_what_is_frequent() -> None:
    frequencies = {"غزه": 50, "بغزه": 9, "بغداد": 40, "غداد": 0, "وبغزه": 2}
    pairs = learn_clitics(frequencies)
    assert pairs.keys() == {("غزه", "بغزه"), ("غزه", "وبغزه")}


def test_spellings_of_a_name_meet_by_their_consonants() -> None:
    assert name_skeleton("غوتيريش") == name_skeleton("جوتيريش")
    pairs = spelling_candidates({"غوتيريش": 9, "جوتيريش": 1, "حكومات": 30})
    assert pairs == [("غوتيريش", "جوتيريش")]
