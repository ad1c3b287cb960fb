"""The day, in figures or with a month's name, in the Gregorian, Hijri or Solar Hijri calendar."""

from __future__ import annotations

from bulaq.arabic.dates import vocabulary as v
from bulaq.arabic.dates.day import Day, Settings
from bulaq.arabic.dates.days_in_figures import compact, in_figures
from bulaq.arabic.dates.days_with_months import day_first, month_first, year_first
from bulaq.arabic.dates.tokens import Token


def day_at(tokens: list[Token], index: int, settings: Settings) -> Day | None:
    """The day that begins at `index`."""
    token = tokens[index]
    if token.kind == "n":
        if len(token.text) == 8:
            return compact(tokens, index)
        return (
            in_figures(tokens, index, settings)
            or (year_first(tokens, index) if len(token.text) == 4 else None)
            or (day_first(tokens, index, settings) if len(token.text) <= 2 else None)
        )
    if token.text in v.ORDINAL_DAYS:
        return day_first(tokens, index, settings)
    if token.kind == "w":
        return month_first(tokens, index, settings)
    return None
