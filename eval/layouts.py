"""Reads pages of layouts drawn at random: `python -m eval.layouts --pages 1000 [--seed 0] [--verbose]`.

Each page puts the parts of an article together in another way: which stands first, in what elements, with what names or
none, how a writer signs, how a day is written, what stands among the paragraphs. The texts are the demo's. What is drawn
is known, so that every field of the reading can be held against it. With `--archive N` each layout is read on N articles,
alone and with what the archive has taught: how many fields that were right the templates lose.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random

import bulaq.demo
from bulaq.demo.article_body import Paragraph
from bulaq.demo.article_file import read_article_file
from bulaq.intake.article import IncomingArticle
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.text import fold
from bulaq.intake.reader import Source
from bulaq.intake.templates.guide import ArchiveGuide
from bulaq.intake.templates.learner import TemplateLearner
from eval.page_scores import body_texts

FIELDS = ("headline", "body", "authors", "date", "place", "section", "caption")
NAMES = ("سمر الحلواني", "باسل الخطيب", "هدى المرابط", "عبد الرحمن الشرقاوي", "نادية القاسم")
TOWNS = ("بيروت", "القاهرة", "الدار البيضاء", "الرياض", "نواكشوط", "بغداد")
MONTHS = {
    "يناير": 1, "كانون الثاني": 1, "جانفي": 1, "آذار/مارس": 3, "أيار": 5, "يوليو": 7, "غشت": 8, "تشرين الأول": 10,
}  # fmt: skip
SECTIONS = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "محليات", "منوعات")
SITE = "صحيفة الضفة"
_SIGNED = (
    "{name}", "كتب: {name}", "بقلم: {name}", "{town} - {name}", "{town}: {name}", "{name} - {town}", "كتب - {name}:",
    "{town} / {name}", "بواسطة {name}", "إعداد: {name}", "{name} ({town})",
)  # fmt: skip
_DAYS = (
    "{d} {month} {y}", "{d}/{m}/{y}", "{y}-{m:02}-{d:02}", "{d} {month} {y} - 10:20", "نشر في: {d} {month} {y}",
    "آخر تحديث: {d} {month} {y} الساعة 10:20",
)  # fmt: skip
_CAPTIONS = ("", "", "جانب من المكان كما صوره المصور في الصيف الماضي")
_AMONG = (
    "", "", '<div class="z3">اشترك في النشرة البريدية <input type=email><button>اشترك</button></div>', "<p>إعلان</p>",
    '<p><b>اقرأ أيضا: <a href="/n/77">حكاية مقهى قديم في وسط المدينة</a></b></p>',
    '<div><img src="/m/1.jpg" width=500 height=300></div>', "<h3>{}</h3>",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """What of an article does not depend on the layout."""

    headline: str
    deck: str
    paragraphs: tuple[str, ...]


def demo_texts() -> list[Text]:
    """The demo's Arabic articles that have paragraphs enough."""
    files = sorted((Path(bulaq.demo.__file__).parent / "content" / "articles").glob("*.md"))
    articles = [article for article in map(read_article_file, files) if article.lang == "ar"]
    texts = [
        Text(
            article.headline,
            fold(article.standfirst),
            tuple(fold(block.text) for block in article.body if isinstance(block, Paragraph))[:6],
        )
        for article in articles
    ]
    return [
        text for text in texts if len(text.paragraphs) >= 4 and not any("**" in p for p in text.paragraphs)
    ]


def draw_page(
    layout: Random, facts: Random, text: Text, others: Sequence[str]
) -> tuple[str, dict[str, object]]:
    """A page of the layout that `layout` draws, with the writer and the day that `facts` draws, and what it says."""
    name, town = facts.choice(NAMES), facts.choice(TOWNS)
    day, year, month = facts.randint(1, 28), facts.randint(2008, 2024), facts.choice(list(MONTHS))
    signature, dated = layout.choice(_SIGNED), layout.choice(_DAYS)
    who = signature.format(name=name, town=town)
    when = dated.format(d=day, m=MONTHS[month], month=month, y=year)
    naming = layout.choice(("made up", "telling", "none"))

    def names(telling: str) -> str:
        made_up = f"{layout.choice('abcdefgh')}{layout.randint(1, 99)}"
        return {"made up": f' class="{made_up}"', "telling": f' class="{telling}"', "none": ""}[naming]

    deck = text.deck if layout.random() < 0.4 else ""
    caption = layout.choice(_CAPTIONS) if layout.random() < 0.8 else None
    section, drawn = layout.choice(SECTIONS), layout.choice(_AMONG)
    subheading = " ".join(text.paragraphs[-1].split()[1:5]).rstrip(" ،.:؛")
    among = drawn.format(escape(subheading))
    head = layout.choice((f"<h1{names('title')}>{{}}</h1>", f"<h1{names('title')}>{{}}</h1>", f"<h2{names('title')}>{{}}</h2>",
                          f"<div{names('title')}><b><font size=5>{{}}</font></b></div>")).format(escape(text.headline))  # fmt: skip
    parts, first = _parts_around(layout, names, who, when, deck, caption)
    way = f'<div{names("breadcrumb")}><a href="/">الرئيسية</a> / <a href="/s/4">{section}</a></div>'
    holder = layout.choice(("div", "div", "article", "section"))
    body = f"<{holder}{names('article-body')}>{first}{_body(layout, text.paragraphs, among)}</{holder}>"
    linked = "".join(
        f'<li><a href="/n/{layout.randint(1, 9999)}">{escape(other)}</a></li>' for other in others
    )
    title = layout.choice((f"{text.headline} | {SITE}", f"{SITE} - {text.headline}", text.headline, SITE))
    menu = "".join(f'<li><a href="/s/{place}">{each}</a></li>' for place, each in enumerate(SECTIONS))
    page = (
        f"<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8><title>{escape(title)}</title></head><body><ul{names('menu')}>"
        f'<li><a href="/">الرئيسية</a></li>{menu}</ul><div{names("content")}>{way}{head}{"".join(parts)}{body}<h3>اقرأ أيضا</h3><ul>{linked}</ul>'
        f"<div>التعليقات (0)</div></div><div{names('sidebar')}><h3>الأكثر قراءة</h3><ul>{linked}</ul></div>"
        f"<div{names('footer')}>جميع الحقوق محفوظة {SITE} {year}</div></body></html>"
    )
    paragraphs = [*text.paragraphs]
    if among != drawn:
        paragraphs.insert(len(paragraphs) // 2, subheading)
    return page, {
        "headline": fold(text.headline), "body": paragraphs, "deck": deck, "authors": (name,), "date": f"{year}-{MONTHS[month]:02}-{day:02}",
        "place": town if "{town}" in signature else None, "section": section, "caption": caption or "",
    }  # fmt: skip


def _parts_around(
    layout: Random, names: object, who: str, when: str, deck: str, caption: str | None
) -> tuple[list[str], str]:
    """What stands between headline and text in the order drawn, and what opens the element of the text."""
    assert callable(names)
    between = layout.choice((" | ", " - ", "</span><span>", " • ", "<br>"))
    rows = {
        "writer first": f"<div{names('meta')}><span>{who}{between}{when}</span></div>",
        "day first": f"<div{names('meta')}><span>{when}{between}{who}</span></div>",
        "apart": f"<div{names('author')}>{who}</div><div{names('date')}>{when}</div>",
        "inside": f"<div{names('date')}>{when}</div>",
    }
    row = layout.choice(list(rows))
    line = f"<p{names('caption')}>{caption}</p>" if caption else ""
    picture = f'<div{names("image")}><img src="/i/1.jpg" width=640 height=400>{line}</div>'
    tools = '<div><a href="#">فيسبوك</a><a href="#">تويتر</a><a href="#">واتساب</a></div>'
    parts = [rows[row], picture if caption is not None else "", layout.choice(("", tools))]
    parts.append(f"<p{names('lead')}>{escape(deck)}</p>" if deck else "")
    layout.shuffle(parts)
    return parts, f"<p><strong>{who}</strong></p>" if row == "inside" else ""


def _body(layout: Random, paragraphs: Sequence[str], among: str) -> str:
    """The paragraphs in one of the ways in which they are written."""
    texts = [escape(paragraph) for paragraph in paragraphs]
    way = layout.choice(("<p>{}</p>", "<p>{}</p>", "<div>{}</div>", "<p><span style='font-size:14px'>{}</span></p>", "{}<br><br>"))  # fmt: skip
    written = [way.format(text) for text in texts]
    return "".join([*written[: len(written) // 2], among, *written[len(written) // 2 :]])


def wrong_fields(read: object, told: dict[str, object]) -> set[str]:
    """The fields of a reading that are not as the page has them; all of them for a page that was refused."""
    if not isinstance(read, IncomingArticle):
        return set(FIELDS)
    body = body_texts(read)
    paragraphs = told["body"]
    assert isinstance(paragraphs, list)
    right = {
        "headline": fold(read.headline or "") == told["headline"],
        "body": body in (paragraphs, [told["deck"], *paragraphs]),
        "authors": read.authors == told["authors"],
        "date": (read.published_at or "")[:10] == told["date"],
        "place": told["place"] is None or read.dateline == told["place"],
        "section": read.section == told["section"],
        "caption": fold((read.lead_image.caption if read.lead_image else "") or "") == told["caption"],
    }
    return {name for name, is_right in right.items() if not is_right}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0."""
    options = _options().parse_args(arguments)
    texts = demo_texts()
    headlines = [text.headline for text in texts]
    wrong, lost, ready = Counter[str](), Counter[str](), 0
    for seed in range(options.seed, options.seed + options.pages):
        several = Random(seed).sample(texts, max(1, min(options.archive, len(texts))))
        pages = [
            draw_page(
                Random(seed), Random(f"{seed}/{place}"), text, Random(f"{seed}-{place}").sample(headlines, 5)
            )
            for place, text in enumerate(several)
        ]
        guide = None
        if options.archive:
            guide = ArchiveGuide(
                TemplateLearner().learn(
                    [Source(f"{n}.html", data=p.encode()) for n, (p, _) in enumerate(pages)]
                )
            )
        for page, told in pages:
            missed = wrong_fields(read_page(page.encode(), "page.html"), told)
            wrong.update(missed)
            ready += not missed & {"headline", "body", "authors", "date"}
            if guide is not None:
                lost.update(wrong_fields(read_page(page.encode(), "page.html", guide=guide), told) - missed)
            if missed and options.verbose:
                print(seed, ", ".join(sorted(missed)), told)
    asked = options.pages * max(1, options.archive)
    print(f"{asked} pages, {ready} ready ({ready / asked:.3f}); wrong: {dict(wrong)}")
    if options.archive:
        print(f"right alone and wrong with templates: {dict(lost)}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.layouts", description="Reads pages of layouts drawn at random."
    )
    parser.add_argument("--pages", type=int, default=1000, help="layouts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--archive", type=int, default=0, help="articles of each layout, learned from and read"
    )
    parser.add_argument("--verbose", action="store_true", help="what is wrong, page by page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
