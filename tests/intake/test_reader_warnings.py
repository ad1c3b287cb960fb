"""Every remark that a reader writes has its words in Arabic."""

import re
from pathlib import Path

import bulaq.intake
from bulaq.intake.judgement import REFUSED_IN_ARABIC
from bulaq.intake.reader_warnings import warning_in_arabic

WRITTEN = re.compile(r"""(?:warnings|notes)\.append\(\s*f?"([^"]+)\"|warnings=\[\*warnings, "([^"]+)\"""")


def test_each_remark_in_the_readers_has_arabic_words():
    found = set()
    for path in Path(bulaq.intake.__file__).parent.rglob("*.py"):
        found |= {one or other for one, other in WRITTEN.findall(path.read_text())}
    assert len(found) > 15
    found = {text.replace("{name}", "headline") for text in found}
    assert not [text for text in found if warning_in_arabic(text) is None]


REFUSED = re.compile(
    r"""(?:Refusal|ArchiveRefused|RecordsDamaged|FetchRefused|_refused)\(\s*(?:[^,"()]+,\s*)?"([a-z-]+)\""""
)


def test_each_code_of_a_refusal_has_arabic_words():
    folder = Path(bulaq.intake.__file__).parent
    found = {code for path in folder.rglob("*.py") for code in REFUSED.findall(path.read_text())}
    assert len(found) > 25
    assert found <= REFUSED_IN_ARABIC.keys()


def test_the_particulars_stand_apart_from_the_line():
    assert warning_in_arabic("declares lang=en-US, its text is ar") == (
        "تقول الصفحة إن لغتها \u2068en-US\u2069، ونصها \u2068ar\u2069."
    )
    assert warning_in_arabic("something that no reader says") is None
