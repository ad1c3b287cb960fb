"""What news writes about everything: a guess at how common words are, for archives too young to tell.

A newsroom's first articles say nothing yet about which words are rare. Until they do, the counts start from this
list, written from knowledge of the language and not from any corpus, as if `ARTICLES` articles had been read. In an
archive of some ten thousand it no longer matters.
"""

from __future__ import annotations

from typing import Final

ARTICLES: Final = 400
"""The weight of the guess, in articles."""

UNLISTED: Final = 0.005
"""The share of articles in which a word that is not listed is taken to stand."""

_VERY = """
قال قالت أعلن أعلنت أكد أكدت أضاف أضافت أوضح أوضحت أشار أشارت ذكر ذكرت يقول تقول صرح كشف كشفت تم يتم جاء جاءت
عام العام سنة يوم اليوم أمس الماضي الماضية المقبل المقبلة الحالي الجاري شهر أسبوع الأسبوع وقت الوقت مرة أول الأول الأولى
رئيس الرئيس وزير الوزير حكومة الحكومة دولة الدولة دول الدول بلد البلاد بلدان البلدين مدينة المدينة منطقة المنطقة
عدد كبير كبيرة جديد جديدة عدة بسبب وفق وفقا بحسب حسب بشكل أكثر أقل خلال منذ بعد قبل عبر حول بعد
شخص أشخاص الناس عمل العمل أمام جميع مختلف إضافة نحو مليون ألف مئة اثنين ثلاثة أربعة خمسة واحد
"""
_RATHER = """
قرار القرار قانون القانون لجنة هيئة مجلس المجلس اجتماع الاجتماع مؤتمر بيان تصريح حديث كلمة تقرير خبر أخبار صحيفة وكالة
موقع قناة مصدر مصادر مسؤول مسؤولين المتحدث باسم سياسة سياسي اقتصاد اقتصادي اجتماعي أمن أمني عسكري مدني وطني دولي عالمي
محلي عربي إسلامي خارجية داخلية مالية صحة تعليم شركة شركات مؤسسة مركز قطاع مشروع مشروعات خطة برنامج نظام إدارة جهة جهات
قضية قضايا مشكلة أزمة وضع حالة ظروف حل حلول دعم تعاون علاقات اتفاق اتفاقية محادثات زيارة لقاء جهود دور أهمية هدف أهداف
نسبة مستوى ارتفاع انخفاض زيادة تراجع سعر أسعار مبلغ دولار ريال جنيه درهم سوق أسواق مواطن مواطنين شعب مجتمع أسرة شباب
نساء رجال أطفال حياة موت قتل مقتل أصيب إصابة حادث هجوم قوات جيش شرطة سلاح حرب سلام نار عملية عمليات تحقيق محكمة
فريق لاعب مباراة بطولة كأس دوري فوز هدف نادي منتخب مدرب موسم فيلم فنان فنانة مسلسل أغنية جمهور مهرجان حفل كتاب
صباح مساء ليلة ساعة دقيقة يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة شمال جنوب شرق غرب وسط داخل خارج بداية نهاية آخر أخرى أهم أبرز
يمكن يجب ينبغي يريد يعمل يقوم تقوم بدأ بدأت يبدأ انتهى استمرار تحقيق تنفيذ تقديم توفير تطوير تعزيز متابعة مشاركة
يواجه تواجه يشهد تشهد شهد شهدت يعتبر تعتبر يعد تعد وصل وصلت وقع وقعت أدى أدت طالب طالبت دعا دعت حذر حذرت نفى رفض
"""
_ENGLISH = """
have has had been said says say will would could should may might can after before also more most other their they them
he she his her who which when where what while than then there into over under about between through during against
new one two three first last year years day days week month time people government state country city today since
made make take taken told people according added including because some many such our we you your its not but out up
"""
"""What English prose says about everything: in a mostly Arabic archive it would look rare, and tie its English articles
to one another."""

SHARES: Final[dict[str, float]] = {
    **dict.fromkeys(_RATHER.split(), 0.08),
    **dict.fromkeys((_VERY + _ENGLISH).split(), 0.25),
}
"""Word → the share of articles in which it is taken to stand."""
