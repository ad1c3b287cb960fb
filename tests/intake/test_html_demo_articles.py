"""The demo newsroom's own articles, at their real length, on pages of every kind of site: nothing lost, nothing added."""

from __future__ import annotations

import random
from pathlib import Path

from eval.page_scores import body_texts
from tests.intake.html_templates import TEMPLATES, Story
from tests.intake.html_templates_rare import RARE, english, persian, short_among_cards, wrapped_lines

import bulaq.demo
from bulaq.demo.article_file import Paragraph, read_article_file
from bulaq.intake.article import IncomingArticle
from bulaq.intake.html import read_page

WITH_THEIR_OWN_TEXT = (english, persian, short_among_cards)
PAGES = 90


def stories() -> list[Story]:
    folder = Path(bulaq.demo.__file__).parent / "content" / "articles"
    found = []
    for path in sorted(folder.glob("*.md")):
        article = read_article_file(path)
        if article.lang == "ar":
            texts = tuple(
                " ".join(block.text.split()) for block in article.body if isinstance(block, Paragraph)
            )
            found.append(
                (article.headline, tuple(text for text in texts if "](" not in text and "*" not in text))
            )
    chance = random.Random(7)
    return [
        Story(
            headline=headline,
            paragraphs=texts,
            author=chance.choice(["هدى بنسليمان", "ريم القصّار", "عبد الرحمن الكيلاني"]),
            place=chance.choice(["القاهرة", "الرباط", "صنعاء"]),
            section=chance.choice(["ثقافة", "رياضة", "علوم وتكنولوجيا"]),
            others=tuple(
                other for other, _ in chance.sample([pair for pair in found if pair[0] != headline], 4)
            ),
        )
        for headline, texts in found
        if len(texts) >= 3
    ]


def test_real_lengths_on_every_kind_of_page() -> None:
    chance = random.Random(7)
    # Where lines end is lost when few of them tell it: wrapped texts are held to their own test.
    templates = [each for each in (*TEMPLATES, *RARE) if each not in (*WITH_THEIR_OWN_TEXT, wrapped_lines)]
    texts = stories()
    wrong = []
    for number in range(PAGES):
        story, template = chance.choice(texts), templates[number % len(templates)]
        made = template(story)
        article = read_page(made.data, "page.html")
        assert isinstance(article, IncomingArticle), article
        expected = made.expected
        right = (
            article.headline == expected.headline
            and tuple(body_texts(article)) == expected.body
            and (article.published_at or "")[:10] == (expected.day or "")
            and article.authors == expected.authors
            and tuple(link.headline for box in article.boxes for link in box.items) == expected.boxes
        )
        if not right:
            wrong.append((template.__name__, story.headline))
    assert not wrong
