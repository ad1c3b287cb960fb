"""Whether a line has a finite verb near its beginning, as headlines have and captions often lack."""

from __future__ import annotations

import re

from bulaq.intake.flat.lines import PageLine

_VERB = re.compile(r"^(?:س?[يتن][\u0621-\u064a]{2,}|[\u0621-\u064a]{2,}[^ا\W]ت)$")
_NOT_VERBS = frozenset(
    """تحقيق تاريخ تقرير تعليم تطوير تنميه تركيا تونس تحت تجاه توقعات تفاصيل تعاون تحالف تدريب تنظيم تراث تجربه تقنيه تجاره توفيق تركي تحديث يوم ناس نساء نص نحو نجم نجوم نقل نقص نادي نظام نهايه نسبه ندوه نور نبض يد يمن يسار يمين
    بيت بنت وقت صوت موت زيت اخت كانت ليست بيروت الكويت حضرموت انترنت تاجر تجار تجاري تلميذ تلاميذ تمثال تماثيل تمور تذاكر تلال تكريم تصوير تعبيريه تظاهره تجمع تركيب ترميم توزيع توقيع تسليم تصميم
    نازحون نازحين نازحات ناشط ناشطون ناشطات نايب نواب نموذج نماذج نخيل نهر نافوره نافذه ناقله نيران نقطه نساءا نحات نقابه نجار نحل يافا يدان يدوي يوميات يابان توت كبريت ثابت سبت وزارت بلوت""".split()  # noqa: SIM905
)


def has_verb(line: PageLine) -> bool:
    """Whether one of the first four words looks like a finite verb, as headlines have and captions often lack."""
    words = re.split(r"[\s:،]+", line.folded)[:5]
    return any(_VERB.match(word) and word not in _NOT_VERBS and not word.startswith("ال") for word in words)
