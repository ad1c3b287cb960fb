"""Near-duplicates: what is found, what is not, and what is shown of the difference."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.discovery.duplicates import DuplicateIndex, OutdatedIndexError, differences
from bulaq.discovery.duplicates.shingles import overlap, shingles

WIRE = (
    "أعلنت بلدية المدينة صباح الأحد انتهاء أعمال ترميم السوق القديم بعد عامين من العمل المتواصل، "
    "وقال مدير المشروع إن المحال ستفتح أبوابها للزوار مطلع الأسبوع المقبل، وإن الرسوم لن تتغير هذا العام."
)
RESPELT = WIRE.replace("أ", "ا").replace("ة", "ه").replace("المقبل", "المُقبِــل")
REWRITTEN = WIRE.replace("صباح الأحد", "اليوم").replace("مدير المشروع", "المهندس المشرف")
OTHER = (
    "يبدأ الموسم الجديد من دوري كرة السلة الأسبوع المقبل بمشاركة اثني عشر فريقا، "
    "وتقام المباراة الافتتاحية في الصالة الكبرى بحضور الجمهور بعد غياب طويل عن المدرجات."
)
FIXED = 2297749002
LONG = " ".join(
    f"{OTHER} وأضاف التقرير رقم {n} تفاصيل أخرى عن البرنامج كلمة{n} وموعده{n}." for n in range(12)
)


@pytest.fixture
def index() -> DuplicateIndex:
    index = DuplicateIndex()
    index.add_many([(1, WIRE), (2, OTHER), (3, ""), (4, " \n"), (5, "عاجل: التفاصيل لاحقا")])
    return index


def test_spelling_and_marks_make_no_difference(index: DuplicateIndex) -> None:
    assert index.find(RESPELT) == [(1, 1.0, 1.0)]


def test_a_rewritten_wire_text_is_found_with_its_exact_share(index: DuplicateIndex) -> None:
    [duplicate] = index.find(REWRITTEN, jaccard=0.2)
    words = [text.replace("،", "").replace(".", "").split() for text in (WIRE, REWRITTEN)]
    one, other = ({tuple(some[k : k + 4]) for k in range(len(some) - 3)} for some in words)  # short texts
    assert duplicate.jaccard == pytest.approx(len(one & other) / len(one | other))
    assert duplicate.containment == pytest.approx(len(one & other) / min(len(one), len(other)))
    one, other = ({tuple(some[k : k + 8]) for k in range(len(some) - 7)} for some in words)
    [alone] = index.find(REWRITTEN, jaccard=0.2, containment=2)
    assert alone.jaccard == pytest.approx(len(one & other) / len(one | other))


def test_a_short_text_inside_a_long_one_is_found_by_containment(index: DuplicateIndex) -> None:
    [duplicate] = index.find(
        WIRE + " " + OTHER.replace("فريقا", "ناديا") + " " + " ".join(map(str, range(60)))
    )
    assert duplicate.id == 1
    assert duplicate.jaccard < 0.5
    assert duplicate.containment == 1.0


SHORT_WIRE = (
    "أعلن مطار المدينة تأجيل ثماني رحلات صباح اليوم بسبب الضباب الكثيف، ونصح المسافرين بمراجعة شركات الطيران قبل التوجه "
    "إلى المطار، على أن تعود الحركة إلى طبيعتها ظهرا."
)


@pytest.mark.parametrize(
    "copy",
    [
        f"القاهرة - وكالات: {SHORT_WIRE}",  # another dateline
        f"الضباب يؤخر رحلات في مطار المدينة\n{SHORT_WIRE}",  # a headline before it
        SHORT_WIRE.replace("الكثيف", "الشديد").replace("التوجه", "الذهاب"),  # two words
        SHORT_WIRE.replace("أعلن مطار المدينة", "أعلنت إدارة المطار"),  # another beginning
        f"{SHORT_WIRE} وكانت هيئة الأرصاد قد حذرت أمس من تدني مدى الرؤية على الطرق السريعة في ساعات الصباح الأولى.",
        f"{SHORT_WIRE}\n{LONG}",  # an extended version
    ],
)
def test_rewrites_of_a_short_wire_text_are_found(copy: str) -> None:
    index = DuplicateIndex()
    index.add(1, SHORT_WIRE)
    [found] = index.find(copy)
    assert found.jaccard >= 0.5 or found.containment >= 0.8


def test_a_short_text_on_the_same_matter_in_other_words_is_not_a_copy() -> None:
    index = DuplicateIndex()
    index.add(1, SHORT_WIRE)
    assert not index.find(
        "قالت إدارة مطار المدينة إن الضباب الكثيف أجّل ثماني رحلات صباح اليوم، ودعت المسافرين إلى الاتصال بشركات الطيران "
        "قبل التوجه إلى المطار، وتوقعت أن تنتظم الرحلات مع الظهر."
    )


WEATHER = (
    "تتوقع الأرصاد طقسا معتدلا نهارا مائلا للبرودة ليلا على أنحاء البلاد كافة مع سحب متفرقة ورياح شمالية خفيفة إلى متوسطة "
    "السرعة. وفيما يلي درجات الحرارة: العاصمة {} والساحل {} والجبال {} والبادية {} ونسبة الرطوبة {} في المئة."
)
PRAYERS = "مواقيت الصلاة اليوم في المدينة وضواحيها: الفجر {} الظهر {} العصر {} المغرب {} العشاء {} بحسب التوقيت المحلي."
PRICES = (
    "افتتحت أسعار الذهب تعاملات اليوم في السوق المحلية على ارتفاع طفيف متأثرة بالبورصة العالمية وبسعر الصرف، وبلغ سعر غرام "
    "عيار أربعة وعشرين {} وعيار واحد وعشرين {} وعيار ثمانية عشر {} والأونصة {} بحسب رابطة الصاغة."
)


@pytest.mark.parametrize("form", [WEATHER, PRAYERS, PRICES])
def test_the_same_form_with_other_figures_is_news_and_with_the_same_ones_a_copy(form: str) -> None:
    today, tomorrow = form.format(31, 28, 19, 35, 40), form.format(27, 25, 16, 33, 55)
    index = DuplicateIndex()
    index.add(1, today)
    assert index.find(tomorrow) == []
    assert [one.id for one in index.find(f"نشرة الصباح\n{today}")] == [1]
    assert [one.id for one in index.find(form.format("٣١", "٢٨", "١٩", "٣٥", "٤٠"))] == [1]


def test_an_updated_toll_is_still_the_same_text() -> None:
    index = DuplicateIndex()
    index.add(1, WIRE.replace("بعد عامين", "بكلفة 12 مليونا"))
    assert index.find(WIRE.replace("بعد عامين", "بكلفة 15 مليونا"))


def test_empty_and_very_short_bodies_are_left_out(index: DuplicateIndex) -> None:
    assert len(index) == 2
    assert index.find("") == []
    assert index.find("عاجل: التفاصيل لاحقا") == []


def test_the_article_itself_is_no_duplicate(index: DuplicateIndex) -> None:
    assert index.find(WIRE, exclude=1) == []


def test_changed_and_removed_articles(index: DuplicateIndex) -> None:
    index.add(1, LONG)
    assert index.find(WIRE) == []
    index.remove(2)
    index.remove(99)
    assert index.find(OTHER, containment=2) == []
    assert len(index) == 1


def test_many_copies_do_not_make_it_slow() -> None:
    index = DuplicateIndex()
    index.add_many((number, f"{WIRE} العدد {number}") for number in range(3000))
    start = time.process_time()
    found = index.find(WIRE)
    assert time.process_time() - start < 5
    assert {duplicate.id for duplicate in found} >= set(range(2990, 3000))  # the newest are among them


def test_it_is_kept_in_a_file_and_read_by_others_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "duplicates.sqlite3"
    with DuplicateIndex(path) as writer, DuplicateIndex(path) as reader:
        writer.add("a", WIRE)
        assert [duplicate.id for duplicate in reader.find(RESPELT)] == ["a"]
    with DuplicateIndex(path) as again:
        assert "a" in again
        assert "b" not in again


def test_a_broken_batch_leaves_nothing_behind() -> None:
    def broken() -> object:
        yield 1, WIRE
        raise RuntimeError("the source went away")

    index = DuplicateIndex()
    with pytest.raises(RuntimeError):
        index.add_many(broken())  # type: ignore[arg-type]
    assert len(index) == 0
    assert index.find(WIRE) == []


def test_a_file_of_another_version_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "duplicates.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    with pytest.raises(OutdatedIndexError, match=r"duplicates\.sqlite3"):
        DuplicateIndex(path)


def test_shingles_are_the_same_in_every_process() -> None:
    assert shingles("واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية").tolist() == [FIXED]


def test_differences_are_cut_from_the_texts_as_written() -> None:
    first, second = differences(WIRE, REWRITTEN)
    assert (first.kind, first.before.text, first.after.text) == ("changed", "صباح الأحد", "اليوم")
    assert (second.before.text, second.after.text) == ("مدير المشروع", "المهندس المشرف")
    for difference in (first, second):
        assert WIRE[difference.before.start : difference.before.end] == difference.before.text


def test_spelling_alone_is_no_difference() -> None:
    assert differences(WIRE, RESPELT) == []


def test_added_and_removed_passages() -> None:
    [added] = differences(WIRE, WIRE + " وشكر السكان على صبرهم.")
    assert (added.kind, added.after.text) == ("added", "وشكر السكان على صبرهم")
    [removed] = differences(WIRE, WIRE.replace("بعد عامين من العمل المتواصل، ", ""))
    assert (removed.kind, removed.before.text) == ("removed", "بعد عامين من العمل المتواصل")


@given(st.lists(st.sampled_from("ابجدهوز"), max_size=60), st.lists(st.sampled_from("ابجدهوز"), max_size=60))
def test_the_differences_account_for_every_word(one: list[str], other: list[str]) -> None:
    before, after = " ".join(one), " ".join(other)
    rebuilt, place = [], 0
    for difference in differences(before, after):
        rebuilt.append(before[place : difference.before.start])
        rebuilt.append(f" {difference.after.text} ")
        place = difference.before.end
    rebuilt.append(before[place:])
    assert "".join(rebuilt).split() == other


def test_text_made_to_be_slow_is_compared_in_time() -> None:
    start = time.process_time()
    differences("و " * 100_000, "و أ " * 50_000)
    differences(" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 0, -1))))
    assert time.process_time() - start < 15


@given(st.text(alphabet="اب ج", max_size=120), st.text(alphabet="اب ج", max_size=120))
def test_overlap_is_that_of_sets(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)
    a, b = set(first.tolist()), set(second.tolist())
    measured = overlap(first, second)
    assert measured.shared == len(a & b)
    assert measured.jaccard == (len(a & b) / len(a | b) if a and b else 0)


def test_on_wire_copy_of_fourteen_newspapers(shared: Path) -> None:
    """Every pair that stands among the first four thousand articles at Jaccard ≥ .5 is found, and none else."""
    from eval.documents import read_documents
    from eval.duplicates import _jaccard, grams_of

    documents = read_documents(shared / "news" / "saudi2015.jsonl.zst")
    texts = {document.id: document.text for _, document in zip(range(4000), documents, strict=False)}
    index = DuplicateIndex()
    index.add_many(texts.items())
    found = {
        tuple(sorted((identifier, str(duplicate.id))))
        for identifier, text in texts.items()
        for duplicate in index.find(text, exclude=identifier, containment=2)
    }
    grams = {identifier: grams_of(text) for identifier, text in texts.items()}
    assert all(_jaccard(grams, pair) >= 0.5 for pair in found)
    lines = (shared / "duplicates" / "saudi.pairs.tsv").read_text().splitlines()[1:]
    listed = [line.split("\t") for line in lines]
    wanted = {
        tuple(sorted(row[:2])) for row in listed if float(row[3]) >= 0.5 and set(row[:2]) <= texts.keys()
    }
    assert len(wanted) > 300
    assert len(wanted & found) / len(wanted) >= 0.99
