"""The Maghreb: Western digits, Moroccan month names, Casablanca time."""

from dataclasses import replace

from bulaq.newsroom.profiles import mashriq
from bulaq.newsroom.profiles.profile import Profile

STRINGS = replace(mashriq.STRINGS, read_also="قد يهمك أيضا")

PROFILE = Profile(
    key="maghrib",
    label="المغرب",
    language="ar-MA",
    content_language="ar",
    direction="rtl",
    time_zone="Africa/Casablanca",
    digits="latn",
    month_names="moroccan",
    twelve_hours=False,
    og_locale="ar_MA",
    counts=mashriq.PROFILE.counts,
    strings=STRINGS,
)
