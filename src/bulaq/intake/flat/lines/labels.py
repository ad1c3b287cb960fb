"""Labels around the text that say what they are: a public correction, the outlet that carries the article."""

from __future__ import annotations

import re

from bulaq.intake.box_headings import fold_heading
from bulaq.intake.flat.lines.page_line import PageLine

_CORRECTION = re.compile(
    r"(?:ال)?(?:تصويب|تصحيح|توضيح|استدراك|تنويه)(?:ات)?|corrections?|correctif|clarification"
)


def is_correction_heading(line: PageLine) -> bool:
    """Whether the line heads a public correction («تصويب»)."""
    return line.words <= 3 and bool(_CORRECTION.fullmatch(line.folded))


_RECENT_COMMENTS = re.compile(
    r"(?:اخر|احدث|اجدد|جديد) (?:ال)?(?:تعليقات|ردود|مشاركات القرا)|تعليقات حديثه|recent comments|commentaires recents"
    r"|(?:ال)?استطلاع(?:ات)?(?: (?:ال)?(?:راي|اراء|راى))?|تصويت|poll|sondage"
)


def is_recent_comments(line: PageLine) -> bool:
    """Whether the line heads what readers say anywhere on the site: the latest comments, a poll."""
    return line.words <= 4 and bool(_RECENT_COMMENTS.fullmatch(line.folded))


_CARRIER = re.compile(
    r"^\s*(?:view (?:this )?(?:article |story |original )?(?:on|at)|read (?:the )?(?:full |original )?(?:article|story)? ?(?:on|at)|originally published (?:on|in|at|by)"
    r"|اقر[أاؤ]و?ا? (?:هذه |هذا )?(?:المادة|المقال|المقالة|الخبر|الموضوع|التقرير|النص)(?: الأصلي[ةّ]?| كامل[اةً]*)? (?:في|على|من|بموقع)(?: (?:موقع|صحيفة))?"
    r"|(?:نقل[اًا]* عن|المصدر الأصلي|رابط المصدر|المصدر|نشر(?:ت)? (?:هذه المادة |هذا المقال |أولا[ً]? )?في (?:طبعة|موقع|صحيفة))\s*[:：]?"
    r"|lire (?:l'article )?(?:original )?sur|source\s*[:：])\s+[«\"“]?(?P<label>[^:»\"”]{2,60}?)[»\"”]?\s*[.←→»]?\s*$",
    re.I,
)


def carrier_label(line: PageLine) -> str | None:
    """The outlet or edition that the line says carries the article («View on …», «اقرأ المادة في طبعة …»)."""
    if line.words > 12:
        return None
    match = _CARRIER.match(line.text)
    return match["label"].strip() if match else None


CAPTION = re.compile(
    r"\((?:تصوير|عدسة|بعدسة)\b|(?:^|\s)(?:خلال|أثناء|اثناء|لدى|جانب من|في صورة|صورة (?:أرشيفية|تعبيرية|تجمع|من|ل\S+)|الصورة من|أرشيفية|ارشيفية|أرشيف|تعبيرية|لقطة|مشهد من|يمين|يسار|إلى اليمين|إلى اليسار|في الإطار|في الوسط|pictured|file photo|archive)(?=\s|$|[:،.)])"
    r"|^(?!.*[:؟])(?:\S+\s){1,2}[يت](?:لعب|سير|قف|جلس|نظر|تجول|صطف|لوح|ركض|سبح|مشي|تسوق)(?:ان|ون|ين|ن|وا|ا)?\s(?:\S+\s){0,3}?(?:قرب|أمام|امام|بجوار|بجانب|داخل|وسط|في|على|تحت|خلف|عند|بين)\s"
    r"|\((?:رويترز|أ ?\.? ?ف ?\.? ?ب|أ ?ب|د ?ب ?أ|إ ?ب ?أ|واس|الأناضول|غيتي|getty|afp|ap|reuters)\)",
    re.I,
)
"""What captions say and headlines seldom: a moment, an archive, a credit in brackets, people doing what a picture shows."""
_CAPTION_LABEL = re.compile(r"^\W*(?:(?:ال)?تعليق (?:على )?الصورة|image caption|légende)\b", re.I)


def is_labelled_caption(line: PageLine) -> bool:
    """Whether the line says that it is a picture's caption («التعليق على الصورة، …»)."""
    return bool(_CAPTION_LABEL.match(line.text))


def without_caption_label(text: str) -> str:
    """The caption without the words that say that it is one."""
    return _CAPTION_LABEL.sub("", text).lstrip(" ،,:-")


_SPAN_OF_TIME = re.compile(
    r"(?:(?:خلال|اخر|في|هذا|هذه) )?(?:ال)?(?:24 ساعه|يوم|اليوم|اسبوع|الاسبوع|شهر|الشهر|سنه)|(?:يوميا|اسبوعيا|شهريا)(?: (?:اسبوعيا|شهريا))*"
    r"|(?:last )?(?:24 hours|7 days|today|this week|this month)|(?:اليوم|الاسبوع|الشهر)(?: (?:اليوم|الاسبوع|الشهر))+"
)


def is_span_of_time(line: PageLine) -> bool:
    """Whether the line is a tab of a box that counts readings («خلال 24 ساعة», «يوميا أسبوعيا»)."""
    return bool(_SPAN_OF_TIME.fullmatch(line.folded))


_OTHER_LANGUAGE = re.compile(
    r"(?:(?:اقرا|اقراوا|تابع|شاهد) )?(?:(?:هذه|هذا) )?(?:(?:الماده|المقال|الخبر) )?(?:ايضا )?(?:ب(?:ال)?لغه (?:ال)?\w+|بلغات اخري|ب(?:ال)?(?:انجليزيه|انكليزيه|فرنسيه|عربيه))\b.{0,40}"
    r"|(?:النسخه|النص) (?:ال)?(?:انجليزيه?|انكليزيه?|فرنسيه?|عربيه?)"
    r"|(?:also )?(?:read |available )?(?:this |it )?(?:article |story )?(?:also )?in (?:another language|other languages|english|arabic|french)\b.{0,40}"
    r"|(?:english|arabic|french) version|(?:lire )?(?:cet article )?(?:en anglais|en arabe|dans une autre langue)\b.{0,40}"
)


def is_language_switch(line: PageLine) -> bool:
    """Whether the line leads to the same article in another language («بلغة أخرى: …», «Read in English»)."""
    label = re.split(r"[:：]", line.text, maxsplit=1)[0]
    if len(label) < len(line.text) and _OTHER_LANGUAGE.fullmatch(fold_heading(label)):
        return line.words <= 30  # its headline there follows
    return line.words <= 9 and not line.ends_sentence and bool(_OTHER_LANGUAGE.fullmatch(line.folded))


def is_credited(lines: list[PageLine], index: int, first: int) -> bool:
    """Whether a picture's credit stands right under the line, and is not that of a caption which a label announces there."""
    line = lines[index]
    if not line.has_ink or line.heading is not None or index + 1 >= first or lines[index + 1].credit is None:
        return False
    return index + 2 >= first or not is_labelled_caption(lines[index + 2])
