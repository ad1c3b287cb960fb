"""What an item's properties say, under the names and in the shapes of all versions."""

from __future__ import annotations

from typing import Any

from bulaq.intake.json_values import Object, as_markup, list_of, object_of, objects_of, text_of


def folded(item: Object) -> Object:
    """The properties under names in small letters without underscores."""
    return {str(name).lower().replace("_", ""): value for name, value in item.items()}


def headline_of(item: Object) -> str:
    """The headline as markup; of several the main one."""
    if direct := text_of(item.get("headline")):
        return as_markup(direct)
    headlines = objects_of(item.get("headlines"))
    main = [entry for entry in headlines if text_of(entry.get("role")) in ("", "main", "headline")]
    chosen = (main or headlines or [{}])[0]
    return as_markup(text_of(chosen.get("value")) or text_of(item.get("title")) or text_of(item.get("name")))


def first_text(item: Object, *names: str) -> str:
    """What the first of these properties that says anything says: a text, or a list of values."""
    for name in names:
        value = item.get(name)
        if text_of(value):
            return text_of(value)
        for entry in list_of(value):
            if isinstance(entry, dict) and text_of(entry.get("value")):
                return text_of(entry.get("value"))
    return ""


def name_of(value: Any) -> str:
    """How something is called that is a text, or an object with a name."""
    if isinstance(value, dict):
        city = text_of(object_of(value.get("located")).get("city"))
        return (
            text_of(value.get("name")) or text_of(value.get("literal")) or text_of(value.get("city")) or city
        )
    return text_of(value)


def date_of(value: Any) -> str:
    """A date as written; exports of MongoDB put it in an object (`{"$date": …}`)."""
    return text_of(value.get("$date") if isinstance(value, dict) else value)
