"""Stories of Arc XP: every element of a text, and the shapes in which they are brought."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bulaq.intake.ans import READER
from bulaq.intake.article import (
    Embed,
    Heading,
    Image,
    IncomingArticle,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
    Refusal,
    Span,
    Table,
)
from bulaq.intake.installed_readers import reader_for
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.sources import read_all

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."


def text(content: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "content": content, **more}


def image(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "image", "url": f"https://cdn.example/{name}.jpg", **more}


STORY: dict[str, Any] = {
    "type": "story", "version": "0.10.9", "_id": "ABC", "canonical_url": "/culture/2021/03/14/souq/", "canonical_website": "nahr",
    "headlines": {"basic": "سوق النحاسين تعود", "mobile": "سوق"}, "subheadlines": {"basic": "ثلاثة عشر دكانا تفتح أبوابها"},
    "label": {"basic": {"text": "تحقيق", "display": True}}, "language": "ar", "location": "حلب", "short_url": "https://nahr.example/x1",
    "credits": {"by": [{"type": "author", "name": "سلمى الحداد"}, {"type": "author", "first_name": "كريم", "last_name": "نصر"}]},
    "distributor": {"name": "رويترز", "category": "wires"}, "source": {"system": "composer", "source_type": "staff", "name": "nahr"},
    "display_date": "2021-03-14T06:30:00Z", "first_publish_date": "2021-03-14T06:31:09Z", "last_updated_date": "2021-03-15T10:00:00.5Z",
    "taxonomy": {
        "primary_section": {"_id": "/arts/crafts", "name": "حرف", "path": "/arts/crafts"},
        "sections": [{"_id": "/arts", "name": "ثقافة"}, {"_id": "/arts/crafts", "name": "حرف"}], "tags": [{"text": "حلب", "slug": "h"}, {"slug": "s"}],
    },
    "promo_items": {"basic": image("lead", caption="السوق <b>ليلا</b>", alt_text="سوق", credits={"by": [{"name": "مروان الخطيب"}], "affiliation": [{"name": "رويترز"}]})},
    "revision": {"published": True},
    "content_elements": [
        text(f'{ONE} <a href="https://b.example/">هنا</a>'), {"type": "header", "level": 2, "content": "السقف"}, text(TWO),
        {"type": "list", "list_type": "unordered", "items": [text("قدور"), text("صوان")]},
        {"type": "quote", "subtype": "blockquote", "content_elements": [text("ليست الصنعة في اليد وحدها.")], "citation": text("الحرفي")},
        {"type": "quote", "subtype": "pullquote", "content_elements": [text("إن العمل بدأ بالسقف الخشبي")]},
        {"type": "table", "header": [text("السنة"), text("الدكاكين")], "rows": [[text("2019"), text("")], [text("2021"), text("13")]]},
        {"type": "gallery", "content_elements": [image("a", caption="القدور", credits={"by": [{"name": "فلان"}]}), image("b")]},
        {"type": "oembed_response", "subtype": "youtube", "raw_oembed": {"_id": "https://www.youtube.com/watch?v=abcdefghijk", "html": "<iframe></iframe>"}},
        {"type": "video", "streams": [{"stream_type": "ts", "url": "https://cdn.example/v.m3u8"}, {"stream_type": "mp4", "bitrate": 9, "url": "https://cdn.example/v.mp4"}]},
        {"type": "raw_html", "content": "<p>من الجدول القديم.</p><script>alert(1)</script>"}, {"type": "divider"},
        {"type": "interstitial_link", "url": "https://nahr.example/2/", "content": "<b>خبر آخر</b>"},
        {"type": "link_list", "title": "المزيد", "items": [{"type": "interstitial_link", "url": "/3/", "content": "ثالث"}]},
        {"type": "element_group", "content_elements": [text("خاتمة الحكاية.")]}, {"type": "reference", "referent": {"type": "image"}},
    ],
}  # fmt: skip

BODY = (
    Paragraph(f"{ONE} هنا", (Span(len(ONE) + 1, len(ONE) + 4, "https://b.example/"),)),
    Heading("السقف"),
    Paragraph(TWO),
    List(("قدور", "صوان")),
    Quote("ليست الصنعة في اليد وحدها.", "الحرفي"),
    Table((("السنة", "الدكاكين"), ("2019", ""), ("2021", "13"))),
    Image(Picture("https://cdn.example/a.jpg", "القدور", "فلان")),
    Image(Picture("https://cdn.example/b.jpg")),
    Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
    Embed("https://cdn.example/v.mp4"),
    Paragraph("من الجدول القديم."),
    Paragraph("خاتمة الحكاية."),
)


def read(value: object, url: str | None = None) -> list[IncomingArticle | Refusal]:
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    source = Source("stories.json", data=told.encode(), url=url)
    reader = reader_for(source)
    assert reader is not None
    assert reader.format == "ans"
    return list(READER.read(source, ReadOptions()))


def one(value: object, url: str | None = None) -> IncomingArticle:
    (found,) = read(value, url)
    assert isinstance(found, IncomingArticle)
    return found


def test_a_story_comes_whole() -> None:
    found = one(STORY)
    assert (found.headline, found.kicker) == ("سوق النحاسين تعود", "تحقيق")
    assert found.standfirst == "ثلاثة عشر دكانا تفتح أبوابها"
    assert (found.section, found.breadcrumb, found.tags) == ("حرف", ("ثقافة", "حرف"), ("حلب", "s"))
    assert (found.authors, found.agencies, found.dateline) == (
        ("سلمى الحداد", "كريم نصر"),
        ("رويترز",),
        "حلب",
    )
    assert (found.published_at, found.modified_at) == (
        "2021-03-14T06:30:00+00:00",
        "2021-03-15T10:00:00+00:00",
    )
    assert found.lead_image == Picture(
        "https://cdn.example/lead.jpg", "السوق ليلا", "مروان الخطيب / رويترز", "سوق"
    )
    assert found.body == BODY
    assert found.read_also == (Link("خبر آخر", "https://nahr.example/2/"), Link("ثالث", "/3/"))
    assert found.warnings == ("left out: reference",)
    assert (found.lang, found.dir, found.draft) == ("ar", "rtl", False)


def test_addresses_are_paths_until_the_site_is_known() -> None:
    found = one(STORY)
    assert (found.url, found.aliases) == (
        None,
        ("/culture/2021/03/14/souq/", "https://nahr.example/x1"),
    )
    found = one(STORY, "https://nahr.example/")
    assert found.url == "https://nahr.example/culture/2021/03/14/souq/"
    assert found.read_also[1] == Link("ثالث", "https://nahr.example/3/")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda story: [story] * 3,
        lambda story: "\n".join(json.dumps(story) for _ in range(3)),
        lambda story: {"type": "results", "content_elements": [story] * 3, "count": 3},
        lambda story: {"type": "collection", "headlines": {"basic": "س"}, "content_elements": [story] * 3},
        lambda story: [{"id": "1", "type": "PUBLISHED", "ans": story}] * 3,
        lambda story: json.dumps({"content_elements": [{**story, "x": "س" * 900_000}] * 20}),
    ],
    ids=["list", "lines", "results", "collection", "draft API", "larger than a record"],
)
def test_many_stories_in_one_file(wrap: Any) -> None:
    found = read(wrap(STORY))
    assert len(found) in (3, 20)
    assert all(isinstance(each, IncomingArticle) and each.headline for each in found)


def test_a_zip_of_stories(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("1.json", "2.json"):
            archive.writestr(name, json.dumps(STORY))
    (tmp_path / "export.zip").write_bytes(held.getvalue())
    found = list(read_all([str(tmp_path / "export.zip")], ReadOptions()))
    assert [each.format for each in found if isinstance(each, IncomingArticle)] == ["ans", "ans"]


def test_what_readers_did_not_see_or_is_no_story() -> None:
    draft, closed, author, film = read(
        [
            {**STORY, "revision": {"published": False}},
            {**STORY, "content_restrictions": {"content_code": "premium"}},
            {"type": "author", "headlines": {}, "taxonomy": {}, "name": "س"},
            {"type": "video", "headlines": {"basic": "فيلم"}, "description": {"basic": ONE}, "streams": [{"url": "https://cdn.example/v.mp4"}]},
        ]
    )  # fmt: skip
    assert isinstance(draft, IncomingArticle)
    assert isinstance(closed, IncomingArticle)
    assert draft.draft
    assert closed.draft
    assert isinstance(author, Refusal)
    assert isinstance(film, IncomingArticle)
    assert film.body == (Embed("https://cdn.example/v.mp4"), Paragraph(ONE))
