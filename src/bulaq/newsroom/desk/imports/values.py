"""What was read of an article, as an editor reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from bulaq.newsroom.desk.commas import comma
from bulaq.newsroom.importing.storing.judging import remark


def in_words(name: str, value: Any) -> Any:
    """The value of the field `name`: a date with its month, remarks in one's language, any other as it is."""
    if name == "warnings":
        return [remark(text) for text in value]
    if name not in ("published_at", "modified_at") or not value:
        return value
    try:
        return date_format(datetime.fromisoformat(value), f"j F Y{comma()} H:i" if "T" in value else "j F Y")
    except ValueError:
        return value
