"""WordPress exports of today: what themes, page builders and plugins keep outside of the text, and what they draw."""

from __future__ import annotations

import json

import pytest
from tests.intake.wordpress_export import SITE, export, item, picture, serialized

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
)
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.wordpress import READER

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."
BLOCK = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->\n\n"


def one(*items: str) -> IncomingArticle:
    (found,) = READER.read(Source("export.xml", data=export(*items)), ReadOptions())
    assert isinstance(found, IncomingArticle)
    return found


def body(content: str, *others: str) -> list[object]:
    return [
        Paragraph(block.text) if isinstance(block, Paragraph) else block
        for block in one(item(content=content), *others).body
    ]


POINTS = ("السوق وقف منذ قرون", "الترميم بدأ بالسقف")


@pytest.mark.parametrize(
    "meta",
    [
        {"td_post_theme_settings": {"td_primary_cat": "3", "td_subtitle": TWO, "td_source": "رويترز"}},
        {
            "tie_primary_category": "3",
            "tie_post_sub_title": TWO,
            "tie_source": [{"text": "رويترز", "url": "https://agency.example"}],
            "tie_highlights_text": {1: POINTS[0], 2: POINTS[1]},
        },
        {
            "rb_global_meta": {
                "primary_category": "3",
                "tagline": TWO,
                "source_data": [{"name": "رويترز", "url": ""}],
                "highlights": [{"point": POINTS[0]}, {"point": POINTS[1]}],
            }
        },
        {
            "post_subtitle": TWO,
            "jnews_primary_category": {"id": "3"},
            "jnews_single_post": {"via": [{"via_name": "موقع"}], "source_name": "رويترز"},
        },
    ],
    ids=["newspaper", "jannah", "foxiz", "jnews"],
)
def test_themes_keep_their_fields_in_arrays(meta: dict[str, object]) -> None:
    stored = [(name, value if isinstance(value, str) else serialized(value)) for name, value in meta.items()]
    terms = (("category", "books", "كتب"), ("category", "culture", "ثقافة"))
    found = one(item(content=ONE, link=f"{SITE}/2024/05/x/", terms=terms, meta=stored))
    assert (found.section, found.standfirst, found.agencies) == ("ثقافة", TWO, ("رويترز",))
    points = (List(POINTS),) if "tie_source" in meta or "rb_global_meta" in meta else ()
    assert found.body == (*points, Paragraph(ONE))


def test_blocks_that_the_server_drew() -> None:
    def value(told: object) -> dict[str, object]:
        return {"innerContent": {"desktop": {"value": told}, "tablet": {"value": "غيره على لوح صغير"}}}

    def block(name: str, told: object) -> str:
        return f"<!-- wp:{name} {json.dumps(told).replace('<', chr(92) + 'u003c')} /-->"

    photo = {"src": f"{SITE}/market.jpg", "alt": "سوق"}
    content = "\n".join(
        (
            "<!-- wp:divi/section {} -->",
            block("divi/heading", {"title": value("بعد الحريق"), "module": {"meta": "قسم من الصفحة كلها"}}),
            block("divi/text", {"content": value(f"<p>{ONE}</p>"), "builderVersion": "5.0"}),
            block("divi/image", {"image": value(photo)}),
            block("divi/button", {"button": value({"text": "اقرأ المزيد من هنا", "linkUrl": "/"})}),
            "<!-- /wp:divi/section -->",
            block("lazyblock/quote", {"text": TWO, "author": "نحاس من السوق", "blockId": "Z1 a b c d e f g"}),
            block(
                "plugin/box",
                {"title": "عنوان قصير", "css": ".a { margin: 0 auto; color: red; width: 10px; }"},
            ),
        )
    )
    assert body(content) == [
        Heading("بعد الحريق"),
        Paragraph(ONE),
        Image(Picture(photo["src"], alt="سوق")),
        Quote(TWO, "نحاس من السوق"),
    ]


def test_a_card_of_another_article_is_a_link_and_a_lost_pattern_is_remarked() -> None:
    old = f"{SITE}/2020/old/"
    embed = f'<!-- wp:embed {{"url":"{old}"}} -->\n<figure>{old}</figure>\n<!-- /wp:embed -->\n'
    content = BLOCK.format(ONE) + embed
    card = f'<blockquote class="wp-embedded-content"><a href="{old}">السوق قبل الحريق</a></blockquote><iframe></iframe>'
    found = one(item(content=f'{content}<!-- wp:block {{"ref":999}} /-->', meta=(("_oembed_ab", card),)))
    assert found.body == (Paragraph(ONE),)
    assert found.read_also == (Link("السوق قبل الحريق", old),)
    assert found.warnings == ("holds a synced pattern that the export does not: 999",)


def test_authors_that_a_plugin_keeps_by_their_numbers() -> None:
    guest = item(600, kind="guest_author", title="سامر داود", terms=())
    signed = item(meta=(("_molongui_author", "guest-600"), ("_molongui_author", "user-2")))
    assert one(signed, guest).authors == ("سامر داود", "سلمى الحداد")


ACCORDION = (
    '<h3 class="wp-block-accordion-heading"><button class="wp-block-accordion-heading__toggle"><span>متى بني؟</span>'
    '<span class="wp-block-accordion-heading__toggle-icon" aria-hidden="true">+</span></button></h3>'
)
KADENCE = '<div><button class="kt-blocks-accordion-header" type="button"><span>متى بني؟</span></button></div>'
THREAD = "https://www.threads.com/@museum/post/C7abcDEfgh1"
SKY = "https://bsky.app/profile/did:plc:abc/post/3kabcdefgh2x"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (f"<details><summary>متى بني؟</summary><p>{ONE}</p></details>", [Heading("متى بني؟"), Paragraph(ONE)]),
        (f"{ACCORDION}<p>{ONE}</p>", [Heading("متى بني؟"), Paragraph(ONE)]),
        (f"{KADENCE}<p>{ONE}</p><button>أرسل</button>", [Heading("متى بني؟"), Paragraph(ONE)]),
        (f"{ONE}\n\n[su_heading]بعد الحريق[/su_heading]\n\n{TWO}", [Paragraph(ONE), Heading("بعد الحريق"), Paragraph(TWO)]),
        (f"{ONE}\n\n{THREAD}", [Paragraph(ONE), Embed(THREAD, "Threads")]),
        (
            f'<p>{ONE}</p><blockquote class="text-post-media" data-text-post-permalink="{THREAD}"><a href="{THREAD}">'
            "<div>View on Threads</div></a></blockquote><script async></script>",
            [Paragraph(ONE), Embed(THREAD, "Threads")],
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kabcdefgh2x">'
            f"<p>نص المنشور</p></blockquote><p>{ONE}</p>",
            [Embed(SKY, "Bluesky"), Paragraph(ONE)],
        ),
        (
            f'<p>{ONE}</p><div class="flourish-embed" data-src="visualisation/123"><script></script></div>',
            [Paragraph(ONE), Embed("https://flo.uri.sh/visualisation/123/embed", "Flourish")],
        ),
        (
            f'<p>{ONE}</p><iframe src="//charts.example/7?a=1&amp;b=2" width="600"></iframe>'
            '<iframe src="https://count.example/1" width="1" height="1"></iframe>',
            [Paragraph(ONE), Embed("https://charts.example/7?a=1&b=2", None)],
        ),
        (
            f'<p>{ONE}</p><figure><img src="https://i0.wp.com/archive.example/a.jpg?resize=300%2C200&ssl=1"></figure>',
            [Paragraph(ONE), Image(Picture(f"{SITE}/a.jpg"))],
        ),
        (
            f'{ONE}\n\n[su_slider source="media: 7"]\n\n[su_posts posts_per_page="3"]',
            [Paragraph(ONE), Image(Picture(f"{SITE}/wp-content/uploads/2021/03/market.jpg", "السوق"))],
        ),
    ],
    ids=[
        "details", "accordion", "kadence", "heading", "threads", "threads-script", "bluesky", "flourish", "frame", "jetpack",
        "slider",
    ],
)  # fmt: skip
def test_what_plugins_and_platforms_drew(content: str, shown: list[object]) -> None:
    assert body(content, picture(7, parent=0, caption="السوق")) == shown


def test_exports_joined_by_hand_bring_their_accounts_and_sections() -> None:
    other = export(item(11, ONE, creator="rami", terms=(("category", "ball", "كرة"),))).decode()
    for old, new in (
        ("salma", "rami"),
        ("سلمى الحداد", "رامي نصر"),
        ("culture", "sport"),
        ("ثقافة", "رياضة"),
    ):
        other = other.replace(old, new)
    other = other.replace(">books<", ">ball<").replace("كتب", "كرة")
    for joined in (
        export(item(content=ONE)).decode() + other,
        export(item(content=ONE)).decode()[:-17] + other,
    ):
        first, second = READER.read(Source("both.xml", data=joined.encode()), ReadOptions())
        assert isinstance(first, IncomingArticle)
        assert isinstance(second, IncomingArticle)
        assert (first.authors, first.breadcrumb) == (("سلمى الحداد",), ("ثقافة",))
        assert (second.authors, second.breadcrumb) == (("رامي نصر",), ("رياضة", "كرة"))


def test_live_coverage_is_kept_as_comments() -> None:
    def comment(kind: str, hour: str, content: str, meta: str = "") -> str:
        return (
            f"<wp:comment><wp:comment_date>2021-03-14 {hour}:00</wp:comment_date><wp:comment_type>{kind}</wp:comment_type>"
            f"<wp:comment_content><![CDATA[{content}]]></wp:comment_content>{meta}</wp:comment>"
        )

    corrects = "<wp:commentmeta><wp:meta_key>liveblog_replaces</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:commentmeta>"
    comments = (
        comment("liveblog", "10:30", f"<p>{ONE}</p>"),
        comment("liveblog", "11:00", TWO),
        comment("liveblog", "11:05", ONE, corrects),
        comment("comment", "11:10", "تعليق قارئ"),
        comment("pingback", "11:20", "[...] ذكر [...]"),
    )
    found = one(item(content="تغطية مباشرة من السوق.").replace("</item>", "".join(comments) + "</item>"))
    assert found.body == (
        Paragraph("تغطية مباشرة من السوق."),
        Heading("11:00"),
        Paragraph(TWO),
        Heading("10:30"),
        Paragraph(ONE),
    )
