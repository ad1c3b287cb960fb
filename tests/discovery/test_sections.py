"""Section suggestion: learned from an archive, honest about what it does not know."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bulaq.discovery.sections import NotEnoughArticles, Sample, SectionSuggester

WORDS = {
    "رياضة": [
        "مباراة",
        "هدف",
        "مدرب",
        "لاعب",
        "دوري",
        "كأس",
        "ملعب",
        "حكم",
        "شوط",
        "تعادل",
        "منتخب",
        "بطولة",
        "مرمى",
        "جمهور",
        "تدريب",
    ],
    "اقتصاد": [
        "أسهم",
        "بورصة",
        "سعر",
        "صادرات",
        "ميزانية",
        "مصرف",
        "تضخم",
        "استثمار",
        "أرباح",
        "قرض",
        "ضريبة",
        "سوق",
        "عملة",
        "نفط",
        "ديون",
    ],
    "ثقافة": [
        "رواية",
        "مسرح",
        "قصيدة",
        "معرض",
        "كاتب",
        "متحف",
        "لوحة",
        "مخطوط",
        "ناشر",
        "فيلم",
        "شاعر",
        "عرض",
        "موسيقى",
        "تراث",
        "نقد",
    ],
}


def archive(count: int, seed: int = 1) -> list[Sample]:
    chance = random.Random(seed)
    return [
        Sample(" ".join(chance.choices(words, k=5)) + "\n" + " ".join(chance.choices(words, k=40)), section)
        for _ in range(count)
        for section, words in WORDS.items()
    ]


@pytest.fixture(scope="module")
def model() -> SectionSuggester:
    return SectionSuggester.train([*archive(100), Sample("عمود نادر", "نوادر")])


def test_it_knows_the_sections_again(model: SectionSuggester) -> None:
    for text, section, _ in archive(10, seed=2):
        assert model.suggest(text)[0].section == section
    assert "نوادر" not in model.sections  # one article teaches nothing


def test_inflected_words_count_too(model: SectionSuggester) -> None:
    assert model.suggest("الهدف\nوبالمباراة والمدربين للملعب").pop(0).section == "رياضة"


def test_probabilities_sum_to_one_and_silence_is_unsure(model: SectionSuggester) -> None:
    sure = model.suggest(archive(1, seed=3)[0].text)
    unsure = model.suggest("")
    for suggestions in (sure, unsure):
        assert sum(one.probability for one in suggestions) == pytest.approx(1, abs=1e-5)
    assert sure[0].probability > 0.8
    assert unsure[0].probability < 0.6


def test_english_sections_are_learned_beside_the_arabic_ones() -> None:
    chance = random.Random(4)
    english = {
        "sport": ["match", "goal", "coach", "player", "league", "cup", "stadium", "referee", "draw", "team"],
        "economy": [
            "shares",
            "market",
            "price",
            "exports",
            "budget",
            "bank",
            "inflation",
            "profits",
            "loan",
            "tax",
        ],
    }
    samples = [
        Sample(" ".join(chance.choices(words, k=4)) + "\n" + " ".join(chance.choices(words, k=30)), section)
        for _ in range(60)
        for section, words in english.items()
    ]
    model = SectionSuggester.train([*archive(60), *samples])
    assert model.suggest("Coaches and players\nThe leagues, the cups and the goals")[0].section == "sport"
    assert model.suggest(archive(1, seed=5)[0].text)[0].section == "رياضة"


def test_the_source_tells_what_the_words_do_not() -> None:
    text = "خبر\nكلمة محايدة في كل مكان"
    samples = [Sample(text, f"قسم{n % 2}", f"وكالة{n % 2}") for n in range(60)]
    model = SectionSuggester.train(samples)
    assert [model.suggest(text, f"وكالة{n}")[0].section for n in (0, 1)] == ["قسم0", "قسم1"]
    assert model.suggest(text, "وكالة أخرى") == model.suggest(text)  # never met: judged by what all share


def test_a_section_that_grows_is_the_likelier() -> None:
    text = "خبر\nكلمة محايدة في كل مكان"
    grown = [Sample(text, f"قسم{n % 2}") for n in range(200)] + [Sample(text, "قسم1")] * 23
    likeliest = SectionSuggester.train(grown).suggest(text)[0]
    assert likeliest.section == "قسم1"
    assert likeliest.probability > 0.6  # 123 of 223 are .55


def test_it_is_kept_in_a_file(model: SectionSuggester, tmp_path: Path) -> None:
    model.save(tmp_path / "sections.zip")
    again = SectionSuggester.load(tmp_path / "sections.zip")
    text = archive(1, seed=4)[0].text
    assert [one.section for one in again.suggest(text)] == [one.section for one in model.suggest(text)]
    (tmp_path / "broken.zip").write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"broken\.zip"):
        SectionSuggester.load(tmp_path / "broken.zip")


def test_too_little_to_learn_from_is_an_error() -> None:
    with pytest.raises(NotEnoughArticles):
        SectionSuggester.train([Sample("خبر", "رياضة")] * 20)
