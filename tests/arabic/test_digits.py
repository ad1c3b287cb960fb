"""Numbers of running text in an edition's digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulaq.arabic.digits import localise_numbers, to_latin


@pytest.mark.parametrize(
    ("text", "arab", "latn"),
    [
        ("عام 2019", "عام ٢٠١٩", "عام 2019"),
        ("بلغت 1,500 نسخة", "بلغت ١٬٥٠٠ نسخة", "بلغت 1,500 نسخة"),
        ("ارتفع ٣٫٥٪ هذا العام", "ارتفع ٣٫٥٪ هذا العام", "ارتفع 3.5% هذا العام"),
        ("من 9:30 إلى 10:15.", "من ٩:٣٠ إلى ١٠:١٥.", "من 9:30 إلى 10:15."),
        ("في 24/8/2020، ثم", "في ٢٤/٨/٢٠٢٠، ثم", "في 24/8/2020، ثم"),
        ("سيارة F1 وفيروس COVID-19", "سيارة F1 وفيروس COVID-19", "سيارة F1 وفيروس COVID-19"),
        (
            "هاتف iPhone 17 Pro الجديد، وGPT‑6",
            "هاتف iPhone 17 Pro الجديد، وGPT‑6",
            "هاتف iPhone 17 Pro الجديد، وGPT‑6",
        ),
        ("باعت Apple 300 ألف جهاز", "باعت Apple ٣٠٠ ألف جهاز", "باعت Apple 300 ألف جهاز"),
        ("نظام Windows 11 في المدارس", "نظام Windows 11 في المدارس", None),
        ("نمت Apple 5 في المئة", "نمت Apple ٥ في المئة", None),
        ("راجع https://example.org/2019/5 عام 2019", "راجع https://example.org/2019/5 عام ٢٠١٩", None),
        ("اتصل بالرقم +961 أو 112", "اتصل بالرقم +961 أو ١١٢", None),
        ("الحرارة +12 نهاراً و-5 ليلاً", "الحرارة +١٢ نهاراً و-٥ ليلاً", None),
        ("في الدقيقة 90+5", "في الدقيقة ٩٠+٥", None),
        ("هاتف +961 1 234567", "هاتف +961 1 234567", None),
        ("خوارزمية 192.168.1.1", "خوارزمية ١٩٢.١٦٨.١.١", None),
        ("القرن الـ19", "القرن الـ١٩", None),
    ],
)
def test_numbers_of_running_text_take_the_editions_digits(text, arab, latn):
    assert localise_numbers(text, "arab") == arab
    if latn is not None:
        assert localise_numbers(text, "latn") == latn


@given(st.text(alphabet="ابت 0123456789٠١٢.,:%/-AFz", max_size=40))
def test_localised_numbers_are_settled_and_keep_every_digit(text):
    once = localise_numbers(text, "arab")
    assert localise_numbers(once, "arab") == once
    assert [c for c in to_latin(once) if c.isdigit()] == [c for c in to_latin(text) if c.isdigit()]
