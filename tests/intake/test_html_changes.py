"""The reader on pages that were changed without harm, and on what templates do that no name tells."""

from __future__ import annotations

import json
from random import Random

import pytest
from eval.mutations import MUTATIONS
from eval.page_scores import body_texts
from tests.intake.html_templates import STORY, TEMPLATES
from tests.intake.html_templates_portals import PORTALS

from bulaq.intake.article import Embed, IncomingArticle, Refusal
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.noise import noise_line

PARAGRAPHS = STORY.paragraphs
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def read(html: str) -> IncomingArticle:
    article = read_page(html.encode(), "page.html")
    assert isinstance(article, IncomingArticle), article
    return article


def page(inside: str, head: str = "") -> str:
    return f'<html lang="ar"><head><meta charset="utf-8">{head}</head><body>{inside}</body></html>'


TAKES = {"none of all these": ("authors", "date"), "no <time>": ("date",)}
"""What a change may take from a page that told it to machines alone."""


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_harmless_change_loses_no_field(name: str) -> None:
    kinds = [
        kind
        for kind in (*TEMPLATES, *PORTALS)
        if kind.__name__ in ("wordpress", "webforms", "drupal", "news_card", "column")
    ]
    assert len(kinds) >= 3
    for kind in kinds:
        before = read_page(kind(STORY).data, "page.html")
        after = read_page(MUTATIONS[name](kind(STORY).data, Random(kind.__name__)), "page.html")
        assert isinstance(before, IncomingArticle)
        assert isinstance(after, IncomingArticle)
        assert after.headline == before.headline
        assert body_texts(after) == body_texts(before)
        if "authors" not in TAKES.get(name, ()):
            assert after.authors == before.authors
        if "date" not in TAKES.get(name, ()):
            assert (after.published_at or "")[:10] == (before.published_at or "")[:10]


def test_the_text_that_a_page_hands_to_its_scripts_is_read() -> None:
    told = {"props": {"article": {
        "title": STORY.headline, "publishDate": "2021-03-14T08:00:00+02:00", "section": {"name": "مجتمع"},
        "authors": [{"name": STORY.author}], "content": BODY,
    }, "others": [{"title": STORY.others[0], "content": BODY}]}}  # fmt: skip
    head = f"<title>{STORY.headline}</title>"
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(told)}</script>'
    article = read(page('<div id="__next"></div>' + script, head))
    assert (article.headline, article.authors, article.section) == (STORY.headline, (STORY.author,), "مجتمع")
    assert article.published_at == "2021-03-14T08:00:00+02:00"
    assert tuple(body_texts(article)) == PARAGRAPHS
    blocks = {
        "post": {
            "name": STORY.headline,
            "blocks": [{"type": "paragraph", "data": {"text": t}} for t in PARAGRAPHS],
        }
    }
    state = f"<script>window.__STATE__ = {json.dumps(blocks, ensure_ascii=False)};(function(){{}})()</script>"
    assert tuple(body_texts(read(page("<div></div>" + state, head)))) == PARAGRAPHS


@pytest.mark.parametrize(
    ("opening", "closing"), [('{"content":', "}"), ("[", "]"), ('{"title":"سوق","body":[', "]}")]
)
def test_data_of_scripts_nested_without_end_are_gone_through_once(opening: str, closing: str) -> None:
    for depth in (300, 5000):
        text = opening * depth + json.dumps(" ".join(PARAGRAPHS)) + closing * depth
        found = read_page(page(f'<script type="application/json">{text}</script>').encode(), "deep.html")
        assert isinstance(found, Refusal | IncomingArticle)


def test_a_second_copy_of_the_text_for_telephones_is_not_read_twice() -> None:
    copy = f"<h1>{STORY.headline}</h1><div class='x'>{BODY}</div>"
    article = read(
        page(f"<div class='a1'>{copy}</div><div class='a2'><div>الرئيسية / مجتمع</div>{copy}</div>")
    )
    assert tuple(body_texts(article)) == PARAGRAPHS


def test_a_paragraph_that_the_writer_repeats_stays_repeated() -> None:
    body = f"<h1>{STORY.headline}</h1><div>{BODY}<p>{PARAGRAPHS[0]}</p></div>"
    assert tuple(body_texts(read(page(body)))) == (*PARAGRAPHS, PARAGRAPHS[0])


def test_the_entry_that_a_menu_marks_as_open_is_the_section() -> None:
    menu = '<ul class="menu"><li><a href="/">الرئيسية</a></li><li class="active"><a href="/s/4">مجتمع</a></li><li><a href="/s/5">رياضة</a></li></ul>'
    assert read(page(f"{menu}<h1>{STORY.headline}</h1>{BODY}")).section == "مجتمع"


def test_who_when_and_the_picture_between_a_lead_and_the_text_are_no_text() -> None:
    lead = "ثلاثة عشر دكانا تفتح أبوابها من جديد بعد أن رممتها جمعية أهلية وسلمت مفاتيحها إلى حرفيين شبان."
    between = f"<div>{STORY.author}</div><div><span>الأحد 14 آذار 2021</span><span>10:20</span></div><div><img src='/a.jpg'><div>{STORY.caption}</div></div>"
    article = read(page(f"<h1>{STORY.headline}</h1><div>{lead}</div>{between}<div>{BODY}</div>"))
    assert tuple(body_texts(article)) == (lead, *PARAGRAPHS)
    assert (article.authors, (article.published_at or "")[:10]) == ((STORY.author,), STORY.day)
    assert article.lead_image is not None
    assert article.lead_image.caption == STORY.caption
    for row in (
        f"<span>{STORY.author}</span><time>الأحد 14 آذار 2021</time>",
        f"كتبت: {STORY.author} | 14 آذار 2021",
    ):
        article = read(page(f"<h1>{STORY.headline}</h1><p>{lead}</p><div>{row}</div><div>{BODY}</div>"))
        assert tuple(body_texts(article)) == (lead, *PARAGRAPHS)
        assert (article.authors, article.published_at) == ((STORY.author,), STORY.day)
    byline = f"الدار البيضاء: {STORY.author}"
    rows = f"<div><img src='/a.jpg' width=640 height=400></div><div>{byline} | 2021-03-14</div>"
    for body in (
        f"{rows}<div>{lead}</div><div>{BODY}</div>",
        f"{rows}<div>{lead}</div><div><p><b>{byline}</b></p>{BODY}</div>",
    ):
        article = read(page(f"<h1>{STORY.headline}</h1>{body}"))
        assert tuple(body_texts(article)) == (lead, *PARAGRAPHS)
        assert (article.authors, article.dateline) == ((STORY.author,), "الدار البيضاء")
        assert article.published_at == STORY.day
        assert article.lead_image is not None
        assert article.lead_image.caption is None


def test_a_table_that_lays_out_the_page_holds_lists_posts_and_lines_to_readers_like_any_element() -> None:
    lead = "ثلاثة عشر دكانا تفتح أبوابها من جديد بعد أن رممتها جمعية أهلية وسلمت مفاتيحها إلى حرفيين شبان."
    items = ("نول خشبي عمره مئة عام", "صندوق أدوات من النحاس والخشب")
    post = '<blockquote class="twitter-tweet"><p>من السوق</p>&mdash; سوق (@souk) <a href="https://twitter.com/souk/status/1">May 1, 2021</a></blockquote>'
    inside = (
        BODY + post + "<ul>" + "".join(f"<li>{item}</li>" for item in items) + f"</ul><p>{PARAGRAPHS[-1]}</p>"
    )
    article = read(
        page(f"<h1>{STORY.headline}</h1><div>{lead}</div><table><tr><td>{inside}</td></tr></table>")
    )
    assert tuple(body_texts(article)) == (lead, *PARAGRAPHS, *items, PARAGRAPHS[-1])
    assert any(isinstance(block, Embed) for block in article.body)
    lines = "<br><br>".join((*PARAGRAPHS, "#تراث #مدن #حكايات"))
    article = read(
        page(f"<h1>{STORY.headline}</h1><div>{lead}</div><table><tr><td>{lines}</td></tr></table>")
    )
    assert tuple(body_texts(article)) == (lead, *PARAGRAPHS)


def test_paragraphs_and_subheadings_each_in_a_wrapper_of_its_own_are_one_text() -> None:
    """As sites that are built of components write them, with the boxes in wrappers of the same kind."""
    several = (
        *PARAGRAPHS,
        *(f"وبعد أعوام {text}" for text in PARAGRAPHS),
        *(f"وقبل ذلك {text}" for text in PARAGRAPHS),
    )
    subheadings = ("ما الذي عاد إلى السوق؟", "من أين يبدأ الترميم؟")
    blocks = [f'<div dir="rtl" class="bbc-1"><p class="p-9">{text}</p></div>' for text in several]
    for place, text in zip((4, 9), subheadings, strict=True):
        blocks.insert(place, f'<section class="bbc-4"><h2 class="h-7">{text}</h2></section>')
    article = read(page(f'<main><div class="bbc-1"><h1>{STORY.headline}</h1></div>{"".join(blocks)}</main>'))
    expected = [*several]
    for place, text in zip((4, 9), subheadings, strict=True):
        expected.insert(place, text)
    assert body_texts(article) == expected


def test_a_smaller_heading_over_the_byline_is_the_standfirst() -> None:
    article = read(
        page(
            f"<h1>{STORY.headline}</h1><h2><div class='f'>ثلاثة عشر دكانا تعود</div></h2><div>كتبت: {STORY.author}</div><div>{BODY}</div>"
        )
    )
    assert article.standfirst == "ثلاثة عشر دكانا تعود"
    assert tuple(body_texts(article)) == PARAGRAPHS


def test_a_headline_told_to_no_machine_is_the_line_that_stands_out_above_the_text() -> None:
    shown = f"<table><tr><td><p align=center><font size=5><b>{STORY.headline}</b></font></p>{BODY}</td></tr></table>"
    assert read(page(shown, "<title>طباعة</title>")).headline == STORY.headline
    in_title = read(
        page(
            f"<div><b>{STORY.headline}</b></div>{BODY}", f"<title>شبكة أخبار المدن - {STORY.headline}</title>"
        )
    )
    assert in_title.headline == STORY.headline
    foot = "<div>جميع الحقوق محفوظة لوكالة أخبار المدن 2012</div>"
    named = f"<div class='NewsTitle'>{STORY.headline}</div><div>{BODY}</div>{foot}"
    for shown in (
        named,
        named.replace(" class='NewsTitle'", " style='font-weight:bold'").replace(
            STORY.headline, f"<b>{STORY.headline}</b>"
        ),
    ):
        assert read(page(shown, "<title>وكالة أخبار المدن - وام</title>")).headline == STORY.headline
    glued = (
        f"<div class='bbtitle'>{STORY.headline}</div><div>القاهرة ـ من سلمى الحداد:</div><div>{BODY}</div>"
    )
    assert read(page(glued, "<title>المنارة الرقمية</title>")).headline == STORY.headline
    bold = f"<table><tr><td><b>{STORY.headline}</b></td></tr><tr><td>{BODY}</td></tr></table>"
    assert read(page(bold, "<title>وكالة أخبار المدن - CITIES NEWS</title>")).headline == STORY.headline
    badged = f"<h2>{STORY.headline} <span><sup>مميز</sup></span></h2><div>{BODY}</div>"
    assert read(page(badged, f"<title>{STORY.headline}</title>")).headline == STORY.headline
    assert read(page(f"<p>مشهد عام للسوق</p>{BODY}", "<title>طباعة</title>")).headline is None


def test_a_subheading_of_a_page_that_heads_its_article_with_large_type_is_no_headline() -> None:
    head = f"<div><b><font size=5>{STORY.headline}</font></b></div><div>{STORY.day}</div>"
    parts = [
        f"<p>{text}</p>"
        for text in (*PARAGRAPHS[:3], *(f"وفي العام التالي {text}" for text in PARAGRAPHS[3:]))
    ]
    for between in ("", '</div><div class="ad"></div><div class="t">'):
        text = f"{''.join(parts[:2])}{between}<h2>ما الذي عاد إلى السوق؟</h2>{''.join(parts[2:])}"
        article = read(page(f'{head}<div class="t">{text}</div>', "<title>صحيفة الضفة</title>"))
        assert article.headline == STORY.headline
        assert body_texts(article)[:2] == list(PARAGRAPHS[:2])


def test_a_summary_in_a_box_is_no_text_and_a_list_among_the_paragraphs_is() -> None:
    points = "<h4>ملخص الخبر</h4><ul><li>رممت جمعية أهلية دكاكين السوق القديمة كلها</li><li>تسلم الحرفيون مفاتيحها</li></ul>"
    boxed = read(page(f"<h1>{STORY.headline}</h1><div><div>{points}</div>{BODY}</div>"))
    assert tuple(body_texts(boxed)) == PARAGRAPHS
    among = read(page(f"<h1>{STORY.headline}</h1><div>{BODY}{points}<p>{PARAGRAPHS[0]} ثم مضوا.</p></div>"))
    assert "تسلم الحرفيون مفاتيحها" in body_texts(among)


def test_a_title_that_names_the_section_is_no_headline() -> None:
    menu = "".join(f'<a href="/{n}"><b>{n}</b></a><br>' for n in ("الأولى", "مصر", "العالم", "قضايا وآراء"))
    shown = f"<h2>قضايا وآراء</h2><p><font size=5><b>{STORY.headline}</b></font></p>{BODY}"
    assert (
        read(page(f"<div>{menu}</div><div>{shown}</div>", "<title>قضايا وآراء</title>")).headline
        == STORY.headline
    )


def test_who_and_where_in_lines_of_their_own() -> None:
    facts = (
        f"<ul><li><strong>تاريخ</strong> 14.03.2021</li><li><strong>الكاتبة</strong> {STORY.author}</li></ul>"
    )
    article = read(page(f"<h1>{STORY.headline}</h1><div><p>دمشق-سوريا</p>{BODY}</div>{facts}"))
    assert (article.authors, article.dateline) == ((STORY.author,), "دمشق")
    assert tuple(body_texts(article)) == PARAGRAPHS


def test_an_author_told_to_be_an_organisation_is_nobody() -> None:
    told = {"@type": "NewsArticle", "headline": STORY.headline, "author": {"@type": "Organization", "name": "مرصد المدينة"}}  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    shown = '<div class="author">نص: <a href="/author">مرصد المدينة</a></div>'
    assert read(page(f"<h1>{STORY.headline}</h1>{shown}<div>{BODY}</div>", head)).authors == ()


def test_zero_width_spaces_at_the_ends_of_a_paragraph_go() -> None:
    padded = "".join(f"<p>\u200b{text}\u200b</p>" for text in PARAGRAPHS)
    assert tuple(body_texts(read(page(f"<h1>{STORY.headline}</h1><div>{padded}</div>")))) == PARAGRAPHS


def test_polls_quoted_posts_and_portraits() -> None:
    poll = "<div><h4>هل تزور السوق القديمة؟</h4><label><input type=radio>نعم</label><label><input type=radio>لا</label></div>"
    post = "<blockquote><p>صورة من السوق اليوم بعد الترميم</p>— سوق (@souk) <a href='https://twitter.com/souk/status/12'>March 1</a></blockquote>"
    face = f"<a href='/writers/4'><img src='/w.jpg' alt='صورة {STORY.author}'></a> <a href='/writers/4'>{STORY.author}</a>"
    made = f"<h1>{STORY.headline}</h1><div>{face}</div><img src='/souk.jpg' width=700><div>{BODY}{poll}{post}<p>{STORY.others[0]}.</p></div>"
    article = read(page(made))
    assert tuple(body_texts(article)) == (*PARAGRAPHS, f"{STORY.others[0]}.")
    assert Embed("https://twitter.com/souk/status/12", "X") in article.body
    assert article.lead_image is not None
    assert article.lead_image.url == "/souk.jpg"
    assert article.authors == (STORY.author,)


@pytest.mark.parametrize(
    "line",
    ["--(بترا)", "/العُمانية/", "المصدر: وكالات", "م.ع/ ط.أ (د ب أ)", "--(وام) ر ع / ف ج", "خاص/ م.ك", "استمع إلى التصريح كاملا", "==== ر.ح", "طباعة Email فيسبوك تويتر", "تعليقات 2 | إهداء 0 | زيارات 1183", "عدد القراءات : 1427 عدد التعليقات : 3", "للتواصل أرسل رسالة نصية إلى 88548 تبدأ بالرمز 214", "15:20",
     "رابط الخبر: http://example.org/1", "هذا المحتوى للمشتركين فقط", "عذرا، التعليقات غير مفعلة لهذا الخبر", "Comments are closed", "اشترك في نشرتنا البريدية ليصلك أهم الأخبار كل صباح", "يتبع الإعلان", "تابع القراءة بعد الإعلان", "قراءة 3 د", "جميع المقالات تعبر عن رأي أصحابها ولا تعبر بالضرورة عن رأي الصحيفة"],
)  # fmt: skip
def test_lines_that_are_no_text(line: str) -> None:
    assert noise_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "اشترك في المهرجان ستون عازفا من خمس مدن",
        "خاص/ عام: مدرستان في حي واحد",
        "التعليقات ليست كلها سواء في نظر المحررين",
        "قال (بترا) إن السوق فتحت أبوابها",
        "(السوق)",
    ],
)
def test_lines_that_are_text(line: str) -> None:
    assert not noise_line(line)


HEAD = f"<h1>{STORY.headline}</h1>"


@pytest.mark.parametrize(
    "byline",
    [
        '<div><a href="/author/12">رلى معوض</a></div>',
        "<div><span>السر الجميعابي</span><span>12 نيسان 2011</span></div>",
        "<div class='article-tools'><span>مصطفى الوردي</span><br><span>11 شتنبر 2013</span></div>",
        "<div>يارا غصن • تصوير: هادي سلمان • 21.02.2021</div>",
    ],
)
def test_a_writer_is_known_by_the_place_of_the_name(byline: str) -> None:
    article = read(page(f"{HEAD}{byline}<div>{BODY}</div>"))
    assert len(article.authors) == 1
    assert article.authors[0] in byline
    assert len(article.authors[0].split()) == 2
    assert tuple(body_texts(article)) == PARAGRAPHS


def test_a_name_signed_in_the_headline_is_the_writer_and_no_step_of_the_way() -> None:
    way = "<div class='pathway'><a href='/'>الرئيسة</a> <a href='/s'>منبر الرأي</a> <a href='/w'>السر الجميعابي</a></div>"
    article = read(page(f"{way}<h1>{STORY.headline} .. بقلم: السر الجميعابي</h1>{BODY}"))
    assert (article.authors, article.section) == (("السر الجميعابي",), "منبر الرأي")


def test_the_portrait_beside_the_byline_is_not_the_lead_picture() -> None:
    portrait = f"<div><img src='/u/1.jpg'><a href='/author/1'>{STORY.author}</a><div>17 أيار 2018</div></div>"
    lead = f"<div><img src='/u/2.jpg'><div>{STORY.caption}</div></div>"
    article = read(page(f"{HEAD}{portrait}{lead}<div>{BODY}</div>"))
    assert article.lead_image is not None
    assert (article.lead_image.url, article.lead_image.caption) == ("/u/2.jpg", STORY.caption)


def test_what_readers_wrote_is_told_by_its_rhythm() -> None:
    entries = "".join(
        f"<div class='c'><b>{n}</b> <i>قارئ - 12 سبتمبر 2010</i><p>نتمنى المزيد من الأرقام عن هذا الموضوع في تقرير مقبل.</p></div>"
        for n in (1, 2)
    )
    assert (
        tuple(body_texts(read(page(f"<div>{HEAD}<div>{BODY}</div><div>{entries}</div></div>")))) == PARAGRAPHS
    )
    times = "".join(f"<div><div>1{n}:20</div><p>{text}</p></div>" for n, text in enumerate(PARAGRAPHS))
    assert tuple(body_texts(read(page(f"{HEAD}<div>{times}</div>")))) == PARAGRAPHS  # a chronicle is text


def test_a_list_or_table_closes_the_text_with_the_line_that_opens_it() -> None:
    last = "<h2>خلاصة</h2><p>للتذكر:</p><ul><li>باب الدباغين</li><li>سوق النحاسين</li></ul>"
    table = "<figure><table><tr><th>السنة</th><th>الدكاكين</th></tr><tr><td>2019</td><td>أربعة</td></tr></table></figure>"
    texts = body_texts(read(page(f"{HEAD}<div>{BODY}{last}{table}</div>")))
    assert texts[len(PARAGRAPHS) :] == [
        "خلاصة", "للتذكر:", "باب الدباغين", "سوق النحاسين", "السنة الدكاكين", "2019 أربعة",
    ]  # fmt: skip


def test_a_line_under_a_picture_and_the_title_of_a_film_are_no_text() -> None:
    picture = "<p><img src='/b.jpg'></p><p style='text-align:center'>جانب من الافتتاح</p>"
    film = "<div><span>1:47</span><h4>كيف يصنع النحاس في السوق القديمة؟</h4></div>"
    body = BODY.replace("</p><p>", f"</p>{picture}{film}<p>", 1)
    assert tuple(body_texts(read(page(f"{HEAD}<div>{body}</div>")))) == PARAGRAPHS


def test_a_page_without_headings_begins_over_the_day() -> None:
    article = read(
        page(f"<div>{STORY.headline}</div><div>الجمعة 18 نوفمبر 2011 - 22:47</div><div>{BODY}</div>")
    )
    assert article.headline == STORY.headline
    assert article.confidence["headline"] <= 0.55


def test_words_set_large_and_who_the_writer_is_are_no_text() -> None:
    pulled = f"<div class='z'>كذلك {PARAGRAPHS[1][:60].rsplit(' ', 1)[0]}</div>"
    who = f"<div><a href='/people/7'>{STORY.author}</a><p>شاعرة ومترجمة من حلب، صدر لها كتابان، وتقيم في مرسيليا.</p></div>"
    body = BODY.replace("</p><p>", f"</p>{pulled}<p>", 2)
    assert tuple(body_texts(read(page(f"<div>{HEAD}{who}<div>{body}</div></div>")))) == PARAGRAPHS


@pytest.mark.parametrize(
    "byline", ["<p>كتبت: سلمى الحداد</p>", "<p>سلمى الحداد</p>", "<p>القاهرة - سلمى الحداد</p>"]
)
def test_two_paragraphs_under_a_name_are_a_short_article(byline: str) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    article = read(page(f"<article><h1>{STORY.headline}</h1>{byline}{paragraphs}</article>"))
    assert (article.authors, tuple(body_texts(article))) == (("سلمى الحداد",), PARAGRAPHS[:2])


@pytest.mark.parametrize("line", ["المشهد الآن - خاص", "متابعات / بوابة المدينة", "دمشق-سانا"])
def test_how_a_site_signs_over_the_text_is_no_text(line: str) -> None:
    assert tuple(body_texts(read(page(f"{HEAD}<div><p>{line}</p>{BODY}</div>")))) == PARAGRAPHS


def test_a_source_may_be_the_writer() -> None:
    facts = "<ul><li>المصدر: <a href='/a/5'>سامي عبدالرؤوف</a> - دبي</li><li>التاريخ: 12 مايو 2018</li></ul>"
    article = read(page(f"{HEAD}{facts}<div>{BODY}</div>"))
    assert (article.authors, article.dateline) == (("سامي عبدالرؤوف",), "دبي")
    assert read(page(f"{HEAD}<div>المصدر: رويترز</div><div>{BODY}</div>")).authors == ()


def test_what_stands_under_the_text_in_an_element_beside_it_is_no_text() -> None:
    notice = "<div class='n'><p>الأخبار المنشورة هنا هي اختصار لجزء من الأخبار التي تُعرض للمشتركين في الوكالة. من أجل الاشتراك يُرجى الاتصال.</p></div>"
    tags = "<div class='e'><a href='/t/1'>نحاس</a><a href='/t/2'>حرف</a></div>"
    text = f"<div class='b'>{BODY}{tags}</div>{notice}"
    assert tuple(body_texts(read(page(f"<div>{HEAD}{text}</div>")))) == PARAGRAPHS
    goes_on = f"<div class='b'>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS[:3])}</div><div class='b'>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS[3:])}</div>"
    assert tuple(body_texts(read(page(f"<div>{HEAD}{goes_on}</div>")))) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "إذا لديك تفاصيل إضافية <a href='mailto:x@example.org'>أرسل تصحيحا</a>",
        "مجموعتنا: <a href='https://chat.whatsapp.com/x'>هنا</a>",
        "#أبواب #تراث",
        "N.A-12-20:30",
    ],
)
def test_lines_that_close_the_page_and_not_the_text(line: str) -> None:
    assert tuple(body_texts(read(page(f"{HEAD}<div>{BODY}<p>{line}</p></div>")))) == PARAGRAPHS


def test_a_heading_that_names_the_site_is_no_headline() -> None:
    title = f"<title>{STORY.headline} - جريدة الساحل</title>"
    article = read(
        page(f"<h1>جريدة الساحل</h1><div class='t'>{STORY.headline}</div><div>{BODY}</div>", title)
    )
    assert article.headline == STORY.headline


def test_a_picture_with_sources_is_seen_and_a_form_with_its_invitation_is_not() -> None:
    picture = f"<figure><picture><source srcset='/x.webp'><img src='/x.jpg'></picture><figcaption>{STORY.caption}</figcaption></figure>"
    form = "<section><h4>نشرة الأسبوع</h4><p>تحقيق واحد في بريدكم.</p><form><input type='email'></form></section>"
    body = BODY.replace("</p><p>", f"</p>{form}<p>", 1)
    article = read(page(f"{HEAD}{picture}<div>{body}</div>"))
    assert article.lead_image is not None
    assert (article.lead_image.url, article.lead_image.caption) == ("/x.jpg", STORY.caption)
    assert tuple(body_texts(article)) == PARAGRAPHS


def test_a_day_in_the_site_s_own_zone_wins_over_a_misspelt_one_and_a_quoted_post_tells_none() -> None:
    misspelt = "<time datetime='2017-10-02T11:20:00+03:00'>الإثنين، 02 تشرين1/أكتوير 2017</time>"
    assert read(page(f"{HEAD}<div>{misspelt}</div>{BODY}")).published_at == "2017-10-02T11:20:00+03:00"
    post = "<blockquote><p>الخدمة متاحة</p>— الهيئة <a href='https://twitter.com/a/status/1'>June 2, 2018</a></blockquote>"
    told = "<time datetime='2018-06-03'>3 يونيو 2018</time>"
    assert read(page(f"<div>{told}</div>{HEAD}<div>{post}{BODY}</div>")).published_at == "2018-06-03"


def test_writers_that_machines_and_readers_are_both_told_are_all_taken() -> None:
    names = [{"@type": "Person", "name": name} for name in ("رغد الخطيب", "فراس نعيم")]
    told = json.dumps(
        {"@type": "NewsArticle", "headline": STORY.headline, "author": names}, ensure_ascii=False
    )
    shown = "<ul class='credits'><li>تحقيق: رغد الخطيب</li><li>بيانات: فراس نعيم</li></ul>"
    article = read(page(f"{HEAD}{shown}{BODY}", f"<script type='application/ld+json'>{told}</script>"))
    assert article.authors == ("رغد الخطيب", "فراس نعيم")


@pytest.mark.parametrize("line", ["<em>تحديث: أضيفت أسماء الشركات المشاركة.</em>"])
def test_a_note_of_what_changed_is_text(line: str) -> None:
    assert len(body_texts(read(page(f"{HEAD}<div>{BODY}<p>{line}</p></div>")))) == len(PARAGRAPHS) + 1
