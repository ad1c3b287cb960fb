"""What a short line that heads a list on a news page announces: related, latest, most read, a section, read also …

Newsrooms write the same few headings in hundreds of ways («قد يهمك أيضــــا», «مواضيع ذات صلة:», «اخر الاخبار»).
A heading is therefore folded first (tatweel, diacritics, hamza forms, decorations and punctuation go) and then
matched by families of patterns, in Arabic, Persian, English and French. No rule names an outlet. A line too long
to be a heading, or one that ends like a sentence, never matches.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from bulaq.intake.article import BoxKind

HeadingKind = Literal[
    "read_also",
    "related",
    "latest",
    "most_read",
    "picks",
    "more",
    "section",
    "tags",
    "share",
    "comments",
    "form",
]
"""Every kind of heading told apart here; `picks` («اخترنا لكم») and `more` («المزيد من …») head boxes of kind
`other`, `form` heads a newsletter or a follow-us block; `tags`, `share`, `comments` and `form` head no headlines."""

MAX_HEADING_WORDS = 9
"""The longest real heading met has seven words; a line with more is a headline or a sentence."""

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "گ": "ك",
        "ڤ": "ف",
        "ء": None,
        "ـ": None,
    }
)


_DROPPED = {
    code: None
    for code in range(0x10000)
    if unicodedata.combining(char := chr(code)) or unicodedata.category(char) == "Cf"
} | dict.fromkeys(map(ord, "'’`"))
"""Marks on letters; ZWNJ and bidi marks, which stand inside words; apostrophes, which join «editor's»."""
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def fold_heading(title: str) -> str:
    """`title` with everything gone that newsrooms vary freely: marks, tatweel, hamza, punctuation, case, spaces.

    Only letters, digits, marks of words inside Latin text and single spaces are left; the result is for matching.
    """
    text = unicodedata.normalize("NFKD", title[:400]).casefold().translate(_DROPPED)
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).translate(_LETTERS)))


_NEWS = r"(?:ال)?(?:اخبار|خبر|مواضيع|موضوعات|موضوع|مقالات|مقال|مقاله|مواد|ماده|قصص|تقارير|عناوين|مواضع|اراء|منشورات|روابط|قضايا|احداث|نبا|انباء|حكايات|محتوي|محتويات|فيديوهات|فيديو|صور|تدوينات|مدونات|وسايط)"

_FAMILIES: tuple[tuple[HeadingKind, str], ...] = (
    # An invitation inside or under the text: the editor's own links.
    (
        "read_also",
        r"(?:و)?(?:اقر[اوي](?: ?[يوا]{1,2})?|اقرءوا?|اقراوا|اقرو|قراءه|نقرا|طالعي?|طالعوا|شاهدي?|شاهدوا|تابعي?|انظر|راجع|اطلع|تصفح|اسمع|استمع|لا تفوت)"
        r" (?:ايضا?|المزيد ايضا|كذلك|في الموقع|علي موقعنا|هنا|هذا ايضا|التالي|كمان|كمانا)(?: .{0,40})?",
    ),
    (
        "read_also",
        r"(?:و)?(?:اقر[اوي]ي?|طالع|شاهد) (?:ايضا )?(?:علي|في|عن|من|حول|للمزيد|مزيدا|المزيد)\b.{0,40}",
    ),
    (
        "read_also",
        r"(?:و)?(?:اطلعي?|اطلعوا|تعرفي?|تعرفوا|اكتشفي?|اكتشفوا|شاهدي|شاهدوا|تابعي?|تابعوا|اقراي?|اقراوا) (?:علي|المزيد|ايضا|كذلك)",
    ),
    (
        "read_also",
        r"للمزيد (?:اقر[اوي]|طالع|من|حول|عن|يمكنكم?|انظر)\b.{0,40}|للمزيد|لقراءه المزيد|اقر[اوي] المزيد",
    ),
    (
        "read_also",
        r"(?:ربما |قد |و قد |وقد |لربما |مما )?(?:ي|ت)(?:همك|همكم|ثير اهتمامك|ثير اهتمامكم)(?: ايضا?| كذلك| قراءه| قراءته| الاطلاع| معرفه| مشاهده)*"
        r"(?: علي| في| من)?(?: هذا)?(?: .{0,20})?",
    ),
    (
        "read_also",
        r"(?:مواضيع|اخبار|مقالات|موضوعات|موضوع|خبر|مقال|فيديو) (?:قد |ربما )?[تي](?:همك|همكم|ثير اهتمامك|ثير اهتمامكم)(?: ايضا?)?",
    ),
    (
        "read_also",
        r"(?:also read|read also|read more|read next|see also|further reading|more on this|dont miss|you may also be interested in)(?: .{0,30})?",
    ),
    (
        "read_also",
        r"(?:lire aussi|a lire aussi|a lire|a lire egalement|lire egalement|voir aussi|pour aller plus loin|a voir aussi|lisez aussi)(?: .{0,30})?",
    ),
    (
        "read_also",
        r"(?:بيشتر بخوانيد|همچنين بخوانيد|بخوانيد|اين مطلب را هم بخوانيد|در همين باره|اين را هم بخوانيد|همچنين ببينيد)(?: .{0,20})?",
    ),
    (
        "read_also",
        r"(?:يہ|اسے) بھي پڑھي[ںے]|مزيد پڑھي[ںے]",
    ),
    # The page's machine: what stands near this one.
    (
        "related",
        rf"(?:{_NEWS} ?)*(?:و ?{_NEWS} )?(?:اخري )?(?:ذات|ذا|لها|له|ذو|ذوات) (?:ال)?(?:صله|علاقه|ارتباط)(?: (?:ب|مع).{{0,60}})?(?: {_NEWS})?",
    ),
    (
        "related",
        rf"(?:{_NEWS}|المزيد) (?:اخري )?(?:ال)?(?:متعلقه|مرتبطه|مشابهه|متصله|مماثله|شبيهه|مقترحه|موصي بها|قريبه|متشابهه|مترابطه)(?: .{{0,25}})?",
    ),
    (
        "related",
        r"(?:ذات صله|متعلقات|مرتبط|مقترحات|اخبار متعلقه|روابط ذات صله|مواضيع مشابهه|في نفس السياق|في السياق نفسه|في السياق|في نفس الموضوع|حول نفس الموضوع|(?:حول|عن) (?:هذه |هذا )?(?:ال)?(?:قصه|موضوع|خبر|حدث|قضيه)|عن نفس الموضوع|من نفس القسم|المزيد من نفس القسم|من القسم نفسه|في القسم نفسه|نفس القسم|ملفات ذات صله|ذات الصله)",
    ),
    (
        "related",
        rf"(?:{_NEWS} )?(?:قد|ربما|مما قد)? ?(?:ي|ت)(?:عجبك|عجبكم|روقك|روق لك)(?: .{{0,20}})?|(?:ننصحك|نوصيك|ننصحكم|نرشح لك|نرشح لكم|مرشح لك|موصي به|موصي به لك|مقترح لك|مقترحه لك|مقترحات لك|نقترح عليك|نقترح عليكم|خصيصا لك)(?: .{{0,20}})?",
    ),
    (
        "related",
        r"(?:related|similar|recommended|suggested)(?: (?:news|stories|story|articles?|posts?|topics?|links?|content|coverage|reading|videos?|for you|items))*|you (?:may|might) (?:also )?(?:like|enjoy)|more like this|more on this (?:story|topic)",
    ),
    (
        "related",
        r"(?:articles?|sujets?|contenus?|actualites?|liens?) (?:connexes?|similaires?|associes?|lies|relatifs?|recommandes?)|sur le meme (?:sujet|theme)|dans la meme (?:rubrique|categorie)|vous (?:aimerez|pourriez|allez) (?:aussi|aimer|adorer|egalement).{0,20}",
    ),
    (
        "related",
        r"(?:اخبار|مطالب|خبرهاي|مقالات|لينكهاي) (?:مرتبط|مشابه|پيشنهادي)|مرتبطها|پيشنهاد ما|پيشنهاد سردبير",
    ),
    (
        "latest",
        rf"(?:اقر[اوي] )?(?:ا?خر|احدث|اجدد|تازه|اجد)(?: ما (?:نشر|حدث|ورد|كتب)| ال(?:مستجدات|تطورات|اضافات|مواضيع|تحديثات|منشورات|مشاركات|عناوين|تقارير|اصدارات|تعليقات)| {_NEWS}| الفيديوهات| العناوين)?(?: (?:ال)?(?:عاجله|اليوم|الان|المضافه|محليه|عالميه))?(?: (?:في|من|عن) .{{0,25}})?",
    ),
    (
        "latest",
        rf"جديد(?: (?:{_NEWS}|(?:ال)?موقع|اليوم|(?:ال)?كتب))?|(?:الاحدث|الجديد|جديدنا|المستجدات|شريط الاخبار|الشريط الاخباري|الاخبار العاجله|اخبار عاجله|عاجل|موجز الاخبار|موجز الانباء|نشره الاخبار|اخبار اليوم|علي مدار الساعه|لحظه بلحظه|اول باول|الان|يحدث الان|خبر عاجل|تغطيه مباشره|ورد الان|اخر الاضافات|المضاف حديثا|اضيف حديثا|نشر حديثا|مقالات حديثه|احدث ما لدينا)",
    ),
    (
        "latest",
        r"(?:latest|recent|newest|breaking|just in)(?: (?:in|on|news|stories|articles?|posts?|headlines?|updates?|videos?|today|from.{0,20}|in .{0,20}))*|whats new|top stories|news ?feed|latest",
    ),
    (
        "latest",
        r"(?:dernieres?|derniers)(?: (?:nouvelles|actualites|infos?|articles?|actus?|minute|heure|informations|videos?))+|les plus recents?|a la une|en continu|fil (?:info|dactualite|actu)|articles recents|en direct|linfo en continu",
    ),
    (
        "latest",
        r"(?:اخرين|تازهترين|جديدترين)(?: (?:اخبار|خبرها|مطالب|عناوين|ها|خبرهاي .{0,15}))?|تازهها|اخبار روز",
    ),
    (
        "most_read",
        rf"(?:{_NEWS} ?)?(?:ال)?(?:اكثر|الاكثر|اعلي|الاعلي) (?:ال)?(?:قراءه|قراه|قرايه|قراا|قراات|مقرويه|مشاهده|مشاهدات|تصفحا|زياره|زيارات|تداولا|انتشارا|رواجا|شعبيه|تفاعلا|تعليقا|مشاركه|بحثا|اعجابا|متابعه|اهتماما|طلبا|تحميلا|استماعا|مطالعه|تعليقات|ارسالا|طباعه|شهره)"
        r"(?: .{0,25})?",
    ),
    (
        "most_read",
        r"(?:ال)?(?:رايج|رائج|رايجه|شايع|ترند|تريند|تريندينج|ترندات|شعبي|مقروء|متداول|الرايج الان|رايج الان|الموضوعات الشايعه|حديث الناس|حديث الساعه|الاكثر|(?:ال)?(?:مشاركات|تدوينات|مواضيع|مقالات|رسايل|منشورات) (?:ال)?(?:شايعه|شعبيه|رايجه)|توب \d+|اهم المواضيع قراءه|مواضيع شايعه|مواضيع رايجه|الاكثر قراءه)",
    ),
    (
        "most_read",
        r"(?:most|top|trending|popular|hot)(?: (?:read|viewed|popular|shared|commented|watched|clicked|visited|emailed|discussed|stories|posts?|articles?|news|topics?|now|today|this week|videos?))*|whats trending|readers choice",
    ),
    (
        "most_read",
        r"(?:les )?(?:articles?|actus?|videos?)? ?(?:les )?plus (?:lus?|lues?|vus?|vues?|populaires?|partages?|commentes?|consultes?|partagees?|consultees?)(?: .{0,20})?|populaires?|tendances?|top articles",
    ),
    (
        "most_read",
        r"(?:پربازديد|پربيننده|پرخواننده|پربحث|داغ|محبوب)ترين(?: ?(?:ها|هاي .{0,12}|اخبار|خبرها|مطالب|عناوين))?|پربازديدها|پرمخاطبها|داغترينها",
    ),
    (
        "picks",
        r"(?:اخترنا|انتقينا|نختار|مختارات|من اختيار(?:ات)?)(?: .{0,25})?|(?:ال)?مختار|خيارات"
        r"|اختيار(?:ات)?(?: (?:ال)?(?:محرر|محررين|تحرير|قراء|قرا|موقع|اسبوع|يوم|اليوم|كم|ك|نا|رييس)(?: .{0,15})?)?|(?:قد )?(?:فاتك|فاتكم)(?: .{0,15})?|لا (?:تفوتك?|يفوتك?|تفوتوا|يفوتكم)(?: .{0,15})?",
    ),
    (
        "picks",
        r"editors?(?: s)? (?:picks?|choice)|our picks?|featured(?: .{0,15})?|must reads?|in case you missed it|dont miss|highlights|selection(?: .{0,20})?|le choix de.{0,15}|notre selection|a ne pas manquer|coups? de coeur",
    ),
    (
        "picks",
        r"(?:اهم|ابرز) (?:ال)?(?:اخبار|عناوين|موضوعات|مواضيع|احداث|مستجدات|قصص|انباء|تقارير)(?: .{0,20})?|(?:ال)?موضوعات (?:ال)?(?:رييسيه|مهمه)|الاخبار الرييسيه|القصه الرييسيه|مانشيت|مانشيتات|في الواجهه|الواجهه|سلايدر|حصري|حصريات|ملفات خاصه|ملف خاص|ملفات|قضايا ساخنه|فيديو اليوم|صوره اليوم|كاريكاتير اليوم|مميز|موضوعات مميزه|مواضيع مميزه|مقالات مميزه|اخبار مميزه",
    ),
    (
        "more",
        rf"(?:ال|ل)?مزيد(?:ا)? (?:من |عن |حول |في ){_NEWS}?.{{0,30}}|{_NEWS} اخري|عناوين اخري|مواضيع متنوعه|مقالات متنوعه|اخبار متنوعه|متفرقات|متنوعات|من الارشيف|مواضيع سابقه|مقالات سابقه|(?:اخبار|مقالات|مواضيع) (?:اخري )?(?:لل?|من |عن )(?:هذا |نفس )?(?:ال)?(?:كاتب|محرر|مولف|موقع).{{0,15}}|من المزيد|الموضوع (?:السابق|التالي)|المقال (?:السابق|التالي)|الخبر (?:السابق|التالي)",
    ),
    (
        "more",
        rf"(?:كل|كافه|جميع|عرض|شاهد|تصفح) (?:كل |جميع )?(?:ال)?(?:كل|جميع|{_NEWS})",
    ),
    (
        "more",
        r"more (?:from|in|news|stories|articles|headlines|on|about|by|posts)(?: .{0,30})?|other (?:news|stories|articles)|elsewhere|from the web|around the web|sponsored(?: .{0,20})?|promoted(?: .{0,20})?|plus d ?(?:actualites?|articles?|infos?)|autres (?:articles?|actualites?)|du meme auteur|محتوي (?:ممول|مدفوع|اعلاني|دعايي|برعايه)|برعايه|من الويب|حول الويب|من حول الويب",
    ),
    (
        "tags",
        r"(?:ال)?(?:وسوم|وسم|تسميات|موسومه (?:تحت|ب)|كلمات|كلمات (?:ال)?(?:مفتاحيه|دلاليه|دليليه|داله)|كلمات مفتاحيه|علامات|تاجات?|تاغات?|تاق|هاشتاغ|هاشتاج|اوسمه|دلالات|كلمات البحث|مواضيع|موضوعات|مواضيع الخبر|موضوعات الماده|في هذا المقال|في هذا الموضوع|في هذه الماده|موضوعات المقال|سمات)(?: (?:الخبر|المقال|الموضوع|الماده))?",
    ),
    (
        "tags",
        r"(?:tags?|keywords?|topics?|labels?|filed under|mots cles|etiquettes|themes?|برچسبها|برچسب ها|برچسبهاي خبر|كليدواژهها|كليد واژه ها|كليدواژهگان|تكها)",
    ),
    (
        "share",
        r"(?:و)?(?:شارك|شاركه|شاركها|شاركنا|شاركوا|شاركونا|مشاركه|المشاركه|انشر|انشره|انشرها|ارسل|ارسال|ارسله|نشر|انسخ|نسخ|طباعه|اطبع|احفظ|حفظ|غرد|تغريد|اعجبني|تابعنا|تابعونا|تابعوا|اشترك|اشتراك|انضم|انضموا|سجل)"
        r"(?: (?:هذا|هذه|ال)?(?:خبر|مقال|مقاله|موضوع|صفحه|ماده|مقالات|رابط|تقرير|منشور|فيديو|قصه|روايه|الان|معنا|الينا|مجانا))?(?: (?:مع|علي|عبر|في|ب|الي|لصديق|لاصدقايك|اصدقاك|اصدقايك|من خلال|باستخدام|بواسطه|الان|ك|ل)(?: .{0,35})?)?",
    ),
    (
        "share",
        r"(?:facebook|twitter|whats ?app|telegram|linkedin|pinterest|reddit|messenger|instagram|youtube|tumblr|skype|viber|email|e mail|print|copy link|share|tweet|follow|subscribe|partager|imprimer|tweeter|envoyer|google news|google plus|google|threads|tiktok|snapchat|rss|x|vk|pocket|vkontakte|odnoklassniki|blogger|line)(?: (?:on|to|via|by|this|us|sur|par|cet|cette|share|news|page|link|article|le|la|il|nous|icon|logo|button|messenger|facebook|twitter|x|whatsapp|telegram|email|\\d+)){0,5}",
    ),
    (
        "share",
        r"(?:(?:علي|عبر|في|مع) )?(?:ال)?(?:فيسبوك|فيس بوك|تويتر|واتساب|واتس اب|تليجرام|تلجرام|تيليجرام|تلغرام|تيلغرام|لينكدان|لينكد ان|لينكدإن|بنترست|بينتيريست|ماسنجر|انستقرام|انستغرام|انستجرام|يوتيوب|سناب شات|تيك توك|بريد الكتروني|البريد الالكتروني|ايميل|نبض|غوغل|جوجل بلس|اكس|رديت|ريديت|نسخ الرابط|رابط مختصر|الرابط المختصر|حجم الخط|تكبير الخط|تصغير الخط|اشتراك گذاري)",
    ),
    (
        "comments",
        r"(?:هناك |يوجد )?(?:\d+ )?(?:ال)?(?:تعليقان|تعليقات|تعليق|التعليق|ردود|نظرات|ديدكاه|ديدكاهها|نظر|نقاش|اراء القراء|تعقيبات)(?: (?:ال)?(?:قراء|زوار|كاربران|فيسبوك|الموقع|\d+)| (?:علي|حول) (?:هذا |هذه )?(?:ال)?(?:خبر|مقال|مقاله|موضوع|ماده|تقرير|صفحه|منشور|تدوينه))?(?: \d+)?",
    ),
    (
        "comments",
        r"(?:اضف|اضافه|اترك|اكتب|شارك|علق|علي|ارسل|ادخل|شاركنا|ضع|سجل)(?: ب| لنا)? ?(?:ال)?(?:تعليقك?|تعليقا|رايك|ردا?|رد جديد|برايك|بتعليقك)(?: .{0,30})?|لا توجد تعليقات|لا يوجد تعليقات|كن اول من يعلق|كن اول من يعلق.{0,20}|ارسال نظر|نظر شما",
    ),
    (
        "comments",
        r"(?:\d+ )?(?:comments?|commentaires?|replies|reponses?|responses?|discussion|leave a (?:comment|reply)|post a comment|add a comment|no comments(?: yet)?|laisser un commentaire|reagir|vos commentaires|be the first to comment)(?: \d+| .{0,15})?",
    ),
    (
        "form",
        r"(?:(?:نبذه )?عن (?:ال)?(?:كاتب|كاتبه|مولف|مولفه|محرر|محرره)|(?:ال)?(?:كاتب|كاتبه) في سطور|سيره الكاتب|about the author|درباره نويسنده|(?:ال)?نشره (?:ال)?(?:بريديه|اخباريه|اليوميه)|(?:ال)?رساله (?:ال)?(?:بريديه|اخباريه|يوميه)|newsletters?|(?:القايمه|القائمه) البريديه|تسجيل الدخول|اشترك في نشرتنا.{0,20}|تواصل معنا|اتصل بنا|من نحن|سياسه الخصوصيه|شروط (?:ال)?استخدام|اعلن معنا|الشروط والاحكام|هيئه التحرير|خريطه الموقع|خارطه الموقع|privacy policy|terms of .{0,20}|contact us|about us|advertise.{0,20}|sign up.{0,20}|sign in|log ?in|register|cookie policy|sitemap|contactez nous|mentions legales|qui sommes nous|politique de .{0,25}|تماس با ما|درباره ما)",
    ),
)

_COMPILED: tuple[tuple[HeadingKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{pattern.translate(_LETTERS)})\Z")) for kind, pattern in _FAMILIES
)


_SECTION_WORD_LIST = """
    اخبار خبر سياسه سياسي سياسيه اقتصاد اقتصادي اقتصاديه مال اعمال اسواق بورصه بورصات استثمار مصارف بنوك عقارات عقار نفط طاقه
    رياضه رياضات رياضي رياضيه ملاعب كره قدم كوره سله تنس دوري دوريات مونديال ثقافه ثقافي ثقافيه ادب اداب شعر كتب كتاب فكر
    فن فنون فنيه موسيقي مشاهير نجوم سينما مسرح تلفزيون تليفزيون دراما مسلسلات افلام غنا طرب صحه صحتك طب طبيه تغذيه رشاقه جمال
    ازيا موضه اناقه مكياج مطبخ طبخ وصفات اكل مطاعم ديكور منزل بيت اسره عايله مراه امراه حوا سيدتي رجل طفل اطفال امومه
    تكنولوجيا تقنيه تقنيات تكنولوجيات علوم علم علميه فضا هواتف جوالات تطبيقات العاب سيارات سياره محركات طيران سياحه سفر رحلات سياحيه
    عالم عالميه دولي دوليه دوليات عربي عربيه عربيات عرب محلي محليه محليات وطن وطني وطنيه وطنيات داخليه خارجيه اقليمي اقليميه
    شرق اوسط اسيا افريقيا اوروبا امريكا اميركا امريكتان خليج مغرب مشرق شمال جنوب شمالي لاتينيه
    مجتمع مجتمعي منوعات متنوعات مدن محافظات ولايات مناطق جهات جهوي بلديات حوادث قضا قضايا قضاييه امن امنيه جرايم محاكم عداله عسكريه دفاع
    تعليم تربيه جامعات مدارس طلاب شباب شبابيه عمل وظايف توظيف بييه بيئه مناخ طقس طبيعه زراعه فلاحه صناعه تجاره نقل
    دين ديني دينيه اسلام اسلاميات دنيا تراث تاريخ فلسفه حضاره اثار ذاكره دراسات ابحاث بحوث اوراق
    راي اراء ارا مقال مقالات مقاله اعمده عمود كتابات افتتاحيه تدوينات مدونات منبر منتدي تحليل تحليلات تحقيق تحقيقات تقارير تقرير حوار حوارات لقا لقاات
    مقابلات ملف ملفات تغطيات تغطيه خاصه خاص خاصات كاريكاتير صور صوره فيديو فيديوهات وسايط مرييات انفوجرافيك انفوغرافيك بودكاست اذاعه بث البوم البومات
    اعلام صحافه صحف ميديا سوشيال تواصل اجتماعي اجتماعيه ابراج حظ حياه ناس لايف ستايل اسلوب نمط ترفيه تسليه طرايف غرايب عجايب صوت عاجل بروفايل وجوه شخصيات سير
    برلمان احزاب انتخابات حكومه ملكيات رياسه وزارات نقابات جاليات مهاجرون هجره حقوق انسان حريات
    مصر السعوديه سعوديه لبنان سوريا سوريه عراق فلسطين اردن تونس جزاير ليبيا سودان يمن امارات كويت قطر بحرين عمان موريتانيا ايران تركيا اسراييل
    politics economy business sport sports football culture arts art music entertainment celebrities stars health food science technology tech
    world international local national news opinion opinions analysis features feature interviews investigations reports travel tourism cars style
    lifestyle life fashion beauty women family kids education environment climate society people religion history heritage books cinema theatre tv
    media photos video videos podcasts podcast weather markets finance property energy jobs middle east asia africa europe america gulf maghreb
    politique economie culture sante societe monde international regions region sports sciences technologies medias voyage cuisine mode femmes
    famille education environnement histoire livres cinema musique opinions chroniques debats enquetes reportages entretiens faits divers
    سياسي اقتصادي فرهنگي فرهنك اجتماعي ورزشي ورزش جهان ايران بينالملل دانش فناوري سلامت هنر حوادث استانها
"""
_SECTION_WORDS = frozenset(_SECTION_WORD_LIST.split())
_SECTION_JOINERS = frozenset(["و", "في", "من", "and", "et", "the", "of", "de", "la", "le", "les", "en"])


def _is_section_name(folded: str) -> bool:
    """Whether every word of `folded` is a word that newspapers name their sections with («فن وموسيقى»)."""
    words = folded.split()
    if not 1 <= len(words) <= 5:
        return False
    for word in words:
        if word in _SECTION_JOINERS or word in _SECTION_WORDS:
            continue
        stem = word[1:] if word.startswith("و") and len(word) > 3 else word
        stem = stem[2:] if stem.startswith("ال") and len(stem) > 4 else stem
        if stem not in _SECTION_WORDS and "ال" + stem not in _SECTION_WORDS:
            return False
    return True


@lru_cache(maxsize=8192)
def heading_kind(title: str) -> HeadingKind | None:
    """The kind of heading that `title` is, or None when it reads like no heading known."""
    stripped = title.strip()
    if not stripped or len(stripped) > 120 or stripped[-1] in ".؟!؛…" or stripped.endswith("..."):
        stripped = stripped.rstrip(".…!؟ ") if len(stripped) <= 40 else ""
    if len(split_read_also(stripped)) == 2:
        return None  # «اقرأ أيضًا: عنوان …»: a heading and its link on one line
    folded = fold_heading(stripped)
    if not folded or len(folded.split()) > MAX_HEADING_WORDS:
        return None
    for kind, pattern in _COMPILED:
        if pattern.match(folded):
            return kind
    return "section" if _is_section_name(folded) else None


_INVITATION = re.compile(
    r"^\W*(?P<heading>[^:|،.؛…]{3,40}?)\s*(?:[:：|]+|\.{2,}|…|\s[-–—]\s)\s*(?P<link>\S+(?:\s+\S+){2,}.*)$",
    re.S,
)


@lru_cache(maxsize=8192)
def split_read_also(line: str) -> tuple[str, str] | tuple[()]:
    """Heading and headline of a line that holds both («اقرأ أيضًا: …»); empty when `line` is no such thing."""
    match = _INVITATION.match(line.strip()[:400])
    if match is None:
        return ()
    heading = fold_heading(match["heading"])
    if any(kind == "read_also" and pattern.match(heading) for kind, pattern in _COMPILED):
        return match["heading"].strip(), match["link"].strip()
    return ()


_BOX_KINDS: dict[HeadingKind, BoxKind] = {
    "read_also": "related",
    "related": "related",
    "latest": "latest",
    "most_read": "most_read",
    "picks": "other",
    "more": "other",
    "section": "section",
}


def box_kind(title: str) -> BoxKind | None:
    """The kind of box that a heading `title` announces, or None when it does not read like a box's heading.

    A read-also heading answers `related`: where it stands inside or right under the text, ask
    `is_read_also_heading` first. Headings of tags, sharing and comments answer None: they head no headlines.
    """
    kind = heading_kind(title)
    return None if kind is None else _BOX_KINDS.get(kind)


def is_read_also_heading(title: str) -> bool:
    """Whether `title` is an editor's invitation to read further («قد يهمك أيضــــا», «اقرأ أيضًا:»)."""
    return heading_kind(title) == "read_also"


def is_tags_heading(title: str) -> bool:
    """Whether `title` heads the article's topics («الكلمات المفتاحية», «وسوم»)."""
    return heading_kind(title) == "tags"


def is_share_label(title: str) -> bool:
    """Whether `title` is a label of a share, follow or print button."""
    return heading_kind(title) == "share"


def is_comments_heading(title: str) -> bool:
    """Whether `title` heads or invites comments."""
    return heading_kind(title) == "comments"
