"""Lines that stand inside an article's element without being its text: prompts, counters, dates, bylines, signs of ads.

All are matched as a whole line, never inside a paragraph; the words are those that sites share.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from bulaq.intake.box_headings import HeadingKind, heading_kind
from bulaq.intake.bylines.agencies import agency_score
from bulaq.intake.html.layout.text import INVISIBLE

_WHOLE = re.compile(
    r"""^[\W_]*(?:
      (?:ال)?إعلان(?:ات)?(?:\s+(?:ممول|مدفوع|تجاري|جوجل))?|(?:مادة|محتوى|رابط|فقرة|فاصل)\s+[إا]علاني[ةه]?|(?:ال)?اعلان(?:ات)?|مساحة\s+إعلانية|advertis(?:e?ment|ing)|publicit[ée]|annonces?|ad|ads|sponsored(?:\s+content)?|
      انتهى\s+الإعلان|(?:يستكمل|يتبع|تكملة|بقية)\s+(?:ال)?(?:مقال|خبر|تقرير|موضوع)?\s*(?:بالأسفل|في\s+الأسفل|أدناه|بعد\s+(?:ال)?إعلان|تحت\s+(?:ال)?إعلان)|تستمر\s+القراءة\s+بعد\s+الإعلان|يتبع\s+(?:ال)?[إا]علان|(?:تابع|تابعوا|واصل|أكمل)\s+القراءة\s+(?:بعد|أسفل|تحت)\s+(?:ال)?[إا]علان|(?:story|article)\s+continues\s+(?:below|after).*|scroll\s+down.*|
      (?:شارك|مشاركة|تغريد|غرد|شاركها|انشر|أنشر|نشر|طباعة|اطبع|أرسل|إرسال|ارسل|(?:إرسال|ارسال|أرسل|ارسل)\s+(?:إلى|الى|ل)\s*صديق|نسخ|نسخ\s+الرابط|انسخ\s+الرابط|تم\s+النسخ|حفظ|استمع|استماع|شاهد|(?:تكبير|تصغير)(?:\s+(?:حجم\s+)?الخط)?|حجم\s+الخط|الخط|تابعنا|تابعونا|متابعة|اشترك|سجل|دخول|بحث|
         الرئيسية|رجوع|للأعلى|عودة|التالي|السابق|المزيد|اقرأ\s+المزيد|عرض\s+المزيد|تحميل\s+المزيد|إغلاق|أغلق|الكل|صورة|الصورة|فيديو|share|tweet|print|email|send|save|copy(?:\s+link)?|close|next|previous|loading.*|more|follow\s+us|
         partager|imprimer|envoyer|چاپ|اشتراک(?:\s*گذاری)?|ارسال|کد\s+خبر|کد\s+مطلب|لینک\s+کوتاه|facebook|twitter|whatsapp|telegram|linkedin|pinterest|messenger|email|instagram|youtube|فيسبوك|تويتر|لينكدين|لينكد\s*إن|انستغرام|إنستغرام|يوتيوب|بريد|إيميل|واتساب|تيليجرام|
         [+\-]?\s*[aأآا]\s*[+\-]?|×|x|a\s*a|[aأ]\+?\s*[aأ]-?)
      (?:\s*[:：])?
      |(?:(?:[\w.+-]{1,40}@|www\.)[\w-]{1,40}(?:\.[\w-]{1,20}){1,4}(?:\s+\d{1,2}/\d{1,2})?\s*){1,3}|(?:\#[^\s\#]{2,40}[\s،,]*)+|(?=[A-Za-z]{1,3}[./-])[A-Za-z./-]{3,9}(?:[\s./:-]*\d{1,2}){0,4}
      |(?:ال)?(?:صفحة|نسخة|صيغة)\s+(?:سهلة\s+|صالحة\s+)?لل?(?:طباعة|طبع)
      |(?:(?:عدد\s+)?(?:ال)?(?:مشاهدات|قراءات|مشاهدة|زيارات|تعليقات|تعليق|زيارة|قراءة|قراء|زوار|مرات\s+(?:ال)?(?:قراءة|مشاهدة)|بازدید|نظر)\s*[:：]?\s*[\d٠-٩۰-۹.,٬k]*\s*){1,3}|[\d٠-٩۰-۹.,٬k]+\s*(?:مشاهدة|مشاهدات|قراءة|قراءات|زيارة|تعليق|تعليقات|views?|comments?|shares?|مشاركة|دقيقة\s+قراءة|دقائق\s+قراءة|min(?:ute)?s?\s+read|بازدید|نظر)
      |(?:مدة|وقت|زمن)\s+(?:القراءة|الاستماع).{0,30}|قراءة\s+(?:في\s+)?[\d٠-٩۰-۹]{1,2}\s*د(?:قيقة|قائق)?\.?|[\d٠-٩۰-۹]{1,3}\s*(?:دقيقة|دقائق|ثانية)(?:\s+(?:لل?)?(?:قراءة|استماع))?|(?:استمع|استماع|اسمع|أنصت)\s*(?:إلى|الى|ل)\s*(?:هذا\s+|هذه\s+)?(?:ال|ل)?(?:مقال|خبر|تقرير|نص|قص|ماد|موضوع|صفح|تصريح|حوار|لقا|حلق|مداخل|تسجيل|بودكاست)\w{0,2}(?:\s+(?:ال)?كامل[اةً]{0,2})?|\d+\s*(?:min|minutes?)\s+read.*|(?:كود|رقم)\s+(?:الخبر|المقال)\W*[\d٠-٩]*|کد\s+(?:خبر|مطلب)\W*[\d۰-۹]*
      |(?:[^\W\d]{3,15}\s*[:：]?\s*[\d٠-٩.,٬]{1,9}\s*[|•·]\s*){1,6}[^\W\d]{3,15}\s*[:：]?\s*[\d٠-٩.,٬]{1,9}
      |[\d٠-٩۰-۹]{3,9}|(?:قراءة|شوهد|قرئ)\s+[\d٠-٩.,٬]+\s+(?:مرة|مرات).{0,12}|[\d٠-٩۰-۹]{1,2}:[\d٠-٩۰-۹]{2}(?:\s*[صم])?
      |(?:شارك|شاركها|انشر|أرسل)\s+(?:هذا|هذه|ال)\S+(?:\s+(?:عبر|على))?\s*[:：].{0,60}|(?:أغلق|إغلاق)\s+(?:ال)?نافذة|موافق|أوافق|accept|agree
    )[\W_]*$""",
    re.X | re.I,
)

_FOOT = re.compile(
    r"""^[\W_]*(?:
      (?:يمكنكم?\s+(?:متابعة|الاشتراك|تحميل)|لمتابعة|لمتابعتنا|تابعوا|تابعونا|تابعنا|انضم(?:وا)?|اشترك(?:وا|ي)?|للاشتراك|حمّ?ل(?:وا)?|نزّ?ل(?:وا)?|لتحميل|احصل(?:وا)?|تلق(?:وا|ى)|لتلق[يى]|توصل(?:وا)?)\b.{0,120}(?:بريدك|بريدكم|فيسبوك|فيس\s*بوك|تويتر|واتس\s*اب|تليجرام|تلغرام|تيليجرام|يوتيوب|انستغرام|إنستغرام|نشرتنا|القائمة\s+البريدية|النشرة|تطبيق|قناتنا|قناة|صفحتنا|حسابنا|عبر\s+أثير|على\s+(?:ال)?موجات|google\s*news|جوجل\s+نيوز|أخبار\s+(?:جوجل|غوغل)|غوغل\s+نيوز).{0,100}
      |(?:جميع|كافة|كل)\s+(?:ال)?حقوق.{0,100}|حقوق\s+(?:النشر|الطبع|الملكية).{0,80}|(?:©|copyright|all\s+rights).{0,100}|tous\s+droits.{0,60}
      |(?:إن\s+)?(?:جميع\s+|كافة\s+|كل\s+)?(?:ال)?(?:آراء|اراء|أراء|التعليقات|المقالات)\s+(?:الواردة|المنشورة|المذكورة|المعروضة).{0,200}
      |\(?(?:(?:جميع|كافة|كل)\s+)?(?:التعليقات?|الآراء|الرأي|المقالات?|المواد|المقال|ما\s+ينشر|هذا\s+المقال)\b.{0,60}\b[تي]عبّ?ر\s.{0,40}(?:رأي|آراء|وجهات?\s+نظر)\s.{0,80}
      |(?:تم\s+نسخ|أرسل\s+لصديق|إرسال\s+(?:إلى|ل)\s*صديق|ابلغ\s+عن|الإبلاغ\s+عن|هل\s+وجدت\s+خطأ|هل\s+أعجبك).{0,80}
      |(?:sign\s+up|subscribe|follow\s+us|join\s+us|download\s+(?:our|the)\s+app|get\s+the\s+latest|click\s+here\s+to|like\s+us|read\s+more:?$|share\s+this|this\s+article\s+was\s+(?:originally\s+)?published).{0,200}
      |(?:شروط|سياسة|ضوابط|قواعد|بروتوكول)\s+(?:نشر\s+)?(?:ال)?(?:تعليق|تعليقات|نشر|مشاركة|استخدام)\b.{0,300}
      |(?:ترحب|نرحب|يرحب).{0,60}(?:التعليقات|بتعليقاتكم|النقاش|بالنقاش).{0,800}
      |.{0,80}(?:واتس\s*اب|تليجرام|تلغرام|تيليجرام|قناتنا|صفحتنا|نشرتنا|تطبيقنا).{0,80}(?:اضغط|انقر|إضغط|أنقر)\s+هنا.{0,80}
      |(?![^.]{0,120}\.\s+\S).{3,120}\b(?:اضغط|انقر|إضغط|أنقر)(?:وا|ي)?\s+هنا
      |(?:اضغط|انقر|إضغط|أنقر)(?:وا|ي)?\s+هنا\b.{0,60}
      |[اإ]شترك(?:وا|ي)?\b.{0,60}\b(?:لتقرأ|لتقرؤوا|لقراءة|لمواصلة|لمتابعة|للوصول|للاستمتاع|لتصلك|ليصلك)\b.{0,200}
      |(?:هذا|هذه)\s+(?:ال)?(?:محتوى|مقال|مادة|موضوع|خدمة)\s.{0,30}(?:للمشتركين|للأعضاء|بالمشتركين).{0,60}
      |(?:نستخدم|يستخدم\s+(?:هذا\s+)?(?:ال)?موقع(?:نا)?).{0,40}(?:ملفات\s+(?:تعريف\s+(?:ال)?ارتباط|ال?كوكيز)|cookies).{0,200}|(?:we|this\s+(?:web)?site)\s+uses?\s+cookies.{0,300}
      |للتواصل\b.{0,40}(?:[أا]رسل|رسالة|sms|واتس|تويتر|بريد|هاتف|جوال|[\w.-]+@|@).{0,200}
      |(?:لقراءة|للمزيد|لمزيد)\b.{0,60}(?:اضغط|انقر|زوروا?|هنا|الرابط).{0,60}
      |(?:رابط\s+مختصر|الرابط\s+المختصر|short\s*(?:url|link)|لینک\s+کوتاه|نشانی\s+کوتاه).{0,120}
      |(?:(?:رابط|عنوان)\s+(?:ال)?(?:خبر|مقال|موضوع|صفحة|مادة)\s*[:：]?\s*)?(?:https?://|www\.)\S+
      |(?:ال)?(?:مصدر|المصادر|منبع)\s*[:：]\s*[^.؟!]{2,50}
      |(?:انتهای\s+پیام|پایان\s+پیام|انتهى|انتهي|النهاي[ةه]|نهاي[ةه]\s+ال(?:خبر|بيان))(?:[\W\d۰-۹]|\b\w\b)*
      |عنوان\s+البريد\s+الإلكتروني\s+هذا\s+محمي.{0,120}|this\s+e-?mail\s+address\s+is\s+being\s+protected.{0,120}
      |(?:المعذرة|عذرا|عفوا)?\W{0,3}(?:ال)?تعليقات\s+(?:(?:ليست|غير)\s+(?:مفعل|متاح|مسموح)|مغلق|معطل)ة.{0,100}|comments\s+(?:are|have\s+been)\s+(?:closed|disabled|turned\s+off).{0,60}
      |لن\s+(?:يتم\s+نشر|يُنشر|ينشر|يظهر)\s+(?:عنوان\s+)?بريدك.{0,150}|your\s+e-?mail\s+address\s+will\s+not.{0,120}|نشانی\s+ایمیل\s+شما.{0,120}
      |[\d٠-٩]{1,2}:[\d٠-٩]{2}\s*(?:ت\s*م|ج\s*م\s*ت|جمت|gmt)
    )[\W_]*$""",
    re.X | re.I,
)

_META_LINE = re.compile(
    r"^[\W_]*(?:نشر(?:ت)?\s+(?:في|يوم|بتاريخ|ب)|تاريخ\s+(?:النشر|الخبر|التحديث|الإضافة|الاضافة)|(?:آخر|اخر)\s+(?:تحديث|تعديل)|تم\s+(?:النشر|التحديث|التعديل|نشره|تحديثه|تعديله)|تحديث|التحديث|نُشر|أضيف|حرر\s+(?:في|بتاريخ)|"
    r"published|updated|posted|last\s+(?:updated|modified)|publi[ée]|mis\s+[àa]\s+jour|تاریخ\s+انتشار|منتشر\s+شده|زمان\s+انتشار|الوقت|التاريخ|التوقيت)\b\W*(?P<rest>.{0,100})$",
    re.I,
)

_WHEN = re.compile(
    r"\d|منذ|قبل|اليوم|[أا]مس|الآن|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|today|yesterday|ago\b|day\b",
    re.I,
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+")
_LETTERS = re.compile(r"[\u0621-\u064a](?:[\s./\-–ـ]+[\u0621-\u064a]){1,5}")
_SIGNED = re.compile(r"^(?:خاص|تحرير|ترجمة|وكالات|متابعات?)\s*[/:|]\s*(?=\S)")
_BRACKET = re.compile(r"[-–—\s]*(?:[(\[]([^()\[\]]{2,30})[)\]]|/([^/()]{2,30})/)$")
_SIGNED_FIRST = re.compile(r"(?P<stroke>[-–—]{2,}\s*)?[(\[](?P<who>[^()\[\]]{2,20})[)\]]\s*(?P<rest>.*)")
"""«--(وان) ر ع / ف ج»: the agency in brackets, then who wrote and edited."""


def _initials(text: str) -> bool:
    """Whether a line is letters of editors' names, as agencies sign («ع م / ر ن», «م.ع/ ط.أ (د ب أ)», «--(بترا)»)."""
    if first := _SIGNED_FIRST.fullmatch(text):
        if first["rest"]:
            return bool(_LETTERS.fullmatch(first["rest"]))
        return bool(first["stroke"]) or agency_score(first["who"]) >= 3
    bracket = _BRACKET.search(text)
    text = _SIGNED.sub("", text.lstrip("=* "))
    if bracket and agency_score(bracket[1] or bracket[2]) >= 3:
        text = text[: bracket.start()].strip(" -–—")
        return not text or bool(_LETTERS.fullmatch(text))
    return bool(_LETTERS.fullmatch(text)) and agency_score(text) < 3


def _prompts(text: str) -> bool:
    """Whether a line is names of platforms and buttons in a row («طباعة Email فيسبوك تويتر»)."""
    words = text.split()
    if len(words) < 3 or not _WHOLE.match(words[0]):
        return False
    return sum(1 for word in words if _WHOLE.match(word)) >= 0.5 * len(words)


Kind = Literal["", "whole", "foot", "meta"]


@lru_cache(maxsize=4096)
def noise_line(text: str) -> Kind:
    """«whole» for a label or counter, «foot» for a prompt or a legal line, «meta» for a line of dates, else «»."""
    bare = text.strip(INVISIBLE + " ")
    if len(bare) > 900:
        return ""
    if " " not in bare and bare.startswith(("http://", "https://", "www.")):
        return "whole"
    if len(bare) <= 60 and _WHOLE.match(bare):
        return "whole"
    if len(bare) <= 80 and _initials(bare):
        return "whole"
    parts = _PARTS.split(bare) if len(bare) <= 120 else []
    if len(parts) == 1 and len(bare) <= 120 and _prompts(bare):
        return "whole"
    if len(parts) > 1 and all(len(part) <= 60 and _WHOLE.match(part) for part in parts if part.strip()):
        return "whole"
    told = _META_LINE.match(bare) if len(bare) <= 130 else None
    if told and (not told["rest"] or _WHEN.search(told["rest"])):
        return "meta"
    if _FOOT.match(bare):
        return "foot"
    return ""


_END = re.compile(r"\W*(?:انتهای\s+پیام|پایان\s+پیام|انتهى|انتهي|النهاي[ةه])(?:[\W\d۰-۹]|\b\w\b)*")


def ends_the_text(line: str) -> bool:
    """Whether a line is an agency's mark under a text («انتهى», «(النهاية) م ع / ر ج»): what follows is none."""
    return len(line) <= 60 and bool(_END.fullmatch(line))


def heading_of(text: str) -> HeadingKind | None:
    """The kind of box heading that a short line is; long lines are not asked."""
    if len(text) > 60:
        return None
    return heading_kind(text)
