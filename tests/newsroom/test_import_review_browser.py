"""The review screen in a real browser: a click on a line makes it the headline, and the hostile page runs nothing."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bulaq.newsroom.desk import roles
from tests.browser import open_context
from tests.newsroom.desk_users import make_user, signed_in
from tests.newsroom.making import make_edition
from tests.newsroom.saved_archive import import_archive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

SCREENSHOTS = os.environ.get("BULAQ_TEST_SCREENSHOTS")
"""A folder; then the screens are kept for looking at."""


@pytest.fixture(scope="module")
def context():
    with open_context(viewport={"width": 1280, "height": 900}, locale="en-US") as context:
        yield context


@pytest.fixture
def screen(context, live_server, tmp_path):
    """The review screen of the hostile page, before an editor."""
    make_edition()
    make_user(roles.EDITOR, username="editor")
    run = import_archive(tmp_path / "archive", hostile=True)
    item = run.items.get(key__endswith="0.html")
    context.add_cookies([signed_in("editor", live_server.url)])
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("response", lambda r: page.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{live_server.url}/desk/imports/item/{item.pk}/review/")
    yield page
    page.close()
    context.clear_cookies()


def _click(page, text: str) -> None:
    """Clicks where the line stands: what takes the click is the pane of glass above it."""
    line = page.frame_locator(".review-page iframe").get_by_text(text).first
    box = line.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _shot(page, name: str) -> None:
    if SCREENSHOTS:
        page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"))


def test_all_of_it_goes_without_a_pointer(screen):
    headline = screen.locator("[data-field=headline] [data-value]")
    said = screen.locator("[data-said]")
    expect(headline).to_have_text("حديث المدينة في كل أسبوع")
    screen.locator("[data-choose=headline]").focus()
    screen.keyboard.press("Enter")
    glass = screen.locator("[data-glass]")
    expect(glass).to_be_focused()
    for _ in range(9):
        if "المكتبة تفتح" in said.text_content():
            break
        screen.keyboard.press("ArrowDown")
    expect(screen.frame_locator(".review-page iframe").locator(".under")).to_contain_text("المكتبة تفتح")
    _shot(screen, "review-keys")
    screen.keyboard.press("Enter")
    expect(headline).to_have_text("المكتبة تفتح أبوابها من جديد أمام الزوار")
    expect(said).to_contain_text("المكتبة تفتح أبوابها")
    expect(screen.locator("[data-choose=headline]")).to_be_focused()
    screen.locator("[data-choose=body]").press("Enter")
    screen.keyboard.press("End")
    expect(said).not_to_contain_text("المكتبة تفتح أبوابها")
    screen.keyboard.press("Escape")
    expect(screen.locator("[data-choose=body]")).to_be_focused()
    expect(screen.locator("[data-choose=body]")).to_have_attribute("aria-pressed", "false")
    screen.locator("[data-drop=headline]").press("Enter")
    expect(headline).to_have_text("حديث المدينة في كل أسبوع")
    assert screen.faults == []


def test_a_phone_and_a_desk_show_it_whole(screen):
    screen.set_viewport_size({"width": 390, "height": 844})
    screen.emulate_media(color_scheme="dark")
    expect(screen.locator("[data-field=headline] [data-value]")).to_have_text("حديث المدينة في كل أسبوع")
    screen.locator("[data-choose=headline]").click()
    _click(screen, "المكتبة تفتح أبوابها")
    expect(screen.locator("[data-field=headline]")).to_have_class("review-field is-corrected")
    screen.locator("[data-choose=authors]").click()
    assert screen.evaluate("document.documentElement.scrollWidth") <= 390
    _shot(screen, "review-390-dark")
    screen.set_viewport_size({"width": 1280, "height": 900})
    screen.emulate_media(color_scheme="light")
    assert screen.evaluate("document.documentElement.scrollWidth") <= 1280
    _shot(screen, "review-1280-light")


def test_a_click_makes_a_line_the_headline_and_goes_to_the_whole_template(screen):
    headline = screen.locator("[data-field=headline] [data-value]")
    expect(headline).to_have_text("حديث المدينة في كل أسبوع")
    _shot(screen, "review")
    screen.locator("[data-choose=headline]").click()
    _click(screen, "المكتبة تفتح أبوابها")
    expect(headline).to_have_text("المكتبة تفتح أبوابها من جديد أمام الزوار")
    screen.locator("[data-choose=kicker]").click()
    _click(screen, "حديث المدينة")
    expect(screen.locator("[data-field=kicker] [data-value]")).to_have_text("حديث المدينة في كل أسبوع")
    body = screen.locator("[data-field=body] [data-value]")
    expect(body).to_contain_text("ترحب الصحيفة")
    _click(screen, "ترحب الصحيفة")
    expect(body).not_to_contain_text("ترحب الصحيفة")
    screen.locator("[data-act=preview]").click()
    expect(screen.locator("[data-preview]")).to_contain_text("6")
    expect(screen.locator(".review-change")).to_have_count(6)
    _shot(screen, "review-preview")
    screen.reload()
    expect(headline).to_have_text("المكتبة تفتح أبوابها من جديد أمام الزوار")
    screen.locator("[data-act=preview]").click()
    screen.locator("[data-act=apply]").click()
    screen.wait_for_url("**/desk/imports/*/")
    assert screen.faults == []
    assert screen.evaluate("window.stolen") is None
    assert not [url for url in screen.asked if "tracker.example" in url]
