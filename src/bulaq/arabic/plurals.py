"""Real plurals: «دقيقة», «دقيقتين», «3 دقائق», «11 دقيقة», by the categories of Unicode CLDR (through Babel)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from babel import Locale, UnknownLocaleError

from bulaq.arabic.digits import DigitSystem, format_number

Category = Literal["zero", "one", "two", "few", "many", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plural:
    """The forms of one phrase. `{n}` stands where the figure goes; a form without it says the number in words.

    A category without a form takes `other`. The dual is a form like the others, so its case is the writer's:
    `two="دقيقتين"` after «قبل», `two="دقيقتان"` as a subject.
    """

    other: str
    zero: str | None = None
    one: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None

    def form(self, kind: Category) -> str:
        """The form for a category, with `{n}` still in it."""
        return cast("str | None", getattr(self, kind)) or self.other


def category(n: int | Decimal, language: str = "ar") -> Category:
    """The CLDR category of a number in a language: in Arabic 0, 1, 2, 3–10, 11–99 (by hundreds), the rest.

    Raises ValueError for a language that CLDR does not know.
    """
    return cast(Category, _rule(language)(-n if n < 0 else n))


@lru_cache(maxsize=32)
def _rule(language: str) -> Callable[[int | Decimal], str]:
    try:
        return Locale.parse(language.replace("-", "_")).plural_form
    except UnknownLocaleError as error:
        raise ValueError(f"no plurals in {language!r}") from error


def count(n: int | Decimal, forms: Plural, digits: DigitSystem = "latn", *, language: str = "ar") -> str:
    """The phrase for `n`, its figure in `digits` and grouped by thousands."""
    form = forms.form(category(n, language))
    return form.replace("{n}", format_number(n, digits)) if "{n}" in form else form
