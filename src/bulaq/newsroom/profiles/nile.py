"""Egypt and the Sudan: Arabic-Indic digits, Egyptian month names, Cairo time."""

from bulaq.newsroom.profiles import mashriq
from bulaq.newsroom.profiles.profile import Profile

PROFILE = Profile(
    key="nile",
    label="وادي النيل",
    language="ar-EG",
    content_language="ar",
    direction="rtl",
    time_zone="Africa/Cairo",
    digits="arab",
    month_names="egyptian",
    twelve_hours=False,
    first_weekday=5,
    og_locale="ar_EG",
    counts=mashriq.PROFILE.counts,
    strings=mashriq.STRINGS,
)
