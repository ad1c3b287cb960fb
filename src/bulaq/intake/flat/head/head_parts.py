"""What stands above the text, as it is found out step by step."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulaq.intake.bylines.grammar import Byline


@dataclass
class Head:
    """What stands above the body, by line numbers; texts where a line holds several things."""

    roles: dict[int, str] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    section: str | None = None
    kicker: int | None = None
    headline: int | None = None
    headline_score: float = 0.0
    standfirst: int | None = None
    caption: int | None = None
    credit: str | None = None
    suggestion: int | None = None
    bylines: list[tuple[int, Byline]] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    ages: list[int] = field(default_factory=list)
    """Lines that tell how long ago it was («منذ ساعتين»): dated as by a date, but for the moment."""

    @property
    def dated(self) -> list[int]:
        """Lines that date the article, exactly or not."""
        return sorted((*self.dates, *self.ages))
