"""Verbs that open a report («أعلن …») or lead it on («وأضاف …»): headlines never begin with the latter."""

from __future__ import annotations

from bulaq.intake.box_headings import fold_heading

_LIST = """
قال اعلن اكد كشف افتتح انطلق بدا شهد وصل عاد عقد نظم اصدر وقع حذر دعا طالب وافق اقر رفض نفي اوضح اعتبر توقع ارتفع تراجع انخفض سجل قرر بحث
ناقش استقبل التقي زار احتفل اختتم تمكن ضبط القي لقي قتل اصيب توفي انهي وزع دشن ودع استطاع استعاد اعترف نجح فاز تعادل حقق ابدي ادلي تعرض
اندلع باشر اطلق تسلم شرع احتضن اقام ترا راس تفقد اشاد بين ذكر افاد كان ليس لم يبدو تستعد يستعد طور استبدل برزت حصد غادر قدم منح نشر
"""
_LEADING_ON = """
اضاف تابع اشار لفت شدد نقل راي اردف ختم استطرد نوه عبر اعرب جا ياتي تعد يعد يقول تقول يضيف تضيف يري تري تشير يشير كانت اتهم وصف ابلغ اظهر
"""


def _finite(verbs: str) -> frozenset[str]:
    return frozenset(
        form for verb in verbs.split() for form in (verb, verb.removesuffix("ي") + "ت", verb + "ت")
    )


OPENING_WORDS = _finite(_LIST)
"""Finite forms, folded as `fold_heading` folds."""
_VERBS = OPENING_WORDS | _finite(_LEADING_ON)


def leads_on(text: str) -> bool:
    """Whether the text begins with «و» and a verb of reporting, as a paragraph does after another."""
    first = fold_heading(text[:40]).partition(" ")[0]
    return first.startswith("و") and first[1:] in _VERBS
