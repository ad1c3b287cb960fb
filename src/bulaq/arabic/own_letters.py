"""Words whose first letters are their own, though they look like a conjunction or an article.

«وصلت» is no «and» before «صلت», «ألمانيا» has no article, and the ل of «اللجنة» is not written three times after
«to»: «للجنة». The letters alone cannot tell, so the stems are listed (as people write them) and met with any of their
endings. Where a word may be both («وعاد»: «and returned» or «وعّاد»), the reading that news means is followed.
"""

from __future__ import annotations

from typing import Final

from bulaq.arabic.normalise import for_matching
from bulaq.arabic.stop_words import STOP_WORDS

_WAW: Final = """
وجد وجود وجدان وجه وجوه وجهة وجيه واجه واجهة وجب وجوب واجب وجبات وجيز وجع وحد وحدة واحد وحيد وحش وحوش وحشي
واحة وثق وثيق وثائق واثق ود ودي ودية وديات وديتين وداع وديع ودائع وادي ورث وريث وارث ورثة ورد ورود وارد
واردات ورق ورقة ورقي ورش ورشة ورط ورطة ورم وراء وراه وراها وراهم وزر وزير وزراء وزارة وزارات وزاري وزارتي
وزع وزن وازن وزنة وسط وسيط وسطاء وساطة وسائط وسع واسع وسعة وسام وسيلة وسائل وسيم وشك وشيك وصف واصف وصفة وصيف
وصل واصل وصول وصلة وصي وصية وصايا وصاية وضح واضح وضوح وضع واضع وضعية وطن وطني وطنية وطأة وظف وظيفة وظائف
وظيفي وعد واعد وعود وعي وعكة وعظ واعظ وفد وفود وافد وفر وفير وافر وفرة وفق وفقا وافق وفاق وفاء وفاة وفيات
وقت وقتئذ وقع واقع وقوع وقائع وقعة واقعة واقعي وقف واقف وقوف وقفة وقود وقاية وقائي وقار وكالة وكالات وكيل
وكلاء ولد وليد ولادة والد والدان ولاة ولاية ولايات والي ولاء ولع وليمة ولي وهب وهبي وهم وهمي وهمية واهب واهي
وهن وهج وهلة وبائي وتر وتيرة وخيم ورع وسواس وشاح وشم وصمة وضوء واشنطن ويلز ويلزي واتس واتساب واتفورد
ويكيبيديا ويكيليكس ويمبلي ويمبلدون ويندوز ويندسور ويليام وليام ويليامز وليامز ويلسون ويست ويسترن وارن وارسو
والتر والاس ووهان ووتش ووكر وانغ وايت وايل وائل واينستين واترلو ولفرهامبتون ويغان وست وينستون ويلات
"""
_ALIF_LAM: Final = """
ألف ألفا ألفي ألفان ألفين ألفية آلاف ألمان ألماني ألمانيا إلكترون إلكتروني ألعاب التزام إلزام إلزامي إلغاء
ألغى ألغت ألغي ألغام آليات آلات ألوان ألقاب إلقاء ألقى ألقت ألقاه ألقاها التحاق التحق التقاء التقى التقت
التقط التقاط التفاف التفت التهاب التماس التباس التوى التزم التفات إلحاق ألواح ألبوم ألماس إلمام إلحاح ألوية
ألياف ألبان ألباني ألبانيا ألبسة ألسكا ألكسندر ألكسندرا ألكسندرية أليكس أليكسيس أليكسي إليزابيث أليسون إليسا
ألفونسو ألفريد ألبرت ألبرتو ألبا ألدو ألتون إلتون ألاسكا ألمنيوم لمسات لغات
"""
_CLITIC_AND_ALIF_LAM: Final = """
بالغ بالغة بالغين بالون باليستي باليستية باليه باليرمو بالتيمور بالتيك بالاك بالوتيلي بالاديوم بالميرا بالي
كاليفورنيا كالينينغراد كالديرون كالياري كالسيوم كالابريا كاليدونيا كاليه فالنسيا فالنتاين فالنتينو فالنتين
فالكون فالكاو فاليري فالفيردي فالح فالوجة فالون
"""
_LAM: Final = """
لجنة لجان لاعب لاعبة لاجئ لاجئين لقاء لقاءات لقب لعب لعبة لازم لغة لغوي لائحة لوائح لواء لوحة لوحات لحظة لحاق لحق ليرة ليل ليلة
ليالي لحم لحوم لون لبنان لبناني ليبيا ليبي ليبرالي لندن لاتيني لاتينية لقاح لقطة لمسة لوم لص لصوص لبس لباس لهجة لياقة لجوء لاحق
لسان لحن لحوق لحية لافتة لغز لغم لعنة لقمة لوبي ليزر لوجستي لوثري لؤلؤ لاهوت ليث ليمون لبن لهب لطف لفت لاس لوس لاهاي ليفربول
ليستر لاتسيو لوكسمبورغ ليتوانيا لاتفيا ليفانتي ليبيريا لاوس
"""
_ENDINGS: Final = (
    "", "ه", "ا", "ي", "ت", "ات", "ان", "ين", "ها", "هم", "هما", "نا", "وا", "يه", "يا", "ته", "تها", "تهم", "تين",
    "تان", "يين", "يون", "يات", "اتها", "اته", "اتهم", "يها", "يهم", "تي",
)  # fmt: skip


def _stems(words: str) -> frozenset[str]:
    folded = for_matching(words).replace("ء", "").split()
    return frozenset(word.removesuffix("ه") if len(word) > 3 else word for word in folded)


_OWN_WAW: Final = _stems(_WAW)
_OWN_ALIF_LAM: Final = _stems(_ALIF_LAM)
_OWN_CLITIC: Final = _stems(_CLITIC_AND_ALIF_LAM)
_OWN_LAM: Final = _stems(_LAM)
_TWO_WORDS: Final = frozenset(
    for_matching(
        "وعدا وسعت وسعى وسعوا وردا وديون وديان ودين وداعي واهم وهما وهمت ورأت ورأي ورأيه ورأيها ورأيهم واعدت واعدوا"
    ).split()
)
"""What the list would take for one word and news means as «and» before another."""


def waw_is_its_own(word: str) -> bool:
    """Whether the و that begins a folded word belongs to it: «وصلت», «والده», but not «وقال»."""
    if word in _OWN_WAW:
        return True
    return word[1:] not in STOP_WORDS and word not in _TWO_WORDS and _listed(word, _OWN_WAW)


def alif_lam_is_its_own(word: str) -> bool:
    """Whether the ال that begins a folded word belongs to it: «الكترونيه», but not «الكتاب»."""
    return _listed(word, _OWN_ALIF_LAM)


def clitic_is_its_own(word: str) -> bool:
    """Whether a folded word only looks like one with «with the», «like the» or «so the»: «بالغين», «كاليفورنيا»."""
    return _listed(word, _OWN_CLITIC)


def lam_is_its_own(word: str) -> bool:
    """Whether the ل that begins a folded word belongs to it: «لجنه», but not «لحكومه»."""
    return _listed(word, _OWN_LAM)


def _listed(word: str, stems: frozenset[str]) -> bool:
    return any(
        word.endswith(ending) and (word[: -len(ending)] if ending else word) in stems for ending in _ENDINGS
    )
