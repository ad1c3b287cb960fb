"""How the desk writes times and links."""

from __future__ import annotations

from datetime import datetime

from babel.dates import get_timezone_location
from django import template
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bulaq.arabic.digits import format_number
from bulaq.arabic.relative_time import relative
from bulaq.newsroom import addresses
from bulaq.newsroom.desk import commas
from bulaq.newsroom.models import Edition

register = template.Library()


@register.filter
def since(moment: datetime | None) -> SafeString | str:
    """«قبل 3 دقائق», with the exact time behind it."""
    if moment is None:
        return ""
    now = timezone.localtime()
    language = (get_language() or "ar")[:2]
    words = relative(moment, now, language if language in {"ar", "en"} else "en")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), clock(moment), words)


@register.filter
def clock(moment: datetime | None, edition: Edition | None = None) -> str:
    """Day and hour: in the zone of the edition where one is given, else of the person at the desk."""
    if moment is None:
        return ""
    zone = edition.profile.zone if edition is not None else timezone.get_current_timezone()
    return date_format(moment.astimezone(zone), f"j F Y{commas.comma()} H:i")


register.filter("commas", commas.commas)


@register.filter
def grouped(number: int) -> str:
    """A number that is read, not copied: «41,096»."""
    return format_number(number)


@register.filter
def zone_city(edition: Edition) -> str:
    """The place whose clock an edition keeps: «بيروت»."""
    return get_timezone_location(
        edition.profile.time_zone, locale="ar" if _arabic() else "en", return_city=True
    )


@register.filter
def site_url(edition: Edition) -> str:
    """The full address of an edition's home."""
    return addresses.absolute(edition, addresses.home())


def _arabic() -> bool:
    return (get_language() or "ar").startswith("ar")


@register.simple_tag
def nobody_yet() -> bool:
    """Whether the newsroom still has nobody who could log in."""
    return not get_user_model().objects.exists()
