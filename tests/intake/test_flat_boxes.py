"""Boxes of flattened pages: headlines come apart from hours, writers, summaries and the rest of a broken line."""

from __future__ import annotations

import pytest

from bulaq.intake.article import IncomingArticle
from bulaq.intake.flat import read_text

HEADLINE = "المتحف يعيد صوت المطبعة إلى الحي القديم"
TEXT = [
    "اعتاد أهل الحي القديم أن يسمعوا دقّات المطبعة قبل أذان الفجر، ثم غابت الدقّات سنوات طويلة حتى نسيها الصغار.",
    "وقالت أمينة المتحف، في جولة بين القاعات، إن الآلة «لم تكن قطعة حديد، بل ذاكرة مدينة كاملة».",
    "وكان الحرفيون قد جمعوا حروف الرصاص من ثلاثة مستودعات، وغسلوها وفرزوها حرفًا حرفًا على مدى عامين.",
]
LINKS = [
    "قافلة الكتب تصل إلى القرى البعيدة",
    "متحف الماء يفتح قاعاته للمدارس مجانا",
    "عازفة عود تعيد تسجيل مقامات منسية",
]
LONGER = [
    "ورشة الخط العربي تعود إلى خان الحرير بعد غياب",
    "أطلس جديد للأبواب الخشبية في مدن الساحل القديمة",
    "كيف وصلت القهوة إلى موانئ المتوسط",
]


def read(*lines: str) -> IncomingArticle:
    found = read_text("\n".join([HEADLINE, "24 آب 2020", "كتبت: هالة مراد", *TEXT, *lines]), "page.txt")
    assert isinstance(found, IncomingArticle)
    assert found.headline == HEADLINE
    assert [getattr(block, "text", None) for block in found.body] == TEXT
    return found


def boxes(article: IncomingArticle) -> list[tuple[str, list[str]]]:
    return [(box.title, [link.headline for link in box.items]) for box in article.boxes]


def test_a_box_needs_no_known_title() -> None:
    article = read("كواليس", *LINKS, "نبض الشارع", *LONGER)
    assert boxes(article) == [("كواليس", LINKS), ("نبض الشارع", LONGER)]


@pytest.mark.parametrize(
    "times", [("09:30", "09:12", "08:55"), ("منذ ساعتين", "قبل 4 ساعات", "أمس"), ("5 دقائق",) * 3]
)
def test_headlines_in_turn_with_their_hours_are_a_box(times: tuple[str, ...]) -> None:
    timed = [line for pair in zip(LINKS, times, strict=True) for line in pair]
    assert boxes(read("في هذا القسم", *timed))[0][1] == LINKS


def test_a_writer_s_other_columns_take_turns_with_their_days_or_their_writers() -> None:
    columns = ["من مقالات الكاتبة", "مقهى بلا هواتف", "04-10-2016", "كيف ننسى الشوارع؟", "27-09-2016"]
    others = ["كتّاب اليوم", "سليم حدّاد", "الميزانية بلغة الجدة", "رنا الخوري", "في مديح الانتظار"]
    assert boxes(read("عدد القراءات: 12", *columns, *others)) == [
        ("من مقالات الكاتبة", ["مقهى بلا هواتف", "كيف ننسى الشوارع؟"]),
        ("كتّاب اليوم", ["الميزانية بلغة الجدة", "في مديح الانتظار"]),
    ]


def test_the_writers_of_columns_are_no_headlines() -> None:
    columns = [
        line for pair in zip(["سليم حدّاد", "رنا الخوري", "كريم التازي"], LINKS, strict=True) for line in pair
    ]
    assert boxes(read("مقالات", *columns)) == [("مقالات", LINKS)]


def test_a_headline_broken_by_a_narrow_column_is_whole_again() -> None:
    broken = [
        "ورشة الخط العربي تعود إلى خان الحرير",
        "بعد غياب",
        "أطلس جديد للأبواب الخشبية في مدن",
        "الساحل القديمة",
    ]
    assert boxes(read("أخبار ذات صلة", *broken)) == [("أخبار ذات صلة", LONGER[:2])]


def test_summaries_cut_short_are_no_headlines() -> None:
    cards = [line for link in LINKS for line in (link, f"{link} كما روى لنا من حضر الافتتاح في ذلك المساء …")]
    assert boxes(read("أخبار ذات صلة", *cards)) == [("أخبار ذات صلة", LINKS)]


def test_what_readers_say_is_no_headline_and_a_picture_named_twice_is_one() -> None:
    said = [
        "أحدث التعليقات",
        "أم سامي على قافلة الكتب تصل إلى القرى البعيدة",
        "زائر على متحف الماء يفتح قاعاته",
    ]
    doubled = [line for link in LINKS for line in (link, link)]
    assert boxes(read("أخبار ذات صلة", *doubled, *said)) == [("أخبار ذات صلة", LINKS)]


def test_rights_of_people_are_no_rights_of_the_house() -> None:
    link = "طالبة تحصل على الإجازة في الحقوق"
    assert boxes(read("أخبار ذات صلة", link, *LINKS))[0][1] == [link, *LINKS]


def test_nouns_over_a_headline_with_a_verb_may_be_a_picture_s_name() -> None:
    lines = [
        "الرئيسية / ثقافة",
        "غابة أرز في أعالي جبال الأطلس",
        "غابات الأرز تستعيد خضرتها بعد سنوات الجفاف",
    ]
    found = read_text("\n".join([*lines, "فاس - سليم حدّاد", *TEXT]), "page.txt")
    assert isinstance(found, IncomingArticle)
    assert found.headline is None


def test_a_page_on_one_line_opens_behind_its_byline() -> None:
    top = "الرئيسية » ثقافة وفنون واجهة المتحف بعد ترميمها بيروت - سليم حدّاد"
    opening = "يستعيد المتحف هذا الأسبوع مطبعة الحي القديم بعد أن غابت سنوات طويلة."
    foot = f"قد يهمك أيضا {LINKS[0]}… أخبار ذات صلة {LINKS[1]}… {LINKS[2]}… 24 آب 2020"
    found = read_text(" ".join([top, opening, *TEXT, foot]), "page.txt")
    assert isinstance(found, IncomingArticle)
    assert " ".join(getattr(block, "text", "") for block in found.body) == " ".join([opening, *TEXT])
    assert (found.headline, found.dateline, found.authors) == (None, "بيروت", ("سليم حدّاد",))


def test_headlines_cut_at_a_number_of_words_come_apart_on_one_line() -> None:
    cut = [
        "قافلة الكتب تصل إلى القرى…",
        "متحف الماء يفتح قاعاته للمدارس…",
        "عازفة عود تعيد تسجيل مقامات…",
        "سياسة جديدة لحفظ المخطوطات في…",
    ]
    boxes_below = [
        "أخبار ذات صلة",
        *cut[:2],
        "فن وموسيقى",
        "ليلة للموشحات الأندلسية",
        cut[2],
        cut[3],
        "رياضة",
        *cut[:2],
    ]
    page = " ".join(
        [HEADLINE, "24 آب 2020", "أعلن المتحف عودة المطبعة إلى العمل هذا الصباح.", *TEXT, *boxes_below]
    )
    found = read_text(page, "page.txt")
    assert isinstance(found, IncomingArticle)
    assert boxes(found) == [
        ("أخبار ذات صلة", cut[:2]),
        ("فن وموسيقى", ["ليلة للموشحات الأندلسية", *cut[2:]]),
        ("رياضة", cut[:2]),
    ]


def test_a_heading_of_the_text_that_could_head_a_box_stays() -> None:
    heading = "اختيار الحروف"
    found = read_text(
        "\n".join([HEADLINE, "24 آب 2020", "كتبت: هالة مراد", TEXT[0], heading, *TEXT[1:]]), "page.txt"
    )
    assert isinstance(found, IncomingArticle)
    assert [getattr(block, "text", None) for block in found.body] == [TEXT[0], heading, *TEXT[1:]]
