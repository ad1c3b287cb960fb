"""Ghost's export: what readers saw of each post, whatever editor wrote it and wherever its relations stand."""

from __future__ import annotations

import json
from typing import Any

from bulaq.intake.article import (
    Embed,
    Heading,
    Image,
    IncomingArticle,
    List,
    Paragraph,
    Picture,
    Refusal,
    Span,
)
from bulaq.intake.ghost.reader import READER
from bulaq.intake.reader import ReadOptions, Source

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."
CARDS = f"""<p>{ONE} <a href="__GHOST_URL__/older/">خبر أقدم</a></p>
<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/images/2021/a.jpg" class="kg-image" alt="السوق"><figcaption><span>السوق ليلا</span></figcaption></figure>
<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">السوق مغلق يوم الجمعة.</div></div>
<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="__GHOST_URL__/tale/"><div class="kg-bookmark-content"><div class="kg-bookmark-title">حكاية المدينة</div><div class="kg-bookmark-description">وصف</div></div><div class="kg-bookmark-thumbnail"><img src="/t.jpg"></div></a></figure>
<figure class="kg-card kg-gallery-card"><div class="kg-gallery-row"><div class="kg-gallery-image"><img src="/1.jpg"></div><div class="kg-gallery-image"><img src="/2.jpg"></div></div><figcaption>من السوق</figcaption></figure>
<figure class="kg-card kg-embed-card"><iframe src="https://www.youtube.com/embed/abcdefghijk?feature=oembed"></iframe></figure>
<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4>متى يفتح؟</h4></div><div class="kg-toggle-content"><p>كل صباح.</p></div></div>
<div class="kg-card kg-button-card"><a href="/x" class="kg-btn">اشترك الآن</a></div>
<figure class="kg-card kg-video-card"><div><video src="__GHOST_URL__/v.mp4"></video><span class="kg-video-current-time">0:00</span></div><figcaption>فيلم السوق</figcaption></figure><p>{TWO}</p>"""

LEXICAL = {"root": {"children": [
    {"type": "paragraph", "children": [{"type": "extended-text", "text": ONE, "format": 1}]},
    {"type": "image", "src": "__GHOST_URL__/i.jpg", "caption": "تعليق"},
    {"type": "extended-heading", "tag": "h2", "children": [{"type": "text", "text": "عنوان فرعي"}]},
    {"type": "list", "tag": "ul", "children": [{"type": "listitem", "children": [{"type": "text", "text": text}]} for text in ("قدور", "صوان")]},
]}}  # fmt: skip
MOBILEDOC = {
    "version": "0.3.1", "atoms": [["soft-return", "", {}]], "cards": [["image", {"src": "/m.jpg"}], ["markdown", {"markdown": "سطر\n\nسطر ثان"}]],
    "markups": [["a", ["href", "https://b.example/"]]],
    "sections": [[1, "p", [[0, [], 0, "يقول "], [0, [0], 1, "المشرف"]]], [10, 0], [3, "ol", [[[0, [], 0, "قدور"]], [[0, [], 0, "صوان"]]]], [10, 1]],
}  # fmt: skip


def post(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "title": f"سوق النحاسين {number}", "slug": f"souq-{number}", "status": "published",
            "visibility": "public", "type": "post", "published_at": "2021-03-14T06:30:00.000Z", **fields}  # fmt: skip


def export(*posts: dict[str, Any], **tables: list[dict[str, Any]]) -> bytes:
    data = {"posts": list(posts), **tables}
    told = {"db": [{"meta": {"exported_on": 1691000000000, "version": "5.54.0"}, "data": data}]}
    return json.dumps(told, ensure_ascii=False).encode()


def read(data: bytes, url: str | None = "https://old.example/") -> list[IncomingArticle]:
    source = Source("ghost.json", data=data, url=url)
    assert READER.recognises(source)
    assert not READER.recognises(Source("x.json", data=b'[{"title": "a", "lexical": "{}", "comment_id": 1}]'))
    found = list(READER.read(source, ReadOptions()))
    assert not [one for one in found if isinstance(one, Refusal)]
    return [one for one in found if isinstance(one, IncomingArticle)]


def test_a_post_with_all_that_stands_behind_it() -> None:
    (found,) = read(
        export(
            post(1, html=f"<p>{ONE}</p>", feature_image="__GHOST_URL__/content/images/f.jpg", custom_excerpt="ملخص <المادة>"),
            posts_tags=[{"post_id": "p1", "tag_id": tag, "sort_order": place} for place, tag in ((2, "hidden"), (1, "crafts"), (0, "culture"))],
            posts_authors=[{"post_id": "p1", "author_id": "u1", "sort_order": 0}],
            posts_meta=[{"post_id": "p1", "feature_image_alt": "بديل", "feature_image_caption": "<b>السوق</b> | تصوير: مروان الخطيب"}],
            tags=[{"id": "culture", "name": "ثقافة"}, {"id": "crafts", "name": "حرف"}, {"id": "hidden", "name": "#داخلي", "visibility": "internal"}],
            users=[{"id": "u1", "name": "سلمى الحداد"}],
        )
    )  # fmt: skip
    assert (found.headline, found.standfirst, found.url) == (
        "سوق النحاسين 1", "ملخص <المادة>", "https://old.example/souq-1/",
    )  # fmt: skip
    assert (found.section, found.tags, found.authors) == ("ثقافة", ("حرف",), ("سلمى الحداد",))
    assert found.published_at == "2021-03-14T06:30:00+00:00"
    assert found.lead_image == Picture(
        "https://old.example/content/images/f.jpg", "السوق", "تصوير: مروان الخطيب", "بديل"
    )


def test_cards_are_what_a_reader_read_of_them() -> None:
    (found,) = read(export(post(1, html=CARDS, feature_image="https://a.example/f.jpg")))
    assert found.body == (
        Paragraph(f"{ONE} خبر أقدم", (Span(len(ONE) + 1, len(ONE) + 9, "https://old.example/older/"),)),
        Image(Picture("https://old.example/content/images/2021/a.jpg", "السوق ليلا", alt="السوق")),
        Paragraph("السوق مغلق يوم الجمعة."),
        Paragraph("حكاية المدينة", (Span(0, 13, "https://old.example/tale/"),)),
        Image(Picture("https://old.example/1.jpg")),
        Image(Picture("https://old.example/2.jpg", "من السوق")),
        Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
        Heading("متى يفتح؟"), Paragraph("كل صباح."),
        Embed("https://old.example/v.mp4"), Paragraph("فيلم السوق"), Paragraph(TWO),
    )  # fmt: skip


def test_posts_that_were_never_rendered_are_read_from_what_their_editor_kept() -> None:
    new, old = read(
        export(post(1, html=None, lexical=json.dumps(LEXICAL)), post(2, html="", mobiledoc=json.dumps(MOBILEDOC)))
    )  # fmt: skip
    assert new.body == (
        Paragraph(ONE, (Span(0, len(ONE)),)),
        Image(Picture("https://old.example/i.jpg", "تعليق")),
        Heading("عنوان فرعي"), List(("قدور", "صوان")),
    )  # fmt: skip
    assert old.body == (
        Paragraph("يقول المشرف", (Span(5, 11, "https://b.example/"),)),
        Image(Picture("https://old.example/m.jpg")),
        List(("قدور", "صوان")), Paragraph("سطر"), Paragraph("سطر ثان"),
    )  # fmt: skip


def test_what_refers_to_a_card_again_and_again_is_cut_and_says_so() -> None:
    cards = {"cards": [["markdown", {"markdown": ONE * 5000}]], "sections": [[10, 0]] * 99}
    (found,) = read(export(post(1, html="", mobiledoc=json.dumps(cards))))
    assert found.warnings == ("the text was cut where it became larger than 16 MB",)


def test_what_not_everybody_could_read_comes_as_a_draft() -> None:
    body = f"<p>{ONE}</p>"
    public, draft, paid, mailed = read(
        export(post(1, html=body), post(2, html=body, status="draft"), post(3, html=body, visibility="paid"), post(4, html=body, status="sent"))
    )  # fmt: skip
    assert [one.draft for one in (public, draft, paid, mailed)] == [False, True, True, True]
    assert paid.warnings == ("was not for all readers there: paid",)


def test_without_its_site_old_addresses_and_pictures_are_paths() -> None:
    (found,) = read(export(post(1, html=CARDS, feature_image="__GHOST_URL__/f.jpg")), url=None)
    assert (found.url, found.aliases) == (None, ("/souq-1/",))
    assert found.lead_image == Picture("/f.jpg")


def test_other_shapes_of_the_same() -> None:
    api = {"posts": [{**post(1, html=f"<p>{ONE}</p>"), "comment_id": "1", "url": "https://blog.example/souq/",
                      "tags": [{"name": "ثقافة"}], "authors": [{"name": "كريم نصر"}]}], "meta": {}}  # fmt: skip
    (found,) = read(json.dumps(api, indent=1).encode())
    assert (found.url, found.section, found.authors) == ("https://blog.example/souq/", "ثقافة", ("كريم نصر",))
    (old,) = read(
        json.dumps({"meta": {"exported_on": 1}, "data": {"posts": [{**post(1), "published_at": 1615703400000, "markdown": ONE}]}}).encode("utf-16")
    )  # fmt: skip
    assert (old.published_at, old.body) == ("2021-03-14T06:30:00+00:00", (Paragraph(ONE),))


def test_forged_characters_cost_themselves_alone() -> None:
    card = f'<div class="kg-card kg-callout-card"><div class="kg-callout-text">{ONE}</div></div>'
    forged = post(1, html=f"{card}&#1;\ufffe&#55296;<p>{TWO}</p>", published_at="2021-03-14D")
    (found,) = read(export(forged).replace(b"14D", b"14\\ud800"))
    assert {ONE, TWO} <= {one.text for one in found.body if isinstance(one, Paragraph)}
    json.dumps(found.as_json(), ensure_ascii=False).encode()


def test_what_stands_before_damage_is_kept() -> None:
    whole = export(*(post(number, html=f"<p>{ONE}</p>") for number in range(20)))
    cut = whole[: int(len(whole) * 0.6)]
    found = list(READER.read(Source("ghost.json", data=cut), ReadOptions()))
    assert sum(isinstance(one, IncomingArticle) for one in found) == cut.count(b'</p>"}')
    assert isinstance(found[-1], Refusal)
    assert found[-1].code == "truncated"
