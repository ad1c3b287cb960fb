"""Template tags and filters of the public site: times, digits, foreign runs, pictures, boxes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bulaq.arabic.dates.writing import write_date, write_time
from bulaq.arabic.digits import to_digits
from bulaq.arabic.direction import isolate
from bulaq.arabic.plurals import count
from bulaq.arabic.relative_time import relative
from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import NewsImage
from bulaq.newsroom.profiles import Profile
from bulaq.reader import boxes

register = template.Library()


@register.filter
def digits(value: Any, profile: Profile) -> str:
    """Numbers in the edition's digits."""
    return to_digits(str(value), profile.digits)


@register.filter
def foreign(text: str, profile: Profile) -> SafeString:
    """Text with its runs of the other direction set apart; escaped."""
    return mark_safe(isolate(text, profile.direction))  # noqa: S308 - `isolate` escapes its input


@register.simple_tag
def full_date(moment: datetime | date, profile: Profile, *, weekday: bool = False) -> str:
    """«24 آب/أغسطس 2020» on the edition's calendar and clock."""
    day = moment.astimezone(profile.zone).date() if isinstance(moment, datetime) else moment
    return write_date(
        day,
        months=profile.month_names,
        digits=profile.digits,
        weekday=weekday,
        language=profile.content_language,
    )


@register.simple_tag
def moment(value: datetime, profile: Profile) -> SafeString:
    """`<time>` with the absolute day and hour: for what is stored longer than a minute."""
    local = value.astimezone(profile.zone)
    clock = write_time(
        local,
        clock="12" if profile.twelve_hours else "24",
        digits=profile.digits,
        language=profile.content_language,
    )
    return format_html(
        '<time datetime="{}">{}<span class="at"> {}</span></time>', local.isoformat(timespec="minutes"),
        full_date(value, profile), f"– {clock}",
    )  # fmt: skip


@register.simple_tag
def ago(value: datetime, profile: Profile) -> SafeString:
    """`<time>` as people say it, with the exact time in its title: only in fragments that live a minute at most."""
    local = value.astimezone(profile.zone)
    now = timezone.now().astimezone(profile.zone)
    said = relative(local, now, profile.content_language, profile.digits)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        full_date(value, profile),
        said,
    )


@register.simple_tag
def counted(number: int, forms: Any, profile: Profile) -> str:
    """A number with its noun in the right form."""
    return count(number, forms, profile.digits, language=profile.content_language)


@register.simple_tag
def sources(image: NewsImage | None) -> renditions.Sources | None:
    """The sizes of a picture for an `<img>`; None when there is nothing to show."""
    return renditions.sources(image)


@register.simple_tag
def fill(text: str, **values: str) -> str:
    """A string of the profile with its `{names}` filled in."""
    return text.format(**values)


@register.simple_tag(takes_context=True)
def shared_boxes(context: template.Context) -> SafeString:
    """The boxes that all pages of the edition share: a mark for the edge, or (in a preview) the boxes themselves."""
    site = context["site"]
    if not context.get("inline_boxes"):
        return format_html('<esi:include src="{}"/>', addresses.box("shared", site.edition.pk))
    return mark_safe(  # noqa: S308 - a template's output
        render_to_string(
            "reader/boxes/shared.html",
            {
                "boxes": boxes.shared_boxes(site, spare=0, exclude=context.get("shown", ())),
                "profile": site.profile, "strings": site.profile.strings,
            },
        )
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def related_box(context: template.Context, article_id: int) -> SafeString:
    """The related articles: a mark for the edge, or (in a preview) the box itself."""
    site = context["site"]
    if not context.get("inline_boxes"):
        return format_html('<esi:include src="{}"/>', addresses.box("related", site.edition.pk, article_id))
    box = boxes.related_box(site, article_id, exclude=context.get("shown", ()))
    return mark_safe(  # noqa: S308 - a template's output
        render_to_string(
            "reader/boxes/related.html",
            {"box": box, "profile": site.profile, "strings": site.profile.strings},
        )
    )
