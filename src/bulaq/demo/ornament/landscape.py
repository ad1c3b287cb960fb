"""What the pictures of places share: dunes, the fading sky, the warm and the cool colour of a palette."""

from __future__ import annotations

import math
from random import Random
from typing import Protocol

from PIL import Image

from bulaq.demo.ornament.canvas import Canvas
from bulaq.demo.ornament.palette import Colour, Palette, mix


class CanvasOf(Protocol):
    """Makes the canvas: ``upright`` ones have the horizon level and the picture's middle at 0."""

    def __call__(self, ground: Colour, unit: float, *, upright: bool = False) -> Canvas: ...


def dunes(canvas: Canvas, palette: Palette, random: Random, top: float, rows: int, haze: float) -> None:
    """Crests one before the other, each with a lit and a shaded side and the wind's ripples along it."""
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    sand = warmest(palette)
    for row in range(rows):
        share = (row + 1) / rows
        base = top + (half_height - top) * row / rows
        waves_of = [
            (random.uniform(0.25, 0.7), random.uniform(5, 11), random.uniform(0, math.tau)) for _ in range(2)
        ]

        def ridge(
            x: float, parts: list[tuple[float, float, float]] = waves_of, level: float = base
        ) -> complex:
            lift = sum(h * (1 - abs(math.sin(math.pi * x / length + phase))) for h, length, phase in parts)
            return complex(x, level - lift)

        crest = [ridge(-half_width - 0.5 + k * 0.12) for k in range(int((2 * half_width + 1) / 0.12) + 2)]
        lit = mix(mix(sand, palette.light, 0.35 - 0.25 * share), palette.light, haze * (1 - share))
        shade = mix(lit, palette.dark, 0.45 + 0.25 * share)
        floor = half_height + 1
        canvas.polygon([*crest, complex(half_width + 1, floor), complex(-half_width - 1, floor)], shade)
        bright = [p + 1j * (0.1 + 0.5 * abs(math.sin(p.real * 0.45 + row))) for p in crest]
        canvas.polygon([*crest, *reversed(bright)], lit)
        for k in range(1, 7):
            line = [p + 1j * (0.14 * k * (1 + share)) for p in bright]
            canvas.strap(line, 0.018, mix(shade, lit, 0.42 - 0.05 * k))


def fade(canvas: Canvas, top: Colour, bottom: Colour) -> None:
    """Fills the picture from ``top`` to ``bottom``."""
    mask = Image.linear_gradient("L").resize((canvas.width, canvas.height))
    canvas.image.paste(bottom, (0, 0), mask)


def warmest(palette: Palette) -> Colour:
    return max(palette.rich, key=lambda c: c[0] - c[2])


def coolest(palette: Palette) -> Colour:
    return min(palette.rich, key=lambda c: c[0] - c[2])
