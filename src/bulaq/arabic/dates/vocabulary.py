"""The words that a date may be made of, normalised for matching, and what each means to the reader of dates.

Arabic first, with the English, French and Persian that stand on Arabic pages and in their feeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from bulaq.arabic.normalise import matching_key

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Meridiem = Literal["am", "pm", "noon", "night"]


def _words(*texts: str) -> frozenset[str]:
    """The words of the texts, separated by «|»."""
    return frozenset(matching_key(word) for text in texts for word in text.split("|"))


def _table(rows: Mapping[int, str]) -> dict[str, int]:
    return {word: number for number, text in rows.items() for word in _words(text)}


WEEKDAYS: Final = _table(
    {
        0: "الاثنين|الاتنين|اثنين|monday|mon|lundi|lun|دوشنبه|دو شنبه",
        1: "الثلاثاء|ثلاثاء|الثلثاء|التلات|الثلاثا|tuesday|tue|tues|mardi|سه شنبه|سه‌شنبه",
        2: "الأربعاء|اربعاء|الاربعا|wednesday|wed|mercredi|mer|چهارشنبه|چهار شنبه",
        3: "الخميس|خميس|thursday|thu|thur|thurs|jeudi|jeu|پنجشنبه|پنج شنبه",
        4: "الجمعة|جمعة|friday|fri|vendredi|ven",
        5: "السبت|سبت|saturday|sat|samedi|sam|شنبه",
        6: "الأحد|احد|sunday|sun|dimanche|dim|یکشنبه|یک شنبه",
    }
)
"""Name to ISO weekday less one (Monday is 0)."""

MERIDIEMS: Final[dict[str, Meridiem]] = {
    **dict.fromkeys(
        _words("a m|ص|صباحا|صباح|صباحاً|الصباح|صباحًا|am|فجرا|الفجر|ق ظ|قبل الظهر|ضحى|قبل از ظهر|صبح|بامداد"),
        "am",
    ),
    **dict.fromkeys(
        _words("p m|م|مساء|مساءا|المساء|مسا|pm|عصرا|العصر|بعد الظهر|بعد الظهيرة|ب ظ|بعد از ظهر|عصر|غروب"),
        "pm",
    ),
    **dict.fromkeys(_words("ظهرا|الظهر|ظهر|noon"), "noon"),
    **dict.fromkeys(_words("بعد منتصف الليل|منتصف الليل|ليلا|الليل|ليل|شب"), "night"),
}

_UNIT_WORDS: Final[tuple[tuple[Unit, int, str], ...]] = (
    ("second", 1, "ثانية|ثوان|ثواني|second|seconds|sec|secs|seconde|secondes"),
    ("second", 2, "ثانيتين|ثانيتان"),
    ("minute", 1, "دقيقة|دقائق|دقایق|دقيقه|minute|minutes|min|mins"),
    ("minute", 2, "دقيقتين|دقيقتان"),
    ("hour", 1, "ساعة|ساعات|ساعت|hour|hours|hr|hrs|heure|heures"),
    ("hour", 2, "ساعتين|ساعتان"),
    ("day", 1, "يوم|أيام|يوما|day|days|jour|jours|روز"),
    ("day", 2, "يومين|يومان"),
    ("week", 1, "أسبوع|أسابيع|اسبوعا|week|weeks|semaine|semaines|هفته"),
    ("week", 2, "أسبوعين|أسبوعان"),
    ("month", 1, "شهر|أشهر|شهور|شهرا|month|months|mois|ماه"),
    ("month", 2, "شهرين|شهران"),
    ("year", 1, "سنة|سنوات|سنين|عام|أعوام|عاما|year|years|an|ans|سال"),
    ("year", 2, "سنتين|سنتان|عامين|عامان"),
)
UNITS: Final[dict[str, tuple[Unit, int]]] = {
    word: (unit, count) for unit, count, text in _UNIT_WORDS for word in _words(text)
}
"""Unit of time and how many the word itself says (the dual says two)."""

SHORT_UNITS: Final[dict[str, Unit]] = {
    "د": "minute", "س": "hour", "ي": "day", "m": "minute", "h": "hour", "d": "day", "w": "week", "y": "year",
}  # fmt: skip
"""Only after a figure and a word such as «منذ»: «منذ 3 س», "3h ago"."""

NUMBERS: Final = _table(
    {
        1: "واحد|واحدة|احدى|a|an|one|un|une|یک",
        2: "اثنين|اثنان|اثنتين|اثنتي|اثني|اثنتا|اثنا|two|deux|دو",
        3: "ثلاث|ثلاثة|three|trois|سه",
        4: "أربع|أربعة|four|quatre|چهار",
        5: "خمس|خمسة|five|cinq|پنج",
        6: "ست|ستة|six|شش",
        7: "سبع|سبعة|seven|sept|هفت",
        8: "ثمان|ثماني|ثمانية|eight|huit|هشت",
        9: "تسع|تسعة|nine|neuf|نه",
        10: "عشر|عشرة|ten|dix|ده",
        20: "عشرين|عشرون|twenty|vingt",
        30: "ثلاثين|ثلاثون|thirty|trente",
        40: "أربعين|أربعون|forty",
        50: "خمسين|خمسون|fifty",
    }
)

HOURS: Final = _table(
    {
        1: "الواحدة", 2: "الثانية", 3: "الثالثة", 4: "الرابعة", 5: "الخامسة", 6: "السادسة", 7: "السابعة",
        8: "الثامنة", 9: "التاسعة", 10: "العاشرة", 11: "الحادية عشرة|الحادية عشر", 12: "الثانية عشرة|الثانية عشر",
    }
)  # fmt: skip
MINUTES: Final = _table({30: "والنصف|ونصف", 15: "والربع|وربع", 20: "والثلث|وثلث"})
MINUTES_LESS: Final = _table({15: "ربع|ربعا|الربع", 20: "ثلث|ثلثا|الثلث"})


def _ordinal_days() -> dict[str, int]:
    simple = {
        1: "الأول|الحادي", 2: "الثاني", 3: "الثالث", 4: "الرابع", 5: "الخامس", 6: "السادس", 7: "السابع", 8: "الثامن",
        9: "التاسع",
    }  # fmt: skip
    result = _table({**simple, 10: "العاشر", 20: "العشرين|العشرون", 30: "الثلاثين|الثلاثون"})
    del result[matching_key("الحادي")]
    for unit, text in simple.items():
        for word in _words(text):
            result[f"{word} عشر"] = 10 + unit
            for tens in ("والعشرين", "والعشرون"):
                result[f"{word} {tens}"] = 20 + unit
            if unit == 1:
                result[f"{word} والثلاثين"] = result[f"{word} والثلاثون"] = 31
    return result


ORDINAL_DAYS: Final = _ordinal_days()

NAMED_DAYS: Final = _table(
    {
        0: "اليوم|النهارده|today|aujourd'hui|aujourd’hui|امروز",
        -1: "أمس|الأمس|بالأمس|البارحة|امبارح|يوم أمس|yesterday|hier|دیروز",
        -2: "أول أمس|أمس الأول|أول من أمس|أول البارحة|avant-hier|avant hier|پریروز",
        1: "غدا|يوم غد|الغد|tomorrow|demain|فردا",
    }
)
"""Days named by their distance from now, in days."""

JUST_NOW: Final = _words(
    "الآن|قبل قليل|منذ قليل|منذ لحظات|قبل لحظات|منذ ثوان|قبل ثوان|منذ ثواني|قبل ثواني|just now|لحظاتی پیش"
)

SINCE: Final = _words("منذ|قبل|مند|من قبل|il y a|مضى على|مضت")
"""Before an amount: «منذ ساعتين»."""
LOOSELY_SINCE: Final = _words("من")
"""Said for «منذ» in some countries; too common a word to be trusted inside prose."""
AGO: Final = _words("ago|مضت|مضى|خلت|پیش|قبل")
"""After an amount: "2 hours ago"."""
HENCE: Final = _words("بعد|خلال|in|dans")
ABOUT: Final = _words(
    "حوالي|نحو|قرابة|ما يقارب|ما يقرب من|تقريبا|about|almost|over|environ|حدود|أكثر من|أقل من|زهاء"
)

LAST: Final = _words("الماضي|الماضية|الفائت|المنصرم|المنقضي|last|dernier|گذشته")

ERA_GREGORIAN: Final = _words("م|ميلادي|ميلادية|الميلادي|الميلادية|للميلاد|ad|ce")
ERA_HIJRI: Final = _words("ه|هجري|هجرية|الهجري|الهجرية|للهجرة|ah|هجری قمری|قمری")
ERA_JALALI: Final = _words("ش|شمسی|هجری شمسی|خورشیدی|ه ش|الشمسي")

TO_MONTH: Final = _words("من|شهر|لشهر|من شهر|بشهر|في|of|de|d|st|nd|rd|th|er|eme|ماه|و|the")
"""May stand between a day and its month."""
TO_YEAR: Final = _words(
    "من|عام|سنة|لعام|لسنة|للعام|للسنة|العام|السنة|من عام|من سنة|of|de|year|سال|ماه|الجاري|الحالي"
)
"""May stand between a month and its year."""

LINKS: Final = _words(
    "في|على|الساعة|ساعة|تمام|عند|حوالي|الموافق|الموافقة|الموافق ل|والموافق|الموافق لـ|ل|يوم|بتاريخ|تاريخ|من|ب|و|at|t|à|a|on"
    "|le|et|التوقيت|وقت|الوقت|النشر|time|date|the|h|of|corresponding to|ساعت|مورخ|برابر با|مصادف|المصادف|حتى|هـ|م"
)
"""May stand between the parts of one moment: its day, its time, its day in another calendar."""

HOUR_WORDS: Final = _words("الساعة|ساعة|ساعت|س|سا|hour")

FILLERS: Final = LINKS | _words(
    "نشر|نشرت|نشرته|منشور|أضيف|اضيفت|آخر|تحديث|التحديث|حدث|حررت|حرر|كتب|كتبت|published|posted|updated|last|publié|modifié"
    "|إضافة|تم|انتشار|منتشر شده|المنشور|حديث|عدل|تعديل|mis|jour|à jour|بواسطة|الإثنين|انشر|صدر|صباح|مساء|ظهر|فجر|عصر|ليلة|هذا"
)
"""Words that may surround a date in the line that tells when something was published."""

UPDATES: Final = _words("تحديث|التحديث|آخر تحديث|حدث|عدل|تعديل|updated|modified|modifié|jour|edited|به روز")
"""Said before the time of a later change: the other date of the line is the one of publication."""

DOUBTFUL_MONTHS: Final = _words("مه|دی|تیر|مهر|صفر|may|mar|mars|march|mai|ماي|sept|dec|آب|جون")
"""Month names that are also common words: inside prose they need a year."""


def phrases(*vocabularies: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word → the further words of each phrase that begins with it, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for vocabulary in vocabularies:
        for phrase in vocabulary:
            first, *rest = phrase.split()
            if rest:
                found.setdefault(first, set()).add(tuple(rest))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in found.items()}
