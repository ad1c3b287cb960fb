"""Edition profiles: one complete typed file for each kind of edition.

A new profile is one file here with a `PROFILE` of every field, and one line in `_PROFILES`. Templates and code ask
the profile; nothing ever asks which edition it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from bulaq.arabic.dates.writing import write_date
from bulaq.newsroom.profiles import english, gulf, ifriqiya, maghrib, mashriq, nile
from bulaq.newsroom.profiles.profile import Counts, Profile, Strings
from bulaq.newsroom.profiles.zones import ZONES

__all__ = ["Counts", "Profile", "Strings", "all_profiles", "choices", "get", "zone_choices"]

_PROFILES: dict[str, Profile] = {
    profile.key: profile
    for profile in (
        mashriq.PROFILE, nile.PROFILE, gulf.PROFILE, ifriqiya.PROFILE, maghrib.PROFILE, english.PROFILE
    )
}  # fmt: skip

SAMPLE_DAY = date(2025, 7, 28)
"""Shows what a profile does: its month has four names, its number tells the digits."""


def get(key: str, *, time_zone: str = "") -> Profile:
    """The profile called `key`, by the clock of `time_zone` where one is given; `KeyError` when there is none."""
    return _by_clock(key, time_zone) if time_zone else _PROFILES[key]


@cache
def _by_clock(key: str, time_zone: str) -> Profile:
    return replace(_PROFILES[key], time_zone=time_zone)


def all_profiles() -> tuple[Profile, ...]:
    """Every installed profile."""
    return tuple(_PROFILES.values())


def choices() -> list[tuple[str, str]]:
    """For a form field: keys with their labels, and a day as readers see it."""
    return [
        (profile.key, f"{profile.label} ({written})")
        for profile in _PROFILES.values()
        if (written := write_date(
            SAMPLE_DAY, months=profile.month_names, digits=profile.digits, language=profile.content_language
        ))
    ]  # fmt: skip


def zone_choices() -> list[tuple[str, str]]:
    """For a form field: the clocks that an edition may keep."""
    return list(ZONES.items())
