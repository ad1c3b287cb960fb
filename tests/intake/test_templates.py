"""Archive mode: the pages of a site teach its templates, what they share leaves the bodies, and no good page gets worse."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from eval.archive_sites import Site, Story
from eval.page_scores import body_texts

from bulaq.intake.article import IncomingArticle, Refusal
from bulaq.intake.html import READER, read_page
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.templates import (
    ArchiveGuide,
    TemplateLearner,
    Templates,
    learn_from_sample,
    read_archive,
    spread,
)
from bulaq.intake.templates.signature import named, text_key

PLACES = (
    "الميناء",
    "السوق",
    "الجامعة",
    "المتحف",
    "المكتبة",
    "الملعب",
    "المسرح",
    "الحديقة",
    "القلعة",
    "المرصد",
    "الجسر",
    "المدرسة",
)
DEEDS = ("يستقبل زواره", "يفتح أبوابه", "يجدد قاعاته", "يحتفل بعيده", "يطلق مشروعه")
PROMPT = "تابعونا على صفحاتنا ليصلكم كل جديد من موقعنا أولا بأول كل صباح"


def story(number: int) -> Story:
    place, deed = PLACES[number % len(PLACES)], DEEDS[number // len(PLACES) % len(DEEDS)]
    paragraphs = tuple(
        f"{opening} {place} {deed} في عامه رقم {number * 7 + part}، {ending} {PLACES[(number + part) % len(PLACES)]} مع {DEEDS[(number * 3 + part) % len(DEEDS)]}."
        for part, (opening, ending) in enumerate(
            (
                ("قال المشرفون إن", "وذلك بعد أعوام من العمل المتواصل إلى جانب"),
                ("وأضاف أحدهم أن", "وهو ما ينتظره الأهالي منذ زمن بعيد قرب"),
                ("ويأمل القائمون على المكان أن", "حتى يعود كما كان في سابق عهده بجوار"),
                ("وفي الأيام المقبلة", "ثم تبدأ المرحلة التالية التي تشمل"),
            )
        )
    )
    return Story(
        number,
        f"{place} {deed} للمرة رقم {number} منذ تأسيسه",
        paragraphs,
        f"2014-03-{number % 28 + 1:02d}",
        "مجتمع",
        "سلمى الحداد",
        "",
        2014,
    )


def page(one: Story, *, end: str = "", text: str = "zq", extra: str = "") -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in one.paragraphs)
    return (
        f'<html><head><title>{one.headline}</title></head><body><div class="top"><a href="/">الرئيسية</a></div><div class="x4"><h1>{one.headline}</h1><div class="m8"><span class="dd">{one.day}</span></div>'
        f'<div class="{text}">{paragraphs}{end}</div>{extra}</div><div class="ff"><p>جميع الحقوق محفوظة</p></div></body></html>'
    ).encode()


def sources(count: int, start: int = 0, **given: str) -> list[Source]:
    return [
        Source(f"{number}.html", data=page(story(number), **given)) for number in range(start, start + count)
    ]


def body(data: bytes, templates: Templates | None) -> list[str]:
    found = read_page(data, "page.html", guide=ArchiveGuide(templates) if templates else None)
    assert isinstance(found, IncomingArticle)
    return body_texts(found)


END = f"<p>{PROMPT}</p>"


def test_a_line_that_pages_share_leaves_the_body() -> None:
    templates = TemplateLearner().learn(sources(6, end=END))
    other = page(story(40), end=END)
    assert PROMPT in body(other, None)
    assert body(other, templates) == list(story(40).paragraphs)


def test_a_line_of_writer_and_day_is_no_frame_where_its_numbers_alone_differ() -> None:
    def signed(number: int) -> bytes:
        line = f"بيروت – سلمى الحداد | {number % 28 + 1} آذار/مارس 2014 - 10:{number % 50 + 10}"
        shown = f'<div class="m8"><span class="dd">{story(number).day}</span>'
        lead = f"<p>{story(number + 1).paragraphs[2]}</p>"
        return page(story(number), end=END).replace(shown.encode(), f'{lead}<div class="m8">{line}'.encode())

    templates = TemplateLearner().learn([Source(f"{n}.html", data=signed(n)) for n in range(12)])
    assert body(signed(40), templates) == [story(41).paragraphs[2], *story(40).paragraphs]
    found = read_page(signed(40), "page.html", guide=ArchiveGuide(templates))
    assert isinstance(found, IncomingArticle)
    assert (found.dateline, found.authors, found.published_at) == (
        "بيروت",
        ("سلمى الحداد",),
        "2014-03-13T10:50:00",
    )


def test_two_pages_teach_nothing() -> None:
    templates = TemplateLearner().learn(sources(2, end=END))
    other = page(story(40), end=END)
    assert body(other, templates) == body(other, None)


def test_one_article_captured_again_and_again_is_one_article() -> None:
    templates = TemplateLearner().learn([Source(f"{n}.html", data=page(story(1))) for n in range(9)])
    assert body(page(story(1)), templates) == list(story(1).paragraphs)


def test_pages_of_another_site_are_read_as_if_alone() -> None:
    templates = TemplateLearner().learn(sources(8, end=END))
    other = f"<html><body><main><article><header><h2>{story(3).headline}</h2></header><section class='prose'>{''.join(f'<div>{p}</div>' for p in story(3).paragraphs)}</section></article></main></body></html>".encode()
    assert read_page(other, "x", guide=ArchiveGuide(templates)) == read_page(other, "x")


def test_templates_are_stored_and_more_pages_are_added() -> None:
    learner = TemplateLearner()
    learner.learn(sources(3, end=END))
    templates = learner.learn(sources(4, start=3, end=END))
    stored = Templates.from_json(json.loads(json.dumps(templates.as_json())))
    assert [template.pages for template in stored] == [7]
    other = page(story(40), end=END)
    assert body(other, stored) == body(other, templates) == list(story(40).paragraphs)
    with pytest.raises(ValueError, match="not templates"):
        Templates.from_json({"templates": 3})


def test_a_headline_that_most_pages_have_is_the_sites_name_and_none_of_theirs() -> None:
    def named_page(number: int) -> bytes:
        told = page(story(number), end=END).decode()
        shown = re.sub(r"<h1.*?</h1>", "<h1 class='m'>جريدة الشاطئ القديم اليومية</h1>", told)
        return re.sub(r"<title>.*?</title>", "<title>جريدة الشاطئ القديم اليومية</title>", shown).encode()

    alone = read_page(named_page(40), "x.html")
    assert isinstance(alone, IncomingArticle)
    assert alone.headline == "جريدة الشاطئ القديم اليومية"
    templates = TemplateLearner().learn([Source(f"{n}.html", data=named_page(n)) for n in range(8)])
    article = read_page(named_page(40), "x.html", guide=ArchiveGuide(templates))
    assert isinstance(article, IncomingArticle)
    assert article.headline is None


def test_headlines_of_a_series_that_differ_in_their_numbers_are_headlines() -> None:
    def numbered(number: int) -> bytes:
        told = page(story(number), end=END).decode()
        shown = re.sub(r"(?<=<h1).*?</h1>", f" class='m'>القاعة رقم {number} تفتح أبوابها من جديد</h1>", told)
        return re.sub(r"<title>.*?</title>", f"<title>القاعة رقم {number}</title>", shown).encode()

    templates = TemplateLearner().learn([Source(f"{n}.html", data=numbered(n)) for n in range(8)])
    article = read_page(numbered(40), "x.html", guide=ArchiveGuide(templates))
    assert isinstance(article, IncomingArticle)
    assert article.headline == "القاعة رقم 40 تفتح أبوابها من جديد"


def test_a_redesign_is_another_template() -> None:
    old = sources(6, end=END)
    new = [
        Source(f"n{n}.html", data=f"<html><body><header class='bar'><nav class='menu'><a href='/'>الرئيسية</a></nav></header><main class='page'><article class='story'><h1 class='head'>{story(n).headline}</h1><section class='prose'>{''.join(f'<p>{p}</p>' for p in story(n).paragraphs)}</section></article></main><aside class='rail'><h3 class='t'>آخر الأخبار</h3></aside></body></html>".encode())
        for n in range(20, 26)
    ]  # fmt: skip
    assert sorted(template.pages for template in TemplateLearner().learn(old + new)) == [6, 6]


def test_generated_sites_get_better_and_no_page_gets_worse() -> None:
    for seed in (7, 8, 9, 10):
        site = Site(seed)
        told = [story(number) for number in range(60)]
        learned = TemplateLearner().learn(
            Source(f"{s.ident}.html", data=site.page(s, told).encode()) for s in told[12:]
        )
        gained = 0
        for one in told[:12]:
            data = site.page(one, told).encode()
            alone, guided = body(data, None), body(data, learned)
            wanted = set(one.paragraphs)
            before = len(wanted.symmetric_difference(alone))
            after = len(wanted.symmetric_difference(guided))
            assert after <= before
            gained += before - after
        assert gained > 0


def test_an_archive_is_read_in_order_with_its_refusals() -> None:
    inputs = [*sources(5, end=END), Source("empty.html", data=b""), *sources(5, start=5, end=END)]
    found = list(read_archive(inputs, ReadOptions()))
    assert [each.source for each in found] == [source.name for source in inputs]
    assert isinstance(found[5], Refusal)
    assert all(PROMPT not in body_texts(each) for each in found if isinstance(each, IncomingArticle))


def test_flattened_pages_of_one_archive_share_their_frame() -> None:
    frame = "الرئيسية\nسياسة\nصحيفة الضفاف تنقل لكم الأخبار من مصادرها الموثوقة كل يوم وكل ساعة.\n"
    pages = [
        Source(f"{n}.txt", data=(frame + story(n).headline + "\n" + "\n".join(story(n).paragraphs)).encode())
        for n in range(8)
    ]
    _, repeats = learn_from_sample(pages)
    assert repeats.is_frame("صحيفة الضفاف تنقل لكم الأخبار من مصادرها الموثوقة كل يوم وكل ساعة.")
    assert len(list(read_archive(pages, ReadOptions()))) == 8


def test_the_import_gives_templates_by_file(tmp_path: Path) -> None:
    path = tmp_path / "templates.json"
    TemplateLearner().learn(sources(6, end=END)).save(path)
    source = Source("a.html", data=page(story(40), end=END))
    (found,) = READER.read(source, ReadOptions(extra={"templates": str(path)}))
    assert isinstance(found, IncomingArticle)
    assert body_texts(found) == list(story(40).paragraphs)
    (alone,) = READER.read(source, ReadOptions(extra={"templates": str(tmp_path / "missing.json")}))
    assert isinstance(alone, IncomingArticle)


def test_a_sample_is_spread_over_the_whole() -> None:
    chosen = spread(range(10_000), 100)
    assert len(chosen) == 100
    assert chosen == sorted(chosen)
    assert 3_000 < sum(chosen) / 100 < 7_000
    assert spread(range(5), 100) == [0, 1, 2, 3, 4]


def test_numbers_and_states_are_no_part_of_a_name() -> None:
    assert named("div", "post-123 hentry category-news active") == "div.hentry"
    assert text_key("سعر الدولار 15.7") == text_key("سعر الدولار ٤٨٫٢") or text_key(
        "القراءات: 12"
    ) == text_key("القراءات: ٤٥")
    assert text_key("***") == ""


def test_hostile_pages_teach_and_are_read_in_bounded_time() -> None:
    hostile = [
        b"<div>" * 50_000 + b"x",
        b"\x00\xff" * 1000,
        b"<p class='" + b"a " * 50_000 + b"'>x",
        b"",
        page(story(1))[:300],
    ]
    mixed = [*sources(4), *(Source(f"h{n}", data=data) for n, data in enumerate(hostile))]
    templates = TemplateLearner().learn(mixed)
    assert len(list(read_archive(mixed, ReadOptions(), templates=templates))) == len(mixed)
