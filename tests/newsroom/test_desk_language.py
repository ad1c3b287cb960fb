"""The desk speaks Arabic: no string of ours without its translation, and the compiled catalogue is the written one."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import wagtail
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils import translation
from lxml import html
from wagtail.users.models import UserProfile

from bulaq.newsroom.desk import roles
from bulaq.newsroom.desk.commas import commas
from tests.newsroom import message_catalogue, wagtail_messages
from tests.newsroom.desk_users import make_user
from tests.newsroom.making import make_article

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def test_every_string_has_its_arabic():
    catalogue = message_catalogue.read()
    missing = []
    for (text, context), _forms in message_catalogue.collected().items():
        message = catalogue.get(text, context)
        translated = message.string if message is not None else ""
        if not translated or (isinstance(translated, tuple) and not all(translated)):
            missing.append(text)
    assert not missing, f"run python -m tests.newsroom.message_catalogue and translate: {missing}"


def test_a_translation_keeps_the_places_that_are_filled_in():
    for message in message_catalogue.read():
        if message.id and isinstance(message.id, str):
            assert set(PLACEHOLDER.findall(message.id)) == set(PLACEHOLDER.findall(message.string)), (
                message.id
            )


def test_the_compiled_catalogue_is_the_written_one():
    compiled = BytesIO()
    write_mo(compiled, message_catalogue.read())
    assert compiled.getvalue() == message_catalogue.CATALOGUE.with_suffix(".mo").read_bytes()


def test_what_stands_in_a_row_has_the_commas_of_the_language():
    for language, said in (("ar", "بيروت، القاهرة"), ("en", "بيروت, القاهرة")):
        with translation.override(language):
            assert commas(["بيروت", "القاهرة"]) == said
    rooms = Path(message_catalogue.__file__).parents[2] / "src/bulaq/newsroom"
    written = [*rooms.glob("desk/*.py"), *rooms.glob("templates/**/*.html"), *rooms.glob("templatetags/*.py")]
    assert [file.name for file in written if re.search(r'"، "', file.read_text())] == []


def test_the_desk_in_english_says_nothing_of_its_own_in_arabic(client, edition):
    editor = make_user(roles.EDITOR, username="sam")
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = "en"
    profile.save()
    editor.first_name = ""
    editor.save()
    client.force_login(editor)
    article = make_article("Read by night", body=[("paragraph", "One line.")])
    for page in ("edit", "history", "placement", "correct"):
        answer = client.get(reverse(f"wagtailsnippets_newsroom_article:{page}", args=[article.pk]))
        shown = html.fromstring(answer.content)
        assert shown.get("dir") == "ltr"
        # Names and the newsroom's own workflow are what the newsroom has called them.
        texts = shown.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::option)]")
        arabic = {text.strip() for text in texts if re.search("[\u0621-\u064a]", text)}
        assert not {text for text in arabic if edition.label not in text and "مراجعة" not in text}


@pytest.mark.parametrize(("language", "word"), [("ar", "غرفة الأخبار"), ("en", "newsroom")])
def test_the_catalogue_is_found_and_english_is_the_source(language, word):
    with translation.override(language):
        assert translation.gettext("newsroom") == word


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "موضع واحد"),
        (2, "موضعان"),
        (10, "10 مواضع"),
        (11, "11 موضعاً"),
        (99, "99 موضعاً"),
        (100, "100 موضع"),
    ],
)
def test_a_number_takes_the_form_that_it_takes_in_arabic(number, said):
    with translation.override("ar"):
        text = translation.ngettext("%(number)s passage differs.", "%(number)s passages differ.", number)
    assert said in text % {"number": number}


def _wagtails() -> Iterator[str | tuple[str, str]]:
    for path in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            yield from (message.id for message in read_po(file) if not message.context)


def test_what_is_worded_anew_for_wagtail_is_wagtails_still():
    gone = {*wagtail_messages.SINGULAR, *wagtail_messages.PLURAL} - set(_wagtails())
    assert not gone, f"Wagtail words these otherwise now: {gone}"
