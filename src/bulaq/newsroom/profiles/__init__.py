"""Edition profiles: one complete typed file for each kind of edition.

A new profile is one file here with a `PROFILE` of every field, and one line in `_PROFILES`. Templates and code ask
the profile; nothing ever asks which edition it is.
"""

from __future__ import annotations

from bulaq.newsroom.profiles import english, maghrib, mashriq
from bulaq.newsroom.profiles.profile import Counts, Profile, Strings

__all__ = ["Counts", "Profile", "Strings", "all_profiles", "choices", "get"]

_PROFILES: dict[str, Profile] = {
    profile.key: profile for profile in (mashriq.PROFILE, maghrib.PROFILE, english.PROFILE)
}


def get(key: str) -> Profile:
    """The profile called `key`; `KeyError` when there is none."""
    return _PROFILES[key]


def all_profiles() -> tuple[Profile, ...]:
    """Every installed profile."""
    return tuple(_PROFILES.values())


def choices() -> list[tuple[str, str]]:
    """For a form field: keys with their labels."""
    return [(profile.key, profile.label) for profile in _PROFILES.values()]
