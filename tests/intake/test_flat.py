"""A page saved as lines of plain text is read back into its fields; what is not there is not invented."""

from __future__ import annotations

import random
import re
import textwrap
import time

import pytest
from eval.flat import score
from eval.flat_pages import pages
from eval.flatteners import FLATTENERS
from hypothesis import given, settings
from hypothesis import strategies as st

from bulaq.intake.article import Heading, IncomingArticle, List, Paragraph, Refusal, Table
from bulaq.intake.flat import READER, Repeats, read_text
from bulaq.intake.reader import ReadOptions, Source

BODY = [
    "اعتاد أهل الحي القديم أن يسمعوا دقّات المطبعة قبل أذان الفجر، ثم غابت الدقّات سنوات طويلة حتى نسيها الصغار.",
    "وقالت أمينة المتحف هالة مراد، في جولة بين القاعات، إن الآلة «لم تكن قطعة حديد، بل ذاكرة مدينة كاملة».",
    "وكان الحرفيون قد جمعوا حروف الرصاص من ثلاثة مستودعات، وغسلوها وفرزوها حرفًا حرفًا على مدى عامين.",
    "ويتضمن المعرض صحفًا قديمة وألواح نحاس محفورة، وركنًا يجرّب فيه الأطفال صفّ أسمائهم بأيديهم.",
    "ولم يحدد المتحف موعدًا لنهاية المعرض بعد.",
]
ANATOMY = f"""الرئيسية » تحقيقات
حروف الرصاص خلال ترميمها في قاعة المتحف

بيروت - سليم حدّاد

{BODY[0]}
{BODY[1]}

{BODY[2]}
{BODY[3]}
{BODY[4]}

قد يهمك أيضــــــــا

ورشة الخط العربي تفتح أبوابها أمام الزوار في المدينة القديمة

\u00a0

حكاية الورق من سمرقند إلى شاطبة في كتاب جديد

View on Example.net

أخبار ذات صلة

مكتبة الميناء تستعيد رفوفها بعد ترميم طويل…
معرض للصور القديمة يجمع ثلاثة أجيال من المصورين
أطلس جديد للأبواب الخشبية في مدن المغرب…

اخر الاخبار

قافلة الكتب تصل إلى القرى البعيدة في الجبل
متحف الماء يفتح قاعاته للمدارس مجانا كل خميس

فن وموسيقى

عازفة عود تعيد تسجيل مقامات منسية من الثلاثينيات
أغنيات الحصاد في تسجيلات نادرة تعود إلى الحياة…

الأخبار الأكثر قراءة

لماذا تنحني الكرة في الهواء حين تركلها القدم اليسرى
كيف تختار زيت الزيتون من أول نظرة إلى الملصق"""


def read(text: str, **options: bool) -> IncomingArticle:
    found = read_text(text, "page.txt", ReadOptions(**options))
    assert isinstance(found, IncomingArticle)
    return found


def paragraphs(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.body if isinstance(block, Paragraph)]


def test_a_page_without_a_headline_gets_none_and_every_other_field() -> None:
    article = read(ANATOMY)
    assert article.headline is None
    assert any("حروف الرصاص خلال ترميمها" in warning for warning in article.warnings)
    assert article.breadcrumb == ("الرئيسية", "تحقيقات")
    assert article.section == "تحقيقات"
    assert article.lead_image is not None
    assert article.lead_image.caption == "حروف الرصاص خلال ترميمها في قاعة المتحف"
    assert (article.dateline, article.authors, article.agencies) == ("بيروت", ("سليم حدّاد",), ())
    assert paragraphs(article) == BODY
    assert [link.headline for link in article.read_also] == [
        "ورشة الخط العربي تفتح أبوابها أمام الزوار في المدينة القديمة",
        "حكاية الورق من سمرقند إلى شاطبة في كتاب جديد",
    ]
    assert article.carrier is not None
    assert article.carrier.label == "Example.net"
    assert [(box.kind, box.title, len(box.items)) for box in article.boxes] == [
        ("related", "أخبار ذات صلة", 3),
        ("latest", "اخر الاخبار", 2),
        ("section", "فن وموسيقى", 2),
        ("most_read", "الأخبار الأكثر قراءة", 2),
    ]


def test_the_same_page_with_its_headline_and_date() -> None:
    headline = "المتحف يعيد صوت المطبعة إلى الحي القديم"
    text = ANATOMY.replace("تحقيقات\n", f"تحقيقات\n{headline}\n", 1).replace(
        "سليم حدّاد\n", "سليم حدّاد\n٢٤ آب ٢٠٢٠ ١٠:٣٠\n", 1
    )
    article = read(text)
    assert article.headline == headline
    assert article.published_at == "2020-08-24T10:30:00"
    assert article.lead_image is not None
    assert article.lead_image.caption == "حروف الرصاص خلال ترميمها في قاعة المتحف"
    assert paragraphs(article) == BODY


def test_every_line_has_a_role_when_asked() -> None:
    article = read(ANATOMY, keep_lines=True)
    assert [line.text for line in article.lines] == [
        " ".join(line.split()) for line in ANATOMY.split("\n") if line.strip()
    ]
    roles = [line.role for line in article.lines]
    assert roles.count("body") == 5
    assert roles.count("box_heading") == 4
    assert roles.count("box_link") == 9
    assert roles.count("read_also_link") == 2
    assert not read(ANATOMY).lines


def test_a_read_also_block_between_paragraphs_is_no_text() -> None:
    title = "رحلة الحبر من شجرة العفص إلى رأس القلم"
    article = read("\n".join([*BODY[:3], "اقرأ أيضًا:", title, *BODY[3:], f"شاهد أيضا: {title}"]))
    assert paragraphs(article) == BODY
    assert [link.headline for link in article.read_also] == [title]


def test_paragraphs_cut_at_their_links_and_wrapped_at_a_width_come_back_whole() -> None:
    cut = BODY[2].replace(" من ثلاثة مستودعات، ", "\nمن ثلاثة مستودعات\n، ")
    assert paragraphs(read("\n".join([*BODY[:2], cut, *BODY[3:]]))) == BODY
    wrapped = []
    longer = [*BODY, *reversed(BODY)]
    for paragraph in longer:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 62:
                wrapped.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        wrapped.append(line)
    assert paragraphs(read("\n".join(wrapped))) == longer


def test_characters_that_cannot_be_seen_are_kept() -> None:
    body = [
        BODY[0].replace("المطبعة", "المط\u200cبعة"),
        BODY[1].replace("الآلة", "\u200fالآلة\u200f"),
        BODY[2],
    ]
    assert paragraphs(read("\n".join(body))) == body


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "iso8859_6", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    text = "\n".join(BODY).replace("«", '"').replace("»", '"')
    source = Source("page.txt", data=text.encode(encoding))
    assert READER.recognises(source)
    (article,) = READER.read(source, ReadOptions())
    assert isinstance(article, IncomingArticle)
    assert paragraphs(article) == text.split("\n")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
        (random.Random(3).randbytes(4000), "binary"),
        ("\n".join(["الرئيسية", "رياضة", "ثقافة", "مكتبة الميناء تستعيد رفوفها", "قافلة الكتب تصل إلى القرى"] * 9).encode(), "no-article"),
    ],
)  # fmt: skip
def test_refusals_name_the_reason(data: bytes, code: str) -> None:
    (found,) = READER.read(Source("input", data=data), ReadOptions())
    assert isinstance(found, Refusal)
    assert (found.source, found.code) == ("input", code)
    assert found.reason


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE html><html>", b"<?xml version='1.0'?>", b'{"a": 1}', b"%PDF-1.7", b"\x1f\x8b\x08"]
)
def test_other_formats_are_left_to_their_readers(head: bytes) -> None:
    assert not READER.recognises(Source("input", data=head))


def test_what_repeats_across_an_archive_is_frame() -> None:
    slogan = "جريدة يومية مستقلة تصدر صباح كل يوم عن دار النشر في المدينة، وتصل إلى القرّاء حيث كانوا."
    texts = ["\n".join([*random.Random(seed).sample(BODY, 4), slogan]) for seed in range(4)]
    repeats = Repeats()
    for text, number in zip(texts, range(4), strict=True):
        repeats.add([slogan, f"سطر لا يتكرر {number}"])
        assert slogan in paragraphs(read(text))
    article = read_text(texts[0], "page.txt", repeats=repeats)
    assert isinstance(article, IncomingArticle)
    assert slogan not in paragraphs(article)
    assert len(paragraphs(article)) == 4


def test_generated_pages_of_many_templates_are_read() -> None:
    summary = score(pages(60, seed=77), quiet=True)
    assert summary["body_f1"] >= 0.95
    assert summary["box_link_f1"] >= 0.95
    assert summary["headline_right"] >= 50
    assert summary["headline_invented"] <= 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*BODY, *ANATOMY.split("\n"), "©", "...", "الرئيسية", "المزيد"]),
            st.text(max_size=40),
        ),
        max_size=40,
    )
)
def test_any_lines_are_answered_and_nothing_is_made_up(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = read_text(text, "page.txt", ReadOptions(keep_lines=True))
    if isinstance(found, IncomingArticle):
        flat = " ".join(text.split())
        assert found.headline is None or found.headline in flat
        for block in found.body:
            # Its letters and digits alone: a line without any («…») may be left out of the midst of a word.
            told = re.findall(r"\w+", block.as_json()["text"].split()[0])
            assert all(piece in flat.replace(" ", "") for piece in told)


def test_dots_in_a_row_are_a_line_of_their_own() -> None:
    found = read_text("\n".join([BODY[0], "0", "...", *BODY[1:]]), "page.txt", ReadOptions())
    assert isinstance(found, IncomingArticle)
    said = " ".join(block.as_json()["text"] for block in found.body)
    assert "0..." not in said
    assert "...." not in said


@pytest.mark.parametrize("run", [".", " "])
def test_a_long_run_of_dots_or_spaces_takes_bounded_time(run: str) -> None:
    begin = time.process_time()
    assert isinstance(read("\n".join([*BODY, f"سطر{run * 40_000}سطر"])), IncomingArticle)
    assert time.process_time() - begin < 5.0


def test_a_huge_page_takes_bounded_time() -> None:
    text = "\n".join(
        ["س " * 200_000, *BODY, *(f"سطر رقم {number} من قائمة طويلة" for number in range(9_000))]
    )
    assert isinstance(read_text(text, "page.txt"), IncomingArticle | Refusal)


def texts(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.body if isinstance(block, Paragraph | Heading)]


HEAD = ["المتحف يعيد صوت المطبعة إلى الحي القديم", "لبنى الزعتري ووسيم الشاكري", "٢٤ آب ٢٠٢٠ ١٠:٣٠"]
CELLS = ["السنة", "ما جرى", "١٩٠٤", "وصول الآلة", "١٩٢٨", "صدور أول صحيفة", "١٩٣١", "١٢٫٥"]


@pytest.mark.parametrize("after", [2, len(BODY)])
def test_a_table_inside_the_text_or_at_its_end_is_text(after: int) -> None:
    lines = [*BODY[:after], *CELLS, *BODY[after:]]
    article = read("\n".join([*HEAD, *lines, "قد يهمك أيضا", "رحلة الحبر من شجرة العفص إلى رأس القلم"]))
    assert texts(article) == lines
    assert article.headline == HEAD[0]


def test_a_menu_or_a_box_of_headlines_between_paragraphs_is_no_table() -> None:
    box = [
        "أخبار ذات صلة",
        "مكتبة الميناء تستعيد رفوفها بعد ترميم طويل",
        "معرض للصور القديمة يجمع ثلاثة أجيال",
    ]
    article = read("\n".join([*HEAD, *BODY, *box, "جميع الحقوق محفوظة"]))
    assert texts(article) == BODY


def test_a_caption_that_is_a_sentence_belongs_to_the_credit_under_it() -> None:
    verse = ["خيرُ جليسٍ في الأنامِ كتابُ", "أبو الطيب المتنبي"]
    caption = "كل حرف يحتاج إلى صندوق من الرصاص."
    article = read("\n".join([*HEAD, caption, "تصوير: المتحف", *verse, *BODY]))
    assert article.lead_image is not None
    assert (article.lead_image.caption, article.lead_image.credit) == (caption, "تصوير: المتحف")
    assert texts(article) == [*verse, *BODY]
    assert article.authors == ("لبنى الزعتري", "وسيم الشاكري")


def test_a_link_to_another_language_is_no_headline() -> None:
    title = "رحلة الحبر من شجرة العفص إلى رأس القلم"
    for switch in ("بلغة أخرى: English", "Read this article in English", "النسخة الإنجليزية"):
        article = read("\n".join([*HEAD, *BODY, "قد يهمك أيضا", title, switch]))
        assert [link.headline for link in article.read_also] == [title]


STORY = ["المتحف يعيد صوت المطبعة إلى الحي القديم", "كتبت: هالة مراد", "٢٤ آب ٢٠٢٠ ١٠:٣٠", *BODY]
LINKS = ["مكتبة الميناء تستعيد رفوفها بعد ترميم طويل", "معرض للصور القديمة يجمع ثلاثة أجيال"]


def shown(article: IncomingArticle) -> tuple[object, ...]:
    items = [link.headline for box in article.boxes for link in box.items]
    return article.headline, article.authors, texts(article), items


@pytest.mark.parametrize("way", sorted(set(FLATTENERS) - {"run_on", "one_line"}))
def test_one_page_flattened_in_many_ways_is_one_article(way: str) -> None:
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><p>{2}</p>{3}<h2>أخبار ذات صلة</h2><ul>{4}</ul></body></html>".format(
        *STORY[:3],
        "".join(f"<p>{text}</p>" for text in STORY[3:] + [text.replace("،", " ثم") for text in BODY]),
        "".join(
            f'<li><a href="/n/{number}/{"%D8%A7" * 20}">{text}</a></li>' for number, text in enumerate(LINKS)
        ),
    )
    article = read(FLATTENERS[way](page))
    wanted = BODY + [text.replace("،", " ثم") for text in BODY]
    if way == "printed":  # no blank lines: where a paragraph ends at the width cannot be seen
        assert " ".join(texts(article)) == " ".join(wanted)
        return
    assert shown(article) == (STORY[0], ("هالة مراد",), wanted, LINKS)
    if way in ("markdown", "numbered_links", "bracketed_links"):
        assert all(link.url for box in article.boxes for link in box.items)


@pytest.mark.parametrize("box", ["  * [{}\n{}](/n/{})", "{} {}منذ {} ساعات", "{2}{0} {1}"])
def test_a_headline_broken_within_its_link_or_written_to_its_age_or_rank_comes_back(box: str) -> None:
    links = [box.format(*text.rsplit(" ", 1), number) for number, text in enumerate(LINKS, start=1)]
    assert shown(read("\n\n".join([*STORY, "أخبار ذات صلة", *links])))[-1] == LINKS


def test_comments_cards_a_copy_and_the_next_article_are_no_text() -> None:
    comment = "هذا رأي طويل من قارئ يصف ما رآه في السوق قبل سنوات بعيدة، ويذكر أسماء الدكاكين وأصحابها كلهم."
    assert paragraphs(read("\n".join([*STORY, "تعليقات القراء", *[f"زائر {n}\nالرأي {n}: {comment}" for n in range(20)]]))) == BODY  # fmt: skip
    cards = [line for link in [*LINKS, "قافلة الكتب تصل إلى القرى"] for line in (link, comment)]
    article = read("\n".join([*STORY, "مواضيع مشابهة", *cards]))
    assert paragraphs(article) == BODY
    assert [link.headline for box in article.boxes for link in box.items] == cards[::2]
    assert paragraphs(read("\n".join([*STORY, "نسخة للطباعة", STORY[0], *BODY]))) == BODY
    following = [LINKS[0], "سليم حدّاد", "٢٥ آب ٢٠٢٠", *[f"{comment} وهذا سطر رقم {n}." for n in range(4)]]
    assert paragraphs(read("\n".join([*STORY, *following]))) == BODY


def test_lists_tables_and_headings_that_the_text_shows_are_typed() -> None:
    parts = ["• حبر أسود من العفص.", "• ورق من الكتان.", "السنة\tالعدد", "١٩٠٤\t١٦", "١٩٢٨\t٢٩"]
    article = read("\n".join([*STORY[:4], *parts, *BODY[1:]]))
    blocks = [block for block in article.body if not isinstance(block, Paragraph)]
    assert blocks == [
        List(("حبر أسود من العفص.", "ورق من الكتان.")),
        Table((("السنة", "العدد"), ("١٩٠٤", "١٦"), ("١٩٢٨", "٢٩"))),
    ]


def test_lines_that_differ_in_their_day_alone_are_links_and_a_menu_between_bars_is_none() -> None:
    issues = [f"جريدة المدينة بتاريخ 2019/02/0{day}" for day in range(1, 6)]
    menu = "\n|\n".join(
        ["خدمة الرسائل النصية القصيرة", "خدمة البريد الإلكتروني اليومية", "شاشة الأخبار على الهاتف", "من نحن"]
    )
    article = read("\n".join([*STORY, *issues, "الأكثر قراءة", *LINKS, menu]))
    assert [link.headline for box in article.boxes for link in box.items] == [*issues, *LINKS]


def test_a_page_on_one_line_gives_its_text_its_date_and_no_headline() -> None:
    head = "الرئيسية أخبار ثقافة رياضة المتحف يعيد صوت المطبعة إلى الحي القديم 24 آب 2020 شارك طباعة"
    opening = "أعلنت إدارة المتحف أن المطبعة تعود إلى العمل أمام الزوار كل صباح."
    foot = f"أخبار ذات صلة {LINKS[0]}… {LINKS[1]}… جميع الحقوق محفوظة"
    article = read(" ".join([head, opening, *BODY[1:], foot]))
    assert article.headline is None
    assert article.published_at == "2020-08-24"
    text = " ".join(paragraphs(article))
    assert text == " ".join([opening, *BODY[1:]])
    assert len(paragraphs(article)) > 2
    assert [[link.headline for link in box.items] for box in article.boxes] == [
        [f"{link}…" for link in LINKS[:2]]
    ]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_width_shows_on_a_page_of_few_paragraphs_and_many_labels(width: int) -> None:
    lines = ANATOMY.split("\n")
    wrapped = [piece for line in lines for piece in textwrap.wrap(line, width) or [""]]
    article = read("\n".join(wrapped))
    assert paragraphs(article) == BODY
    assert article.boxes == read(ANATOMY).boxes


def test_marks_of_direction_and_tabs_hide_nothing() -> None:
    marked = "\n".join(f"\u200f{line}\u200f" if line else "" for line in ANATOMY.split("\n"))
    article, plain = read(marked), read(ANATOMY)
    assert paragraphs(article) == [f"\u200f{paragraph}\u200f" for paragraph in BODY]
    assert (article.section, article.dateline, article.authors) == (
        plain.section,
        plain.dateline,
        plain.authors,
    )
    assert [box.kind for box in article.boxes] == [box.kind for box in plain.boxes]
    menu = "أخبار\tاقتصاد\tرياضة\tثقافة وفنون\tمنوعات مختارة\n"
    counted = ANATOMY.replace("لماذا تنحني", "1\tلماذا تنحني").replace("كيف تختار", "2\tكيف تختار")
    article = read(menu + counted)
    assert article.headline is None
    assert paragraphs(article) == BODY
    assert article.boxes == plain.boxes


def test_a_ticker_with_clocks_and_glued_elements_give_no_headline() -> None:
    ticker = ["10:05", LINKS[0], "10:20", LINKS[1], "10:45"]
    assert read("\n".join([*ticker, *BODY])).headline is None
    glued = ["الرئيسيةسياسةثقافةرياضةصحة", STORY[0] + "شارك", "سليم حدّاد", "٢٤ آب ٢٠٢٠", *BODY]
    assert read("\n".join(glued)).headline is None


def test_labels_between_and_under_the_paragraphs_are_told_by_what_they_say() -> None:
    headline, signed, dated = STORY[:3]
    text = [
        *["الرئيسية", "ثقافة", dated, headline, f"واجهة المتحف بعد ترميمه (تصوير {signed[6:]}).", signed],
        *[*BODY[:3], "قصص مقترحة", *LINKS, "قصص مقترحة نهاية", *BODY[3:], "وللحديث بقية.."],
        *["السابق", "قافلة الكتب تصل إلى القرى", "التالي", "متحف الماء يفتح قاعاته"],
        *["الأكثر قراءة", "خلال 24 ساعة", "عازفة عود تعيد تسجيل مقامات منسية", "المزيد"],
        *["أغنيات الحصاد في تسجيلات نادرة", "المدينة العدد 5512 - الأحد ٢٤ آب ٢٠٢٠"],
    ]
    article = read("\n".join(text))
    assert article.headline == headline
    assert article.authors == (signed.removeprefix("كتبت: "),)
    assert texts(article) == [*BODY, "وللحديث بقية.."]
    assert [link.headline for box in article.boxes for link in box.items] == [
        *LINKS,
        "قافلة الكتب تصل إلى القرى",
        "متحف الماء يفتح قاعاته",
        "عازفة عود تعيد تسجيل مقامات منسية",
        "أغنيات الحصاد في تسجيلات نادرة",
    ]


def test_the_source_that_a_page_names_is_an_agency() -> None:
    foot = "\n".join(["أخبار ذات صلة", *LINKS])
    article = read("\n".join([STORY[0], STORY[2], *BODY, "المصدر: وكالات", foot]))
    assert (article.agencies, article.carrier) == (("وكالات",), None)
    article = read("\n".join([STORY[0], STORY[2], "المصدر: رويترز", *BODY, foot]))
    assert article.agencies == ("رويترز",)
    assert article.lead_image is None
    article = read("\n".join([STORY[0], STORY[2], "واجهة المتحف بعد ترميمه", "المصدر: رويترز", *BODY, foot]))
    assert article.agencies == ()
    assert article.lead_image is not None
    assert article.lead_image.credit == "المصدر: رويترز"


def test_a_headline_over_its_byline_and_its_age_is_told_from_the_box_above_it() -> None:
    headline = "المتحف يعيد صوت المطبعة إلى الحي القديم"
    others = [
        "قافلة الكتب تصل إلى القرى البعيدة",
        "عازفة عود تعيد تسجيل مقامات منسية",
        "ورشة الخط تفتح أبوابها للزوار",
    ]
    for signed in (["سليم حدّاد", "24 آب 2020"], ["قبل 5 ساعة و 12 دقيقة", "متابعات خاصة"]):
        article = read("\n".join(["آخر الأخبار", *others, headline, *signed, *BODY]))
        assert article.headline == headline
        assert paragraphs(article) == BODY


def test_what_runs_over_the_label_of_the_section_is_no_headline() -> None:
    headline = "عودة صوت المطبعة إلى الحي القديم"
    top = ["الرئيسية", "اقتصاد", "ثقافة", "رياضة", "عاجل", "المصارف تفتح أبوابها يوم السبت في كل المدن"]
    article = read("\n".join([*top, "ثقافة", headline, "كتبت: هالة مراد", "24 آب 2020", *BODY]))
    assert article.headline == headline


def test_numbers_of_links_go_where_their_list_was_cut_off_and_notes_stay() -> None:
    links = [
        "قافلة الكتب تصل إلى القرى البعيدة",
        "عازفة عود تعيد تسجيل مقامات منسية",
        "ورشة الخط تفتح أبوابها للزوار",
    ]
    numbered = [
        f"   * [{number}]{link}" for number, link in enumerate([*links, "أطلس جديد للأبواب الخشبية"], 1)
    ]
    article = read("\n".join([*BODY, "", "أخبار ذات صلة", *numbered]))
    assert [link.headline for link in article.boxes[0].items][:3] == links
    noted = [BODY[0], BODY[1] + " [1]", *BODY[2:], "[1] من كتاب عن المطابع القديمة صدر قبل سنوات طويلة."]
    assert "[1]" in paragraphs(read("\n".join(noted)))[1]


def test_the_number_of_a_sheet_and_the_rules_of_the_house_are_no_text() -> None:
    sheets = "\n".join([*BODY[:3], "7", "\fصحيفة الحي | العدد 145", *BODY[3:]])
    assert paragraphs(read(sheets))[:3] == BODY[:3]
    assert "7" not in paragraphs(read(sheets))
    reasons = [
        "يسيء إلى الناس أو يهددهم بأي شكل من الأشكال المعروفة",
        "ينشر ما يخص غيره دون إذن منه أو من أهله وأقاربه",
    ]
    rules = [
        f"إذا كان التعليق {reason}، ولو مرة واحدة في {day}."
        for reason in reasons
        for day in ("اليوم", "الشهر", "السنة")
    ]
    assert paragraphs(read("\n".join([*BODY, *rules]))) == BODY


def test_what_a_box_above_the_head_lists_is_no_headline() -> None:
    others = ["الوزارة تعلن قافلة الكتب إلى القرى", "عازفة تستعيد مقامات منسية", "الورشة تفتح أبوابها للزوار"]
    top = [
        "الأكثر شيوعا الآن",
        *others,
        "",
        "عودة الحروف إلى المتحف",
        "صدر الصورة، EPA",
        "سليم حدّاد",
        "24 آب 2020",
    ]
    assert read("\n".join([*top, *BODY])).headline not in others


def test_the_way_past_the_menu_is_no_headline() -> None:
    article = read("\n".join(["تخطى إلى المحتوى الرئيسي", "سليم حدّاد", "24 آب 2020", *BODY]))
    assert article.headline is None
    menu = ["اكتشف المدينة", "الدراسة", "مهاجرون", "نتعلم العربية دون حدود", "فيديو", "شباب توك", "ترددات"]
    assert read("\n".join([*menu, "سليم حدّاد", *BODY])).headline is None


def test_the_day_in_two_calendars_and_two_zones_and_a_credit_over_its_labelled_caption() -> None:
    day = (
        "الأربعاء 10/12/1434 هـ - الموافق 16/10/2013 م (آخر تحديث) الساعة 14:39 (مكة المكرمة)، 11:39 (غرينتش)"
    )
    picture = ["صدر الصورة، EPA", "التعليق على الصورة،", "عمال المطبعة في القاعة"]
    article = read("\n".join([HEAD[0], *picture, day, *BODY[:2], "كلاوس هوفمان في مصنعه", *BODY[2:]]))
    assert (article.headline, (article.published_at or "")[:10]) == (HEAD[0], "2013-10-16")
    assert texts(article)[0] == BODY[0]


def test_words_behind_hashes_are_topics() -> None:
    assert read("\n".join([*BODY, "#المطابع_القديمة #متاحف"])).tags == ("المطابع القديمة", "متاحف")


def test_a_line_alone_that_says_what_a_picture_shows_is_no_headline() -> None:
    head = "الرئيسية » مدن » الساحل\n\n{}\n\nبيروت: سليم حدّاد\n\n08 نوفمبر 2022\n"
    found = read_text(head.format("تلاميذ مدرسة الميناء القديم ينتظرون الحافلة") + "\n".join(BODY), "p.txt")
    assert isinstance(found, IncomingArticle)
    assert found.headline is None
    for headline in (
        "مدرسة الميناء تستعيد حروف المطبعة القديمة",
        "أهداف الميناء الثلاثة تقود الفريق إلى القمة.. والبطولة تشتعل",
    ):
        assert read(head.format(headline) + "\n".join(BODY)).headline == headline


def test_a_clause_over_a_longer_line_is_the_headline_and_no_kicker() -> None:
    lines = [
        "المدينة التي تُصلح حروفها بنفسها",
        "عن آخر العمال في الحي القديم وعن المطبعة التي عاد صوتها",
        "24 آب 2020",
    ]
    assert read("\n".join([*lines, *BODY])).headline == lines[0]
    rows = [f"مكتبة القرية الكبرىمنذ {hour} ساعات" for hour in range(2, 9)]
    spread = "\n".join([*lines, *BODY, *(f"\n{row}" for row in rows), *["ثقافة", "سياسة", "رياضة"] * 30])
    assert read(spread).headline == lines[0]  # seams in the boxes are none in the head


def test_an_address_opens_a_text_and_a_question_goes_on_with_an_interview() -> None:
    lines = [
        "رسالة إلى ساعي البريد الأخير",
        "بقلم: رنا الخوري",
        "11-10-2016",
        "عزيزي ساعي البريد،",
        *BODY[:2],
    ]
    asked = [
        "اقرأ أيضا",
        "مهرجان الحكاية يعود إلى المدينة",
        "ما الذي تخافين عليه أكثر؟",
        "- " + BODY[2],
        *BODY[3:],
    ]
    found = read_text("\n".join([*lines, *asked]), "p.txt", ReadOptions(keep_lines=True))
    assert isinstance(found, IncomingArticle)
    roles = {line.text: line.role for line in found.lines}
    assert roles["عزيزي ساعي البريد،"] in ("body", "heading")
    assert roles["ما الذي تخافين عليه أكثر؟"] in ("body", "heading")
    assert [link.headline for link in found.read_also] == ["مهرجان الحكاية يعود إلى المدينة"]
