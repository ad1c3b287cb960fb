"""Draws one ornament: the pattern's construction, the seed's palette, scale, turn and cut."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from PIL import Image

from bulaq.demo.ornament import palette as palettes
from bulaq.demo.ornament.arabesque import arabesque
from bulaq.demo.ornament.canvas import SUPERSAMPLING, Canvas
from bulaq.demo.ornament.khatam import khatam
from bulaq.demo.ornament.knots import knots
from bulaq.demo.ornament.mashrabiya import mashrabiya
from bulaq.demo.ornament.palette import Colour
from bulaq.demo.ornament.palms import palms
from bulaq.demo.ornament.stars import stars
from bulaq.demo.ornament.strapwork import girih, zellij
from bulaq.demo.ornament.tiles import tiles
from bulaq.demo.ornament.waves import waves

_TURNS = (0, 0, 9, -14, 18, 22.5, 30, 45)


def draw(pattern: str, seed: str, size: tuple[int, int] = (1500, 1000)) -> Image.Image:
    """The ornament of that pattern for that seed (an article's key): always the same, and unlike any other
    seed's. ``size`` in pixels. Raises ValueError for an unknown pattern."""
    if pattern not in PATTERNS:
        raise ValueError(f"unknown pattern {pattern!r}; known: {', '.join(PATTERNS)}")
    random = Random(zlib.crc32(f"{pattern}/{seed}".encode()))  # noqa: S311 -- a picture, not a secret
    palette = palettes.choose(random)
    turn = random.choice(_TURNS)
    centre = complex(random.uniform(-4, 4), random.uniform(-4, 4))
    by_width = size[0] / 1500

    def canvas_of(ground: Colour, unit: float, *, upright: bool = False) -> Canvas:
        return Canvas(size, ground, unit * by_width, 0 if upright else turn, 0 if upright else centre)

    canvas = PATTERNS[pattern](canvas_of, palette, random)
    return canvas.image.reduce(SUPERSAMPLING)


PATTERNS: dict[str, Callable[..., Canvas]] = {
    "girih": girih,
    "zellij": zellij,
    "khatam": khatam,
    "mashrabiya": mashrabiya,
    "arabesque": arabesque,
    "waves": waves,
    "palms": palms,
    "stars": stars,
    "tiles": tiles,
    "knots": knots,
}
