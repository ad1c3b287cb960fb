"""Lines at the ends of a text and among its paragraphs: who wrote it, who is quoted, what is no text; cards around it."""

from __future__ import annotations

import pytest
from eval.page_scores import body_texts
from tests.intake.html_templates import STORY

from bulaq.intake.article import Embed, Image, IncomingArticle, Quote
from bulaq.intake.box_headings import heading_kind
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.noise import noise_line

PARAGRAPHS = STORY.paragraphs
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
EACH = BODY.replace("<p>", "<div><p>").replace("</p>", "</p></div>")
SAID = "كان الماء عذبا"
CLOSE = f"{SAID} في كل بيت من بيوت الحي القديم، وكان الناس يشربون منه في الأسواق وعلى الطرقات كل مساء."


def read(inside: str, head: str = "") -> IncomingArticle:
    text = f'<html lang="ar"><head><meta charset="utf-8"><title>{STORY.headline} - جريدة الميناء</title>{head}</head><body>{inside}</body></html>'
    article = read_page(text.encode(), "page.html")
    assert isinstance(article, IncomingArticle), article
    return article


def story(text: str, over: str = "") -> IncomingArticle:
    return read(f"<h1>{STORY.headline}</h1>{over}<div class='b'>{text}</div>")


@pytest.mark.parametrize(
    "quotation",
    [
        f"<blockquote><p>{SAID}</p><cite>سالم الخطيب</cite></blockquote>",
        f"<blockquote>{SAID} <cite>سالم الخطيب</cite></blockquote>",
        f"<blockquote><p>{SAID}<cite>سالم الخطيب</cite></p></blockquote>",
        f"<blockquote><p>{SAID}</p><footer><cite>سالم الخطيب</cite></footer></blockquote>",
        f"<figure><blockquote><p>{SAID}</p></blockquote><figcaption>سالم الخطيب</figcaption></figure>",
        f"<blockquote><p>{SAID}</p><p>— سالم الخطيب</p></blockquote>",
    ],
)
def test_what_closes_a_quotation_is_who_said_it_and_nobody_who_wrote(quotation: str) -> None:
    article = story(BODY + quotation)
    assert article.body[-1] == Quote(SAID, "سالم الخطيب")
    assert article.authors == ()


@pytest.mark.parametrize(
    ("line", "author", "place"),
    [
        ("<p><strong>عزيزة عليان</strong></p>{}", "عزيزة عليان", None),
        ("{}<p><strong>غرام محمد العلي</strong></p>", "غرام محمد العلي", None),
        ("<p>خربة الوادي - أشرف الغزاوي</p>{}", "أشرف الغزاوي", "خربة الوادي"),
        ("<p>بغداد / الميناء</p>{}", None, "بغداد"),
        ("<p>Baghdad</p><p><b>خربة الوادي/ أشرف الغزاوي</b></p>{}", "أشرف الغزاوي", "خربة الوادي"),
        ("<p>الميناء – سلمى الحداد</p>{}", "سلمى الحداد", None),
        ("<p>خربة الوادي - وكالات - أشرف الغزاوي</p>{}", "أشرف الغزاوي", "خربة الوادي"),
        ("{}<p><em>مراسلنا بجندوبة: أشرف الغزاوي</em></p>", "أشرف الغزاوي", "جندوبة"),
    ],
)
def test_who_signs_over_the_text_or_under_it(line: str, author: str | None, place: str | None) -> None:
    article = story(line.format(BODY))
    assert tuple(body_texts(article)) == PARAGRAPHS
    assert article.authors == ((author,) if author else ())
    assert article.dateline == place


def test_whose_a_picture_is_in_words_that_name_nobody_stands_apart_from_its_caption() -> None:
    for credit in ("ارشيف", "من المصدر", "خاص"):
        figure = f"<figure><img src='/a.jpg' width=400><figcaption><div>عمال في السوق</div><div>{credit}</div></figcaption></figure>"
        spans = f"<div><span><img src='/a.jpg' width=400></span><span>عمال في السوق</span><span>{credit}</span></div>"
        named = f"<img src='/a.jpg' width=400><h2 class='img_desc'>عمال في السوق | {credit}</h2>"
        for shown in (figure, spans, named):
            picture = story(BODY, shown).lead_image
            assert picture is not None
            assert (picture.caption, picture.credit) == ("عمال في السوق", credit)
    told = "<div><span class='m__title'>عمال في السوق</span><span class='media__source'>ا ب</span><span class='media__author'>سالم الخطيب</span></div>"
    article = story(BODY, f"<h3>بالفيديو والصور</h3><div><img src='/a.jpg' width=400>{told}</div>")
    assert article.lead_image is not None
    assert (article.lead_image.caption, article.authors) == ("عمال في السوق", ())


def test_a_name_under_the_picture_of_whom_the_text_speaks_is_pictured_and_no_writer() -> None:
    named = "<div><div><img src='/a.jpg' width=400><p>د. سلمى الحداد</p></div></div><div>هدى النجار:</div>"
    text = f"<p>قالت رئيسة الجمعية الدكتورة سلمى الحداد إن السوق يفتح أبوابه من جديد.</p>{BODY}"
    article = read(f"<h1>{STORY.headline}</h1>{named}<div>{text}</div>")
    assert article.authors == ("هدى النجار",)
    assert article.lead_image is not None
    assert article.lead_image.caption == "د. سلمى الحداد"


@pytest.mark.parametrize(
    "row",
    [
        "<div><span>سلمى الحداد</span><span>الميناء - صيدا</span></div><div>14 مارس 2016</div>",
        "<ul><li>Author, <b>سلمى الحداد</b></li><li>Role, <b>الميناء - صيدا</b></li></ul>",
        "<div class='writer-head'><h3><a href='/author/12'>سلمى الحداد</a></h3><span class='col'>ورقة أخيرة</span></div>",
        "<div><span>كتبت وصورت: سلمى الحداد</span></div><div>ميناء برس</div>",
        "<div><span>14 مارس 2016</span> <span>كتبت : سلمى الحداد</span> <span>8,214 مشاهدة</span></div>",
        "<div><span class='author-meta'><a class='author-name' href='/author/9'>سلمى الحداد</a><a class='author-mail' href='mailto:s@x.example'><span class='screen-reader-text'>أرسل بريدا</span></a></span></div>",
        "<div class='toolbar'><a href='#'>اطبع</a><a href='#'>أرسل</a><span class='author_name'>سلمى الحداد</span></div>",
    ],
)
def test_a_writer_beside_the_outlet_the_day_and_accounts_in_one_line(row: str) -> None:
    head = "<meta property='og:site_name' content='الميناء News عربي'>"
    assert read(f"<h1>{STORY.headline}</h1>{row}<div class='b'>{BODY}</div>", head).authors == (
        "سلمى الحداد",
    )


def test_an_account_in_another_script_is_nobody_beside_an_arabic_name() -> None:
    row = "<div class='post-author-name'><a href='/author/1'>harbour admin</a></div>"
    assert story(f"<p><strong>صيدا – مروان العبيدي</strong></p>{BODY}", row).authors == ("مروان العبيدي",)


def test_two_capitalised_words_beside_the_day_are_a_writer_and_a_section_is_none() -> None:
    text = "".join(f"<p>The {each} boats of the village were rowed to the bridge and back before noon.</p>" for each in ("old", "new", "red", "blue"))  # fmt: skip
    head = "<h1>Seven boats and a copper tray</h1><div>Volunteers restored the wooden fleet</div>"
    for name, found in (("Dina Samir Farid", ("Dina Samir Farid",)), ("World News", ())):
        row = f"<div class='source'><span>{name}</span>, <span>Saturday 8 Nov 2014</span></div>"
        article = read(f"{head}{row}<div>{text}</div>")
        assert article.authors == found
        assert article.standfirst == "Volunteers restored the wooden fleet"
        assert len(body_texts(article)) == 4


@pytest.mark.parametrize(
    "inside",
    [
        "<div class='w'><div>الريان</div><div>2 - 2</div><div>الوكرة</div><div>الجولة 10</div></div>",
        "<div class='related-in'><span>اقرأ أيضا</span><a href='/n/7'>سوق النحاس يستعيد زواره القدامى</a></div>",
        "<p><a href='/n/7'><span>طالع أيضا</span>سوق النحاس يستعيد زواره القدامى</a></p>",
        "<div><a href='/n/7'>إقرأ المزيد</a><a href='/n/7'>سوق النحاس يستعيد زواره القدامى</a></div>",
        "<p><strong><a href='https://t.me/harbour'>تابعوا الميناء على Telegram</a></strong></p>",
        "<p>تابعي المزيد: <a href='/n/7'>سوق النحاس يستعيد زواره القدامى</a></p>",
        "<div class='inline'><div>موضوع يهمك</div><div>؟</div><a href='/n/7'>سوق النحاس يستعيد زواره القدامى</a></div>",
        "<div><a href='/n/7'><img src='/7.jpg' alt=''><span>موضوع متصل</span><h4>سوق النحاس يستعيد زواره القدامى</h4></a></div>",
        "<section><h4>شارك برأيك</h4><p>هل تؤيد تمديد ساعات العمل؟</p><form><input type='radio'> نعم</form></section>",
        "<div><p>تطبيقنا على هاتفك</p><a href='https://apps.apple.com/app/id1'><img src='/a.png'></a></div>",
        "<div><span>استمع للخبر</span><span>4 دقائق</span></div>",
        "<figure><p>صورة GETTY من الميناء</p><figcaption>السوق القديم</figcaption></figure>",
        "<p>للاطلاع على العدد الجديد.. <a href='/pdf'>اضغط هنا</a></p>",
        "<section><b>البودكاست</b><a href='#over'>تخطى البودكاست وواصل القراءة</a><h3><a href='/p/1'>حكايات</a></h3><p>حكاية كل أسبوع من حكايات الميناء، تقدمها سلمى الحداد.</p><p>الحلقات</p><p id='over'>نهاية البودكاست</p></section>",
        "<div><p>في هذا المقال</p><ul><li><a href='#1'>1 البداية</a></li><li><a href='#2'>2 ما جرى بعدها</a></li></ul></div>",
    ],
)
def test_what_stands_among_the_paragraphs_and_is_no_text(inside: str) -> None:
    article = story(BODY.replace("</p><p>", f"</p>{inside}<p>", 1))
    assert tuple(body_texts(article)) == PARAGRAPHS
    wanted = ["سوق النحاس يستعيد زواره القدامى"] if "/n/7" in inside else []
    assert [link.headline for link in article.read_also] == wanted


@pytest.mark.parametrize(
    "opening",
    ["إربد 15 تشرين الثاني (بترا)- سلمى الحداد- ", "القاهرة – سلمى الحداد: ", "سلمى الحداد من بيروت: "],
)
def test_who_signs_in_the_opening_words(opening: str) -> None:
    article = story(BODY.replace("<p>", f"<p>{opening}", 1))
    assert article.authors == ("سلمى الحداد",)
    assert body_texts(article)[0] == opening + PARAGRAPHS[0]


def test_points_over_the_text_say_it_before_it_begins_and_a_box_of_points_under_it_is_text() -> None:
    points = "<ul class='summary'><li>سبعة قوارب في السباق</li><li>طبق من نحاس للفائز</li></ul>"
    head = f"<h1>{STORY.headline}</h1>"
    facts = "<img src='/a.jpg'><div><time>14 مارس 2021</time></div>"
    for page in (
        f"{head}<div><div>{points}</div><div>{BODY}</div></div>",
        f"{head}<div class='summary'><div>ملخص</div>{points}<p>أعد هذا الملخص بالذكاء الاصطناعي</p></div><div>{BODY}</div>",
        f"<div>{head}{points}{facts}<div>{BODY}</div></div>",
        f"<div>{head}{points}{facts}<div>{BODY}</div><div>{BODY}</div></div>",
    ):
        assert body_texts(read(page))[: len(PARAGRAPHS)] == list(PARAGRAPHS)
    told = ("شروط السباق", "1- ارتداء سترة النجاة", "2- قوارب بلا محرك")
    box = "<div class='inset'><p><strong>{}</strong></p><p>{}</p><p>{}</p></div>"
    assert body_texts(story(BODY + box.format(*told))) == [*PARAGRAPHS, *told]
    links = [told[0], *(f"<a href='/n/{n}'>{text}</a>" for n, text in enumerate(told[1:]))]
    assert body_texts(story(BODY + box.format(*links))) == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "card",
    [
        "<div class='card'><a href='/n/{n}'></a><div><span>مجتمع</span><h3>{title}</h3></div></div>",
        "<div class='card'><a href='/n/{n}'><img src='/{n}.jpg'></a><h3>{title}</h3></div>",
        "<li><a href='/n/{n}'><img src='/{n}.jpg'></a><p>{title}</p></li>",
        "<div><a href='/n/{n}'><h3>{title} <span class='date'>02.03.2018</span></h3></a></div>",
        "<li><a href='/n/{n}'>- {title}</a></li>",
    ],
)
def test_a_link_over_a_whole_card_leads_to_its_headline(card: str) -> None:
    cards = "".join(card.format(n=n, title=title) for n, title in enumerate(STORY.others))
    box = next(box for box in story(BODY + f"<h2>أخبار ذات صلة</h2><div>{cards}</div>").boxes)
    assert [link.headline for link in box.items] == list(STORY.others)
    assert [link.url for link in box.items] == [f"/n/{n}" for n in range(len(STORY.others))]


def test_the_section_is_the_deepest_of_a_path_and_the_open_entry_of_a_menu() -> None:
    joined = '<script type=\'application/ld+json\'>{"@type": "Article", "headline": "سوق النحاسين", "articleSection": "الرئيسية,جهات"}</script>'
    assert read(f"<h1>{STORY.headline}</h1>{BODY}", joined).section == "جهات"
    steps = "<ul class='crumbs'><li><a href='/'>الرئيسية</a></li><li><a href='/n'>محليات</a></li><li><a href='/n/r'>المحافظات</a></li></ul>"
    told = joined.replace("الرئيسية,جهات", "محليات,المحافظات")
    assert read(f"{steps}<h1>{STORY.headline}</h1>{BODY}", told).section == "المحافظات"
    path = "<nav aria-label='Breadcrumb'><a href='/'>الرئيسية</a> / <a href='/n'>أخبار</a> / <a href='/n/r'>حوارات</a></nav>"
    nested = "<div class='category-name'><a href='/c'>فنون</a> | <a href='/c/b'>كتب</a></div>"
    menu = "<ul class='menu'><li><a href='/1'>محليات</a></li><li class='on'><a href='/2'>اقتصاد</a></li><li><a href='/3'>رياضة</a></li></ul>"
    pictured = "<a href='/e/'><img src='/e.gif' alt='سياسة'></a>"
    found = [
        read(f"{over}<h1>{STORY.headline}</h1>{BODY}").section for over in (path, nested, menu, pictured)
    ]
    assert found == ["حوارات", "كتب", "اقتصاد", "سياسة"]


def test_the_day_as_a_link_and_as_a_system_writes_it() -> None:
    linked = "<ul><li><a href='/2022/05/31'>31-05-2022</a></li></ul>"
    assert story(BODY, linked).published_at == "2022-05-31"
    unlinked = "<div class='news_nav'>تاريخ النشر: <span>31-05-2022</span></div>"
    assert read(f"{unlinked}<h1>{STORY.headline}</h1>{BODY}").published_at == "2022-05-31"
    system = "<div class='submitted'>أضافه كاتب2 في أربعاء, 02/08/2023 - 10:17</div>"
    assert story(BODY, system).published_at == "2023-02-08T10:17:00"
    for shown, day in (("11/7/2015 9:42:00 PM", "2015-11-07"), ("11/07/2015 09:42:00 PM", "2015-07-11")):
        assert (story(BODY, f"<div>{shown}</div>").published_at or "")[:10] == day
    menu = "".join(f"<a href='/{n}'>قسم {n}</a><br>" for n in range(20))
    issue = "<div>الاثنيـن 12 ربيـع الاول 1430 هـ 9 مارس 2009 العدد 11059</div>"
    hijri = "<div>الخميس 12 ربيع الأول 1430 العدد 13318</div>"
    for line in (issue, hijri):
        assert read(f"{line}{menu}<h1>{STORY.headline}</h1>{BODY}").published_at == "2009-03-09"


@pytest.mark.parametrize("text", ["تحديث مناهج", "التوقيت الصيفي", "الوقت ينفد"])
def test_words_for_dates_without_one_are_text(text: str) -> None:
    assert not noise_line(text)
    assert noise_line("تحديث: 12:30") == noise_line("نشر في") == noise_line("آخر تحديث منذ ساعة") == "meta"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("اختيار الكلية المناسبة", None),
        ("اختيار المحرر", "picks"),
        ("جديد في عالم الهواتف", None),
        ("جديد المقالات", "latest"),
        ("لمزيد من أخبار الرياضة", "more"),
        ("التسميات", "tags"),
    ],
)
def test_headings_that_many_texts_begin_like(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


def test_entries_of_live_coverage_are_text_and_no_list_of_points() -> None:
    entries = "".join(
        f"<li><article><time>1{n}:00</time><h3>ما جرى في الساعة {n}</h3><p>{text}</p></article></li>"
        for n, text in enumerate(PARAGRAPHS)
    )
    texts = body_texts(read(f"<h1>{STORY.headline}</h1><div><ol>{entries}</ol></div>"))
    assert [text for text in texts if text in PARAGRAPHS] == list(PARAGRAPHS)


def test_the_rank_before_a_headline_is_no_part_of_it() -> None:
    ranked = "".join(
        f"<li><a href='/n/{n}'><span>{n}</span>{title}</a></li>" for n, title in enumerate(STORY.others, 1)
    )
    (box,) = story(BODY + f"<h3>الأكثر قراءة</h3><ul>{ranked}</ul>").boxes
    assert [link.headline for link in box.items] == list(STORY.others)


FILM = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("inside", "texts"),
    [
        (f'<embed src="x.swf">{BODY}', PARAGRAPHS),
        (f"{BODY}<p>يفتح المتحف أبوابه صباح الأحد. (<a href='mailto:a@b.c'>س.خ</a>)</p>",
         (*PARAGRAPHS, "يفتح المتحف أبوابه صباح الأحد. (س.خ)")),
        (f"<p><strong>بسم الله الرحمن الرحيم</strong></p>{BODY}", ("بسم الله الرحمن الرحيم", *PARAGRAPHS)),
        (f"{BODY}<p>{PARAGRAPHS[0]}</p>", (*PARAGRAPHS, PARAGRAPHS[0])),
        (f"<p>{PARAGRAPHS[0]}</p>{BODY}", (PARAGRAPHS[0], *PARAGRAPHS)),
        (f"{BODY}<h3>ما قبل الحرب</h3>{BODY}<h3>ردود</h3>{BODY}",
         (*PARAGRAPHS, "ما قبل الحرب", *PARAGRAPHS, "ردود", *PARAGRAPHS)),
        (f"{EACH}<h3>{' '.join(PARAGRAPHS[1].split()[:5])}</h3>{EACH}",
         (*PARAGRAPHS, " ".join(PARAGRAPHS[1].split()[:5]), *PARAGRAPHS)),
        (f"<div><span>اجتماعات ومؤتمرات</span> <span>14/11/2012</span> <span>LOC20:35</span></div>{BODY}", PARAGRAPHS),
        (f"{BODY}<p>وجاءت الأسعار كالتالي:</p><p>القدر الكبير 300</p><p>الطبق 120</p>",
         (*PARAGRAPHS, "وجاءت الأسعار كالتالي:", "القدر الكبير 300", "الطبق 120")),
        (f"<p><img src='/b.jpg' width=400></p><p>عمال البلدية يقطعون أشجار السوق القديم كلها (مواقع التواصل)</p>{BODY}", PARAGRAPHS),
        ("<pre>\n" + "\n\n".join(PARAGRAPHS) + "</pre>", PARAGRAPHS),
        ("<pre>" + "".join(f"<i>{text}</i>\n" for text in PARAGRAPHS) + "</pre>", PARAGRAPHS),
        (f"{BODY}<p>(النهاية) م ع ج / ر ج</p><p>وكالة الميناء 181233 جمت</p>", PARAGRAPHS),
        (f"{BODY}<h3>{' '.join(PARAGRAPHS[0].split()[:5])}</h3>{BODY}",
         (*PARAGRAPHS, " ".join(PARAGRAPHS[0].split()[:5]), *PARAGRAPHS)),
        (f"{BODY}<div class='alt'>نشر على صفحة الوكالة مختصرا، وللاشتراك <a href='/subscribe'>اتصل بنا</a></div>", PARAGRAPHS),
        (f"{BODY}<div>ويفتح المتحف أبوابه لأهل المدينة وزوارها <a href='/m'>صباح الأحد</a>.</div>",
         (*PARAGRAPHS, "ويفتح المتحف أبوابه لأهل المدينة وزوارها صباح الأحد.")),
        (f"{BODY}<p><b>حماية</b></p>{BODY}<p><b>مشاركة</b></p>{BODY}",
         (*PARAGRAPHS, "حماية", *PARAGRAPHS, "مشاركة", *PARAGRAPHS)),
        (f"<h3 class='lead'>{SAID} في كل بيت من بيوت الحي القديم.</h3>{BODY}",
         (f"{SAID} في كل بيت من بيوت الحي القديم.", *PARAGRAPHS)),
        (f"{BODY}<div class='box--view-mode--full'><h3>الميناء القديم</h3>{BODY}</div>",
         (*PARAGRAPHS, "الميناء القديم", *PARAGRAPHS)),
        (f"<h2>{PARAGRAPHS[0]}</h2>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS[1:])}", PARAGRAPHS[1:]),
        (f"<section>{BODY.replace('<p>', '<p class=t>')}</section><section class=s><p class=t>{CLOSE}</p></section>",
         (*PARAGRAPHS, CLOSE)),
    ],
)  # fmt: skip
def test_what_is_text(inside: str, texts: tuple[str, ...]) -> None:
    assert tuple(body_texts(story(inside))) == tuple(texts)


CARD = "<div class='v'><a href='/v/{0}'><img src='/{0}.jpg'></a><p>ثقافة</p><p>{1}</p><a href='/v/{0}'>للمزيد</a></div>"


@pytest.mark.parametrize(
    "box",
    [
        "<h3>فيديو</h3>" + "".join(CARD.format(place, text) for place, text in enumerate(STORY.others)),
        "<div><b>عاجل</b><marquee>"
        + " | ".join(f"<a href='/n/{place}'>{text}</a>" for place, text in enumerate(STORY.others))
        + "</marquee></div>",
        "<ul>" + "".join(
            f"<li><a href='/n/{place}'>{text}</a> <a href='/n/{place}'>أكمل القراءة</a></li>"
            for place, text in enumerate(STORY.others)
        ) + "<li><a href='/all'>كل الأخبار</a></li></ul>",
        "<h4><a href='#a'>مقالات ذات صلة</a><a href='#b'>المزيد من الكاتب</a></h4><a href='/m/1'><b>طنطا</b><i>2 - 1</i><b>نادي أسوان</b></a>"
        + "".join(f"<h3><a href='/n/{place}'>{text}</a></h3>" for place, text in enumerate(STORY.others))
        + "<a href='/writers/7'>سلمى الحداد</a><a href='https://x.example/'>جريدة الميناء اليومية</a>",
    ],
)  # fmt: skip
def test_a_box_holds_headlines_and_nothing_else(box: str) -> None:
    head = "".join(
        f"<div><a href='/t/{place}'>{text} مجددا</a></div>" for place, text in enumerate(STORY.others)
    )
    head += f"<div><b>شريط الأخبار</b>{head.replace('مجددا', 'للمرة الثالثة')}</div>"
    article = read(f"<div>{head}</div><h1>{STORY.headline}</h1><div>{BODY}</div><div class='x'>{box}</div>")
    assert [link.headline for each in article.boxes for link in each.items] == list(STORY.others)


def test_addresses_that_a_web_archive_rewrote_are_those_published() -> None:
    page = (
        f"<h1>{STORY.headline}</h1><img src='/web/20050618093514im_/http://m.example/a.jpg' width=400>{BODY}"
    )
    picture = read(f"<div id='wm-ipp'><p>6 captures</p></div>{page}").lead_image
    assert picture is not None
    assert picture.url == "http://m.example/a.jpg"


def test_a_title_that_no_line_shows_yields_to_the_heading_over_the_text() -> None:
    page = f"<title>Dar Al Mina Online</title><div class='headline'>{STORY.headline}</div><div>{BODY}</div>"
    article = read_page(f"<html><meta charset=utf-8>{page}</html>".encode(), "x")
    assert isinstance(article, IncomingArticle)
    assert article.headline == STORY.headline


def test_the_lead_picture_below_the_first_paragraph_is_not_shown_again() -> None:
    image = '<meta property="og:image" content="/a.jpg">'
    article = read(
        f"<h1>{STORY.headline}</h1><div class='b'><p>{SAID} في كل بيت من بيوت الحي القديم.</p><img src='/a.jpg'>{BODY}<img src='/b.jpg'></div>",
        image,
    )
    assert article.lead_image is not None
    pictures = [block.picture.url for block in article.body if isinstance(block, Image)]
    assert (article.lead_image.url, pictures) == ("/a.jpg", ["/b.jpg"])


def test_a_person_who_is_met_in_the_text_is_no_place() -> None:
    text = (
        f"<p>سلمى الحداد - {PARAGRAPHS[0]}</p>{BODY}<p>ووصلت الدعوة إلى سلمى الحداد قبل يومين من موعدها.</p>"
    )
    assert story(text).dateline is None


def test_a_film_that_an_object_plays_and_a_post_that_is_a_link() -> None:
    address = FILM.replace("watch?v=", "v/")
    player = f'<object><param name="movie" value="{address}"><embed src="{address}"></object>'
    assert [block.url for block in story(BODY + player + BODY).body if isinstance(block, Embed)] == [FILM]
    post = "https://www.instagram.com/p/BEJw1/"
    widget = f"<blockquote class='instagram-media' data-instgrm-permalink='{post}'><div><a href='{post}'>A post shared by Salma</a></div></blockquote>"
    article = story(BODY.replace("</p><p>", f"</p>{widget}<p>", 1))
    assert not article.read_also
    assert [block.url for block in article.body if isinstance(block, Embed)] == [post]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("عين الوادي -", "عين الوادي"),
        ("عين الوادي |", "عين الوادي"),
        ("سؤال الوادي -", None),
        ("خربة التين (رويترز) -", "خربة التين"),
        ("المرحلة الأولى -", None),
        ("الورشة -", None),
    ],
)
def test_a_place_that_no_gazetteer_knows_is_told_again_in_the_text(place: str, found: str | None) -> None:
    again = "<p>وعاد السوق في عين الوادي إلى ما كان عليه في المرحلة الأولى، وفي الورشة كما في كل ورشة.</p>"
    text = f"<p>{place} {PARAGRAPHS[0]}</p>{BODY}{again}"
    assert story(text).dateline == found
    over = f"<h1>{STORY.headline}</h1><div>بغداد</div><div>{BODY}<p>وفي بغداد سوق مثله.</p></div>"
    assert read(over).dateline is None  # the opening does not speak of it
    assert (
        read(over.replace(BODY, f"<p>عرفت بغداد أسواق النحاس منذ قرون بعيدة.</p>{BODY}")).dateline == "بغداد"
    )
