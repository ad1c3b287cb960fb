"""The day of the paper's issue, which old sites print over all of its articles («9 مارس 2009 العدد 11059»)."""

from __future__ import annotations

import re

from bulaq.arabic.dates.reading import FoundDate, find_dates
from bulaq.intake.html.layout.page import Page
from bulaq.intake.html.machines.told_dates import plausible

_ISSUE = re.compile(r"(?:ال)?عدد(?:\s+رقم)?\s*[:.]?\s*[\d٠-٩]{3,6}\b")


def day_of_the_issue(page: Page, before: int) -> FoundDate | None:
    """The one day in a line over segment `before` that numbers an issue."""
    for segment in page.segments[:before]:
        text = page.spaced(segment)
        if segment.kind == "text" and len(text) <= 160 and _ISSUE.search(text):
            days = [date for date in map(plausible, find_dates(text)) if date]
            # of a day in two calendars ours counts
            days = [date for date in days if date.calendar == "gregorian"] or days
            if len(days) == 1:
                return days[0]
    return None
