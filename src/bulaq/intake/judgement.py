"""Whether an article is ready to be published or doubtful, from the article alone: reasons as stable codes, with words.

An import that stores and one that only shows (`--dry-run`) judge by this. What takes a newsroom to know (no edition in
its language, a text that is there already, a section that could be guessed) is added by `bulaq.newsroom.importing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bulaq.arabic.direction import isolate_text
from bulaq.intake.article import IncomingArticle
from bulaq.intake.named_section import named_section
from bulaq.intake.reader_warnings import warning_in_arabic

SURE = 0.5
"""Readers' own confidence from which a field is taken as read; below it an editor looks."""

CLOCK_SKEW = timedelta(hours=26)
"""A date this far ahead of now may come from a zone or a clock; a later one is no date of publication."""

LONGEST_HEADLINE = 300
"""Characters that a headline keeps."""

Language = Literal["ar", "en"]

REASONS: dict[str, dict[Language, str]] = {
    "no-headline": {"ar": "لا عنوان لها.", "en": "It has no headline."},
    "no-body": {"ar": "لا نص لها.", "en": "It has no text."},
    "no-section": {"ar": "لا تذكر قسماً.", "en": "It names no section."},
    "no-date": {
        "ar": "لا تاريخ لها، فتوضع تحت وقت الإدخال.",
        "en": "It has no date; it stands under the time of the import.",
    },
    "future-date": {"ar": "تاريخها في المستقبل.", "en": "Its date lies in the future."},
    "unsure-headline": {
        "ar": "القارئ الآلي غير واثق من العنوان.",
        "en": "The reader is not sure of the headline.",
    },
    "unsure-body": {"ar": "القارئ الآلي غير واثق من النص.", "en": "The reader is not sure of the text."},
    "unsure-date": {"ar": "القارئ الآلي غير واثق من التاريخ.", "en": "The reader is not sure of the date."},
    "unsure-authors": {
        "ar": "القارئ الآلي غير واثق من أسماء التوقيع.",
        "en": "The reader is not sure of the names of the byline.",
    },
    "long-headline": {
        "ar": "يُقصّ العنوان: يزيد على 300 حرف.",
        "en": "The headline is cut: it is longer than 300 characters.",
    },
    "was-draft": {"ar": "كانت مسودة هناك.", "en": "It was a draft there."},
    "warning": {"ar": "ينبّه القارئ الآلي.", "en": "The reader warns."},
}
"""Code → words for people. The codes are stored with what was imported: one may be added, none renamed."""

REFUSED_IN_ARABIC = {
    "address": "عنوان لا يُجلب.",
    "answer": "ردّ الموقع بخطأ.",
    "binary": "ليس نصاً.",
    "bomb": "ينتفخ عند فك ضغطه فوق الحد المسموح.",
    "broken": "انقطع التنزيل.",
    "broken-archive": "الأرشيف المضغوط معطوب.",
    "broken-encoding": "ترميز حروفه معطوب.",
    "busy": "طلب الموقع التمهّل.",
    "canceled": "ألغاها مرسلها.",
    "columns": "أعمدة لا يُعرف ما فيها.",
    "damaged": "الملف معطوب.",
    "empty": "الملف فارغ.",
    "encrypted": "الملف مقفل بكلمة سر.",
    "entities": "فيه تعريفات XML غير مأمونة.",
    "gone": "أزيل هذا العنوان نهائياً.",
    "host-down": "الموقع لا يرد.",
    "link": "رابط إلى ملف آخر، ولا تُتبع الروابط.",
    "missing": "لا وجود له.",
    "nested-archive": "أرشيف داخل أرشيف: فُكّه أولاً.",
    "no-article": "لا مادة فيه.",
    "not-an-article": "ليست صفحة مادة.",
    "not-wxr": "ليس تصدير ووردبريس.",
    "not-as-named": "صفحة ويب مكان خلاصة أو تصدير: ربما أجاب الخادم بصفحة دخول أو خطأ.",
    "not-modified": "لا جديد فيه منذ آخر إدخال.",
    "nothing-found": "لم يوجد فيه شيء.",
    "not-html": "ليست صفحة ويب.",
    "private": "عنوان داخلي لا يُجلب منه.",
    "reader-failed": "تعثر القارئ الآلي.",
    "reader-stopped": "توقف القارئ الآلي.",
    "redirects": "تحويلات كثيرة.",
    "robots": "الموقع لا يأذن بجلبه.",
    "slow": "تأخر الموقع في الرد.",
    "trash": "مرمية في سلة المهملات هناك.",
    "truncated": "الملف مبتور.",
    "too-large": "أكبر من الحد المسموح.",
    "too-many": "فيه ملفات أكثر من المسموح.",
    "type": "نوعه غير مقبول.",
    "unknown-format": "صيغة لا يعرفها أي قارئ.",
    "unreachable": "تعذر الوصول إلى الموقع.",
    "unreadable": "تعذرت قراءته.",
}
"""The codes of refusals (some readers part the words of theirs by `_`). In English the refusal's own reason says it
all; in Arabic this stands before it."""

HOLDS_BACK = frozenset(
    {"no-headline", "no-body", "no-section", "future-date", "unsure-headline", "unsure-body", "was-draft"}
)
"""With one of these an article stays a draft: what is wrong about it would be wrong in public."""

HARMLESS = frozenset({"warning", "was-draft"})
"""Said, but no reason for an editor to look at it before readers do."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is not simply ready. `text` names the particulars, in the words of whoever found them."""

    code: str
    text: str = ""

    def as_json(self) -> dict[str, str]:
        """Plain values."""
        return {"code": self.code, "text": self.text}


def judge(
    article: IncomingArticle, *, published_at: datetime | None, now: datetime, has_section: bool | None = None
) -> list[Reason]:
    """All that speaks against taking the article as read, from the article alone.

    `published_at`: the moment that its date names (`bulaq.intake.moments.moment`), None when it names none;
    `has_section`: what `named_section` said, where it was asked already.
    """
    found: list[Reason] = []
    if not (article.headline or "").strip():
        found.append(Reason("no-headline"))
    elif len(article.headline or "") > LONGEST_HEADLINE:
        found.append(Reason("long-headline"))
    if not article.body and not (article.standfirst or "").strip():
        found.append(Reason("no-body"))
    if not (named_section(article) is not None if has_section is None else has_section):
        found.append(Reason("no-section"))
    if published_at is None:
        found.append(Reason("no-date", article.published_at or ""))
    elif published_at > now + CLOCK_SKEW:
        found.append(Reason("future-date", published_at.isoformat()))
    for field, code in (
        ("headline", "unsure-headline"), ("body", "unsure-body"),
        ("published_at", "unsure-date"), ("authors", "unsure-authors"),
    ):  # fmt: skip
        if getattr(article, field) and article.confidence.get(field, 1.0) < SURE:
            found.append(Reason(code, f"{article.confidence[field]:.2f}"))
    if article.draft:
        found.append(Reason("was-draft"))
    found += [Reason("warning", warning) for warning in article.warnings]
    return found


def is_doubtful(reasons: Iterable[Reason], harmless: frozenset[str] = HARMLESS) -> bool:
    """Whether an editor should look at it."""
    return any(reason.code not in harmless for reason in reasons)


def may_be_published(reasons: Iterable[Reason], holds_back: frozenset[str] = HOLDS_BACK) -> bool:
    """Whether it is complete enough to be shown."""
    return not any(reason.code in holds_back for reason in reasons)


def refusal_words(code: str, reason: str, language: Language) -> str:
    """Why an input was refused, in words: in Arabic what its code says, with the reason's own words behind it; else those alone."""
    told = REFUSED_IN_ARABIC.get(code.replace("_", "-").removeprefix("fetch-"))
    if language == "en" or told is None:
        return reason
    return f"{told} ({isolate_text(reason)})" if reason else told


def remark_words(warning: str, language: Language) -> str:
    """What a reader remarked of an article, in words."""
    return (warning_in_arabic(warning) if language == "ar" else None) or warning


def words_of(code: str, language: Language) -> str | None:
    """The words for a code; None for one that is not of this judgement."""
    told = REASONS.get(code)
    return told[language] if told is not None else None
