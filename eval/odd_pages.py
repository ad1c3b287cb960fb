"""Reads pages with odd parts: `python -m eval.odd_pages --pages 1000 [--seed 0] [--part NAME] [--verbose]`.

Each page has one or two of the parts of `eval.odd_parts`, each in one of the forms in which systems write it, around the
text of one of the demo's articles. Told are the share of pages with headline, day, writers and every paragraph right, and
for each part how many of its pages were read wrong in any field.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from html import escape
from random import Random

from bulaq.intake.article import IncomingArticle
from bulaq.intake.html import read_page
from bulaq.intake.html.layout.text import fold
from eval.layouts import MONTHS, NAMES, SECTIONS, SITE, TOWNS, Text, demo_texts
from eval.odd_parts import BUILDS_TEXT, CAPTION, PARTS, Draft
from eval.page_scores import body_texts

FIELDS = ("headline", "body", "authors", "date", "place", "section", "caption")
READY = {"headline", "body", "authors", "date"}


def draw_page(seed: int, texts: list[Text], parts: Sequence[str] = ()) -> tuple[str, Draft, list[str]]:
    """The page of a seed, its draft and the parts on it: those asked for, or one or two drawn."""
    random = Random(seed)
    text = random.choice(texts)
    chosen = list(parts) or random.sample(list(PARTS), random.choice((1, 1, 2)))
    if len(BUILDS_TEXT.intersection(chosen)) > 1:
        chosen.pop()
    draft = _draft(random, text, texts)
    for name in chosen:
        PARTS[name](draft)
    return _page(draft), draft, chosen


def _draft(random: Random, text: Text, texts: list[Text]) -> Draft:
    name, town, section = random.choice(NAMES), random.choice(TOWNS), random.choice(SECTIONS)
    month = random.choice(list(MONTHS))
    day = (random.randint(13, 28), MONTHS[month], month, random.randint(2009, 2023))
    when = random.choice(("{0} {2} {3}", "{0}/{1}/{3}", "{3}-{1:02}-{0:02}", "{0} {2} {3} - 10:20")).format(
        *day
    )
    who = random.choice(("{n}", "كتب: {n}", "{t} - {n}", "{n} - {t}")).format(n=name, t=town)
    caption = random.choice(("", CAPTION))
    told: dict[str, object] = {
        "headline": fold(text.headline), "body": list(text.paragraphs), "authors": (name,), "date": f"{day[3]}-{day[1]:02}-{day[0]:02}",
        "place": town if town in who else None, "section": section, "caption": caption,
    }  # fmt: skip
    return Draft(
        random,
        texts,
        text.headline,
        list(text.paragraphs),
        name,
        town,
        day,
        section,
        when,
        who,
        caption,
        told,
    )


def _page(draft: Draft) -> str:
    random = draft.random
    naming = random.choice(("telling", "made up", "none", "none"))

    def names(telling: str) -> str:
        made_up = f"{random.choice('abcdefgh')}{random.randint(1, 99)}"
        return {"telling": f' class="{telling}"', "made up": f' class="{made_up}"', "none": ""}[naming]

    heading = random.choice(
        (f"<h1{names('title')}>{{}}</h1>", "<h1>{}</h1>", f"<h2{names('title')}>{{}}</h2>")
    )
    rows = (
        "<div>{w} | {d}</div>",
        "<div>{w}</div><div>{d}</div>",
        f"<div{names('meta')}><span>{{w}}</span> <time>{{d}}</time></div>",
    )
    row = draft.row or random.choice(rows).format(w=draft.who, d=draft.when)
    between = [row, _picture(draft, names("image"), names("caption"))]
    random.shuffle(between)
    if draft.tools is not None:
        between.insert(random.randint(0, 2), draft.tools)
    way = random.choice((
        f"<div{names('breadcrumb')}><a href=/>الرئيسية</a> / <a href=/s/4>{draft.section}</a></div>", f"<nav{names('breadcrumb')}><a href=/>الرئيسية</a> &gt; <span>{draft.section}</span></nav>",
        f"<ul{names('breadcrumb')}><li><a href=/>الرئيسية</a></li><li><a href=/s/4>{draft.section}</a></li></ul>",
    ))  # fmt: skip
    again = f"<h3>{escape(draft.headline)}</h3>" if draft.repeated else ""
    core = f"{way}{draft.over_headline}{heading.format(draft.in_headline + escape(draft.headline))}{''.join(between)}{draft.over_text}{again}{_text(draft, names('article-body'))}"
    linked = "".join(
        f"<li><a href=/n/{random.randint(1, 9999)}>{escape(text.headline)}</a></li>"
        for text in draft.others(5)
    )
    side = f"<div{names('sidebar')}><h3>الأكثر قراءة</h3><ul>{linked}</ul></div>"
    main = (
        f"<table><tr><td width=70%>{core}</td><td>{side}</td></tr></table>"
        if draft.in_cells
        else f"<div{names('content')}>{core}</div>{side}"
    )
    menu = "".join(f'<li><a href="/s/{place}">{section}</a></li>' for place, section in enumerate(SECTIONS))
    title = random.choice((f"{draft.headline} | {SITE}", f"{SITE} - {draft.headline}", draft.headline, SITE))
    return (
        f"<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8><title>{escape(title)}</title></head><body><ul{names('menu')}><li><a href=/>الرئيسية</a></li>{menu}</ul>"
        f"{draft.above}{main}<div{names('footer')}>جميع الحقوق محفوظة {SITE} 2024</div></body></html>"
    )


def _picture(draft: Draft, named: str, named_caption: str) -> str:
    image = f'<img src=/i/1.jpg width=700 height=420 alt="{escape(draft.alt)}">'
    if draft.random.random() < 0.5:
        return f"<figure{named}>{image}{f'<figcaption>{draft.caption}</figcaption>' if draft.caption else ''}</figure>"
    return f"<div{named}>{image}{f'<p{named_caption}>{draft.caption}</p>' if draft.caption else ''}</div>"


def _text(draft: Draft, named: str) -> str:
    """The element of the text, with what stands at its foot in it or under it."""
    holder = draft.holder or draft.random.choice(("div", "div", "article", "section"))
    inside = draft.holder is None and draft.random.random() < 0.3
    text = "".join(draft.pieces or draft.blocks()) + (draft.foot if inside else "")
    return f"<{holder}{named}>{text}</{holder}>{'' if inside else draft.foot}"


def wrong_fields(read: object, draft: Draft) -> dict[str, object]:
    """What a reading says in the fields that are not as drawn; all of them for a page that was refused."""
    if not isinstance(read, IncomingArticle):
        return dict.fromkeys(FIELDS, read)
    optional = set(map(fold, draft.optional))
    shown = draft.told["body"]
    assert isinstance(shown, list)
    texts = [text for text in body_texts(read) if fold(text).lstrip("●• ") not in optional]
    first = shown[0]
    if texts and texts[0] != first and texts[0].endswith(first) and draft.told["place"]:
        texts[0] = first  # the place may stay in the text, or not
    said: dict[str, object] = {
        "headline": fold(read.headline or ""), "body": texts, "authors": read.authors, "date": (read.published_at or "")[:10], "place": read.dateline, "section": read.section,
        "caption": fold((read.lead_image.caption if read.lead_image else "") or ""),
    }  # fmt: skip
    if said["body"] != shown and read.standfirst:  # a first paragraph set as a lead is the standfirst
        texts.insert(0, read.standfirst)
    asked = ("place", "caption")
    return {
        name: said[name]
        for name in FIELDS
        if said[name] != draft.told[name] and not (name in asked and draft.told[name] is None)
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.odd_pages", description="Reads pages with odd parts."
    )
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--part", choices=sorted(PARTS), help="this part alone on every page")
    parser.add_argument("--verbose", action="store_true", help="what is wrong, page by page")
    options = parser.parse_args(arguments)
    texts = demo_texts()
    asked, missed, fields, ready = Counter[str](), Counter[str](), Counter[str](), 0
    for seed in range(options.seed, options.seed + options.pages):
        page, draft, parts = draw_page(seed, texts, [options.part] if options.part else [])
        wrong = wrong_fields(read_page(page.encode(), "page.html"), draft)
        ready += not wrong.keys() & READY
        fields.update(wrong.keys())
        asked.update(parts)
        missed.update(parts if wrong else [])
        if wrong and options.verbose:
            print(seed, ", ".join(parts), {name: str(value)[:200] for name, value in wrong.items()})
    print(f"{options.pages} pages, {ready} ready ({ready / options.pages:.3f}); wrong: {dict(fields)}")
    for name in sorted(asked, key=lambda name: missed[name] / asked[name], reverse=True):
        if missed[name]:
            print(f"{name:40} wrong on {missed[name]} of {asked[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
