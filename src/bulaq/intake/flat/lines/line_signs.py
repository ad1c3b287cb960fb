"""What can be seen on a line alone, as patterns: how it ends, what labels it holds, what of a site's frame it names."""

from __future__ import annotations

import re

TERMINAL = re.compile(r"[.؟?!؛;۔][\"”»’')\]\s*]*$|[:：]\s*$|[.؟?!][\"”»]|[.؟!]\s*--\s*\(?\S{2,12}\)?\s*$")
SENTENCE_END = re.compile(
    r"[.؟?!۔…][\"”»’')\]}\s*]*$|(?<!\.)\.{2,}\s*$|[\"”»]\s*$|[:：]\s*$|--\s*\(?\S{2,12}\)?\s*$"
)
TRUNCATED = re.compile(r"(?:…|\.\.\.)\s*$")
URL = re.compile(r"^\s*(?:https?://|www\.)\S+\s*$|^\S+@\S+\.\w+$", re.I)
TIME_ONLY = re.compile(
    r"^[\W_]*(?:il y a\s.{1,30}|(?:منذ|قبل)\s(?:[\d٠-٩۰-۹]|(?:حوالي |نحو )?(?:[\d٠-٩۰-۹]+|ثاني|ثوا|لحظ|دقيق|دقائق|ساع|يوم|أيام|ايام|أسبوع|اسبوع|أسابيع|اسابيع|شهر|أشهر|اشهر|سن[ةت]|سنو|عام|أعوام|اعوام|قليل|بضع|أكثر|اكثر|أقل|اقل|الآن)).{0,28}|.{1,25}\s(?:ago|پیش)|(?:الساعة\s*)?[\d٠-٩۰-۹]{1,2}[:٫.][\d٠-٩۰-۹]{2}(?:[:٫.][\d٠-٩۰-۹]{2})?"
    r"\s*(?:ص|م|am|pm|صباحا[ًَ]?|مساء[ًَ]?|gmt|بتوقيت.{0,20})?|(?:[\d٠-٩]{1,2}\s(?:دقيقة|دقائق|ثانية|ثوان)|دقيقتان|دقيقة(?: واحدة)?)(?: (?:ل|لل)?(?:ال)?قراءة)?|(?:gmt|أمس|اليوم|الآن))[\W_]*$",
    re.I,
)
AGE = re.compile(r"^\W*(?:(?:منذ|قبل|il y a)\s|.{1,25}\s(?:ago|پیش)\W*$)", re.I)
JOINED_AGE = re.compile(r"(?<=[\u0621-\u0652]{2})(?<!\sو)منذ\s+(?:[\d٠-٩]{1,3}\s+)?\w{3,8}\s*$")
"""«… دون إصاباتمنذ 3 ساعات»: two elements of a card in one row."""
LEADING_TIME = re.compile(
    r"^\s*(?:gmt\s*)?[\d٠-٩]{1,2}:[\d٠-٩]{2}\s*(?:gmt)?\s+(?=\S)|^\s*عاجل\s+(?=\S)", re.I
)
LEADING_CLOCK = re.compile(
    r"^\s*(?:gmt\s*)?[\d٠-٩]{1,2}:[\d٠-٩]{2}\s*(?:gmt|[صم]\b)?\s*[|\-–—]?\s+(?=\S)", re.I
)
COPYRIGHT = re.compile(
    r"©|\(c\)\s*(?:19|20)\d\d|copyright|جميع الحقوق|حقوق النشر|حقوق الملكية|all rights|tous droits", re.I
)
CREDIT = re.compile(
    r"^\s*(?:©\s*|م?صدر الصورة\s*[،,]\s*|(?:الصورة|صورة|الصور|صور|المصدر|مصدر الصورة|حقوق الصورة|تصوير|عدسة|بعدسة|رسم|رسوم|ريشة|لوحة|تصميم|خريطة|أرشيف|غرافيك|إنفوغراف|(?:photo|image|picture) (?:credits?|source|by)|photo|photos|photography|picture|image|illustration|drawing|dessin|crédit|credit|source)\s*[:：/-]\s*)(?P<who>.{0,80})$",
    re.I,
)
CONTACT = re.compile(
    r"^\W*(?:ال)?(?:هاتف|تلفون|تليفون|فاكس|جوال|موبايل|المقر|العنوان|ص\.? ?ب|صندوق البريد|البريد الإلكتروني|البريد|إيميل|phone|tel|fax|address|e-?mail|p\.?o\.? box)\b[^:：]{0,30}[:：]|^\+?[\d\s().-]{7,}$",
    re.I,
)
FRAME_WORDS = re.compile(
    r"التعليق|تعليقك|تعليقات|المستخدم|حسابك|كلمة السر|كلمة المرور|الخصوصية|الاستخدام|الكوكيز|كوكيز|ملفات تعريف|المتصفح|متصفحك|جافا ?سكريبت|البريد الإلكتروني|بريدك|اشترك|"
    r"نشرتنا|النشرة البريدية|تسجيل الدخول|سجل الدخول|إدارة الموقع|هذا الموقع|موقعنا|الموقع الإلكتروني|تطبيقنا|حقوق (?:النشر|الطبع|الملكية)|الحقوق محفوظة|الشتائم|القراء الكرام|المشرفين|المحتوى المحظور|cookie|browser|javascript|privacy|"
    r"subscribe|comment|sign ?up|log ?in|terms of|newsletter|registr|password|account|notification|news alerts|news updates",
    re.I,
)
DISCLAIMER = re.compile(
    r"لا تعبر (?:بالضرورة )?عن|لا يعبر (?:بالضرورة )?عن|تعبر عن (?:رأي|آراء|وجهة نظر) (?:كاتب|أصحاب)|تعكس وجهات نظر|يحتفظ الموقع|تخضع التعليقات|بمراجعة التعليقات|مراجعة التعليقات|نشر التعليقات|"
    r"^ضغطك على|^باستخدامك|^باستمرارك|^يستخدم (?:هذا )?الموقع|^نستخدم|^we use|يوما، عبر اتباع الرابط|^هل (?:كان|وجدت) (?:هذا )?(?:ال)?(?:مقال|محتوى|موضوع|صفحة|ماد[ةه]).{0,20}مفيد|لا ت?غني عن استشارة|فتح في نافذة جديدة|من أجل الاشتراك ي?ُ?رجى|^(?:زر )?(?:ال)?(?:ذهاب|عودة|صعود|انتقال|رجوع|تخط[ىيٍ]?|تجاوز|انتقل|انتقلي|قفز|اذهب|عد) (?:مباشرة )?(?:إلى|الى|ل)\s?(?:ال)?(?:أعلى|اعلى|محتوى|صفحة|بداية|قائمة|تنقل)|^(?:skip|jump) to\s|^aller (?:au|à la) (?:contenu|navigation)|^تابع(?:وا|ونا|نا)?\s.{2,30}\s(?:على|عبر)\s*[:：]?$|^(?:maintained|developed|designed|powered) (?:and |by )|^(?:تصميم|تطوير|برمجة|تنفيذ) و(?:تصميم|تطوير|برمجة|تنفيذ|استضافة)|معتمدة? (?:من|لدى) وزارة|ترخيص رقم"
)
MIN_LABELS = 5
"""Words of a menu on one line; fewer may be a headline about the economy and sport."""

LABELS_SHARE = 0.6
"""The share of its words that name sections or pages of the house."""

JOINED = re.compile(r"(?:و|لل|بال|the$|of$|and$|et$|de$|la$|le$|les$|en$|in$|[\d٠-٩])", re.I)
PUNCTUATED = re.compile(r"[،:؛«»\"()]|\s(?:في|من|على|عن|إلى|الى|مع|بعد|قبل|بين)\s")
SOURCE_LABEL = re.compile(r"^\W*(?:المصدر|source)\s*[:：]", re.I)
ISSUE = re.compile(r"\bالعدد\s*:?\s*\(?[\d٠-٩]{3,6}\)?(?!.*\.\s*$)")
"""The number of a paper's issue, as a whole line."""
END_OF_BOX = re.compile(
    r"(?:skip .{0,60} and continue reading.{0,60}|end of .{0,40}|نهاية(?: (?:ال)?(?:قصص|مواضيع|أكثر|مقالات|بودكاست|فيديو|قائمة).{0,30})?|.{3,40}\sنهاية)$",
    re.I,
)
WEEKDAY_END = re.compile(
    r"(?:\W|(?<=[\u0621-\u064a]))*(?:ال)?(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)\W*$|\W+(?:في|يوم|بتاريخ|on)?\W*$"
)
LAST_COLON = re.compile(r"(?<=\w)\s*[:：]$")
INITIAL = re.compile(r"\b(?:د|أ|م|ب|ف)\.")
"""A title («د. …») or an agency's letters, whose stop ends no sentence."""
LABELLED = re.compile(r"^\W*(?P<label>[^:：]{3,30}?)\s*[:：]\s*(?P<value>\S.*)$")
DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks of direction: part of the text, but nothing that tells what a line is."""
CONTINUES = re.compile(r"^[،,.;:؛)\]»”!؟?%]|^(?:[\-–—]{1,2}\s)")


FULL_STOP = re.compile(r"[^.]\.[\"”»)]*\s*$")
STOP_OR_QUESTION = re.compile(r"[^.]\.[\"”»)]*\s*$|؟\s*$")

DATE_WORDS = frozenset(
    """نشر نشرت في يوم بتاريخ تاريخ النشر اخر تحديث التحديث حدث الساعه بتوقيت غرينتش جرينتش gmt صباحا مساء مسا الموافق هـ
    ميلاديه ميلادي هجري هجريه published updated posted on at last modified le publie mis jour date الاحد الاثنين الثلاثا الاربعا الخميس الجمعه السبت
    محدثه تم كتب دبي الرياض القاهره بيروت مكه المكرمه منذ اليوم am pm utc ast""".split()  # noqa: SIM905
)
