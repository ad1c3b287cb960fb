"""Which articles are ready to be published, which are doubtful, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from bulaq.intake.article import IncomingArticle

SURE = 0.5
"""Readers' own confidence from which a field is taken as read; below it an editor looks."""

CLOCK_SKEW = timedelta(hours=26)
"""A date this far ahead of now may come from a zone or a clock; a later one is no date of publication."""

REASONS = {
    "no-headline": _("It has no headline."),
    "no-body": _("It has no text."),
    "no-section": _("It names no section."),
    "guessed-section": _("It names no section; the likeliest was taken."),
    "no-edition": _("No edition publishes in its language."),
    "no-date": _("It has no date; it stands under the time of the import."),
    "future-date": _("Its date lies in the future."),
    "unsure-headline": _("The reader is not sure of the headline."),
    "unsure-body": _("The reader is not sure of the text."),
    "unsure-date": _("The reader is not sure of the date."),
    "unsure-authors": _("The reader is not sure of the names of the byline."),
    "long-headline": _("The headline was cut: it is longer than 300 characters."),
    "same-text": _("Another article has the same text."),
    "edited-here": _("It was edited here since; the text was left as it is."),
    "was-draft": _("It was a draft there."),
    "warning": _("The reader warns."),
    "address-taken": _("An old address of it already leads to another article."),
}
"""For people; what is stored is the code and the particulars."""

HOLDS_BACK = frozenset(
    {"no-headline", "no-body", "no-section", "no-edition", "future-date", "unsure-headline", "unsure-body", "same-text", "was-draft"}
)  # fmt: skip
"""With one of these an article stays a draft: what is wrong about it would be wrong in public."""

HARMLESS = frozenset({"guessed-section", "warning", "address-taken", "edited-here", "was-draft"})
"""Said, but no reason for an editor to look at it before readers do."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is not simply ready. `text` names the particulars, in the words of whoever found them."""

    code: str
    text: str = ""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "text": self.text}


def words(reason: dict[str, str]) -> str:
    """A stored reason in the language of whoever asks."""
    said = str(REASONS.get(reason["code"], ""))
    return f"{said} {reason['text']}".strip() if reason.get("text") else said or reason["code"]


def judge(article: IncomingArticle, *, published_at: datetime | None, now: datetime) -> list[Reason]:
    """All that speaks against taking the article as read, from the article alone."""
    found: list[Reason] = []
    if not (article.headline or "").strip():
        found.append(Reason("no-headline"))
    elif len(article.headline or "") > 300:
        found.append(Reason("long-headline"))
    if not article.body and not (article.standfirst or "").strip():
        found.append(Reason("no-body"))
    if not (article.section or article.breadcrumb):
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


def is_doubtful(reasons: list[Reason]) -> bool:
    """Whether an editor should look at it."""
    return any(reason.code not in HARMLESS for reason in reasons)


def may_be_published(reasons: list[Reason]) -> bool:
    """Whether it is complete enough to be shown."""
    return not any(reason.code in HOLDS_BACK for reason in reasons)
