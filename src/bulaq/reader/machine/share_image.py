"""The share picture of an article that has none: its headline, set in the edition's accent.

1200 × 675 pixels, the shape that search engines and messengers ask for. The same words give the same bytes on the same
machine, and the address names them (`version`), so that a changed headline is a new picture to those who keep it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from PIL import Image, ImageDraw, ImageFont

from bulaq.arabic.truncation import cut
from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Publication
from bulaq.newsroom.queries import articles
from bulaq.reader.machine import shaping
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy

SIZE = (1200, 675)
MARGIN = 72
LINES = 4
LEADING = 1.42
SIZES = (84, 76, 68, 60, 54)
"""Pixels of the headline's face: the largest in which it stands in `LINES` lines."""

HEAD, FOOT = 182, 54
"""Pixels above and below the headline."""

FACE = Path(__file__).with_name("fonts") / "share.ttf"
DRAWING = "1"
"""Raised when the drawing changes, so that addresses change with it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn."""

    headline: str
    name: str
    line: str
    """Opposite the name: the section."""
    direction: str
    accent: str

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with anything that is drawn."""
        words = "\x1f".join((DRAWING, self.headline, self.name, self.line, self.direction, self.accent))
        return hashlib.sha256(words.encode()).hexdigest()[:8]


def card_of(publication: Publication) -> Card:
    """The card of a publication (article, edition and section loaded)."""
    edition = publication.edition
    return Card(
        headline=cut(publication.headline, 140),
        name=edition.name,
        line=publication.section.name if edition.profile.direction == "rtl" else "",
        direction=edition.profile.direction,
        accent=edition.accent,
    )


def address(publication: Publication) -> str:
    """The full address of the drawn picture."""
    path = addresses.share_image(publication.article_id, card_of(publication).version)
    return addresses.absolute(publication.edition, path)


def share_image(request: HttpRequest, identity: int, version: str = "") -> HttpResponse:
    """`/_/share/<article>-<version>.jpg`; another version, or none, leads to the one of now."""
    site = request.site
    publication = articles.placement(site.edition, identity) if site is not None else None
    if publication is None or publication.state != Publication.State.PUBLISHED:
        return absent(request)
    card = card_of(publication)
    found = [keys.article(identity), keys.section(publication.section_id), keys.edition(site.edition.pk)]
    if version != card.version:
        response = HttpResponseRedirect(addresses.share_image(identity, card.version))
        return with_policy(response, policies.REDIRECT, found)
    return with_policy(HttpResponse(draw(card), content_type="image/jpeg"), policies.MEDIA, found)


def draw(card: Card) -> bytes:
    """The picture as JPEG."""
    canvas = Image.new("RGB", SIZE, card.accent)
    pen = ImageDraw.Draw(canvas)
    right_to_left = card.direction == "rtl"
    edge = SIZE[0] - MARGIN if right_to_left else MARGIN
    _ornament(canvas, card)
    lines, size, writer = _fitted(card)
    step = int(size * LEADING)
    name = _Writer(40, card.direction)
    top = MARGIN
    name.write(pen, edge, top, card.name)
    bar = (edge - 120, edge) if right_to_left else (edge, edge + 120)
    pen.rectangle((bar[0], top + 74, bar[1], top + 79), fill="white")
    start = HEAD + max(0, (SIZE[1] - FOOT - HEAD - step * len(lines)) // 2)
    for number, line in enumerate(lines):
        writer.write(pen, edge, start + number * step, line)
    if card.line:
        small = _Writer(34, card.direction)
        small.write(
            pen, edge + (-1 if right_to_left else 1) * int(name.width(card.name) + 48), top + 6, card.line
        )
    buffer = BytesIO()
    canvas.save(buffer, "JPEG", quality=85, optimize=True)
    return buffer.getvalue()


class _Writer:
    """Writes lines of one size, shaped by Pillow or by hand."""

    def __init__(self, size: int, direction: str) -> None:
        self.direction = direction
        self.shapes = shaping.can_shape()
        self.face = _face(size, self.shapes)

    def width(self, text: str) -> float:
        """The advance of a line in pixels."""
        if self.shapes:
            return self.face.getlength(text, direction=self.direction)
        return self.face.getlength(shaping.visual(text, self.direction))

    def write(self, pen: ImageDraw.ImageDraw, edge: int, top: int, text: str) -> None:
        """Sets a line from the reading edge on, its top at `top`."""
        anchor = "ra" if self.direction == "rtl" else "la"
        if self.shapes:
            pen.text((edge, top), text, font=self.face, fill="white", anchor=anchor, direction=self.direction)
        else:
            pen.text(
                (edge, top), shaping.visual(text, self.direction), font=self.face, fill="white", anchor=anchor
            )


@lru_cache(maxsize=32)
def _face(size: int, shapes: bool) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if shapes else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FACE), size, layout_engine=engine)


def _fitted(card: Card) -> tuple[list[str], int, _Writer]:
    width = SIZE[0] - 2 * MARGIN
    for size in SIZES:
        writer = _Writer(size, card.direction)
        lines = wrapped(card.headline, writer, width)
        if len(lines) <= LINES and len(lines) * int(size * LEADING) <= SIZE[1] - HEAD - FOOT:
            break
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1].rstrip(" ،,.؛;") + "…"]
    return lines, size, writer


def wrapped(text: str, writer: _Writer, width: int) -> list[str]:
    """The text in lines of at most `width` pixels; a word that is wider is cut."""
    lines: list[str] = []
    for word in text.split():
        while writer.width(word) > width and len(word) > 1:
            kept = next(n for n in range(len(word) - 1, 0, -1) if writer.width(word[:n]) <= width or n == 1)
            lines.append(word[:kept])
            word = word[kept:]
        if lines and writer.width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _ornament(canvas: Image.Image, card: Card) -> None:
    """A quiet eight-pointed star at the far lower corner, a tenth lighter than the ground."""
    ground = Image.new("RGB", SIZE, card.accent)
    pen = ImageDraw.Draw(ground)
    centre_x = 130 if card.direction == "rtl" else SIZE[0] - 130
    centre_y = SIZE[1] - 90
    for radius, width in ((330, 6), (236, 6), (168, 6)):
        for turn in (0, 45):
            pen.regular_polygon((centre_x, centre_y, radius), 4, rotation=turn, outline="white", width=width)
    canvas.paste(Image.blend(canvas, ground, 0.14))
