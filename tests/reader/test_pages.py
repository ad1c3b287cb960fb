"""What every page of every edition keeps: language, direction, digits, one heading, boxes, headers, security."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter

import pytest

from bulaq.arabic.digits import to_digits
from bulaq.reader.composition import CompositionMiddleware  # noqa: F401 - the pages under test are composed by it
from tests.reader.paths import KINDS, path_of

EDITIONS = ("mashriq", "maghrib", "english")
FOREIGN_DIGITS = {"arab": re.compile("[0-9۰-۹]"), "latn": re.compile("[٠-٩۰-۹]")}
BOXES = {"related", "latest", "section", "most-read", "read-also"}


@pytest.fixture(params=EDITIONS)
def edition(request):
    return request.param


@pytest.fixture(scope="module")
def opened() -> dict[tuple[str, str], tuple]:
    """What `look` has opened."""
    return {}


@pytest.fixture
def look(reader, newspaper, opened):
    """`look(kind, edition)`: the address of a page, its response and its parsed HTML, drawn once for all who only look."""

    def look(kind: str, edition: str) -> tuple:
        if (kind, edition) not in opened:
            path = path_of(kind, newspaper, edition)
            opened[kind, edition] = (path, *reader.page(edition, path))
        return opened[kind, edition]

    return look


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_keeps_the_contract(kind, edition, look, newspaper):
    _, response, page = look(kind, edition)
    profile = newspaper.editions[edition].profile
    assert response.status_code == (404 if kind == "lost" else 200)

    assert page.get("lang") == profile.language
    assert page.get("dir") == profile.direction
    assert response["Content-Language"] == profile.language
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//h1")[0].text_content().strip()
    assert page.xpath("//title")[0].text_content().strip()
    assert len(page.xpath("//main")) == 1
    assert page.xpath("//body/*[1]/self::a[@class='skip' and @href='#content']")

    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for reference in page.xpath("//@aria-labelledby"):
        assert reference in ids

    articles = page.xpath("//li[@data-article]/@data-article")
    assert [number for number, times in Counter(articles).items() if times > 1] == [], "a headline twice"
    for box in page.xpath("//*[@data-box]"):
        assert box.text_content().strip() or box.xpath(".//img"), f"an empty {box.get('data-box')}"
        if box.get("data-box") in BOXES:
            assert box.tag == "section"
            assert box.xpath(".//li//a")
            assert not box.xpath(".//section")

    for image in page.xpath("//img"):
        assert image.get("width")
        assert image.get("height")
        assert image.get("alt") is not None
    for script in page.xpath("//script[not(@type='application/ld+json')]"):
        assert script.get("src", "").startswith("/static/")
        assert script.get("defer") is not None
        assert not script.text
    assert not page.xpath("//@style")
    assert b"esi:" not in response.content


@pytest.mark.parametrize("kind", KINDS)
def test_the_frame_speaks_in_the_editions_digits(kind, edition, look, newspaper):
    _, _, page = look(kind, edition)
    foreign = FOREIGN_DIGITS[newspaper.editions[edition].profile.digits]
    for time in page.xpath("//time"):
        said = f"{time.text_content()} {time.get('title') or ''}"
        assert not foreign.search(said), said
    for text in page.xpath("//p[contains(@class,'date')]//text() | //*[@role='status']//text()"):
        assert not foreign.search(text), text


@pytest.mark.parametrize("kind", KINDS)
def test_every_style_is_named_by_its_hash_and_the_headers_tell_how_long(kind, edition, look, newspaper):
    _, response, page = look(kind, edition)
    policy = response["Content-Security-Policy"]
    for style in page.xpath("//style"):
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert f"edition:{newspaper.editions[edition].pk}" in response["Surrogate-Key"].split()
    assert "max-age" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("kind", ["section", "article", "plain", "author", "topic", "standing", "archive"])
def test_pages_name_their_canonical_address(kind, edition, look, newspaper):
    path, _, page = look(kind, edition)
    host = newspaper.editions[edition].host
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://{host}{path}"]


def test_the_current_section_is_marked(look):
    for kind in ("section", "article"):
        _, _, page = look(kind, "mashriq")
        marked = page.xpath("//header//nav//a[@aria-current]/@href")
        assert marked == ["/culture/"]


def test_the_rank_and_relative_times_are_the_editions(look):
    _, _, page = look("home", "mashriq")
    said = page.xpath("//section[@data-box='latest']//time")[0].text_content()
    assert said.startswith("قبل ")
    assert not re.search(r"\d", said) or re.search("[٠-٩]", said)
    assert page.get("data-digits") == "arab"
    _, _, page = look("home", "maghrib")
    assert page.get("data-digits") is None


def test_a_section_name_of_the_edition_stands_in_its_menu(reader, newspaper):
    place = newspaper.editions["english"].edition_sections.first()
    place.name = "Culture & ideas"
    place.save()
    _, page = reader.page("english", "/")
    assert "Culture & ideas" in [text.strip() for text in page.xpath("//header//nav//a/text()")]


def test_numbers_of_results_are_counted_as_people_count(look, newspaper):
    _, _, page = look("search", "mashriq")
    found = len(newspaper.articles["mashriq"])
    assert page.xpath("//*[@role='status']")[0].text_content() == to_digits(f"{found} نتيجة", "arab")
