"""The names of months, as they are written and in every spelling that is read.

Sources: Unicode CLDR 47 (locales ar_EG, ar_LB, ar_DZ, ar_TN, ar_MA, ar_MR, fa, ur, en, fr) for the names that are
written; the other spellings are those met in print and in feeds.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bulaq.arabic.normalise import matching_key

Calendar = Literal["gregorian", "hijri", "jalali"]
MonthNaming = Literal[
    "egyptian", "levantine", "maghrebi", "moroccan", "levantine+egyptian", "egyptian+levantine"
]
"""How an edition calls the months; the double forms are written «نيسان/أبريل» and «أبريل/نيسان»."""

Twelve = tuple[str, str, str, str, str, str, str, str, str, str, str, str]

EGYPTIAN: Final[Twelve] = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
LEVANTINE: Final[Twelve] = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
MAGHREBI: Final[Twelve] = (
    "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
    "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
MOROCCAN: Final[Twelve] = (
    "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
    "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
)  # fmt: skip
HIJRI: Final[Twelve] = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
JALALI: Final[Twelve] = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
ENGLISH: Final[Twelve] = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FRENCH: Final[Twelve] = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
PERSIAN: Final[Twelve] = (
    "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن",
    "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
)  # fmt: skip

URDU: Final[Twelve] = (
    "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون",
    "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
)  # fmt: skip

_NAMINGS: Final[dict[str, Twelve]] = {
    "egyptian": EGYPTIAN,
    "levantine": LEVANTINE,
    "maghrebi": MAGHREBI,
    "moroccan": MOROCCAN,
}

# Other spellings, by month. Hamza, ى/ي and ة/ه need no mention: what is read is normalised first.
_GREGORIAN_SPELLINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("ينار", "كانون ثاني", "كانون ثان", "كانون التاني", "كانونالثاني", "jan", "janv", "ژانویهٔ"),
    ("فبرير", "فيبراير", "فيفيري", "شباظ", "feb", "fev", "fevr", "فوریهٔ"),
    ("اذار", "أدار", "mar"),
    ("ابرايل", "أفريل", "apr", "avr"),
    ("ماية", "may", "مهٔ"),
    ("يونية", "يونيه", "جوين", "جون", "jun"),
    ("يولية", "يوليه", "يوليوس", "جويلي", "جويليا", "جويلة", "جوليه", "jul", "juil", "ژوئیهٔ"),
    ("أغسطوس", "اوغسطس", "أغشت", "أووت", "اوغست", "aug"),
    ("سيبتمبر", "شتمبر", "شتنبير", "سبتنبر", "sep", "sept"),
    ("اكتوبير", "أوكتوبر", "أكتوبار", "تشرين أول", "تشرين الاولى", "تشرينالأول", "oct"),
    ("نوفنبر", "نوفبر", "نوفمبير", "نونبير", "نومبر", "تشرين ثاني", "تشرين ثان", "تشرين التاني", "تشرينالثاني",
     "nov"),
    ("دسمبر", "ديسمبير", "ديسنبر", "دجمبر", "كانون أول", "كانون الاولى", "كانونالأول", "dec"),
)  # fmt: skip
_HIJRI_SPELLINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("المحرم", "محرم الحرام", "المحرم الحرام", "muharram"),
    ("صفر الخير", "صفر المظفر", "safar"),
    ("ربيع اول", "ربيع أول", "ربيع الأولى", "ربيع الانور", "ربیع‌الاول", "ربيع1"),
    ("ربيع الثاني", "ربيع الثانى", "ربيع ثاني", "ربيع ثان", "ربيع آخر", "ربیع‌الثانی", "ربيع الاخير"),
    ("جمادى الأول", "جماد الأول", "جماد الأولى", "جماد أول", "جمادى أولى", "جمادي الاول", "جمادی‌الاول"),
    ("جمادى الثانية", "جمادى الثاني", "جماد الثاني", "جماد الآخر", "جمادى الآخر", "جماد ثاني", "جمادى ثانية",
     "جماد الاخرة", "جماد الثانية", "جمادی‌الثانی"),
    ("رجب الفرد", "رجب المرجب", "رجب الأصب", "rajab"),
    ("شعبان المعظم", "شعبان الكريم", "shaaban"),
    ("رمضان المبارك", "رمضان الكريم", "ramadan"),
    ("شوال المكرم", "شوّال", "shawwal"),
    ("ذي القعدة", "ذى القعدة", "ذوالقعدة", "ذا القعدة", "القعدة", "ذيقعدة", "ذي قعدة", "ذو قعدة", "ذیقعده"),
    ("ذي الحجة", "ذى الحجة", "ذوالحجة", "ذا الحجة", "الحجة", "ذي حجة", "ذو حجة", "ذیحجه"),
)  # fmt: skip
_JALALI_SPELLINGS: Final[tuple[tuple[str, ...], ...]] = (
    (), (), (), ("تير ماه",), ("امرداد",), (), ("مهر ماه",), (), (), ("دی ماه",), (), ("اسپند",),
)  # fmt: skip


class Month(NamedTuple):
    """A month that a name means: its calendar and its number, 1 to 12."""

    calendar: Calendar
    number: int


def month_name(number: int, naming: MonthNaming = "egyptian") -> str:
    """The Arabic name of the Gregorian month 1 to 12; ValueError for another number or naming."""
    if not 1 <= number <= 12:
        raise ValueError(f"no month {number}: 1 to 12")
    first, plus, second = naming.partition("+")
    try:
        names = _NAMINGS[first][number - 1]
        # Both traditions share some names («سبتمبر» is Maghrebi too): never the same twice.
        if plus and (other := _NAMINGS[second][number - 1]) != names:
            names = f"{names}/{other}"
    except KeyError:
        raise ValueError(f"no month naming {naming!r}: {', '.join(_NAMINGS)} or two joined by +") from None
    return names


def _meanings() -> dict[str, Month]:
    """Every spelling, normalised for matching, and the month that it means."""
    result: dict[str, Month] = {}
    for calendar, tables, spellings in (
        ("jalali", (JALALI,), _JALALI_SPELLINGS),
        ("hijri", (HIJRI,), _HIJRI_SPELLINGS),
        (
            "gregorian",
            (PERSIAN, URDU, FRENCH, ENGLISH, MOROCCAN, MAGHREBI, LEVANTINE, EGYPTIAN),
            _GREGORIAN_SPELLINGS,
        ),
    ):
        for index in range(12):
            for name in (*(table[index] for table in tables), *spellings[index]):
                result[matching_key(name)] = Month(calendar, index + 1)  # type: ignore[arg-type]
    return result


MEANINGS: Final = _meanings()
"""Normalised spelling to month; two-word names are written with one space between them."""
