"""The article page: every part of it, and the ways to and from it."""

from __future__ import annotations

import gzip
import io
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from bulaq.newsroom import legacy_paths
from bulaq.newsroom.models import Article, NewsImage, Publication, ReadAlso
from tests.reader.newspaper import NOW, body_of, place
from tests.reader.paths import article_path


@pytest.fixture
def full(reader, newspaper):
    return reader.page("mashriq", article_path(newspaper, "mashriq", 0))


def test_every_part_stands_under_its_name(full):
    _, page = full
    parts = {box.get("data-box") for box in page.xpath("//*[@data-box]")}
    assert parts >= {
        "breadcrumb", "lead-image", "byline", "dateline", "body", "read-also", "edition", "related", "latest", "section",
        "most-read",
    }  # fmt: skip


def test_the_line_of_place_and_people(full):
    _, page = full
    line = page.xpath("//*[@data-box='dateline']/..")[0].text_content()
    assert line == "بيروت - ريم القصّار، سامي الحاج ووكالة الساحل؛ تصوير: سامي الحاج"
    assert page.xpath("//*[@data-box='byline']//a[@rel='author']/text()")[0] == "ريم القصّار"


def test_the_lead_picture_has_sizes_words_and_no_wait(full):
    _, page = full
    figure = page.xpath("//figure[@data-box='lead-image']")[0]
    image = figure.xpath("./img")[0]
    assert image.get("srcset")
    assert image.get("sizes")
    assert image.get("alt") == "باب خشبي مزخرف"
    assert image.get("loading") is None
    assert image.get("fetchpriority") == "high"
    assert "باب في المدينة القديمة." in figure.xpath("./figcaption")[0].text_content()
    assert figure.xpath(".//*[@class='credit']")[0].text_content() == "رسم: النخلة"
    assert all(other.get("loading") == "lazy" for other in page.xpath("//img") if other is not image)


@pytest.mark.parametrize(
    ("size", "shape"), [((200, 900), "tall"), ((900, 200), "wide"), ((900, 610), None), ((300, 200), "small")]
)
def test_a_picture_in_the_text_keeps_a_shape_that_a_cut_would_spoil(size, shape, reader, newspaper):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#7a5c3e").save(buffer, "PNG")
    image = NewsImage(title="shape", description="شكل")
    image.file.save("shape.png", ContentFile(buffer.getvalue()), save=False)
    image.width, image.height = size
    image.save()
    article = newspaper.articles["mashriq"][0]
    article.body = body_of([("image", {"image": image.pk, "caption": "", "credit": "", "alt": ""})])
    article.save()
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    figure = page.xpath("//*[@data-box='body']/figure")[0]
    assert figure.get("class") == shape
    shown = figure.xpath("./img")[0]
    ratio = int(shown.get("width")) / int(shown.get("height"))
    assert ratio == pytest.approx(size[0] / size[1] if shape in ("tall", "wide") else 1.5, rel=0.02)


def test_a_caption_without_a_picture_is_shown_as_text(reader, newspaper):
    Article.objects.filter(pk=newspaper.articles["mashriq"][0].pk).update(
        lead_image=None, lead_caption="صورة ضاعت وبقي تعليقها"
    )
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    figure = page.xpath("//*[@data-box='lead-image']")[0]
    assert figure.text_content().strip() == "صورة ضاعت وبقي تعليقها"
    assert not figure.xpath(".//img")


def test_the_body_prints_every_kind_of_block(full):
    _, page = full
    body = page.xpath("//*[@data-box='body']")[0]
    assert body.xpath("./p//bdi")[0].text_content() == "Ibn Battuta"
    assert body.xpath("./h2")[0].text_content() == "عنوان داخلي"
    assert body.xpath("./blockquote/p")[0].text_content() == "من سار على الدرب وصل."
    assert body.xpath("./blockquote//cite")[0].text_content() == "مثل سائر"
    assert [item.text_content() for item in body.xpath("./ol/li")] == ["أول", "ثان"]
    assert body.xpath("./figure/img/@srcset")
    embed = body.xpath("./*[@data-embed]")[0]
    assert embed.get("data-embed") == "https://www.youtube.com/watch?v=abc"
    assert embed.xpath("./a[@href]")
    assert body.xpath("./*[@class='fact']")[0].text_content().startswith("معلومات")
    assert body.xpath(".//thead//th[@scope='col']/text()") == ["المدينة", "العدد"]
    region = body.xpath(".//table/..")[0]
    assert region.get("role") == "region"
    assert region.get("tabindex") == "0"
    assert region.get("aria-label")


def test_a_recommendation_stands_once_within_the_text_or_after_it(full, newspaper):
    _, page = full
    inline = page.xpath("//*[@data-box='body']//*[@data-box='read-also']//li/@data-article")
    listed = page.xpath("//article/section[@data-box='read-also']//li")
    second, third = newspaper.articles["mashriq"][1:3]
    assert inline == [str(second.pk)]
    assert [item.get("data-article") for item in listed] == [str(third.pk), None]
    assert listed[1].xpath("./a/@href") == ["https://example.org/b"]


def test_a_recommendation_that_no_reader_can_open_is_left_out_and_the_page_waits_for_it(reader, newspaper):
    first, second, third = newspaper.articles["mashriq"][:3]
    Publication.objects.filter(article__in=[second, third]).update(state=Publication.State.WITHDRAWN)
    # Whatever the line itself says: a headline that was withdrawn is none of the page's.
    ReadAlso.objects.filter(article=first, target=third).update(
        headline="عنوان سُحب", url="https://old.example/x"
    )
    response, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    assert not page.xpath(f"//li[@data-article='{second.pk}']")
    assert not page.xpath("//*[@data-box='body']//*[@data-box='read-also']")
    assert "عنوان سُحب" not in page.text_content()
    assert {f"article:{second.pk}", f"article:{third.pk}"} <= set(response["Surrogate-Key"].split())


def test_a_recommendation_that_stands_in_another_edition_alone_leads_there(reader, newspaper):
    second = newspaper.articles["mashriq"][1]
    Publication.objects.filter(article=second).update(edition=newspaper.editions["maghrib"])
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    (link,) = page.xpath(f"//li[@data-article='{second.pk}']/a/@href")
    assert newspaper.editions["maghrib"].host in link


def test_corrections_and_topics_are_on_the_page(full):
    _, page = full
    assert "والصحيح ١٣٤٠" in page.xpath("//*[@class='corrections']")[0].text_content()
    assert page.xpath("//*[@class='topics']//a/text()") == ["الخط العربي"]


def test_an_update_is_told_once_the_text_has_settled(reader, newspaper):
    path = article_path(newspaper, "mashriq", 0)
    for after, told in ((None, False), (timedelta(minutes=2), False), (timedelta(minutes=5), True)):
        Publication.objects.update(published_at=NOW, updated_at=NOW + after if after else None)
        _, page = reader.page("mashriq", path)
        assert bool(page.xpath("//*[contains(@class, 'updated')]")) is told
        assert page.xpath("//*[@class='corrections']")


def test_an_english_page_shows_no_topic_in_arabic_letters(reader, newspaper):
    _, page = reader.page("english", article_path(newspaper, "english", 0))
    assert page.xpath("//*[@class='topics']//a/text()") == ["Calligraphy"]


def test_the_carrier_or_the_sister_edition_that_has_it_first(reader, newspaper):
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    carrier = page.xpath("//*[@data-box='edition']")[0]
    assert carrier.text_content() == "نُشرت المادة في Almaghribtoday.net"

    article = newspaper.articles["mashriq"][3]
    there = place(article, newspaper.editions["maghrib"], "culture", NOW, is_canonical=False)
    _, page = reader.page("maghrib", f"/culture/{article.pk}-{quote(there.slug)}/")
    link = page.xpath("//*[@data-box='edition']/a")[0]
    home = f"http://127.0.0.1{article_path(newspaper, 'mashriq', 3)}"
    assert link.text_content() == "اقرأ المادة في طبعة mashriq"
    assert link.get("href") == home
    assert page.xpath("//link[@rel='canonical']/@href") == [home]


def test_translations_point_to_each_other(reader, newspaper):
    arabic, english = newspaper.articles["mashriq"][0], newspaper.articles["english"][0]
    Article.objects.filter(pk=english.pk).update(translation_of=arabic)
    _, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    languages = {link.get("hreflang"): link.get("href") for link in page.xpath("//head/link[@hreflang]")}
    assert languages["en"] == f"http://english.localhost{article_path(newspaper, 'english', 0)}"
    _, page = reader.page("english", article_path(newspaper, "english", 0))
    assert page.xpath("//*[@class='translations']//a/@hreflang") == ["ar"]


@pytest.mark.parametrize(
    "wrong", ["/sport/{id}-{slug}/", "/culture/{id}-x/", "/culture/{id}/", "/nowhere/{id}-y/"]
)
def test_a_wrong_section_or_slug_is_corrected_for_good(wrong, reader, newspaper):
    right = article_path(newspaper, "mashriq", 0)
    article = newspaper.articles["mashriq"][0]
    slug = unquote(right).split("-", 1)[1].rstrip("/")
    response = reader.response("mashriq", wrong.format(id=article.pk, slug=quote(slug)))
    assert response.status_code == 301
    assert response["Location"] == right
    assert f"article:{article.pk}" in response["Surrogate-Key"].split()


def test_an_address_without_its_slash_is_completed(reader, newspaper):
    right = article_path(newspaper, "mashriq", 0)
    response = reader.response("mashriq", right.rstrip("/"))
    assert response.status_code == 301
    assert response["Location"] == right


def test_a_withdrawn_article_is_gone_and_a_planned_one_is_not_there(reader, newspaper):
    path = article_path(newspaper, "mashriq", 0)
    publications = Publication.objects.filter(article=newspaper.articles["mashriq"][0])
    publications.update(state=Publication.State.WITHDRAWN)
    response, page = reader.page("mashriq", path)
    assert response.status_code == 410
    assert page.xpath("//form[@action='/search/']")
    assert f"article:{newspaper.articles['mashriq'][0].pk}" in response["Surrogate-Key"]
    assert newspaper.articles["mashriq"][0].headline not in response.content.decode()
    for state in (Publication.State.PLANNED, Publication.State.SCHEDULED, Publication.State.FAILED):
        publications.update(state=state)
        assert reader.response("mashriq", path).status_code == 404


def test_an_article_of_another_edition_is_not_shown(reader, newspaper):
    assert reader.response("maghrib", article_path(newspaper, "mashriq", 0)).status_code == 404


def test_an_old_address_leads_to_the_article(reader, newspaper):
    article = newspaper.articles["mashriq"][0]
    legacy_paths.remember(newspaper.editions["mashriq"], article.pk, "/archives/خبر-قديم.html")
    right = article_path(newspaper, "mashriq", 0)
    for old in (
        "/archives/خبر-قديم.html",
        "/archives/خبر-قديم.html?utm_source=x",
        "/archives/خبر-قديم.html/",
    ):
        response = reader.response("mashriq", old)
        assert (response.status_code, response["Location"]) == (301, right)
    assert reader.response("maghrib", "/archives/خبر-قديم.html").status_code == 404


def test_text_from_outside_never_becomes_markup(reader, newspaper):
    article = newspaper.articles["mashriq"][0]
    hostile = '<script>alert(1)</script>"onload=x'
    for name in ("headline", "kicker", "standfirst", "dateline", "lead_caption", "lead_credit", "lead_alt"):
        setattr(article, name, hostile)
    article.carrier_label, article.carrier_url = hostile, "https://example.org/"
    article.body = body_of(
        [
            ("heading", hostile), ("quote", {"text": hostile, "attribution": hostile}),
            ("list", {"items": [hostile], "ordered": False}),
            ("embed", {"url": "javascript:alert(1)", "provider": hostile}),
            ("table", {"data": [[hostile]], "table_caption": hostile}),
            ("fact_box", {"title": hostile, "text": "<p>x</p>"}),
        ]
    )  # fmt: skip
    article.save()
    response, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    assert response.status_code == 200
    assert not page.xpath("//script[not(@type='application/ld+json') and not(starts-with(@src, '/static/'))]")
    assert not page.xpath("//@onload")
    assert b"javascript:" not in response.content


LONG = (
    "كان الناس يمشون في السوق القديمة صباحاً ويتبادلون أخبار البحر والقوافل رقم {n} قبل أن يعلو صوت المنادي. "
)


def test_a_page_with_a_long_body_and_all_its_boxes_weighs_at_most_20_kb(reader, newspaper):
    article = newspaper.articles["mashriq"][0]
    article.body = body_of(
        [("paragraph", f"<p>{''.join(LONG.format(n=n * 7 + k) for k in range(4))}</p>") for n in range(24)]
    )
    article.save()
    response, page = reader.page("mashriq", article_path(newspaper, "mashriq", 0))
    assert len(page.xpath("//*[@data-box='body']/p")) == 24
    assert len(page.xpath("//section[@data-box='latest']//li")) >= 4
    assert len(gzip.compress(response.content, 6)) <= 20_000


def test_the_page_is_rendered_in_a_fixed_number_of_queries(reader, newspaper, django_assert_num_queries):
    path = article_path(newspaper, "mashriq", 0)
    capable = {"Surrogate-Capability": 'test="ESI/1.0"'}
    with django_assert_num_queries(21):
        response = reader.response("mashriq", path, **capable)
    assert response.status_code == 200
    assert b"<esi:include" in response.content
