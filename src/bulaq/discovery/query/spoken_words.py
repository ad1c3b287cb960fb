"""Words of speech, and what newspapers write for them: «تليفونات» is asked for, «هواتف» stands in the texts.

A list, for no archive of news can teach it: its texts have few words of speech, and in other places than the written ones.
It holds what is said in several countries of things that news speak of. A word of speech goes on matching as it was
typed; the written words stand for it with less trust. Not the other way round: who writes «هاتف» finds enough.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from bulaq.arabic.analysis import Term
from bulaq.arabic.stemming import fold, light_stem

TRUST: Final = 0.7
"""In a written word that stands for a spoken one."""
_CLITICS: Final = 4
"""Letters before a word, at most: «وبال»."""

_WORDS: Final = """
موبايل موبايلات موبايلي جوال جوالات تليفون تليفونات تلفون تلفونات: هاتف هواتف
كمبيوترات لابتوب لابتوبات: حاسوب حواسيب كمبيوتر
فيس: فيسبوك
انستا انستجرام: انستغرام
هكر هاكر هكرز: قرصنة قراصنة اختراق
طيارة طيارات: طائرة طائرات
عربيات: سيارة سيارات
تاكسي تاكسيات تكسي تكاسي: أجرة
موتوسيكل موتوسيكلات موتور: دراجة
بسكليت بسكليتة: دراجة دراجات
سواق سواقين شوفير: سائق سائقين
كوبري كباري: جسر جسور
فلوس مصاري: أموال
تمن: ثمن سعر
بترول: نفط
بنزين: وقود
غلي غليت غلو: ارتفاع غلاء
مرتب مرتبات معاش معاشات: راتب رواتب
شغل شغلانة: وظائف توظيف
مية مويه: مياه
تلج تلوج: ثلوج ثلج
عجاج: غبار ترابية رملية
دكاترة: أطباء طبيب
تطعيم تطعيمات: لقاح لقاحات
ستات نسوان حريم: نساء
بنات: فتيات نساء
بنت: فتاة طفلة
ولاد عيال: أطفال
راجل رجالة زلمة: رجل رجال
سنين: سنوات أعوام
بوليس: شرطة
عسكر عساكر: جنود جيش
حرامي حرامية: لص لصوص
مسك مسكت مسكوا قبضوا: اعتقل اعتقال توقيف
خناقة عركة هوشة: شجار اشتباك
حراقة: مهاجرين مهاجرون
جرايد جرنال جرائد: صحف صحيفة
ماتش ماتشات: مباراة مباريات
كورة: كرة
لعيبة لعيب: لاعبو لاعبين لاعب
مدرسين مدرسات: معلمين معلمات
جوامع: مساجد مسجد
شنطة شنط: حقيبة حقائب
هدوم: ملابس
فراخ: دجاج دواجن
لحمة: لحوم لحم
بندورة: طماطم
طماطم: بندورة
حبس حبسوا: سجن
ماتوا ماتت: وفاة مقتل قتلى
تلات تلاتة: ثلاثة ثلاث
تمانية تمنية: ثمانية
اتنين: اثنين اثنان
تالت: ثالث
تاني: ثاني
"""


def written_for(term: Term) -> tuple[str, ...]:
    """The light stems of what newspapers write for a word of speech, whatever clitics it has; none for other words."""
    for form, written in _spoken().get(term.light, ()):
        if term.exact.endswith(form) and len(term.exact) - len(form) <= _CLITICS:
            return written
    return ()


@cache
def _spoken() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Light stem → the spoken words that have it, each with the light stems of the written ones."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for line in _WORDS.strip().splitlines():
        spoken, written = line.split(":")
        lights = tuple(dict.fromkeys(light_stem(fold(word)) for word in written.split()))
        for word in map(fold, spoken.split()):
            found.setdefault(light_stem(word), []).append((word, lights))
    return found
