"""The Gulf and the Peninsula: Western digits, Egyptian month names, Riyadh time."""

from bulaq.newsroom.profiles import mashriq
from bulaq.newsroom.profiles.profile import Profile

PROFILE = Profile(
    key="gulf",
    label="الخليج",
    language="ar-SA",
    content_language="ar",
    direction="rtl",
    time_zone="Asia/Riyadh",
    digits="latn",
    month_names="egyptian",
    twelve_hours=False,
    first_weekday=6,
    og_locale="ar_SA",
    counts=mashriq.PROFILE.counts,
    strings=mashriq.STRINGS,
)
