"""Where an article stands on its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    """Where an article stands on its page, in segments: its headline, the `first` and `last` of its text; from `over`
    on, others write."""

    headline: int | None
    first: int
    last: int
    over: int

    @property
    def top(self) -> int:
        """The headline or, without one, the first line of the text."""
        return self.headline if self.headline is not None else self.first
