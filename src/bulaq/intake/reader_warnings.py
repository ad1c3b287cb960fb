"""What readers remark of an article (`IncomingArticle.warnings`), in the language of whoever looks at it.

Readers write their remarks in English; here is what each says in Arabic, with a place for its particulars.
"""

from __future__ import annotations

import re

from bulaq.arabic.direction import isolate_text

IN_ARABIC = {
    "no headline was found in the text": "لم يوجد عنوان في النص.",
    "no headline found": "لم يوجد عنوان في الصفحة.",
    "suggested headline: {}": "عنوان مقترح: {}",
    "the page shows no text by itself; its text is the one told to machines": "لا تعرض الصفحة نصها إلا ببرنامج؛ أُخذ مما تقوله للآلات.",
    "json-ld does not parse": "بيانات الصفحة للآلات (JSON-LD) معطوبة.",
    "{} characters could not be decoded as {}": "تعذرت قراءة {} من الحروف بترميز {}.",
    "nested deeper than 2048 elements; what lies deeper was not read": "عناصر متداخلة إلى عمق لا يُقرأ.",
    "the file ends in the middle of the text": "ينتهي الملف في وسط المتن: لعل حفظه انقطع.",
    "declares lang={}, its text is {}": "تقول الصفحة إن لغتها {}، ونصها {}.",
    "the body could not be read: {}": "تعذرت قراءة المتن: {}",
    "the text was cut where it became larger than 16 MB": "قُطع المتن حيث جاوز 16 ميغابايت.",
    "the feed holds only a summary of the text": "ليس في الخلاصة إلا موجز النص.",
    "the date «{}» could not be read": "تعذرت قراءة التاريخ «{}».",
    "the export does not tell the time zone of its date": "لا يذكر التصدير المنطقة الزمنية لتاريخها.",
    "was protected by a password": "كانت محمية بكلمة سر.",
    "was not published there": "لم تكن منشورة هناك.",
    "was not published there: {}": "لم تكن منشورة هناك: {}",
    "was not for all readers there: {}": "لم تكن لكل القراء هناك: {}",
    "a page of the site, not a post": "صفحة من صفحات الموقع لا مادة.",
    "of the custom type {}": "من نوع خاص: {}",
    "was pinned to the front there": "كانت مثبتة في الواجهة هناك.",
    "left out: {}": "تُرك منها: {}",
    "holds a synced pattern that the export does not: {}": "فيها نمط مشترك ليس في التصدير: {}",
    "the text stood in the field {}": "كان نصها في الحقل {} لا في المتن.",
    "was withheld by its sender": "حجبها مرسلها.",
    "under embargo: {}": "محظور نشرها حتى: {}",
    "its text does not stand where the other pages of its template have it": "نصها ليس في موضعه من صفحات قالبها.",
    "has no headline, which the other pages of its template have": "لا عنوان لها، ولصفحات قالبها عناوين.",
    "has no authors, which the other pages of its template have": "لا توقيع لها، ولصفحات قالبها تواقيع.",
    "has no published_at, which the other pages of its template have": "لا تاريخ لها، ولصفحات قالبها تواريخ.",
}

_FORMS = [
    (re.compile(re.escape(english).replace(r"\{\}", "(.*)"), re.S), arabic)
    for english, arabic in IN_ARABIC.items()
]


def warning_in_arabic(text: str) -> str | None:
    """A remark in Arabic, its particulars kept apart from the line around them; None for one that is not known."""
    for form, arabic in _FORMS:
        found = form.fullmatch(text)
        if found:
            return arabic.format(*map(isolate_text, found.groups()))
    return None
