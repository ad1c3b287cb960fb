"""Words of a byline that name nobody: roles («كتب», «تصوير»), correspondents, descriptions, sections, days.

They are matched against stretches folded as in `fold_heading`, so one spelling is enough.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from bulaq.arabic.dates.months import MEANINGS
from bulaq.intake.box_headings import heading_kind
from bulaq.intake.bylines.given_names import is_given_name
from bulaq.intake.bylines.places import is_of_a_land

Role = Literal["author", "interviewer", "photographer", "translator", "editor", "preparer"]

_SECOND_ROLE = r"(?: و?(?:تصوير|صورت?|عدسه|اعداد|ترجمه|تحرير|حوار|تقديم|تقرير|مونتاج|اخراج))?"
"""«حوار وتصوير: …»: one person did both, and signs for the first."""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"و?(?:{pattern}){_SECOND_ROLE}")


_ROLES: tuple[tuple[Role, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "author",
        _words(
            r"كتب(?:ت|ه|ها|وا)?|بقلم(?:ي)?|(?:(?:تم )?(?:ال)?(?:نشر|ادخل|ادخال|اضيف|اضافه|كتب|ارسل|حرر)ه?(?:ت)? )?بواسطه|(?:posted |published )?by|par|written by|propos recueillis par"
        ),
        _words(
            r"[يت](?:كتب|روي|حرر|قدم|عد)ه?ا?|كتابه|(?:ال)?كاتب(?:ه)?(?: (?:الموضوع|المقال|المقاله|الخبر|التقرير))?|تحقيق|تقرير|نص|رساله|متابعه|متابعات|تغطيه|استطلاع|رصد|خاص|خبر|ر[وي]?بورتاج|عرض|قراه|شهاده|مراسل"
            r"|رسم|رسوم|كاريكاتير|انفو[غج]را(?:ف|فيك)|[غج]رافيك|تصميم|اخراج|انتاج|تقديم|سيناريو|جمع"
            r"|اعدت? الملف|(?:شارك|ساهم)(?:ت|وا)? في \w+|بمشاركه|نویسنده|نوشته|خبرنگار|گزارش"
        ),
    ),
    (
        "preparer",
        _words(r"اعداد|اعد(?:ه|ها|ته|تها|ت)?(?: (?:التقرير|الملف|التحقيق|للنشر))?"),
        _words("اختيار"),
    ),
    (
        "interviewer",
        _words(r"حاور(?:ه|ها|هم|ته|تها|تهم)|(?:اجري|اجرت|اجراه) (?:الحوار|اللقا|المقابله)|التقاه|التقته"),
        _words("حوار|مقابله|لقا"),
    ),
    (
        "photographer",
        _words("تصوير|عدسه|بعدسه|photos? by|crédit photo"),
        _words("المصور|صوره?|photos?"),
    ),
    ("translator", _words("ترجم(?:ه|ها|ته|تها)|نقل(?:ه|ها|ته) الي العربيه"), _words("الترجمه")),
    ("editor", _words("تحرير|مراجعه|تدقيق|edited by"), _words("التحرير|المحرر(?:ه)?")),
)
"""For each role the words that state it wherever they stand, and those that do so only before a separator."""


@lru_cache(maxsize=4096)
def role_of(folded: str) -> tuple[Role, bool] | None:
    """The role that the words state, and whether they do so without a separator behind them; None for other words."""
    for role, bare, separated in _ROLES:
        if bare.fullmatch(folded):
            return role, True
        if separated.fullmatch(folded):
            return role, False
    return None


_CORRESPONDENT = re.compile(
    r"(?:ال)?(?:(?:مراسل|موفد|مندوب|مبعوث)(?:تنا|نا|تكم|كم|ه|و|ي|ا|تا)?(?: (?:الخاص|خاص)(?:ه)?)?(?: (?:الصحيفه|الجريده|الموقع|القناه|الوكاله))?|زميل(?:ه|نا|تنا)?)"
)
_OFFICE = re.compile(r"وفد|بعثه|مكتب|رساله|خاص(?:ه)?(?: ل| ب)?|المصدر|نقلا|محرر|صحافي|صحفي")


def leads_on(folded: str) -> float | None:
    """How surely the words tell of a correspondent («موفد «…» إلى باريس»), an office or a favour («خاص بـ«…»»), whose
    name, paper or place follows them; None for other words. An office may be a part of its paper's name."""
    return 1.0 if _CORRESPONDENT.fullmatch(folded) else -1.5 if _OFFICE.fullmatch(folded) else None


PREPOSITIONS: dict[str, str] = {
    "من": "from", "from": "from", "في": "in", "in": "in", "à": "in", "إلى": "in", "الى": "in", "لدى": "in",
    "عن": "after", "بالاشتراك": "", "بالتعاون": "", "مع": "with", "لـ": "of", "بـ": "of", "ل": "of", "ب": "of",
}  # fmt: skip
"""What a preposition says of the name behind it: `from` and `in` a place, `after` a source, `with` another name,
`of` the paper that has the story alone («خاص بـ…»)."""

_SHOWN = "صور|صوره|فيديو|اسما|مستندات|وثايق|ارقام|خرايط|تفاصيل|انفوجراف|انفوجرافيك"
"""What an article boasts of over its headline («بالفيديو والصور»)."""
_NOISE = re.compile(
    r"(?:المنسق الاعلامي|متابعه|متابعات|الصحيفه|الجريده|خاص|خاصه|حصري|خبر|خبر عاجل|عاجل|تقرير|تقارير|تحقيق|رصد|قسم|ترجمات|(?:ال)?ترجمه|صور|فيديو|بالصور|بالفيديو|المحليات"
    rf"|(?:شاهد |شاهدوا |اقرا )?(?:بال(?:{_SHOWN})|(?:ال)?(?:صور|فيديو))(?: و(?:ب?ال)?(?:{_SHOWN}))*"
    r"|اخر تحديث|تحديث|تاريخ النشر|(?:اضيف|نشر|نشرت|كتب|حرر|تم النشر)(?:ت)? (?:في|بتاريخ|يوم)|الساعه|الموافق|(?:ب?توقيت )?(?:غرينتش|جرينتش|جرينيتش)|ب?توقيت .*|صباحا|مسا|م|ص|gmt"
    r"|الاقتصاد|الرياضه|الثقافه|المنوعات|منوعات|اونلاين|اون لاين|الكتروني|(?:النشر )?الالكتروني|ايام|كاتب|كاتبه|كاتب صحفي|كاتب سعودي|صحافي|صحفي|اعلامي"
    r"|مراسل (?:الصحيفه|الجريده|الموقع|القناه|الوكاله)|(?:ال)?(?:مراسل|موفد|مندوب|مبعوث)(?:تنا|نا|ه|ون|ين)?(?: (?:ال)?خاص(?:ه)?)?"
    r"|(?:(?:staff|senior|special|chief|news|foreign|diplomatic) )*(?:reporter|writer|correspondent|editor|contributor))"
)
OCCUPATIONS = (
    r"(?:كاتب|كاتبه|صحافي|صحافيه|صحفي|صحفيه|باحث|باحثه|اكاديمي|اكاديميه|اعلامي|اعلاميه|محلل|محلله|استاذ|استاذه|خبير|خبيره|محام|محاميه"
    r"|شاعر|شاعره|روايي|رواييه|ناقد|ناقده|مدون|مدونه|طبيب|طبيبه|مهندس|مهندسه|مستشار|مستشاره|ريييس|رييسه|رييس|مدير|مديره|عضو|وزير|نايب|سفير"
    r"|دبلوماسي|سياسي|ناشط|ناشطه|كبير|كبيره|جامعه|كليه|معهد|الجامعه)"
)
"""What somebody who writes is, letters made one."""
_DESCRIBED = re.compile(OCCUPATIONS + r"(?: \w+){1,9}")


@lru_cache(maxsize=8192)
def is_noise(folded: str) -> bool:
    """Whether the words are a note («خاص», «متابعات»), a section's name or a part of a day, and name nobody."""
    if _NOISE.fullmatch(folded):
        return True
    return " " in folded and heading_kind(folded) == "section"


def describes(folded: str) -> bool:
    """Whether the words say what somebody is («كاتب لبناني», «أستاذ في جامعة …»)."""
    if _DESCRIBED.fullmatch(folded):
        return True
    what, _, whence = folded.partition(" ")
    return is_of_a_land(whence) and not what.startswith("ال") and not is_given_name(what)


_COUNTED_LIST = """
    يوم الساعه ساعه ص م ه صباحا مسا ظهرا ليلا الموافق من سنه السنه العدد عدد منذ اخر تحديث القراات قراات
    قراه المشاهدات مشاهدات مشاهده مشاهد الزيارات زيارات زياره التعليقات تعليقات تعليق دقايق دقيقه مره on at
    pm am gmt views view comments comment min read
"""
_WEEKDAYS_LIST = """
    الاحد الاثنين الثلاثا الاربعا الخميس الجمعه السبت mon tue wed thu fri sat sun monday tuesday wednesday
    thursday friday saturday sunday
"""
_COUNTED = frozenset(_COUNTED_LIST.split())
_WEEKDAYS = frozenset(_WEEKDAYS_LIST.split())
_MONTHS = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, MEANINGS), key=len, reverse=True))})\b")


def is_weekday(folded: str) -> bool:
    """Whether the word is a day of the week, which is a family's name too («لبنى الخميس»)."""
    return folded in _WEEKDAYS


@lru_cache(maxsize=8192)
def counts(folded: str) -> bool:
    """Whether the words are a day, an hour, a number of readers or what counts them («القراءات 300»)."""
    if not any(map(str.isdigit, folded)):
        return all(word in _COUNTED and len(word) > 2 for word in folded.split())
    words = _MONTHS.sub("1", folded).split()
    return all(word in _COUNTED or word in _WEEKDAYS or word[0].isdigit() for word in words)
