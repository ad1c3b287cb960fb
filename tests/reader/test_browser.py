"""What a reader's browser sees: no barrier (axe), nothing that scrolls sideways, nothing that moves, a way by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Page

from bulaq.reader import stylesheet
from tests.browser import open_context
from tests.reader.newspaper import make_newspaper
from tests.reader.paths import KINDS, path_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = (320, 390, 768, 1000, 1280, 1600)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHIFTS = """() => { window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(entry =>
    window.shifts.push(entry.value))).observe({type: 'layout-shift', buffered: true}) }"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[dict[tuple[str, str], str]]:
    """The addresses of a newspaper served on loopback: one server and one database for all of this module."""
    from django.test.testcases import TransactionTestCase
    from pytest_django.live_server_helper import LiveServer

    class Flush(TransactionTestCase):
        def runTest(self) -> None:
            """Nothing: its tear-down empties the tables."""

    with django_db_blocker.unblock():
        # pytest-django makes a database only where a test asks for one itself; these ask through a module's fixture.
        made = (
            [] if connection.introspection.table_names() else setup_databases(0, False, aliases={"default"})
        )
        server = LiveServer("127.0.0.1")
        server._live_server_modified_settings.enable()
        try:
            newspaper, port = make_newspaper(), urlsplit(server.url).port
            yield {
                (kind, slug): f"http://{edition.host}:{port}{path_of(kind, newspaper, slug)}"
                for kind in KINDS
                for slug, edition in newspaper.editions.items()
            }
        finally:
            server.stop()
            server._live_server_modified_settings.disable()
            Flush("runTest")._fixture_teardown()
            if made:
                teardown_databases(made, 0)


@pytest.fixture(scope="module")
def tab(site) -> Iterator[Page]:
    """One for all pages."""
    with open_context() as context:
        tab = context.new_page()
        tab.on("console", lambda line: tab.faults.append(line.text) if line.type == "error" else None)
        yield tab


@pytest.fixture
def fresh(tab) -> Iterator[Page]:
    """A reader's first page: nothing is in the cache, faces and pictures come late, and no worker stands before it."""
    context = tab.context.browser.new_context(viewport={"width": 390, "height": 900})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def look(tab, site) -> Callable[..., Page]:
    """`look(kind, edition, width)` opens a page, on a screen and by day."""

    def opened(kind: str, edition: str = "mashriq", *, width: int = 1280) -> Page:
        tab.faults = []
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme="light", media="screen")
        tab.goto(site[kind, edition])
        return tab

    return opened


def _barriers(page: Page, rules: list[str]) -> list[tuple[str, list[str]]]:
    found = page.evaluate(
        "async rules => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations", rules
    )
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_barrier(kind, look):
    for edition, width in (("mashriq", 1280), ("maghrib", 390), ("english", 1280)):
        page = look(kind, edition, width=width)
        page.evaluate(AXE_SCRIPT)
        assert _barriers(page, RULES) == []
        blocked = [fault for fault in page.faults if "404 (Not Found)" not in fault]
        assert blocked == [], "the content security policy or the network refused something"
        # The dark page differs in its colours alone.
        page.emulate_media(color_scheme="dark")
        assert _barriers(page, ["color-contrast"]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_at_any_width(kind, look):
    page = look(kind)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} at {width}"


@pytest.mark.parametrize(
    ("kind", "sent", "fewest"), [("home", stylesheet.HOME, 60), ("article", stylesheet.ARTICLE, 30)]
)
def test_a_page_lacks_no_rule_of_the_stylesheet(kind, sent, fewest, look):
    """Those it is not sent would apply to nothing on it."""
    selectors = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        const all = rules => [...rules].flatMap(rule => rule.selectorText ?? all(rule.cssRules));
        return all(sheet.cssRules).map(one => one.replace(/::?(before|after|marker|hover|first-letter)/g, '')) }"""
    left_out = [name for name in stylesheet.FILES if name not in sent]
    css = "".join((stylesheet.FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in left_out)
    for edition in ("mashriq", "english"):
        page = look(kind, edition)
        rules = page.evaluate(selectors, css)
        assert len(rules) > fewest
        assert page.evaluate("all => all.filter(one => document.querySelector(one))", rules) == []


@pytest.mark.parametrize("kind", ["home", "section", "article"])
def test_nothing_moves_while_the_page_arrives(kind, fresh, site):
    fresh.add_init_script(f"({SHIFTS})()")
    fresh.goto(site[kind, "mashriq"])
    fresh.wait_for_load_state("networkidle")
    fresh.evaluate("document.fonts.ready")
    fresh.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    fresh.wait_for_load_state("networkidle")
    assert sum(fresh.evaluate("window.shifts")) == 0


def test_the_faces_are_used_and_no_other_request_blocks(look):
    requests: list[str] = []
    page = look("article")
    page.on("request", lambda request: requests.append(request.resource_type))
    page.reload()
    page.wait_for_load_state("networkidle")
    # The script is deferred and its beacon («ping») waits for nothing: neither holds the page up.
    assert set(requests) <= {"document", "font", "image", "other", "manifest", "script", "ping"}
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family + f.weight)"
    )
    assert len(loaded) >= 2


def test_a_keyboard_reaches_the_text_in_two_strokes(look):
    page = look("article")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box["y"] >= 0, "the skip link is not seen when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("kind", ["home", "article"])
def test_targets_are_large_enough_and_pictures_keep_their_shape(kind, look):
    page = look(kind, width=390)
    small = page.eval_on_selector_all(
        "header nav a, footer a, .breadcrumb a, .topics a, .box a, .find",
        "all => all.map(a => [a.textContent, a.getBoundingClientRect().height]).filter(([, height]) => height < 24)",
    )
    assert small == []
    stretched = page.eval_on_selector_all(
        "main img",
        "all => all.filter(i => i.getClientRects().length && i.complete).map(i => { const r = i.getBoundingClientRect();"
        "return [r.width / r.height, getComputedStyle(i).objectFit] }).filter(([ratio, fit]) =>"
        " fit != 'cover' && Math.abs(ratio - 1.5) > .02)",
    )
    assert stretched == []


def test_a_headline_without_a_picture_has_the_line_for_itself(look):
    widths = look("section", width=390).evaluate("""() => [...document.querySelectorAll('.items .item + .item')].map(item =>
        [!!item.querySelector('img'), item.querySelector('.words').clientWidth / item.clientWidth])""")
    assert {pictured for pictured, _share in widths} == {True, False}
    assert all((share < 0.8) == pictured for pictured, share in widths), widths


def test_paper_holds_the_article_and_its_address_alone_and_of_a_front_its_headlines(look):
    page = look("article")
    page.emulate_media(media="print")
    assert page.locator(".side").is_hidden()
    assert page.locator("header nav").first.is_hidden()
    assert page.locator("[data-box=body]").is_visible()
    # A front is a digest of two sheets at most.
    for kind in ("home", "section"):
        page = look(kind)
        page.emulate_media(media="print")
        sheets = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 2, kind


def test_who_loses_the_network_reads_on_what_was_opened(fresh, site):
    fresh.goto(site["article", "mashriq"])
    headline = fresh.locator("h1").inner_text()
    fresh.wait_for_function(
        """async address => await navigator.serviceWorker.ready && navigator.serviceWorker.controller
            && Boolean(await caches.match(address))""",
        arg=fresh.url,
    )
    fresh.context.set_offline(True)
    fresh.reload()
    assert fresh.locator("h1").inner_text() == headline
    fresh.goto(site["archive", "mashriq"])
    newest = fresh.locator(".items a").first
    assert newest.inner_text() == headline
    newest.click()
    assert fresh.locator("[data-box=body]").is_visible()
    # What says where a reader came from makes no other page: it is found by it, kept without it, and thrown away with it.
    address = fresh.url
    fresh.goto(f"{address}?utm_source=x&fbclid=y#corrections")
    assert fresh.locator("h1").inner_text() == headline
    fresh.context.set_offline(False)
    other = site["plain", "mashriq"]
    fresh.goto(f"{other}?utm_source=x")
    fresh.wait_for_function("async address => Boolean(await caches.match(address))", arg=other)
    gone = urljoin(address, "../999999-x/")
    fresh.evaluate(
        "async address => (await caches.open('pages')).put(address, new Response('<h1>x</h1>'))", gone
    )
    fresh.goto(f"{gone}?utm_source=x")
    fresh.wait_for_function("async address => !await caches.match(address)", arg=gone)
