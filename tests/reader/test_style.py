"""The stylesheet, the faces and the profiles: laws that can be checked without a browser."""

from __future__ import annotations

import re

import pytest

from bulaq.newsroom import profiles
from bulaq.reader import stylesheet
from bulaq.reader.fonts.faces import FOLDER, faces

PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b|"
    r"(?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|"
    r"(?:float|clear|text-align)\s*:\s*(?:left|right))"
)


@pytest.mark.parametrize("name", stylesheet.FILES)
def test_the_sheet_knows_no_left_and_no_right(name):
    css = re.sub(
        r"/\*.*?\*/", "", (stylesheet.FOLDER / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    css = re.sub(r"@media[^{]*", "", css)
    assert PHYSICAL.findall(css) == []


def test_arabic_is_never_slanted_spaced_or_justified():
    css = stylesheet.sheet("#8f1d2c", "#f2929b", arabic_faces=True).text
    assert "italic" not in css.replace("arabic-indic", "")
    assert "letter-spacing" not in css
    assert "justify;" not in css
    assert "text-align:justify" not in css
    assert "oblique" not in css


def test_making_the_sheet_small_changes_nothing_that_matters():
    assert stylesheet.minified('a::after { content: " a ; b "; inset: calc(1px + 2px) }') == (
        'a::after{content:" a ; b ";inset:calc(1px + 2px)}'
    )
    assert stylesheet.minified(".a :is(b, c) > d { color : red }").startswith(".a :is(b,c)>d{")
    assert stylesheet.minified("@media (min-width: 1px) and (x) { a { b: c; } }") == (
        "@media (min-width:1px) and (x){a{b:c}}"
    )


def test_the_faces_are_there_small_and_licensed():
    made = faces()
    assert {face.file for face in made} == {path.name for path in FOLDER.glob("*.woff2")}
    assert all((FOLDER / face.file).stat().st_size == face.bytes for face in made)
    preloaded = [face for face in made if face.preload]
    assert len(preloaded) <= 2
    assert sum(face.bytes for face in made) < 90_000
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("face", faces(), ids=lambda face: face.file)
def test_every_face_can_write_arabic(face):
    from fontTools.ttLib import TTFont

    font = TTFont(FOLDER / face.file)
    letters = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچڤگ،؛؟ًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩0123456789"
    assert {letter for letter in letters if ord(letter) not in font.getBestCmap()} == set()
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= features
    assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("profile", profiles.all_profiles(), ids=lambda profile: profile.key)
def test_no_string_of_a_profile_is_empty_or_in_the_wrong_script(profile):
    strings = profile.strings
    for name in strings.__dataclass_fields__:
        value = getattr(strings, name)
        if isinstance(value, str):
            plain = re.sub(r"\{\w+\}", "", value)
            assert plain.strip(), name
            arabic = bool(re.search("[\u0600-\u06ff]", plain))
            assert arabic == (profile.content_language == "ar"), (name, value)


def test_the_500_page_needs_no_database():
    from django.test import RequestFactory

    from bulaq.reader.views.errors import server_error

    # No `db` fixture: pytest-django refuses any query here.
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "no-store" in response["Cache-Control"]
    assert profiles.all_profiles()[0].strings.error_title in response.content.decode()
