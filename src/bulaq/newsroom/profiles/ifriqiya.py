"""Tunisia and Algeria: Western digits, the month names that came from French, Tunis time."""

from dataclasses import replace

from bulaq.newsroom.profiles import mashriq
from bulaq.newsroom.profiles.profile import Profile

STRINGS = replace(mashriq.STRINGS, read_also="قد يهمك أيضا")

PROFILE = Profile(
    key="ifriqiya",
    label="تونس والجزائر",
    language="ar-TN",
    content_language="ar",
    direction="rtl",
    time_zone="Africa/Tunis",
    digits="latn",
    month_names="maghrebi",
    twelve_hours=False,
    og_locale="ar_TN",
    counts=mashriq.PROFILE.counts,
    strings=STRINGS,
)
