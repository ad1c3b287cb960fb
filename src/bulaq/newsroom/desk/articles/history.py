"""What the history of an article says of each act: where, when and why, in the words of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import BaseLogEntry

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.models import Edition, Section
from bulaq.newsroom.templatetags.desk import zone_city

Data = Mapping[str, Any]


def _editions(data: Data) -> str:
    """The editions as they are called today; "" when they are no more."""
    told = data.get("editions") or data.get("edition") or []
    names = [told] if isinstance(told, str | int) else told
    slugs = [name for name in names if isinstance(name, str)]
    numbers = [name for name in names if isinstance(name, int)]
    found = Edition.objects.filter(slug__in=slugs) | Edition.objects.filter(pk__in=numbers)
    return commas(isolate_text(edition.short_name) for edition in found.order_by("position", "pk"))


def _in_editions(sentence: str) -> Callable[[Data], str]:
    def say(data: Data) -> str:
        editions = _editions(data)
        return gettext(sentence) % {"edition": editions} if editions else ""

    return say


def _schedule(data: Data) -> str:
    at = parse_datetime(str(data.get("at", "")))
    edition = Edition.objects.filter(slug=data.get("edition", "")).first()
    if at is None or edition is None:
        return ""
    # By the clock of the edition, as the placement page says it.
    return gettext("Scheduled in %(edition)s for %(time)s (%(city)s).") % {
        "edition": isolate_text(edition.short_name),
        "time": date_format(at.astimezone(edition.profile.zone), "DATETIME_FORMAT"),
        "city": zone_city(edition),
    }


def _withdraw(data: Data) -> str:
    said = {"edition": _editions(data), "reason": isolate_text(str(data.get("reason", "")))}
    if not said["edition"]:
        return said["reason"]
    if not said["reason"]:
        return gettext("Withdrawn from %(edition)s.") % said
    return gettext("Withdrawn from %(edition)s: %(reason)s") % said


def _correct(data: Data) -> str:
    text = isolate_text(str(data.get("text", "")))
    return gettext("Correction added: %(text)s") % {"text": text} if text else ""


def _move(data: Data) -> str:
    section = Section.objects.filter(slug=data.get("section", "")).first()
    return (
        gettext("Moved to the section %(section)s.") % {"section": isolate_text(str(section))}
        if section
        else ""
    )


def _not_published(data: Data) -> str:
    reason = str(data.get("reason", ""))
    return gettext("Approved, but not published: %(reason)s") % {"reason": reason} if reason else ""


ACTS: Mapping[str, tuple[Any, Any, Callable[[Data], str] | None]] = {
    "newsroom.publish": (
        _("Publish in an edition"), _("Published in an edition"), _in_editions(gettext_noop("Published in %(edition)s."))
    ),
    "newsroom.not_published": (
        _("Approved, not published"), _("Approved, but not published"), _not_published
    ),
    "newsroom.schedule": (_("Schedule"), _("Scheduled"), _schedule),
    "newsroom.withdraw": (_("Withdraw"), _("Withdrawn"), _withdraw),
    "newsroom.correct": (_("Correct"), _("Correction added"), _correct),
    "newsroom.plan": (_("Plan"), _("Planned"), _in_editions(gettext_noop("Planned for %(edition)s."))),
    "newsroom.unplan": (
        _("Remove from the plan"), _("Removed from the plan"), _in_editions(gettext_noop("No longer planned for %(edition)s."))
    ),
    "newsroom.move": (_("Move to another section"), _("Moved to another section"), _move),
    "newsroom.canonical": (
        _("Make canonical"), _("Made canonical"),
        _in_editions(gettext_noop("%(edition)s is now the canonical edition of this article.")),
    ),
    "newsroom.pin": (
        _("Pin to the front"), _("Pinned to the front"), _in_editions(gettext_noop("Pinned to the front of %(edition)s."))
    ),
    "newsroom.unpin": (
        _("Unpin from the front"), _("Unpinned from the front"),
        _in_editions(gettext_noop("No longer pinned to the front of %(edition)s.")),
    ),
    "newsroom.breaking": (_("Set the breaking line"), _("Breaking line set"), None),
    "newsroom.breaking_end": (_("Take the breaking line down"), _("Breaking line taken down"), None),
}  # fmt: skip
"""Act → its name in the filter, what it says when its particulars are lost, and what it says with them."""


def register(actions: Any) -> None:
    """Names our acts for the history of an article and for the report of what was done."""
    # Wagtail's Arabic has one word for the head of a column and for what somebody did.
    actions.register_action("wagtail.create", _("Create"), _("Begun"))
    for name, (label, message, particulars) in ACTS.items():
        if particulars is None:
            actions.register_action(name, label, message)
        else:
            actions.register_action(name)(_formatter(label, message, particulars))


def _formatter(label: Any, message: Any, particulars: Callable[[Data], str]) -> type[LogFormatter]:
    class Act(LogFormatter):
        def format_message(self, log_entry: BaseLogEntry) -> str:
            """With its particulars; without them when the edition or section is no more."""
            return particulars(log_entry.data) or str(message)

    Act.label, Act.message = label, message
    return Act
