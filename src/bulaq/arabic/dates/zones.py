"""The zones of time as pages name them: cities, countries, GMT, abbreviations of the feeds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bulaq.arabic.normalise import matching_key

Zone = timedelta | str
"""A fixed offset from UTC, or the IANA name of a zone whose offset depends on the day."""

_PLACES: Final[dict[str, str]] = {
    "UTC": "غرينتش|جرينتش|غرينيتش|جرينيتش|غرنتش|جرنتش|قرينتش|غرينويتش|كرينتش|العالمي|الدولي|ت غ|gmt|utc|ut|z|العالمي المنسق",
    "Asia/Riyadh": "مكة|مكة المكرمة|السعودية|الرياض|المملكة|جدة|المدينة المنورة|أم القرى|mecca|riyadh|ksa|السعوديه",
    "Asia/Dubai": "الإمارات|أبوظبي|أبو ظبي|دبي|الشارقة|مسقط|سلطنة عمان|الخليج|dubai|abu dhabi|uae",
    "Asia/Qatar": "الدوحة|قطر|doha|qatar",
    "Asia/Kuwait": "الكويت|kuwait",
    "Asia/Bahrain": "المنامة|البحرين",
    "Asia/Baghdad": "بغداد|العراق|baghdad",
    "Asia/Aden": "صنعاء|عدن|اليمن",
    "Africa/Cairo": "القاهرة|مصر|cairo",
    "Asia/Beirut": "بيروت|لبنان|beirut",
    "Asia/Damascus": "دمشق|سوريا|سورية|damascus",
    "Asia/Amman": "عمان|عمّان|الأردن|amman",
    "Asia/Jerusalem": "القدس|فلسطين|القدس المحتلة|رام الله|غزة|jerusalem",
    "Africa/Khartoum": "الخرطوم|السودان",
    "Africa/Tripoli": "طرابلس|ليبيا",
    "Africa/Tunis": "تونس|tunis",
    "Africa/Algiers": "الجزائر|algiers|alger",
    "Africa/Casablanca": "الرباط|المغرب|الدار البيضاء|casablanca|rabat",
    "Africa/Nouakchott": "نواكشوط|موريتانيا",
    "Europe/Istanbul": "إسطنبول|اسطنبول|تركيا|أنقرة|istanbul",
    "Europe/Moscow": "موسكو|روسيا|moscow|msk",
    "Europe/London": "لندن|بريطانيا|london",
    "Europe/Paris": "باريس|فرنسا|paris",
    "Europe/Berlin": "برلين|ألمانيا|وسط أوروبا|berlin",
    "America/New_York": "نيويورك|واشنطن|شرق الولايات المتحدة|شرق أمريكا|الساحل الشرقي|new york|washington",
    "Asia/Tehran": "طهران|إيران|تهران|tehran",
    "Asia/Tokyo": "طوكيو|اليابان",
    "Asia/Shanghai": "بكين|الصين",
}
_ABBREVIATIONS: Final = {
    # Hours from UTC: RFC 822 section 5 and what Arabic sites print.
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "ast": 3, "cet": 1,
    "cest": 2, "eet": 2, "eest": 3, "bst": 1, "wet": 0, "west": 1, "trt": 3, "gst": 4, "irst": 3.5,
}  # fmt: skip

ZONES: Final[dict[str, Zone]] = {
    **{matching_key(name): zone for zone, names in _PLACES.items() for name in names.split("|")},
    **{name: timedelta(hours=hours) for name, hours in _ABBREVIATIONS.items()},
}
"""Normalised name of a place or zone → the zone."""

UNIVERSAL: Final = frozenset(name for name, zone in ZONES.items() if zone == "UTC")
"""The names of UTC, after which «+3» may follow."""

BARE: Final = UNIVERSAL | frozenset(_ABBREVIATIONS) | {"msk", "مكه المكرمه", "مكه"}
"""Names that say a zone without «بتوقيت» before them."""


def offset_of(zone: Zone, day: date, at: time) -> timedelta | None:
    """The offset from UTC that the zone has at that moment; None where the machine has no zone data."""
    if isinstance(zone, timedelta):
        return zone
    if zone == "UTC":
        return timedelta(0)
    info = _zone_info(zone)
    return info.utcoffset(datetime.combine(day, at)) if info else None


@lru_cache(maxsize=64)
def _zone_info(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
