"""The desk in a real browser: an article from its first word to its reader, and a caret that is not caught by a link."""

import re

import pytest
from playwright.sync_api import expect

from bulaq.newsroom.desk import roles
from tests.browser import open_context
from tests.newsroom.desk_users import make_user, signed_in
from tests.newsroom.making import make_article, make_edition

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]

CARET = """() => {
    const selection = getSelection(), root = document.querySelector('.public-DraftEditor-content');
    const range = document.createRange();
    range.setStart(root, 0); range.setEnd(selection.focusNode, selection.focusOffset);
    return range.toString().length;
}"""


def _is_a_fault(response) -> bool:
    """Refused, other than a beacon: those are answered by the edge, which does not stand before this server."""
    return response.status >= 400 and not response.url.endswith("/_/read")


@pytest.fixture(scope="module")
def context():
    with open_context(viewport={"width": 1280, "height": 900}, locale="en-US") as context:
        yield context


@pytest.fixture
def people_and_places(live_server):
    """Where the desk is, the host and port of the edition, and an article with a link in its text."""
    edition = make_edition()
    make_user(roles.EDITOR, username="editor")
    text = '<p>قبل الرابط <a href="https://example.org/">نص الرابط</a> بعد الرابط</p>'
    article = make_article("مادة فيها رابط", body=[("paragraph", text)])
    return live_server.url, edition.host, live_server.url.rsplit(":", 1)[1], article.pk


@pytest.fixture
def desk(context, people_and_places):
    """A tab in which an editor is signed in."""
    context.add_cookies([signed_in("editor", people_and_places[0])])
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("response", lambda r: page.faults.append(f"{r.status} {r.url}") if _is_a_fault(r) else None)
    yield page
    for tab in context.pages:
        tab.close()
    context.clear_cookies()


def test_an_article_goes_from_its_first_word_to_its_reader(desk, people_and_places):
    url, host, port, _ = people_and_places
    desk.goto(f"{url}/desk/")
    assert desk.locator("html").get_attribute("dir") == "rtl"
    desk.get_by_role("link", name="مادة جديدة").click()
    desk.fill("#id_headline", "مكتبة الحي تفتح أبوابها ليلاً")
    desk.locator(".public-DraftEditor-content").first.click()
    desk.keyboard.type("بقيت الأضواء مشتعلة حتى الفجر.")
    # The editor hands its text to the form a moment after the last key.
    desk.wait_for_function(
        "[...document.querySelectorAll(\"[name^='body-'][name$='-value']\")].some(f => f.value.includes('الفجر'))"
    )
    desk.get_by_role("tab", name="التفاصيل").click()
    # Saved by itself first: what is saved while it is being published is refused, and rightly.
    with desk.expect_response(lambda r: re.search(r'name="section"\s+\d', r.request.post_data or "")):
        desk.select_option("#id_section", label="culture")
    desk.get_by_role("button", name="إجراءات أخرى").click()
    desk.locator("[name='action-publish']").click()
    expect(desk.locator(".messages .success")).to_contain_text("طبعة mashriq")
    desk.goto(f"http://{host}:{port}/culture/")
    desk.get_by_role("link", name="مكتبة الحي تفتح أبوابها ليلاً").first.click()
    expect(desk.locator("h1")).to_have_text("مكتبة الحي تفتح أبوابها ليلاً")
    expect(desk.locator("[data-box='body']")).to_contain_text("بقيت الأضواء مشتعلة حتى الفجر.")
    assert desk.faults == []


def test_the_caret_walks_through_a_link_from_right_to_left(desk, people_and_places):
    url, _, _, article = people_and_places
    desk.goto(f"{url}/desk/articles/edit/{article}/")
    editor = desk.locator(".public-DraftEditor-content").first
    editor.click()
    desk.keyboard.press("Control+Home")
    length = len("قبل الرابط نص الرابط بعد الرابط")
    offsets = [desk.evaluate(CARET)]
    # At an edge of the link the caret may stand before it or in it: one press more, not a wall.
    for _ in range(length + 2):
        desk.keyboard.press("ArrowLeft")
        offsets.append(desk.evaluate(CARET))
    assert offsets == sorted(offsets)
    assert set(offsets) == set(range(length + 1))
    for _ in range(length + 2):
        desk.keyboard.press("ArrowRight")
    assert desk.evaluate(CARET) == 0
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" وزيادة")
    expect(editor).to_have_text("قبل الرابط نص الرابط بعد الرابط وزيادة")


def test_a_link_to_one_of_our_articles_is_chosen_in_the_editor(desk, people_and_places):
    url, _, _, article = people_and_places
    desk.goto(f"{url}/desk/articles/edit/{article}/")
    desk.locator(".public-DraftEditor-content").first.click()
    desk.keyboard.press("Control+Home")
    for _ in range(3):
        desk.keyboard.press("Shift+ArrowLeft")
    desk.locator("button[name='ARTICLE']").first.click()
    desk.locator(".modal [data-chooser-modal-choice]").first.click()
    expect(desk.locator(".TooltipEntity").first).to_contain_text("قبل")
    desk.locator(".TooltipEntity").first.click()
    expect(desk.locator(".Tooltip__button")).to_have_text(["تعديل", "إزالة"])
    assert desk.faults == []


def test_an_article_is_written_with_the_keyboard_alone(desk, people_and_places):
    desk.goto(f"{people_and_places[0]}/desk/articles/add/")
    keys = desk.keyboard
    expect(desk.locator("#id_headline")).to_be_focused()
    keys.type("حديقة السطح تطعم الحي")
    keys.press("Tab")
    keys.type("سنة كاملة فوق بناية من خمسة طوابق.")
    for _ in range(12):
        keys.press("Tab")
        if desk.evaluate("document.activeElement.matches('.public-DraftEditor-content')"):
            break
    expect(desk.locator(".public-DraftEditor-content")).to_be_focused()
    keys.type("زرعت سلوى أول شتلة في صندوق قديم.")
    expect(desk.locator(".public-DraftEditor-content")).to_have_text("زرعت سلوى أول شتلة في صندوق قديم.")
    assert desk.locator("#id_standfirst").input_value() == "سنة كاملة فوق بناية من خمسة طوابق."
    # A window takes the focus, keeps it when it refuses, and gives it back.
    keys.press("Control+a")
    keys.press("Control+k")
    address = desk.locator("#id_external-link-chooser-url")
    expect(address).to_be_focused()
    keys.type("no address")
    keys.press("Enter")
    expect(desk.locator(".modal .error-message")).to_be_visible()
    expect(address).to_be_focused()
    keys.press("Control+a")
    keys.type("https://example.org/")
    keys.press("Enter")
    expect(desk.locator(".public-DraftEditor-content")).to_be_focused()
    # From right to left the next tab stands on the left.
    desk.get_by_role("tab", name="النص").focus()
    keys.press("ArrowLeft")
    expect(desk.get_by_role("tab", name="التفاصيل")).to_be_focused()
    desk.locator("#id_bylines-ADD").focus()
    keys.press("Enter")
    desk.locator("#inline_child_bylines-0").get_by_role("button", name="اختيار شخص").focus()
    keys.press("Enter")
    expect(desk.locator(".modal #id_q")).to_be_focused()
    keys.press("Escape")
    expect(desk.get_by_role("button", name="اختيار شخص")).to_be_focused()
    assert desk.faults == []


def test_a_breaking_line_goes_from_the_desk_to_the_reader(desk, people_and_places):
    base, host, port, _ = people_and_places
    desk.goto(f"{base}/desk/front/")
    desk.fill("#id_breaking-text", "وصول القطار الأول إلى المدينة")
    desk.locator("input[name=breaking-editions]").first.check()
    desk.get_by_role("button", name="نشر العاجل").click()
    expect(desk.locator(".desk-breaking")).to_contain_text("وصول القطار الأول")
    reader = desk.context.new_page()
    reader.goto(f"http://{host}:{port}/")
    expect(reader.get_by_role("region", name="عاجل")).to_contain_text("وصول القطار الأول إلى المدينة")
    desk.get_by_role("button", name="إزالة", exact=True).click()
    expect(desk.locator(".desk-breaking")).to_have_count(0)
    reader.reload()
    expect(reader.get_by_role("region", name="عاجل")).to_have_count(0)
    assert desk.faults == []


def test_what_is_typed_the_moment_the_editor_opens_is_asked_for_and_saved(desk, people_and_places):
    url, _, _, article = people_and_places
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.goto(f"{url}/desk/articles/edit/{article}/")
    with desk.expect_response(lambda r: r.request.method == "POST" and "/edit/" in r.url) as saved:
        desk.locator("#id_kicker").press_sequentially("تقرير")
        # The editor stays, and nothing more is typed: the word must not pass for what stood there at first.
        desk.evaluate("location.assign('/desk/')")
    assert asked == ["beforeunload"]
    assert "تقرير" in (saved.value.request.post_data or "")
    expect(desk.locator("#w-editor-form")).to_have_attribute("data-w-unsaved-has-edits-value", "false")
    assert desk.faults == []


def test_what_no_hand_has_changed_is_not_saved(desk, people_and_places):
    url, _, _, article = people_and_places
    saved = []
    desk.on("request", lambda r: saved.append(r.url) if r.method == "POST" and "/edit/" in r.url else None)
    desk.add_init_script(
        "window.measured = 0; document.addEventListener('w-unsaved:watch-edits', () => { measured += 1; })"
    )
    desk.goto(f"{url}/desk/articles/edit/{article}/")
    desk.wait_for_function("measured == 1")
    # As a part of the editor does that is set up late.
    desk.evaluate("document.querySelector('#id_kicker').value = 'متأخر'")
    desk.wait_for_function("measured == 2")
    assert saved == []
    with desk.expect_response(lambda r: r.request.method == "POST" and "/edit/" in r.url):
        desk.locator("#id_kicker").press_sequentially("تقرير")
    assert desk.faults == []


FROM_WORD = """<style>p{color:red}</style><h2>خلفية</h2><p class=MsoNormal><b>قال</b> المتحدث&nbsp; <a
href="https://example.org/"><span>هنا</span></a><script>bad()</script>.</p><p class=MsoListParagraph><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span>أول</p><p class=MsoListParagraph>ثان</p><p>ثم</p><p
class=MsoListParagraph></p><p class=MsoListParagraph>ثالث</p><ul>بلا بند</ul><table><tr><th>المدينة<th>العدد
<tr><td><p>بيروت</p><p>الكبرى</p><td>12<br>ألفا<img src="y"></table><blockquote>لن نعود<cite>— الوزير</cite></blockquote><p>ختام</p>"""

PASTE = """html => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""

CARET_IN_STATE = """() => document.querySelector('#body-root').rootBlock.children[0].block.widget.getState()
    .getSelection().getAnchorOffset() === 4"""

BLOCKS = """() => document.querySelector('#body-root').rootBlock.children.map(child => {
    const state = child.getState().value;
    const text = state.getCurrentContent ? state.getCurrentContent().getPlainText('\\n') : state.data || state.text || state;
    return [child.type, state.items ? state.items.map(item => item.value) : text];
})"""


def test_what_is_pasted_keeps_its_parts_and_a_button_pressed_without_a_network_loses_nothing(
    desk, people_and_places
):
    desk.goto(f"{people_and_places[0]}/desk/articles/add/")
    desk.fill("#id_headline", "بيان من وورد")
    desk.locator(".public-DraftEditor-content").click()
    desk.keyboard.type("قبل بعد")
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    desk.wait_for_function(CARET_IN_STATE)
    desk.evaluate(PASTE, FROM_WORD)
    parts = [
        ["paragraph", "قبل "], ["heading", "خلفية"], ["paragraph", "قال المتحدث هنا."], ["list", ["أول", "ثان"]],
        ["paragraph", "ثم"], ["list", ["ثالث"]], ["paragraph", "بلا بند"],
        ["table", [["المدينة", "العدد"], ["بيروت الكبرى", "12 ألفا"]]], ["quote", "لن نعود"], ["paragraph", "ختام"], ["paragraph", "بعد"],
    ]  # fmt: skip
    assert desk.evaluate(BLOCKS) == parts
    expect(desk.locator(".messages")).to_contain_text("لا تُلصق الصور")
    expect(desk).to_have_url(re.compile("/edit/"))
    # Saving opened the page of the new article, whose scripts must have begun.
    desk.wait_for_function("!!window.wagtail?.app?.queryController('w-session')")
    desk.context.set_offline(True)
    try:
        desk.locator("#id_kicker").press_sequentially("بيان")
        # Wagtail has noticed it too; one window is enough to say so.
        desk.evaluate("wagtail.app.queryController('w-session').ping()")
        expect(desk.locator("[data-w-session-intercept-value='network']")).to_have_count(1)
        desk.locator("button.action-save").first.click()
        expect(desk.locator(".desk-signed-out")).to_contain_text("ما كتبته باقٍ هنا")
    finally:
        desk.context.set_offline(False)
    desk.locator("button.action-save").first.click()
    desk.wait_for_load_state()
    expect(desk.locator(".desk-signed-out")).to_have_count(0)
    expect(desk.locator("#id_kicker")).to_have_value("بيان")
    desk.wait_for_function("document.querySelector('#body-root')?.rootBlock")
    assert [kind for kind, _ in desk.evaluate(BLOCKS)] == [kind for kind, _ in parts]
    assert desk.faults == []


def test_who_was_signed_out_while_writing_is_told_and_goes_on(desk, people_and_places):
    url, _, _, article = people_and_places
    desk.goto(f"{url}/desk/articles/edit/{article}/")
    desk.context.clear_cookies(name="sessionid")
    desk.fill("#id_kicker", "تحقيق")
    expect(desk.locator(".desk-signed-out")).to_contain_text("لم يُحفظ بعد", timeout=30_000)
    other = desk.context.new_page()
    other.goto(f"{url}/desk/login/")
    other.fill("#id_username", "editor")
    other.fill("#id_password", "x")
    other.click("button[type=submit]")
    other.wait_for_url("**/desk/")
    with desk.expect_response(lambda r: r.request.method == "POST" and r.ok and "/edit/" in r.url) as saved:
        desk.evaluate("dispatchEvent(new Event('focus'))")
    assert saved.value.json()["success"]
    expect(desk.locator(".desk-signed-out")).to_have_count(0)
