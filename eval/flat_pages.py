"""Flattened pages whose roles are known exactly, made by rendering articles through many invented templates.

The articles are the demo newsroom's own (or, at run time, any file of documents: `--docs`); menus, labels, boxes and
flatteners are drawn by a seeded generator: portal, newspaper, blog and agency habits, with and without a headline,
with blank lines or none, with paragraphs whole, cut at their links or wrapped at a width.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.invented_labels import BOXES, DAYS, LEGAL, MONTHS, PEOPLE, PLACES, READ_ALSO, SECTIONS, SHARE, SITES

ARTICLES = Path(__file__).parent.parent / "src/bulaq/demo/content/articles"


@dataclass(frozen=True)
class Content:
    """One article as the generator needs it."""

    headline: str
    kicker: str
    standfirst: str
    caption: str
    credit: str
    topics: list[str]
    body: list[str]


def demo_contents() -> list[Content]:
    """The Arabic articles of the demo newsroom, their markup taken away."""
    contents = []
    for path in sorted(ARTICLES.glob("*.md")):
        parts = path.read_text(encoding="utf-8").split("+++\n")
        meta = tomllib.loads(parts[1])
        if meta.get("lang", "ar") != "ar":
            continue
        body = []
        for block in parts[2].split("\n\n"):
            if not block.strip() or re.match(r"\s*(?:[|!\[:>-]|\d+\.|```)", block):
                continue
            body.append(" ".join(re.sub(r"[*_#`]+|\[([^\]]*)\]\([^)]*\)", r"\1", block).split()))
        image = meta.get("image", {})
        contents.append(
            Content(
                meta["headline"],
                meta.get("kicker", ""),
                meta.get("standfirst", ""),
                image.get("caption", ""),
                image.get("credit", ""),
                meta.get("topics", []),
                body,
            )
        )
    return contents


Lines = list[tuple[str, str]]


def pages(count: int, seed: int = 1, contents: list[Content] | None = None) -> Iterator[dict[str, Any]]:
    """`count` pages: id, flatten (the template's name), lines, roles — the shape of `eval.flat`'s gold."""
    contents = contents or demo_contents()
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        template = rng.choice([_portal, _newspaper, _whole_page, _own])
        yield _page(template(rng, contents), rng, f"{seed}-{number}", template.__name__)


def _page(lines: Lines, rng: random.Random, name: str, template: str) -> dict[str, Any]:
    spread = rng.choice(["none", "blocks", "all"])
    result: Lines = []
    before = ""
    for text, role in lines:
        if result and (spread == "all" or (spread == "blocks" and role != before)):
            result.append(("", "other"))
        result.append((text, role))
        before = role
    return {
        "id": name,
        "flatten": template,
        "lines": [text for text, _ in result],
        "roles": [role for _, role in result],
    }


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2005, 2024)
    return rng.choice(
        [f"{rng.choice(DAYS)} {day} {MONTHS[month - 1]} {year}", f"{day}/{month}/{year}", f"{year}-{month:02}-{day:02} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
         f"نشر في {day} {MONTHS[month - 1]} {year} الساعة {rng.randint(1, 12)}:{rng.randint(0, 59):02} م", f"آخر تحديث: {day} {MONTHS[month - 1]} {year}"]
    )  # fmt: skip


def _byline(rng: random.Random) -> str:
    person, place, site = rng.choice(PEOPLE), rng.choice(PLACES), rng.choice(SITES)
    return rng.choice(
        [f"{place} - {person}", f"{place}: {person}", f"كتب: {person}", f"بقلم {person}", f"{person} ({place})", f"{person} - {place}", f"{person} من {place}", person,
         f"{place} - رويترز", f"{place} ـ «{site}»", f"إعداد: {person}"]
    )  # fmt: skip


def _body(rng: random.Random, content: Content) -> Lines:
    body = content.body[: rng.randint(4, 14)]
    while len(body) > 2 and not body[-1].endswith((".", "؟", "!", "»", ":", "…")):
        body = body[:-1]  # no text ends in a subheading
    cut = rng.random()
    result: Lines = []
    if cut < 0.12:
        width = rng.randint(60, 100)
        for paragraph in body:
            words, line = paragraph.split(), ""
            for word in words:
                if len(line) + len(word) > width:
                    result.append((line, "body"))
                    line = word
                else:
                    line = f"{line} {word}".strip()
            result.append((line, "body"))
        return result
    for paragraph in body:
        words = paragraph.split()
        if cut < 0.35 and len(words) > 20 and rng.random() < 0.4:
            at = rng.randint(5, len(words) - 8)
            stop = at + rng.randint(1, 4)
            result += [(" ".join(part), "body") for part in (words[:at], words[at:stop], words[stop:])]
        else:
            result.append((paragraph, "body"))
    return result


def _links(rng: random.Random, contents: list[Content], low: int, high: int, role: str = "box_link") -> Lines:
    result: Lines = []
    stamped = rng.random() < 0.25
    cut = rng.random() < 0.3
    for content in rng.sample(contents, rng.randint(low, high)):
        title = content.headline
        words = title.split()
        if cut and len(words) > 6:
            title = " ".join(words[: len(words) - 2]) + "…"
        result.append((title, role))
        if stamped:
            result.append((rng.choice([_date(rng), "منذ 3 ساعات", "قبل 12 دقيقة", "17:53"]), "other"))
    return result


def _read_also(rng: random.Random, contents: list[Content]) -> Lines:
    return [(rng.choice(READ_ALSO), "box_heading"), *_links(rng, contents, 1, 3)]


def _boxes(rng: random.Random, contents: list[Content], low: int, high: int) -> Lines:
    result: Lines = []
    for kind, titles in rng.sample(BOXES, rng.randint(low, min(high, len(BOXES)))):
        result += [(rng.choice(titles), "box_heading"), *_links(rng, contents, 3, 6)]
        if rng.random() < 0.2 and kind != "other":
            result.append(("المزيد", "other"))
    return result


def _head(rng: random.Random, content: Content, *, headline: bool) -> Lines:
    result: Lines = []
    if content.kicker and rng.random() < 0.4 and headline:
        result.append((content.kicker, "kicker"))
    if headline:
        result += [(content.headline, "headline")] * (2 if rng.random() < 0.15 else 1)
    if content.standfirst and rng.random() < 0.5:
        result.append((content.standfirst, "standfirst"))
    caption: Lines = []
    if content.caption and rng.random() < 0.6:
        caption = [(content.caption, "caption")]
        if content.credit and rng.random() < 0.4:
            caption.append((content.credit, "other"))
    signed: Lines = [(_byline(rng), "byline")] if rng.random() < 0.85 else []
    dated: Lines = [(_date(rng), "date")] if rng.random() < 0.7 else []
    meta = [signed, dated]
    rng.shuffle(meta)
    parts = [caption, *meta] if rng.random() < 0.7 else [meta[0], caption, meta[1]]
    for part in parts:
        result += part
    if rng.random() < 0.35:
        result += [(label, "other") for label in rng.sample(SHARE, rng.randint(1, 4))]
    return result


def _menu(rng: random.Random) -> Lines:
    names = rng.sample(SECTIONS, rng.randint(5, 14))
    if rng.random() < 0.2:
        return [(" | ".join(["الرئيسية", *names]), "other")]
    return [(name, "other") for name in ["الرئيسية", *names]]


def _crumbs(rng: random.Random) -> Lines:
    section = rng.choice(SECTIONS)
    style = rng.randrange(5)
    if style == 0:
        return [(f"الرئيسية » {section}", "breadcrumb")]
    if style == 1:
        return [(f"الرئيسية / {section}", "breadcrumb")]
    if style == 2:
        return [("الرئيسية", "breadcrumb"), (section, "breadcrumb")]
    return [(f"الرئيسية {section}", "breadcrumb")] if style == 3 else []


def _footer(rng: random.Random) -> Lines:
    names = rng.sample(SECTIONS, rng.randint(3, 9))
    return [(text, "other") for text in [*names, *rng.sample(LEGAL, rng.randint(1, 6))]]


def _portal(rng: random.Random, contents: list[Content]) -> Lines:
    """A portal's article cleaned of its menu, as in the page that the design started from."""
    content = rng.choice(contents)
    lines = _crumbs(rng) + _head(rng, content, headline=rng.random() < 0.5) + _body(rng, content)
    lines += _read_also(rng, contents) if rng.random() < 0.7 else []
    if rng.random() < 0.4:
        lines.append(("View on Example.net", "outlet"))
    return lines + _boxes(rng, contents, 1, 5)


def _newspaper(rng: random.Random, contents: list[Content]) -> Lines:
    """The main element of a page: head, text, perhaps a teaser between the paragraphs, topics."""
    content = rng.choice(contents)
    body = _body(rng, content)
    if len(body) > 5 and rng.random() < 0.4:
        at = rng.randint(2, len(body) - 2)
        while at < len(body) - 1 and not body[at - 1][0].endswith((".", "؟", "!")):
            at += 1
        body[at:at] = _read_also(rng, contents)
    lines = _head(rng, content, headline=rng.random() < 0.85) + body
    if content.topics and rng.random() < 0.5:
        lines += [
            (rng.choice(["الكلمات المفتاحية", "وسوم:", "موضوعات"]), "other"),
            *((topic, "tag") for topic in content.topics),
        ]
    return lines + (_read_also(rng, contents) if rng.random() < 0.3 else [])


def _whole_page(rng: random.Random, contents: list[Content]) -> Lines:
    """Everything that a whole-page flattener gives: title, clock, menus, ticker, boxes, comments, footer."""
    content = rng.choice(contents)
    headline = rng.random() < 0.9
    lines: Lines = []
    if headline and rng.random() < 0.4:
        lines.append((f"{content.headline} {rng.choice('|-')} {rng.choice(SITES)}", "other"))
    if rng.random() < 0.4:
        lines.append((_date(rng), "other"))
    lines += _menu(rng)
    if rng.random() < 0.3:
        lines += _links(rng, contents, 2, 6, "other")
    lines += _crumbs(rng) + _head(rng, content, headline=headline) + _body(rng, content)
    if rng.random() < 0.4:
        lines += [(label, "other") for label in rng.sample(SHARE, 3)]
    if content.topics and rng.random() < 0.4:
        lines += [("الوسوم", "other"), *((topic, "tag") for topic in content.topics)]
    lines += _read_also(rng, contents) if rng.random() < 0.4 else []
    if rng.random() < 0.4:
        lines += [
            ("التعليقات (2)", "other"),
            ("قارئ من بيروت", "other"),
            ("شكراً على هذا المقال الجميل، أتمنى أن تكتبوا أكثر عن هذه الموضوعات.", "other"),
            ("أضف تعليقك", "other"),
        ]
    return lines + _boxes(rng, contents, 1, 5) + _footer(rng)


def _own(rng: random.Random, contents: list[Content]) -> Lines:
    """The order of this project's own article page."""
    content = rng.choice(contents)
    lines = [*_menu(rng), ("الرئيسية", "breadcrumb"), (rng.choice(SECTIONS), "breadcrumb")]
    if content.kicker:
        lines.append((content.kicker, "kicker"))
    lines.append((content.headline, "headline"))
    if content.standfirst:
        lines.append((content.standfirst, "standfirst"))
    if content.caption:
        lines += [(content.caption, "caption"), (content.credit, "other")]
    lines += [(f"{rng.choice(PLACES)} - {rng.choice(PEOPLE)}", "byline"), (_date(rng), "date")]
    lines += [(paragraph, "body") for paragraph in content.body] + _read_also(rng, contents)
    lines.append((f"اقرأ المادة في طبعة {rng.choice(PLACES)}", "outlet"))
    if content.topics:
        lines += [("موضوعات", "other"), *((topic, "tag") for topic in content.topics)]
    return lines + _boxes(rng, contents, 3, 5) + _footer(rng)
