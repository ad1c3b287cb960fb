"""WordPress exports: every part of a post arrives, in the block editor, the classic one and from Word."""

from __future__ import annotations

import base64
import json
from html import escape
from urllib.parse import quote

import pytest
from eval import wordpress as evaluation
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.wordpress_export import SITE, export, item, picture, serialized

from bulaq.intake.article import (
    Embed,
    Heading,
    Image,
    IncomingArticle,
    List,
    Paragraph,
    Picture,
    Quote,
    Refusal,
    Span,
    Table,
)
from bulaq.intake.installed_readers import readers
from bulaq.intake.reader import ReadOptions, Source
from bulaq.intake.wordpress import READER

ONE = "عادت المطارق إلى الرنين في السوق بعد عشرين عاما من الصمت."
TWO = "ويقول المشرف على الترميم إن العمل بدأ بالسقف الخشبي."
THREE = "ولا تزال الجمعية تبحث عن تمويل للمرحلة الثانية."


def read(data: bytes) -> list[IncomingArticle | Refusal]:
    return list(READER.read(Source("export.xml", data=data), ReadOptions()))


def one(*items: str) -> IncomingArticle:
    (found,) = read(export(*items))
    assert isinstance(found, IncomingArticle)
    return found


def body(content: str, *others: str) -> list[object]:
    return [
        Paragraph(block.text) if isinstance(block, Paragraph) else block
        for block in one(item(content=content), *others).body
    ]


def test_it_is_recognised_and_installed() -> None:
    assert READER.recognises(Source("x", data=export(item())))
    assert not READER.recognises(Source("x", data=b"<rss version='2.0'><channel><item/></channel></rss>"))
    assert "wxr" in [reader.format for reader in readers()]


def test_who_where_and_when() -> None:
    found = one(
        item(
            12,
            ONE,
            title="سوق &#8220;النحاسين&#8221; <em>تعود</em>",
            terms=(
                ("category", "uncategorized", "غير مصنف"),
                ("category", "culture", "ثقافة"),
                ("category", "books", "كتب"),
                ("post_tag", "aleppo", "حلب"),
            ),
            meta=(("_yoast_wpseo_primary_category", "4"), ("_wp_old_slug", "old-name"), ("dateline", "حلب")),
            excerpt="ثلاثة عشر دكانا تفتح أبوابها من جديد",
        )
    )
    assert found.headline == "سوق “النحاسين” تعود"
    assert found.authors == ("سلمى الحداد",)
    assert (found.section, found.breadcrumb, found.tags) == ("كتب", ("ثقافة", "كتب"), ("حلب",))
    assert found.published_at == "2021-03-14T09:30:00+03:00"
    assert found.dateline == "حلب"
    assert found.standfirst == "ثلاثة عشر دكانا تفتح أبوابها من جديد"
    assert set(found.aliases) == {f"{SITE}/?p=12", f"{SITE}/culture/2021/03/14/old-name/"}
    assert not found.draft


def test_an_excerpt_that_wordpress_cut_from_the_text_is_no_standfirst() -> None:
    assert one(item(content=f"{ONE}\n\n{TWO}", excerpt=f"{ONE} ويقول المشر […]")).standfirst is None


def test_addresses_stay_as_they_were_exported() -> None:
    cut = f"{SITE}/%d8%ab%d9%82%d8%a7%d9%81%d8%a9/%d8%b3%d9%88%d9%82-%d8%a7%d9%84%d9%86%d8%ad%d8%a7%d8%b3%d9%8a%d9%86-%d8"
    assert one(item(content=ONE, link=cut)).url == cut


@pytest.mark.parametrize(
    ("given_fields", "moment"),
    [
        ({"gmt": "0000-00-00 00:00:00", "status": "draft"}, "2021-03-14T09:30:00"),
        ({"date": "2021-03-14 01:30:00", "gmt": "2021-03-13 20:00:00"}, "2021-03-14T01:30:00+05:30"),
        ({"date": "0000-00-00 00:00:00", "gmt": "2021-03-14 06:30:00"}, "2021-03-14T06:30:00+00:00"),
        ({"date": "0000-00-00 00:00:00", "gmt": "0000-00-00 00:00:00"}, None),
        ({"date": "2021-02-30 09:00:00", "gmt": "مساء"}, None),
    ],
)
def test_the_offset_is_the_difference_of_the_two_dates(
    given_fields: dict[str, str], moment: str | None
) -> None:
    assert one(item(content=ONE, **given_fields)).published_at == moment


def test_drafts_pages_passwords_and_what_was_thrown_away() -> None:
    found = read(
        export(
            item(1, ONE, status="draft"),
            item(2, ONE, status="private"),
            item(3, ONE, password="سر"),
            item(4, ONE, kind="page"),
            item(5, ONE, kind="interview"),
            item(6, ONE, status="trash"),
            item(7, "", title="", status="publish"),
            item(8, "", kind="nav_menu_item"),
            item(9, "", kind="revision", status="inherit"),
        )
    )
    articles = [each for each in found if isinstance(each, IncomingArticle)]
    assert [article.draft for article in articles] == [True, True, True, False, False]
    assert "password" in articles[2].warnings[0]
    assert "interview" in articles[4].warnings[0]
    assert [each.code for each in found if isinstance(each, Refusal)] == ["trash", "empty"]


def test_the_featured_image_brings_its_caption_wherever_it_stands_in_the_file() -> None:
    kept = picture(
        caption="السوق وقت الغروب | تصوير: سلمى", meta=(("_wp_attachment_image_alt", "سوق مسقوفة"),)
    )
    post = item(content=ONE, meta=(("_thumbnail_id", "7"),))
    wanted = Picture(
        f"{SITE}/wp-content/uploads/2021/03/market.jpg", "السوق وقت الغروب", "تصوير: سلمى", "سوق مسقوفة"
    )
    assert one(post, kept).lead_image == one(kept, post).lead_image == wanted


def test_a_first_picture_that_is_the_featured_one_is_not_shown_twice() -> None:
    content = f'<!-- wp:image {{"id":7}} --><figure class="wp-block-image"><img src="https://cdn.example/m-1024x683.jpg" class="wp-image-7"/><figcaption>السوق ليلا</figcaption></figure><!-- /wp:image -->\n\n<!-- wp:paragraph --><p>{ONE}</p><!-- /wp:paragraph -->'
    found = one(picture(), item(content=content, meta=(("_thumbnail_id", "7"),)))
    assert found.lead_image
    assert found.lead_image.caption == "السوق ليلا"
    assert found.body == (Paragraph(ONE),)


BLOCKS = f"""<!-- wp:paragraph -->
<p>{ONE}</p>
<!-- /wp:paragraph -->

<!-- wp:heading {{"level":3}} -->
<h3 class="wp-block-heading">عن الصنعة</h3>
<!-- /wp:heading -->

<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>{TWO}</p><!-- /wp:paragraph --><cite>شيخ الكار</cite></blockquote><!-- /wp:quote -->

<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>{THREE}</p></blockquote></figure><!-- /wp:pullquote -->

<!-- wp:list --><ul class="wp-block-list"><!-- wp:list-item --><li>قدور<!-- wp:list --><ul><!-- wp:list-item --><li>صغيرة</li><!-- /wp:list-item --></ul><!-- /wp:list --></li><!-- /wp:list-item --><!-- wp:list-item --><li>أباريق</li><!-- /wp:list-item --></ul><!-- /wp:list -->

<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>السنة</td><td>الدكاكين</td></tr><tr><td>2020</td><td>13</td></tr></tbody></table></figure><!-- /wp:table -->

<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image --><figure class="wp-block-image"><img src="/a.jpg"/><figcaption>الأولى</figcaption></figure><!-- /wp:image --><!-- wp:image --><figure class="wp-block-image"><img src="/b.jpg"/><figcaption>الثانية</figcaption></figure><!-- /wp:image --></figure><!-- /wp:gallery -->

<!-- wp:embed {{"url":"https://www.youtube.com/watch?v=abcdefghijk","type":"video"}} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=abcdefghijk
</div></figure><!-- /wp:embed -->

<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div><!-- wp:paragraph --><p>{TWO}</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->

<!-- wp:buttons --><div><!-- wp:button --><div><a href="/x">اشترك الآن</a></div><!-- /wp:button --></div><!-- /wp:buttons -->
<!-- wp:latest-posts /-->
<!-- wp:block {{"ref":77}} /-->
<!-- wp:more --><!--more--><!-- /wp:more -->
<!-- wp:paragraph --><p>{THREE}</p><!-- /wp:paragraph -->"""


def test_the_block_editor() -> None:
    pattern = item(77, f"<!-- wp:paragraph --><p>{ONE}</p><!-- /wp:paragraph -->", kind="wp_block")
    assert body(BLOCKS, pattern) == [
        Paragraph(ONE),
        Heading("عن الصنعة"),
        Quote(TWO, "شيخ الكار"),
        Quote(THREE),
        List(("قدور", "صغيرة", "أباريق")),
        Table((("السنة", "الدكاكين"), ("2020", "13"))),
        Image(Picture(f"{SITE}/a.jpg", "الأولى")),
        Image(Picture(f"{SITE}/b.jpg", "الثانية")),
        Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
        Paragraph(TWO),
        Paragraph(ONE),
        Paragraph(THREE),
    ]


CLASSIC = f"""[caption id="attachment_7" align="aligncenter" width="640"]<a href="/big.jpg"><img class="wp-image-9" src="/c.jpg" alt="" width="640" /></a> باب <em>السوق</em>[/caption]

{ONE}
{TWO}

<!--more-->

<blockquote>{THREE}</blockquote>

https://twitter.com/souq/status/123456789

[embed]https://vimeo.com/76979871[/embed] [video mp4="https://archive.example/v.mp4"][/video]
[youtube=https://youtu.be/abcdefghijk] [unknown_plugin id="3"]
قال: [كذا] في الأصل [CNN] و[[gallery]].

اقرأ أيضًا: <a href="{SITE}/?p=5">خان الشونة يفتح أبوابه</a>

[gallery ids="7,8"]"""


def test_the_classic_editor_and_its_shortcodes() -> None:
    found = one(
        picture(7, caption="الدكان"), item(content=CLASSIC), picture(8, url="/d.jpg", caption="المطرقة")
    )
    assert found.lead_image == Picture(f"{SITE}/c.jpg", "باب السوق")
    assert list(found.body) == [
        Paragraph(ONE),
        Paragraph(TWO),
        Quote(THREE),
        Embed("https://twitter.com/souq/status/123456789", "X"),
        Embed("https://vimeo.com/76979871", "Vimeo"),
        Embed("https://archive.example/v.mp4"),
        Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube"),
        Paragraph("قال: [كذا] في الأصل [CNN] و[gallery]."),
        Image(Picture(f"{SITE}/wp-content/uploads/2021/03/market.jpg", "الدكان")),
        Image(Picture(f"{SITE}/d.jpg", "المطرقة")),
    ]
    assert [(link.headline, link.url) for link in found.read_also] == [
        ("خان الشونة يفتح أبوابه", f"{SITE}/?p=5")
    ]
    assert found.warnings == ("left out: [unknown_plugin]",)


def test_a_gallery_without_numbers_shows_the_pictures_of_the_post() -> None:
    found = one(picture(7), picture(9, parent=11), item(10, f"{ONE}\n\n[gallery]"))
    assert [block.picture.url for block in found.body if isinstance(block, Image)] == [
        f"{SITE}/wp-content/uploads/2021/03/market.jpg"
    ]


def test_a_table_keeps_its_caption_from_the_picture_before() -> None:
    gallery = (
        '<!-- wp:gallery --><figure class="wp-block-gallery">'
        '<figure class="wp-block-image"><img src="/a.jpg"/><figcaption>الأولى</figcaption></figure>'
        '<figure class="wp-block-image"><img src="/b.jpg"/></figure></figure><!-- /wp:gallery -->'
    )
    table = (
        '<!-- wp:table --><figure class="wp-block-table"><table><tr><td>السنة</td><td>الدكاكين</td></tr><tr><td>2020</td><td>13</td></tr></table>'
        "<figcaption>دكاكين السوق</figcaption></figure><!-- /wp:table -->"
    )
    for pictures in (gallery, '<figure class="wp-block-image"><img src="/b.jpg"/></figure>'):
        found = body(f"<!-- wp:paragraph --><p>{ONE}</p><!-- /wp:paragraph -->{pictures}{table}")
        shown = [block.picture for block in found if isinstance(block, Image)]
        assert shown[-1].url == f"{SITE}/b.jpg"
        assert shown[-1].caption is None
        assert found[-2:] == [
            Table((("السنة", "الدكاكين"), ("2020", "13"))),
            Paragraph("دكاكين السوق"),
        ]


WORD = f"""<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {{mso-style-parent:""}}</style>
<p class="MsoNormal" dir="RTL" style="text-align:justify"><span lang="AR-SA" style="font-family:&quot;Simplified Arabic&quot;"><font size="4">{ONE.replace(" السوق", chr(10) + "السوق")}<o:p></o:p></font></span></p>
<p class="MsoNormal"><span lang="AR-SA"><o:p>&nbsp;</o:p></span></p>
<p class="MsoNormal"><b><span>{TWO[:20]}</span></b><span>{TWO[20:]}</span></p>
<p class="MsoListParagraphCxSpFirst"><!--[if !supportLists]--><span>·<span>&nbsp;&nbsp; </span></span><!--[endif]--><span>قدور</span></p>
<p class="MsoListParagraphCxSpLast"><span style="mso-list:Ignore">1.<span>&nbsp;</span></span>أباريق</p>"""


def test_bodies_pasted_from_word() -> None:
    assert body(WORD) == [Paragraph(ONE), Paragraph(TWO), List(("قدور", "أباريق"))]


def test_a_byline_in_the_body_says_who_wrote_it() -> None:
    found = one(item(content=f"كتبت: سلمى الحداد\n\n{ONE}\n\n{TWO}\n\n{THREE}", creator="admin"))
    assert found.authors == ("سلمى الحداد",)
    assert found.body[0] == Paragraph(ONE)


def test_accounts_that_name_nobody_are_no_authors() -> None:
    assert one(item(content=ONE, creator="admin")).authors == ()


def test_co_authors_stand_before_the_account() -> None:
    terms = (("author", "cap-marwan", "مروان الخطيب"), ("author", "cap-layla", "ليلى منصور"))
    assert one(item(content=ONE, terms=terms)).authors == ("مروان الخطيب", "ليلى منصور")


def test_links_keep_their_places() -> None:
    (paragraph,) = one(item(content=f'زار <a href="/old/1/">المعرض</a> وفد من المدينة {ONE}')).body
    assert isinstance(paragraph, Paragraph)
    assert paragraph.spans == (Span(4, 10, f"{SITE}/old/1/"),)


WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي \u200c", min_size=12, max_size=60).map(
    lambda t: f"نص{t}ي."
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_paragraphs_come_back_from_either_editor(texts: list[str]) -> None:
    folded = [Paragraph(" ".join(text.split())) for text in texts]
    classic = "\n\n".join(texts)
    blocks = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{escape(text)}</p>\n<!-- /wp:paragraph -->" for text in texts
    )
    assert body(classic) == body(blocks) == folded


def test_the_shared_export_is_exact_to_the_last_caption(shared, capsys) -> None:
    folder = shared / "intake"
    assert (
        evaluation.main(
            ["--export", str(folder / "wordpress-export.wxr.xml"), "--gold", str(folder / "gold.json")]
        )
        == 0
    )
    assert "exact: 5 of 5" in capsys.readouterr().out


def test_page_builders_leave_what_a_reader_read() -> None:
    built = f'[vc_row][vc_column][vc_column_text]{ONE}[/vc_column_text][vc_single_image image="7"][/vc_column][/vc_row]'
    built += f'[vc_custom_heading text="بعد الترميم"][et_pb_text]{TWO}[/et_pb_text][et_pb_text]{THREE}[/et_pb_text]'
    shown = body(built, picture(7, caption="تعليق"))
    assert [block for block in shown if not isinstance(block, Image)] == [
        Paragraph(ONE),
        Heading("بعد الترميم"),
        Paragraph(TWO),
        Paragraph(THREE),
    ]
    assert not one(item(content=built)).warnings
    divi = f'[et_pb_blurb title="ملعب"]<p>{ONE}</p>[/et_pb_blurb][et_pb_video src="https://youtu.be/abcdefghijk"][/et_pb_video]'
    divi += f'[et_pb_testimonial author="سلمى"]<p>{TWO}</p>[/et_pb_testimonial][button]اضغط[/button]'
    film = Embed("https://www.youtube.com/watch?v=abcdefghijk", "YouTube")
    assert body(divi) == [Heading("ملعب"), Paragraph(ONE), film, Quote(TWO, "سلمى")]
    posts = '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@city/video/7123456789012345678"><section></section></blockquote>'
    posts += '[fb_pe url="https://www.facebook.com/city/posts/99" bottom="30"]'
    assert [block.provider for block in body(posts) if isinstance(block, Embed)] == ["TikTok", "Facebook"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sections", serialized([{"heading": "السوق", "text": f"{ONE}\n\n{TWO}", "width": "300px"}])),
        ("panels_data", serialized({"widgets": [{"title": "السوق", "text": f"<p>{ONE}</p><p>{TWO}</p>", "class": "Editor_Widget"}]})),
        ("_builder", f'O:8:"stdClass":2:{{{serialized("title")}{serialized("السوق")}{serialized("text")}{serialized(f"<p>{ONE}</p><p>{TWO}</p>")}}}'),
        ("_page_2", json.dumps([{"tag": "h2", "text": "السوق"}, {"css": "p{color:red}", "text": f"<p>{ONE}</p><p>{TWO}</p>"}])),
        ("shortcodes", f"<h2>السوق</h2>[ct_text o='{{\"a\":1}}']<p>{ONE}</p><p>{TWO}</p>[/ct_text]"),
    ],
    ids=["rows", "widgets", "object", "json", "shortcodes"],
)  # fmt: skip
def test_a_post_whose_text_stands_in_a_field_that_nobody_knows(name: str, value: str) -> None:
    about = ("_seo_metadesc", f"{TWO} {ONE} {THREE}"), ("subtitle", f"{THREE} {TWO} {ONE}")
    found = one(item(meta=(*about, (name, value))))
    assert found.body == (Heading("السوق"), Paragraph(ONE), Paragraph(TWO))
    assert found.warnings == (f"the text stood in the field {name}",)
    assert one(item(content=THREE, meta=((name, value),))).body == (Paragraph(THREE),)
    assert one(item(meta=about)).body == ()


def test_notes_that_a_plugin_numbers_and_cards_in_the_text() -> None:
    card = (
        f'<blockquote class="wp-embedded-content"><a href="{SITE}/b/">حكاية الخان القديم</a></blockquote>'
        f'<iframe class="wp-embedded-content" src="{SITE}/b/embed/"></iframe>'
    )
    found = one(item(content=f"{ONE}[efn_note]في المخطوط.[/efn_note] {TWO}\n\n{card}\n\n{THREE}"))
    assert found.body == (
        Paragraph(f"{ONE} [1] {TWO}"),
        Paragraph(THREE),
        List(("في المخطوط.",)),
    )
    assert [link.headline for link in found.read_also] == ["حكاية الخان القديم"]


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("المصدر: رويترز", ("رويترز",)),
        ("(أ ف ب)", ("أ ف ب",)),
        ("الجزيرة نت + وكالات", ("الجزيرة نت", "وكالات")),
    ],
)
def test_a_line_of_agencies_under_the_text_is_kept_as_who_signs(line: str, agencies: tuple[str, ...]) -> None:
    found = one(item(content=f"{ONE}\n\n{TWO}\n\n{line}"))
    assert (found.body, found.agencies) == ((Paragraph(ONE), Paragraph(TWO)), agencies)
    assert one(item(content=f"{ONE}\n\n{TWO}\n\nالحياة")).body[2:] == (Paragraph("الحياة"),)


@pytest.mark.parametrize(
    "left",
    [
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->",
        "&lt;!--[if gte mso 9]&gt;&lt;xml&gt; &lt;w:View&gt;Normal&lt;/w:View&gt;&lt;/xml&gt;&lt;![endif]--&gt;\n\n",
        'Normal\n0\n\n\nfalse\nfalse\n\nEN-US\nX-NONE\nAR-SA\n\n/* Style Definitions */\ntable.MsoNormalTable\n{mso-style-name:"T";\n}\n',
        "<p>Normal 0 false false false EN-US X-NONE AR-SA MicrosoftInternetExplorer4</p>",
    ],
)
def test_what_word_left_before_the_text_is_no_text(left: str) -> None:
    assert body(f"{left}{ONE}\n\n{TWO}") == [Paragraph(ONE), Paragraph(TWO)]


def test_a_post_whose_text_stands_in_elementors_field() -> None:
    widgets = [
        {"elType": "widget", "widgetType": "heading", "settings": {"title": "بعد الترميم"}},
        {
            "elType": "widget",
            "widgetType": "text-editor",
            "settings": {"editor": f"<p>{ONE}</p><p>{TWO}</p>"},
        },
        {
            "elType": "widget",
            "widgetType": "tabs",
            "settings": {"tabs": [{"tab_title": None, "tab_content": f"<p>{ONE}</p>"}]},
        },
    ]
    inside = [
        {"elType": "widget", "widgetType": "text-editor", "settings": {"editor": THREE, "css": "x" * 30_000}}
    ]
    titles = {"items": [{"item_title": "متى؟"}]}
    folded = {"elType": "widget", "widgetType": "nested-accordion", "settings": titles, "elements": inside}
    data = json.dumps(
        [{"elType": "section", "elements": [{"elType": "column", "elements": [*widgets, folded]}]}]
    )
    found = one(item(meta=(("_elementor_data", data),)))
    shown = [
        Heading("بعد الترميم"),
        Paragraph(ONE),
        Paragraph(TWO),
        Paragraph(ONE),
        Heading("متى؟"),
        Paragraph(THREE),
    ]
    assert list(found.body) == shown
    for broken in ("[" * 100_000, "{", '[{"elType": "widget", "settings": 3, "elements": 4}]'):
        assert one(item(meta=(("_elementor_data", broken),))).body == ()


def test_a_text_in_fields_of_rows_and_of_blocks() -> None:
    """Advanced Custom Fields: flexible content without a body, and blocks that keep their fields beside their name."""
    rows = [
        ("parts_0_text", f"<p>{ONE}</p>"),
        ("parts_1_image", "7"),
        ("parts_2_quote", TWO),
        ("parts_2_author", "سلمى"),
    ]
    named = [(f"_{name}", "field_5e8f0a1b2c3d4") for name, _ in rows]
    fields = (
        ("parts", 'a:3:{i:0;s:4:"text";i:1;s:5:"image";i:2;s:5:"quote";}'),
        *rows,
        *named,
        ("views_0_day", "3"),
    )
    pictured = picture(7, caption="تعليق")
    told = next(a for a in read(export(item(meta=fields), pictured)) if isinstance(a, IncomingArticle))
    texts = [block for block in told.body if not isinstance(block, Image)]
    assert texts == [Paragraph(ONE), Quote(TWO, "سلمى")]
    data = json.dumps({"text": TWO, "_text": "field_1", "author": "سلمى", "_author": "field_2"})
    block = f'<!-- wp:paragraph --><p>{ONE}</p><!-- /wp:paragraph --><!-- wp:acf/quote {{"data":{data}}} /-->'
    assert body(block) == [Paragraph(ONE), Quote(TWO, "سلمى")]


def test_what_php_warned_of_before_the_export_hides_no_name() -> None:
    (found,) = read(
        b"<br />\n<b>Warning</b>: Undefined variable $x on line <b>12</b>\n" + export(item(content=ONE))
    )
    assert isinstance(found, IncomingArticle)
    assert found.authors == ("سلمى الحداد",)


def test_co_authors_stand_by_the_login_of_their_account() -> None:
    terms = (("author", "cap-salma", "salma"), ("author", "cap-rana", "رنا الخوري"))
    found = one(item(terms=terms))
    assert len(found.authors) == 2
    assert "salma" not in found.authors
    assert "رنا الخوري" in found.authors


def test_pictures_that_stand_in_another_part_of_the_export(tmp_path) -> None:
    (tmp_path / "site.000.xml").write_bytes(export(item(meta=(("_thumbnail_id", "7"),))))
    (tmp_path / "site.001.xml").write_bytes(export(picture(7, caption="السوق القديم")))
    other = export(picture(7, caption="غيره")).replace(SITE.encode(), b"https://other.example")
    (tmp_path / "another.xml").write_bytes(other)
    (tmp_path / "page.xml").write_text("<rss/>")
    (found,) = READER.read(Source("site.000.xml", tmp_path / "site.000.xml"), ReadOptions())
    assert isinstance(found, IncomingArticle)
    assert found.lead_image is not None
    assert found.lead_image.caption == "السوق القديم"


def test_fields_of_themes_and_plugins() -> None:
    value = "عودة المطبعة إلى الحي"
    settings = f'a:2:{{s:11:"td_subtitle";s:{len(value.encode())}:"{value}";s:9:"td_source";s:12:"رويترز";}}'
    found = one(item(meta=(("td_post_theme_settings", settings),)))
    assert found.standfirst == value
    assert found.agencies == ("رويترز",)
    assert one(item(meta=(("subtitle", ""), ("_subtitle", "field_5f3a1b2c3d4e5")))).standfirst is None
    for broken in ("a:9:{s:99999:", 'a:1:{s:3:"td_', "a:1:{" * 1000, 's:4:"نص";'):
        assert one(item(meta=(("td_post_theme_settings", broken),))).standfirst is None


def test_custom_types_bring_their_own_sections_and_goods_are_no_articles() -> None:
    terms = (("news_category", "politics", "سياسة"), ("news_tag", "council", "مجلس"))
    found = one(item(kind="news", terms=terms))
    assert (found.section, found.tags) == ("سياسة", ("مجلس",))
    author = item(
        13, kind="guest-author", title="هالة مراد", name="cap-hala", meta=(("cap-user_login", "hala"),)
    )
    signed = item(14, terms=(("author", "cap-hala", "hala"), ("category", "culture", "ثقافة")))
    assert one(item(11, kind="product"), author, signed).authors == ("هالة مراد",)


def test_the_first_version_of_the_format_names_each_term_twice() -> None:
    twice = '<category><![CDATA[مطبعة]]></category><category domain="tag" nicename="press"><![CDATA[مطبعة]]></category>'
    old = export(item().replace("<category ", f"{twice}<category ", 1)).replace(
        b"export/1.2/", b"export/1.0/"
    )
    (found,) = READER.read(Source("old.xml", data=old), ReadOptions())
    assert isinstance(found, IncomingArticle)
    assert (found.section, found.tags) == ("ثقافة", ("مطبعة",))


def test_raw_markup_of_a_page_builder_is_decoded() -> None:
    coded = base64.b64encode(quote(f"<p>{TWO}</p><script>alert(1)</script>").encode()).decode()
    assert body(f"{ONE}\n\n[vc_raw_html]{coded}[/vc_raw_html]") == [Paragraph(ONE), Paragraph(TWO)]
    assert body(f"{ONE}\n\n[vc_raw_html]!{coded}[/vc_raw_html]") == [Paragraph(ONE)]


def test_what_the_editor_drew_beside_its_markup() -> None:
    content = """<!-- wp:paragraph -->
<p>عادت المطبعة<sup data-fn="a1" class="fn"><a href="#a1" id="a1-link">1</a></sup> إلى العمل صباح اليوم.</p>
<!-- /wp:paragraph -->
<!-- wp:verse --><pre class="wp-block-verse">قفا نبك من ذكرى حبيب ومنزل
بسقط اللوى بين الدخول فحومل</pre><!-- /wp:verse -->
<!-- wp:image {"id":7} --><figure class="wp-block-image"><img src="https://archive.example/wp-content/uploads/2021/03/market-300x200.jpg" class="wp-image-7"/></figure><!-- /wp:image -->
<!-- wp:file --><div class="wp-block-file"><a href="https://archive.example/r.pdf">التقرير</a><a href="https://archive.example/r.pdf" class="wp-block-file__button">تنزيل</a></div><!-- /wp:file -->
<!-- wp:html --><div class="fb-post" data-href="https://www.facebook.com/page/posts/12" data-width="500"></div><script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="harbour/55"></script><!-- /wp:html -->
<!-- wp:footnotes /-->"""
    notes = '[{"id":"a1","content":"آلة من عام 1904"}]'
    article = one(
        item(10, content, meta=(("footnotes", notes), ("video_url", "https://vimeo.com/76979871"))), picture()
    )
    assert [block.as_json() for block in article.body] == [
        {"type": "embed", "url": "https://vimeo.com/76979871", "provider": "Vimeo"},
        {"type": "paragraph", "text": "عادت المطبعة[1] إلى العمل صباح اليوم."},
        {"type": "paragraph", "text": "قفا نبك من ذكرى حبيب ومنزل"},
        {"type": "paragraph", "text": "بسقط اللوى بين الدخول فحومل"},
        {
            "type": "image",
            "url": f"{SITE}/wp-content/uploads/2021/03/market.jpg",
            "caption": None,
            "credit": None,
            "alt": None,
        },
        {"type": "paragraph", "text": "التقرير"},
        {"type": "embed", "url": "https://www.facebook.com/page/posts/12", "provider": "Facebook"},
        {"type": "embed", "url": "https://t.me/harbour/55", "provider": "Telegram"},
        {"type": "list", "items": ["آلة من عام 1904"]},
    ]


def test_titles_of_what_opens_and_closes_and_who_is_quoted_are_shown() -> None:
    content = (
        '[su_spoiler title="كيف عادت المطبعة"]نص الطيّة.[/su_spoiler]\n\n'
        '[quote author="هالة مراد"]ذاكرة مدينة[/quote]\n\n<blockquote>ليست حديدا<br>بل ذاكرة<cite>أمينة المتحف</cite></blockquote>\n\nوعاد الصوت.'
    )
    article = one(item(10, content))
    assert [block.as_json() for block in article.body] == [
        {"type": "heading", "text": "كيف عادت المطبعة"},
        {"type": "paragraph", "text": "نص الطيّة."},
        {"type": "quote", "text": "ذاكرة مدينة", "attribution": "هالة مراد"},
        {"type": "quote", "text": "ليست حديدا بل ذاكرة", "attribution": "أمينة المتحف"},
        {"type": "paragraph", "text": "وعاد الصوت."},
    ]


def test_players_of_flash_tabs_of_themes_and_advertisements() -> None:
    player = '<object width="425"><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=ar"></param></object>'
    tabs = '[tabs type="horizontal"][tabs_head][tab_title]الأول[/tab_title][/tabs_head][tab]نص أول[/tab][tab]نص ثان[/tab][/tabs]'
    assert body(f"{ONE}\n\n{player}\n\n[ads1]\n\n{tabs}") == [
        Paragraph(ONE),
        Embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"),
        Heading("الأول"),
        Paragraph("نص أول"),
        Paragraph("نص ثان"),
    ]


def test_a_lead_picture_shown_again_keeps_what_is_said_there() -> None:
    shown = '[caption width="300"]<img src="{}" /> في الصباح[/caption]'
    library = picture(11, url=f"{SITE}/lead.jpg", caption="في المساء")
    content = f"{ONE}\n\n{shown.format(f'{SITE}/lead.jpg')}"
    found = one(item(content=content, meta=(("_thumbnail_id", "11"),)), library)
    assert [block.picture.caption for block in found.body if isinstance(block, Image)] == ["في الصباح"]
    bare = one(
        item(content=content, meta=(("_thumbnail_id", "11"),)),
        picture(11, url=f"{SITE}/lead.jpg", caption=""),
    )
    assert bare.lead_image is not None
    assert (bare.lead_image.caption, len(bare.body)) == ("في الصباح", 1)


def test_tables_that_stand_in_posts_of_their_own() -> None:
    text = "عادت المطارق إلى الرنين في السوق."
    table = json.dumps(
        [["الفريق", "النقاط"], ["النهر", "<b>٣</b>"], ["#rowspan#", "١"], ["", ""]], ensure_ascii=False
    )
    number = (("_tablepress_export_table_id", "7"),)
    exported = export(
        item(1, f"{text}\n\n[table id=7 responsive=scroll /]\n\n{text} [table id=8 /]"),
        item(2, '<!-- wp:tablepress/table {"id":"7"} -->\n[table id=“7” /]\n<!-- /wp:tablepress/table -->'),
        item(3, table, kind="tablepress_table", meta=number),
    )
    found = [each for each in read(exported) if isinstance(each, IncomingArticle)]
    rows = Table((("الفريق", "النقاط"), ("النهر", "٣"), ("النهر", "١")))
    assert [article.body for article in found] == [(Paragraph(text), rows, Paragraph(text)), (rows,)]
    assert found[0].warnings == ("left out: [table]",)
