"""How the desk writes days and hours in Arabic (Django's `FORMAT_MODULE_PATH`): it has no form of its own for both together,
and falls back to «نوفمبر 23, 2026, 4:21 ص»."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATE_FORMAT = "j/n/Y"
SHORT_DATETIME_FORMAT = "j/n/Y H:i"
