"""The small files of a site: robots, manifest, icons, OpenSearch, security.txt; and the drawn share picture."""

from __future__ import annotations

import io
import json
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from PIL import Image

from bulaq.newsroom.models import Article, Publication
from bulaq.project import configuration
from bulaq.reader.machine import shaping, share_image
from bulaq.reader.machine.share_image import Card, draw


def test_robots_may_read_everything_but_searches_and_machinery(reader, newspaper):
    text = reader.response("mashriq", "/robots.txt").content.decode()
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    for path in (
        "/",
        "/culture/",
        "/culture/12-x/",
        "/feed/",
        "/sitemap.xml",
        "/media/images/x.jpg",
    ):
        assert rules.can_fetch("*", path), path
    for path in ("/search/", "/search/?q=x", "/search.json?q=x", "/desk/", "/_/box/shared/1/"):
        assert not rules.can_fetch("*", path), path
    assert rules.site_maps() == ["http://127.0.0.1/sitemap.xml", "http://127.0.0.1/news-sitemap.xml"]


def test_the_manifest_is_the_editions_own(reader, newspaper):
    english = json.loads(reader.response("english", "/manifest.webmanifest").content)
    arabic = json.loads(reader.response("mashriq", "/manifest.webmanifest").content)
    assert (english["dir"], english["lang"]) == ("ltr", "en")
    assert (arabic["dir"], arabic["lang"]) == ("rtl", "ar-LB")
    for icon in arabic["icons"]:
        answer = reader.response("mashriq", icon["src"])
        picture = Image.open(io.BytesIO(answer.content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_icons_in_the_accent_of_the_edition(reader, newspaper):
    answer = reader.response("mashriq", "/favicon.ico")
    assert Image.open(io.BytesIO(answer.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    svg = reader.response("mashriq", "/favicon.svg")
    ElementTree.fromstring(svg.content)
    assert newspaper.editions["mashriq"].accent in svg.content.decode()
    assert reader.response("mashriq", "/_/icon/99999.png").status_code == 404


def test_the_search_of_an_edition_describes_itself(reader, newspaper):
    root = ElementTree.fromstring(reader.response("mashriq", "/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    templates = {url.get("type"): url.get("template") for url in root.iter(f"{space}Url")}
    assert templates["text/html"] == "http://127.0.0.1/search/?q={searchTerms}"
    assert len(root.find(f"{space}ShortName").text) <= 16


def test_a_contact_for_weaknesses_only_when_there_is_one(reader, newspaper, settings):
    assert reader.response("mashriq", "/.well-known/security.txt").status_code == 404
    settings.BULAQ = configuration.read({"BULAQ_SECURITY_CONTACT": "mailto:security@example.org"})
    text = reader.response("mashriq", "/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.org\n" in text
    assert "Preferred-Languages: ar, en\n" in text
    assert "Expires: 20" in text


def test_every_file_may_be_kept_and_is_purged_with_its_edition(reader, newspaper):
    for path in ("/robots.txt", "/manifest.webmanifest", "/favicon.svg", "/opensearch.xml", "/sitemap.xml"):
        response = reader.response("mashriq", path)
        assert f"edition:{newspaper.editions['mashriq'].pk}" in response["Surrogate-Key"].split(), path
        assert "max-age=3600" in response["Surrogate-Control"], path


# ── Share pictures ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_share_picture_is_found_by_what_is_drawn(reader, newspaper):
    article = newspaper.articles["mashriq"][3]
    moved = reader.response("mashriq", f"/_/share/{article.pk}.jpg")
    assert moved.status_code == 302
    answer = reader.response("mashriq", moved["Location"])
    assert Image.open(io.BytesIO(answer.content)).size == share_image.SIZE
    assert f"article:{article.pk}" in answer["Surrogate-Key"].split()
    Article.objects.filter(pk=article.pk).update(headline="عنوان آخر")
    assert reader.response("mashriq", moved["Location"]).status_code == 302
    Publication.objects.filter(article=article).update(state=Publication.State.WITHDRAWN)
    assert reader.response("mashriq", moved["Location"]).status_code == 404


def card(headline: str) -> Card:
    return Card(headline, "النخلة", "ثقافة", "rtl", "#8f1d2c")


def test_the_same_words_draw_the_same_picture_and_letters_are_joined(monkeypatch):
    assert draw(card("سلام")) == draw(card("سلام"))
    assert draw(card("سلام")) != draw(card("سلامة"))
    # Joined letters are narrower than the same letters set apart (with a zero-width non-joiner between them).
    for shapes in (shaping.can_shape(), False):
        monkeypatch.setattr(shaping, "can_shape", lambda answer=shapes: answer)
        writer = share_image._Writer(80, "rtl")
        assert writer.width("محيط") < writer.width("م\u200cح\u200cي\u200cط")


@pytest.mark.skipif(not shaping.can_shape(), reason="Pillow has no shaper here to compare with")
@pytest.mark.parametrize(
    "text", ["مدينة تعيد فتح مكتبتها القديمة", "لا إله إلا الله", "الأسئلة والأجوبة", "كتاب 2024 (NASA) جديد"]
)
def test_shaped_by_hand_a_line_is_as_long_as_shaped_by_harfbuzz(text, monkeypatch):
    by_harfbuzz = share_image._Writer(80, "rtl").width(text)
    monkeypatch.setattr(shaping, "can_shape", lambda: False)
    by_hand = share_image._Writer(80, "rtl").width(text)
    assert by_hand == pytest.approx(by_harfbuzz, rel=0.06)


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("سلام", "rtl", "\ufee1\ufefc\ufeb3"),
        ("بت", "rtl", "\ufe96\ufe91"),
        ("دار", "rtl", "\ufead\ufe8d\ufea9"),
        ("عام 2024", "rtl", "2024 \ufee1\ufe8e\ufecb"),
        ("في (NASA) بت", "rtl", "\ufe96\ufe91 (NASA) \ufef2\ufed3"),
        ("News بت now", "ltr", "News \ufe96\ufe91 now"),
        ("مُدّ", "rtl", "\ufeaa\ufee3"),
        ("می\u200cخواهم", "rtl", shaping.visual("خواهم", "rtl") + shaping.visual("می", "rtl")),
        ("", "rtl", ""),
    ],
)
def test_shaping_by_hand(text, direction, expected):
    assert shaping.visual(text, direction) == expected


@pytest.mark.parametrize("headline", ["ك" * 300, "كلمة " * 80, "", "A" * 200, "\u0651" * 40])
def test_no_headline_is_too_much_for_a_card(headline):
    assert Image.open(io.BytesIO(draw(card(headline[:140])))).size == share_image.SIZE
