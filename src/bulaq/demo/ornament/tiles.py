"""Cement tiles, as they pave the halls of houses round the Mediterranean."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from random import Random

from bulaq.demo.ornament.canvas import QUARTERS, Canvas, star
from bulaq.demo.ornament.palette import Colour, Palette, mix


def tiles(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Cement tiles: one or two designs of eightfold symmetry, laid by turns; all share the quarter rosettes
    of their corners, which meet across the joints."""
    canvas = canvas_of(palette.dark, random.uniform(200, 310))
    grounds = random.sample((palette.light, palette.light, palette.dark, palette.first), 2)
    designs = [_design(palette, ground, random) for ground in grounds[: random.choice((1, 2, 2))]]
    slope = random.choice((1, 1, 0))
    squares = canvas.squares()
    for i, j, at in squares:
        designs[(i + slope * j) % len(designs)](canvas, at)
    outer, inner = random.sample(palette.rich, 2)
    radius, n = random.uniform(0.26, 0.36), random.choice((8, 8, 12))
    edge = random.choice((palette.dark, outer))
    bars = random.random() < 0.5
    for _, _, at in squares:
        corner = at + (0.5 + 0.5j)
        if bars:
            for way in (1, 1j):
                canvas.polygon(_leaf(corner, corner + way, 0.07), inner)
        canvas.disc(corner, radius, edge)
        canvas.disc(corner, radius * 0.88, palette.light)
        canvas.polygon(star(n, n // 4 + 1, corner, radius * 0.82), outer)
        for k in range(n):
            tip = corner + cmath.rect(radius * 0.6, math.tau * (k + 0.5) / n)
            canvas.polygon(_leaf(corner, tip, 1.4 / n), palette.light if k % 2 else inner)
        canvas.disc(corner, radius * 0.2, palette.dark)
        canvas.disc(corner, radius * 0.1, palette.light)
    line = mix(palette.dark, palette.light, 0.45)
    for _, _, at in squares:
        canvas.strap([at + (0.5 + 0.5j) * q for q in QUARTERS], 0.007, line, closed=True)
    return canvas


def _design(palette: Palette, ground: Colour, random: Random) -> Callable[[Canvas, complex], None]:
    petal, heart, ring = random.sample([c for c in (*palette.rich, palette.dark) if c != ground], 3)
    pale = palette.light if ground != palette.light else mix(palette.light, petal, 0.25)
    petals, length = random.choice((8, 8, 12, 16)), random.uniform(0.38, 0.47)
    n = random.choice((8, 12, 16))
    framed = random.random() < 0.5

    def lay(canvas: Canvas, at: complex) -> None:
        canvas.polygon([at + (0.5 + 0.5j) * q for q in QUARTERS], ground)
        if framed:
            canvas.polygon(star(8, 2, at, 0.5), ring)
            canvas.polygon(star(8, 2, at, 0.46), ground)
        for k in range(petals):
            tip = cmath.rect(1, math.tau * k / petals)
            reach = length if k % 2 == 0 else length * 0.8
            canvas.polygon(_leaf(at, at + tip * reach, 1.5 / petals), petal if k % 2 == 0 else heart)
            canvas.polygon(_leaf(at + tip * reach * 0.3, at + tip * reach * 0.85, 0.55 / petals), pale)
        canvas.disc(at, 0.19, ground)
        canvas.polygon(star(n, n // 4 + 1, at, 0.18), ring)
        canvas.polygon(star(n, n // 4 + 1, at, 0.12, 180 / n), pale)
        canvas.disc(at, 0.05, heart)

    return lay


def _leaf(root: complex, tip: complex, breadth: float) -> list[complex]:
    """A pointed oval from root to tip; ``breadth`` as a share of its length."""
    axis = tip - root
    steps = [k / 10 for k in range(11)]
    edge = [root + axis * complex(t, breadth * math.sin(math.pi * t)) for t in steps]
    return edge + [root + axis * complex(t, -breadth * math.sin(math.pi * t)) for t in reversed(steps)]
