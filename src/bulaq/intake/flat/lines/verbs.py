"""Whether a line has a finite verb near its beginning, as headlines have and captions often lack."""

from __future__ import annotations

import re

from bulaq.intake.flat.lines.page_line import PageLine

_VERB = re.compile(r"^(?:س?[يتن][\u0621-\u064a]{2,}|[\u0621-\u064a]{2,}[^ا\W]ت)$")
_NOT_VERBS = frozenset(
    """تحقيق تاريخ تقرير تعليم تطوير تنميه تركيا تونس تحت تجاه توقعات تفاصيل تعاون تحالف تدريب تنظيم تراث تجربه تقنيه تجاره توفيق تركي تحديث يوم ناس نساء نص نحو نجم نجوم نقل نقص نادي نظام نهايه نسبه ندوه نور نبض يد يمن يسار يمين
    بيت بنت وقت صوت موت زيت اخت كانت ليست بيروت الكويت حضرموت انترنت تاجر تجار تجاري تلميذ تلاميذ تمثال تماثيل تمور تذاكر تلال تكريم تصوير تعبيريه تظاهره تجمع تركيب ترميم توزيع توقيع تسليم تصميم
    نازحون نازحين نازحات ناشط ناشطون ناشطات نايب نواب نموذج نماذج نخيل نهر نافوره نافذه ناقله نيران نقطه نساءا نحات نقابه نجار نحل يافا يدان يدوي يوميات يابان توت كبريت ثابت سبت وزارت بلوت""".split()  # noqa: SIM905
)


def has_verb(line: PageLine) -> bool:
    """Whether one of the first four words looks like a finite verb, as headlines have and captions often lack."""
    words = re.split(r"[\s:،]+", line.folded)[:5]
    return any(map(_is_verb, words))


def _is_verb(word: str) -> bool:
    return bool(_VERB.match(word)) and word not in _NOT_VERBS and not word.startswith("ال")


_SCENE = re.compile(
    r"[يت](?:نتظر|قف|جلس|سير|مشي|حمل|عبر|ستقل|تجمع|لوح|لعب|تسوق|صطف|تفقد|تامل|صافح|ستعرض|رقص|عزف|نظر|راقب|ركض|حتفل|صلي|رفع|تظاهر|ستمع|لتقط"
    r"|قود|جمع|غسل|خبز|خيط|نقل|فرغ|تدرب|شارك|تابع|تبادل|عانق|بكي|ضحك|زرع|حصد|صطاد|رسم|عرض|بيع|شتري|قطف|سبح)(?:ون|ان|ن)?"
)
"""What people in a picture do; said of the past, in a headline, it would stand in the other tense as often."""


def shows_scene(line: PageLine) -> bool:
    """Whether the line says who is doing what, as captions do: nouns first, then a verb of what can be seen."""
    words = re.split(r"[\s:،]+", line.folded)
    return not _is_verb(words[0]) and any(map(_SCENE.fullmatch, words[1:]))
