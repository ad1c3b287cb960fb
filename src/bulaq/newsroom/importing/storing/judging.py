"""What a newsroom adds to the judgement of an article (`bulaq.intake.judgement`), and the words for all reasons."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bulaq.intake import judgement
from bulaq.intake.judgement import Reason
from bulaq.intake.reader_warnings import warning_in_arabic

REASONS = {
    "guessed-section": _("It names no section; the likeliest was taken."),
    "no-edition": _("No edition publishes in its language."),
    "same-text": _("Another article has the same text."),
    "edited-here": _("It was edited here since; the text was left as it is."),
    "absent": _("It is not in the archive."),
    "address-taken": _("An old address of it already leads to another article."),
}
"""Reasons that only a newsroom can have; what is stored is the code and the particulars."""

HOLDS_BACK = judgement.HOLDS_BACK | {"no-edition", "same-text"}
"""With one of these an article stays a draft."""

HARMLESS = judgement.HARMLESS | {"guessed-section", "address-taken", "edited-here"}
"""Said, but no reason for an editor to look at it before readers do."""


REFUSED_IN_ARABIC = judgement.REFUSED_IN_ARABIC | {
    "format": "صيغة صور غير مقبولة.",
    "not-a-picture": "ليست صورة.",
    "not-stored": "تعذر حفظها.",
    "too-many-pixels": "أبعاد الصورة أكبر من الحد المسموح.",
    "too-small": "الصورة أصغر من أن تُعرض.",
    "undecodable": "ملف الصورة معطوب.",
}


def words(reason: dict[str, str]) -> str:
    """A stored reason in the language of whoever asks."""
    code, language = reason["code"], _language()
    told = REFUSED_IN_ARABIC.get(code.replace("_", "-").removeprefix("fetch-"))
    if language == "ar" and told:
        # What was said of this very input, kept apart from the Arabic line around it.
        return f"{told} (\u2068{reason['text']}\u2069)" if reason.get("text") else told
    said = judgement.words_of(code, language) or str(REASONS.get(code, ""))
    text = reason.get("text", "")
    told = f"{said} {remark(text) if code == 'warning' else text}".strip()
    return told or code.replace("_", " ").replace("-", " ")


def remark(text: str) -> str:
    """What a reader remarked of an article, in the language of whoever asks."""
    return (warning_in_arabic(text) if _language() == "ar" else None) or text


def _language() -> judgement.Language:
    return "ar" if (get_language() or "ar").startswith("ar") else "en"


def is_doubtful(reasons: Sequence[Reason]) -> bool:
    """Whether an editor should look at it."""
    return judgement.is_doubtful(reasons, HARMLESS)


def may_be_published(reasons: Sequence[Reason]) -> bool:
    """Whether it is complete enough to be shown."""
    return judgement.may_be_published(reasons, HOLDS_BACK)
