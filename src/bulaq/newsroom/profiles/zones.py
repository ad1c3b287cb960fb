"""The clocks of an Arabic newsroom: every Arab capital, and the cities abroad where Arabic newspapers are made."""

from __future__ import annotations

ZONES: dict[str, str] = {
    "Africa/Cairo": "القاهرة",
    "Asia/Riyadh": "الرياض",
    "Asia/Beirut": "بيروت",
    "Asia/Damascus": "دمشق",
    "Asia/Amman": "عمّان",
    "Asia/Jerusalem": "القدس",
    "Asia/Gaza": "غزة",
    "Asia/Baghdad": "بغداد",
    "Asia/Kuwait": "الكويت",
    "Asia/Bahrain": "المنامة",
    "Asia/Qatar": "الدوحة",
    "Asia/Dubai": "أبوظبي ودبي",
    "Asia/Muscat": "مسقط",
    "Asia/Aden": "صنعاء وعدن",
    "Africa/Khartoum": "الخرطوم",
    "Africa/Tripoli": "طرابلس",
    "Africa/Tunis": "تونس",
    "Africa/Algiers": "الجزائر",
    "Africa/Casablanca": "الرباط والدار البيضاء",
    "Africa/Nouakchott": "نواكشوط",
    "Africa/Djibouti": "جيبوتي",
    "Africa/Mogadishu": "مقديشو",
    "Indian/Comoro": "موروني",
    "Europe/Istanbul": "إسطنبول",
    "Asia/Tehran": "طهران",
    "Europe/London": "لندن",
    "Europe/Paris": "باريس",
    "Europe/Berlin": "برلين",
    "Europe/Moscow": "موسكو",
    "America/New_York": "نيويورك وواشنطن",
    "UTC": "التوقيت العالمي",
}
"""IANA name → the city as Arabic readers know it."""
