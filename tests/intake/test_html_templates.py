"""The reader of HTML on pages of many kinds of sites: every field as the page shows it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from eval.page_scores import body_texts
from tests.intake.html_templates import NEWS, STORY, TEMPLATES, Made, Story, magazine, webforms
from tests.intake.html_templates_portals import PORTALS, night_edition
from tests.intake.html_templates_rare import ENGLISH, PERSIAN, RARE, rich

from bulaq.intake.article import Embed, Heading, Image, IncomingArticle, List, Quote, Table
from bulaq.intake.article_markup import read_markup
from bulaq.intake.html import READER, read_page
from bulaq.intake.reader import ReadOptions, Source


def read(made: Made) -> IncomingArticle:
    article = read_page(made.data, "page.html")
    assert isinstance(article, IncomingArticle), article
    return article


@pytest.mark.parametrize("story", [STORY, NEWS], ids=["feature", "news"])
@pytest.mark.parametrize("template", [*TEMPLATES, *RARE, *PORTALS], ids=lambda template: template.__name__)
def test_every_field_as_shown(template: Callable[[Story], Made], story: Story) -> None:
    made = template(story)
    article, expected = read(made), made.expected
    assert article.headline == expected.headline
    assert tuple(body_texts(article)) == expected.body
    assert (article.published_at or "")[:10] == (expected.day or "")
    assert article.authors == expected.authors
    assert article.section == expected.section
    assert (article.lead_image.caption if article.lead_image else None) == expected.caption
    assert article.dateline == expected.dateline
    assert tuple(link.headline for link in article.read_also) == expected.read_also
    assert tuple(link.headline for box in article.boxes for link in box.items) == expected.boxes
    if expected.tags:
        assert article.tags == expected.tags
    lang = {ENGLISH: "en", PERSIAN: "fa"}.get(expected.story, "ar")
    assert (article.lang, article.dir) == (lang, "ltr" if lang == "en" else "rtl")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_no_headline_of_a_box_stands_in_the_body(template: Callable[[Story], Made]) -> None:
    made = template(STORY)
    assert not set(body_texts(read(made))) & set(STORY.others)


def test_every_found_field_says_how_sure_and_from_where() -> None:
    article = read(webforms(STORY))
    assert set(article.confidence) >= {"headline", "body", "published_at", "authors", "section"}
    assert all(0 <= value <= 1 for value in article.confidence.values())
    assert set(article.provenance) >= {"headline", "body", "published_at", "authors", "section", "lead_image"}


def test_the_day_shown_wins_over_utc_metadata_and_the_builder_is_no_author() -> None:
    article = read(webforms(STORY))
    assert article.published_at == STORY.day
    assert article.authors == (STORY.author,)


def test_the_shown_clock_and_the_moment_in_utc_together_tell_the_offset() -> None:
    assert read(night_edition(STORY)).published_at == "2021-03-14T01:30:00+03:00"


def test_subheadings_and_embeds_are_typed() -> None:
    article = read(magazine(STORY))
    assert Heading("بين الأمس واليوم") in article.body
    assert Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube") in article.body


def test_quotations_lists_tables_and_tweets_are_typed() -> None:
    body = read(rich(STORY)).body
    assert Embed("https://twitter.com/x/status/1234567890", "X") in body
    assert Quote("ليست الصنعة في اليد وحدها.") in body
    assert List(("نحاس أحمر", "نحاس أصفر")) in body
    assert Table((("السنة", "عدد الدكاكين"), ("2001", "16"), ("2021", "29"))) in body
    captions = [block.picture.caption for block in body if isinstance(block, Image)]
    assert captions == ["دكان في أول السوق", "سقف من خشب"]


def test_a_table_keeps_each_cell_under_the_head_of_its_column() -> None:
    shown = """<table><tr><th></th><th colspan="2">الفريق</th><th>فوز</th><td></td></tr><tr><td rowspan="2">أ</td><td>النهر</td><td></td><td>٣</td></tr>
        <tr><td></td><td>ود</td><td> </td></tr><tr><td></td></tr><tr><td>ب</td><td>البحر</td></tr></table>"""
    (table,) = read_markup(shown).blocks
    head, *rows = (
        ("", "الفريق", "", "فوز"),
        ("أ", "النهر", "", "٣"),
        ("أ", "", "ود", ""),
        ("ب", "البحر", "", ""),
    )
    assert table == Table((head, *rows))


def test_joiners_and_bidi_marks_are_kept_and_spaces_folded() -> None:
    zwnj, lrm = "\u200c", "\u200e"
    text = f"می{zwnj}خواهند که کتاب{zwnj}های کهن شهر را در موزه{zwnj}ای تازه نگه دارند، و {lrm}(2021){lrm} را سال آغاز کار می{zwnj}دانند."
    page = f"<html><body><h1>کتاب{zwnj}های کهن شهر در موزه تازه</h1><div class='entry-content'><p>{text.replace(' ', '&nbsp;&nbsp; ')}</p><p>{text}</p></div></body></html>"
    article = read_page(page.encode(), "fa.html")
    assert isinstance(article, IncomingArticle)
    assert body_texts(article) == [text, text]
    assert article.headline == f"کتاب{zwnj}های کهن شهر در موزه تازه"
    assert article.lang == "fa"


def test_a_page_that_a_script_fills_gives_the_text_it_tells_machines() -> None:
    told = {
        "@type": "NewsArticle",
        "headline": STORY.headline,
        "articleBody": "\n\n".join(STORY.paragraphs),
        "datePublished": "2021-03-14T08:00:00+02:00",
        "author": {"@type": "Person", "name": STORY.author},
        "articleSection": STORY.section,
    }
    page = f"<html lang='ar'><head><title>{STORY.headline}</title><script type='application/ld+json'>{json.dumps(told)}</script></head><body><div id='__next'></div></body></html>"
    article = read_page(page.encode(), "page.html")
    assert isinstance(article, IncomingArticle)
    assert tuple(body_texts(article)) == STORY.paragraphs
    assert (article.headline, article.authors, article.section) == (
        STORY.headline,
        (STORY.author,),
        STORY.section,
    )
    assert article.published_at == "2021-03-14T08:00:00+02:00"
    assert article.confidence["body"] < 0.8
    assert article.warnings


def test_a_headline_is_never_invented() -> None:
    body = "".join(f"<p>{text}</p>" for text in STORY.paragraphs)
    article = read_page(
        f"<html><body><div class='entry-content'>{body}</div></body></html>".encode(), "x.html"
    )
    assert isinstance(article, IncomingArticle)
    assert article.headline is None
    assert len(body_texts(article)) == len(STORY.paragraphs)


def test_the_registered_reader_recognises_pages_in_any_encoding() -> None:
    for made in (template(STORY) for template in TEMPLATES):
        source = Source("page", data=made.data)
        assert READER.recognises(source)
        assert isinstance(next(iter(READER.read(source, ReadOptions()))), IncomingArticle)
    for other in (
        b"%PDF-1.7 <html>",
        b"plain words only",
        b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
        b"",
    ):
        assert not READER.recognises(Source("other", data=other))
