"""Where knowledge of a whole archive enters the reading of one page (`bulaq.intake.templates`).

A page read alone has no guide. With one, the same reader reads; the guide only marks what is frame, corrects which
element holds the text, and looks over the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bulaq.intake.article import IncomingArticle
    from bulaq.intake.html.body.blocks import PictureOf
    from bulaq.intake.html.body.body_text import BodyText
    from bulaq.intake.html.body.location import BodyPlace
    from bulaq.intake.html.head.headline import Headline
    from bulaq.intake.html.layout.page import Page


class Guide(Protocol):
    """Called at four points of the reading of one page."""

    def prepare(self, page: Page) -> None:
        """Before anything is looked for: may label segments."""

    def place(self, page: Page, headline: Headline | None, place: BodyPlace | None) -> BodyPlace | None:
        """Which element holds the text."""

    def body(self, page: Page, place: BodyPlace, body: BodyText, picture_of: PictureOf) -> None:
        """The body that was read: may change its blocks."""

    def article(self, page: Page, article: IncomingArticle) -> IncomingArticle:
        """The finished article."""
