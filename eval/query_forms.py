"""Pairs of queries that mean one thing, written in two ways, by what differs: `kind|one way|the other`.

Written from what people type at Arabic news sites, before anything was tried with them; the worst were looked at afterwards.
"""

from __future__ import annotations

from typing import Final

_PAIRS = """
final ه for ة|الحكومة العراقية الجديدة|الحكومه العراقيه الجديده
final ه for ة|جائزة نوبل للسلام|جايزه نوبل للسلام
final ه for ة|قيادة المرأة السعودية للسيارة|قياده المراه السعوديه للسياره
final ه for ة|أزمة الكهرباء في البصرة|ازمه الكهربا في البصره
final ه for ة|نقابة المحامين الأردنيين|نقابه المحامين الاردنيين
hamza left out|أسعار النفط اليوم|اسعار النفط اليوم
hamza left out|إضراب المعلمين|اضراب المعلمين
hamza left out|مؤتمر إعادة إعمار العراق|موتمر اعاده اعمار العراق
hamza left out|لقاء ترامب وكيم|لقا ترامب وكيم
hamza left out|آثار مصرية قديمة|اثار مصريه قديمه
hamza left out|رؤساء الوزراء السابقون|روساء الوزراء السابقين
hamza left out|اللاجئون السوريون في الأردن|اللاجيون السوريون في الاردن
ى and ي|مستشفى خيري للأطفال|مستشفي خيري للاطفال
ى and ي|مصطفى محمد|مصطفي محمد
ى and ي|ليلى علوي|ليلي علوي
ى and ي|القاضي يحيى|القاضى يحيي
with and without the article|انتخابات برلمانية عراقية|الانتخابات البرلمانية العراقية
with and without the article|حكومة لبنانية|الحكومة اللبنانية
with and without the article|سعر دولار|سعر الدولار
with and without the article|درجات حرارة|درجات الحرارة
with and without the article|عقوبات على إيران|العقوبات على إيران
clitics|زلزال إندونيسيا|الزلزال بإندونيسيا
clitics|الانتخابات في تركيا|والانتخابات بتركيا
clitics|القتال في الحديدة|القتال بالحديدة
clitics|قصف غزة|القصف لغزة
clitics|انفجار كابول|انفجار بكابول
clitics|أزمة الليرة التركية|للليرة التركية أزمة
clitics|اللجنة الدستورية السورية|للجنة الدستورية السورية
clitics|ألمانيا واللاجئون|بألمانيا واللاجئين
clitics|مباراة مصر وروسيا|مباراة لمصر أمام روسيا
one and many|مدرسة مدمرة|مدارس مدمرة
one and many|صاروخ حوثي|صواريخ الحوثيين
one and many|سجين سياسي|سجناء سياسيون
one and many|مستشفى ميداني|مستشفيات ميدانية
one and many|حريق غابة|حرائق الغابات
one and many|طائرة مسيرة|طائرات مسيرة
one and many|شركة ناشئة|شركات ناشئة
one and many|مهاجر غير شرعي|مهاجرون غير شرعيين
one and many|قتيل في غارة جوية|قتلى بغارات جوية
one and many|لاعب محترف مصري|لاعبون محترفون مصريون
one and many|فيلم عربي في مهرجان كان|أفلام عربية بمهرجان كان
one and many|متحف وطني|متاحف وطنية
one and many|خبير اقتصادي|خبراء اقتصاد
one and many|نهر ملوث|أنهار ملوثة
one and many|مرض مزمن|أمراض مزمنة
one and many|دواء جديد للسرطان|أدوية جديدة للسرطان
names respelt|محمد صلاح ليفربول|محمّد صلاح ليفربوول
names respelt|دونالد ترامب|دونالد ترمب
names respelt|إردوغان|أردوغان
names respelt|رجب طيب أردوغان|رجب طيب اردوجان
names respelt|بوتين|بوتن
names respelt|نتنياهو|نتانياهو
names respelt|كريستيانو رونالدو|كرستيانو رونالدو
names respelt|ليونيل ميسي|ليونيل ميسى
names respelt|كيم جونغ أون|كيم جونج اون
names respelt|أنغيلا ميركل|انجيلا ميركل
names respelt|إيمانويل ماكرون|ايمانويل مكرون
names respelt|جمال خاشقجي|جمال خاشقجى
names respelt|غوغل|جوجل
names respelt|غوتيريش|جوتيريش
names respelt|مانشستر يونايتد|مانشيستر يونايتد
names respelt|كمبردج|كامبريدج
names respelt|تيريزا ماي|تريزا ماي
names respelt|لافروف|لافروڤ
names respelt|بريت كافانو|بريت كافانا
names respelt|مورينيو|مورينهو
names respelt|جوزيه مورينيو|جوزيه مورينو
names respelt|زين الدين زيدان|زين الدين زیدان
names respelt|إنفانتينو|انفنتينو
names respelt|واين روني|واين رونى
names respelt|هيلاري كلينتون|هيلارى كلنتون
names in Latin letters|Facebook|فيسبوك
names in Latin letters|Twitter|تويتر
names in Latin letters|iPhone|آيفون
names in Latin letters|YouTube|يوتيوب
names in Latin letters|BBC|بي بي سي
names in Latin letters|Netflix|نتفليكس
abbreviations|م.ت.ف|منظمة التحرير الفلسطينية
abbreviations|د.ب.أ|د ب أ
abbreviations|أ.ف.ب|فرانس برس
abbreviations|أ ش أ|أ.ش.أ
digits|رؤية ٢٠٣٠|رؤية 2030
digits|كأس العالم ٢٠١٨|كأس العالم 2018
digits|1,000 وظيفة|١٬٠٠٠ وظيفة
digits|۱۱ سبتمبر|11 سبتمبر
digits|سعر 70 دولارا للبرميل|سعر ٧٠ دولارًا للبرميل
dates|15 مايو 2018|15 أيار 2018
dates|حزيران 2018|يونيو 2018
dates|رمضان 1439|رمضان ١٤٣٩
dates|كانون الثاني 2018|يناير 2018
phrases|"مجلس الأمن الدولي"|«مجلس الأمن الدولي»
phrases|"صفقة القرن"|“صفقة القرن”
slips of the hand|الانتخبات العراقية|الانتخابات العراقية
slips of the hand|كاس العالمم|كأس العالم
slips of the hand|بريطانييا|بريطانيا
slips of the hand|السعوديه العربيه|السعودية العربية
slips of the hand|الاتحاد الاروبي|الاتحاد الأوروبي
slips of the hand|منضمة الصحة العالمية|منظمة الصحة العالمية
slips of the hand|ضريبة القيمه المضاقة|ضريبة القيمة المضافة
slips of the hand|برشلونه وريال مدريدد|برشلونة وريال مدريد
slips of the hand|الرييس الفرنسي|الرئيس الفرنسي
slips of the hand|مسؤول|مسئول
slips of the hand|شئون المغتربين|شؤون المغتربين
slips of the hand|هيئه الطيران|هيأة الطيران
slips of the hand|مبارة الأهلي|مباراة الأهلي
slips of the hand|إنشاءالله|إن شاء الله
spaces|عبدالفتاح السيسي|عبد الفتاح السيسي
spaces|أبوظبي|أبو ظبي
spaces|البحرالأحمر|البحر الأحمر
spaces|كوريا الشمالية|كورياالشمالية
the other keyboard|الانتخابات|hghkjohfhj
the other keyboard|كأس العالم|;Hs hguhgl
the other keyboard|ترامب|jvhlf
the other keyboard|سوريا|s,vdh
invisible marks|كرة القدم|كرة‌ القدم
invisible marks|الذكاء الاصطناعي|الذكـاء الاصـطناعي
invisible marks|المملكة|الممل‌كة
invisible marks|محمد بن سلمان|محـــمد بن سلمـــان
vowels|القُدس عاصمةُ فِلسطين|القدس عاصمة فلسطين
vowels|مُنظمة الصِّحة|منظمة الصحة
countries|أمريكا|أميركا
countries|الولايات المتحدة الأمريكية|الولايات المتحدة الأميركية
countries|سوريا|سورية
countries|إنجلترا|انكلترا
countries|إندونيسيا|اندنوسيا
countries|موريتانيا|موريتنيا
pronouns|أسعارها في الأسواق|الأسعار في الأسواق
pronouns|حكومتهم الجديدة|الحكومة الجديدة
pronouns|مدربنا الوطني|المدرب الوطني
pronouns|صادراتنا النفطية|الصادرات النفطية
dual|رئيسا البلدين|رئيسي البلدين
dual|شخصان في حادث|شخصين في حادث
dual|الكوريتان|الكوريتين
foreign forms of letters|ﺍﻟﻘﺎﻫﺮﺓ|القاهرة
foreign forms of letters|کابل|كابل
"""

PAIRS: Final = tuple(
    (kind, one, other) for kind, one, other in (line.split("|") for line in _PAIRS.strip().splitlines())
)
"""Kind, query, the same query."""
