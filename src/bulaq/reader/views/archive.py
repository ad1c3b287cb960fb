"""What was published on a day, by the edition's own calendar."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.queries import headlines
from bulaq.reader.lists import asked_cursor, list_page
from bulaq.reader.month import month_of
from bulaq.reader.views.errors import not_found


def archive(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """`/archive/<yyyy>/<mm>/<dd>/`: not there for a day without news, or one that is none."""
    site = request.site
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        return not_found(request)
    today = timezone.now().astimezone(site.profile.zone).date() if site is not None else None
    # Two days' margin: time zones are added to it, and the calendar ends at the year 9999.
    if today is None or asked > today or asked.year < 2:
        return not_found(request)
    before = asked_cursor(request)
    found = headlines.of_day(site.edition, asked, site.profile.counts.page, before)
    if not found.items and before is None:
        return not_found(request)
    previous, following = headlines.neighbouring_days(site.edition, asked)
    return list_page(
        request,
        "reader/archive.html",
        {
            "day": asked,
            "month": month_of(site, asked),
            "dated": "hour",
            "previous_day": (previous, addresses.archive(previous)) if previous else None,
            "next_day": (following, addresses.archive(following)) if following else None,
        },
        found=found,
        path=addresses.archive(asked),
        before=before,
        policy=policies.FRONT if asked == today else policies.ARCHIVE,
        surrogate_keys=[keys.archive_day(site.edition.pk, asked.isoformat())],
    )
