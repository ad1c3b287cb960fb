"""Arabesque: a stem that rolls into spirals, each spiral ending in a flower, half-palmettes along the way."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from random import Random

from bulaq.demo.ornament.canvas import Canvas, offsets
from bulaq.demo.ornament.palette import Colour, Palette, mix


def arabesque(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Spirals of one hand on a square grid: two stems that meet on a cell's side run on into each other as an S."""
    dark = random.random() < 0.65
    ground = (
        random.choice((palette.dark, palette.dark, palette.first))
        if dark
        else mix(palette.light, palette.third, 0.1)
    )
    stem = palette.light if dark else palette.dark
    canvas = canvas_of(ground, random.uniform(210, 560))
    rolls = random.uniform(1.35, 1.75)
    petals = random.choice((5, 6, 8))
    leaf_colours = [c for c in (palette.second, palette.third, palette.first) if c != ground]
    flower = leaf_colours[0], leaf_colours[-1], (palette.light if dark else palette.dark)
    cells = [at for _, _, at in canvas.squares()]
    for at in cells:
        _half_cell_star(canvas, at + (0.5 + 0.5j), mix(ground, leaf_colours[0], 0.8), stem, ground)
    hand = random.choice((1, -1))
    for layer in ("stem", "leaf", "flower"):
        for at in cells:
            _roll(canvas, at, hand, rolls, layer, stem, leaf_colours, flower, petals)
    return canvas


def _roll(
    canvas: Canvas,
    at: complex,
    hand: int,
    rolls: float,
    layer: str,
    stem: Colour,
    leaves: list[Colour],
    flower: tuple[Colour, Colour, Colour],
    petals: int,
) -> None:
    """Four stems come in from the middles of the cell's sides: two of them roll, two are offshoots."""
    for start in (0, math.pi):
        spiral = _spiral(at, start, hand, rolls)
        if layer == "stem":
            left, right = _tapering(spiral, 0.026, 0.012)
            canvas.polygon([*left, *reversed(right)], stem)
            across = [at + (p - at) * cmath.rect(1, math.pi / 2 * hand) for p in spiral[:22]]
            left, right = _tapering(across, 0.022, 0.008)
            canvas.polygon([*left, *reversed(right)], stem)
        elif layer == "leaf":
            for n, k in enumerate(range(8, len(spiral) - 10, 9)):
                away = spiral[k + 1] - spiral[k - 1]
                away /= abs(away)
                size = 0.27 * abs(spiral[k] - at) / 0.5 + 0.03
                side = hand * (-1 if n % 2 else 1)
                _palmette(
                    canvas,
                    spiral[k],
                    away * cmath.rect(1, side * 0.6),
                    size,
                    side,
                    leaves[n % len(leaves)],
                    stem,
                )
    if layer == "flower":
        _rosette(canvas, at, 0.145, petals, flower)


def _spiral(at: complex, start: float, hand: int, rolls: float) -> list[complex]:
    """From the cell's side inwards; the radius falls so that the stem leaves the side at a slant."""
    steps = 60
    points = []
    for k in range(steps + 1):
        t = k / steps
        radius = 0.5 * (1 - t) ** 0.8 + 0.1 * t
        points.append(at + cmath.rect(radius, start + hand * math.tau * rolls * 0.5 * t))
    return points


def _tapering(points: list[complex], first: float, last: float) -> tuple[list[complex], list[complex]]:
    left, right = offsets(points, 1, False)
    n = len(points) - 1
    widths = [first + (last - first) * k / n for k in range(n + 1)]
    return (
        [p + (q - p) * w for p, q, w in zip(points, left, widths, strict=True)],
        [p + (q - p) * w for p, q, w in zip(points, right, widths, strict=True)],
    )


def _palmette(
    canvas: Canvas, root: complex, along: complex, size: float, side: int, fill: Colour, rim: Colour
) -> None:
    """A split leaf: a long lobe that curls over and a short one that curls back."""

    def lobe(length: float, breadth: float, curl: float) -> list[complex]:
        outer, inner = [], []
        for k in range(13):
            t = k / 12
            axis = root + along * size * length * cmath.rect(t, side * curl * t)
            swell = breadth * size * math.sin(math.pi * t**0.75)
            normal = along * cmath.rect(1, side * curl * t * 1.6) * 1j * side
            outer.append(axis + normal * swell)
            inner.append(axis - normal * swell * 0.35)
        return [*outer, *reversed(inner)]

    for length, breadth, curl in ((1.0, 0.26, 0.9), (0.5, 0.2, -1.3)):
        shape = lobe(length, breadth, curl)
        canvas.polygon(shape, fill)
        canvas.strap(shape, 0.007, rim, closed=True)


def _rosette(
    canvas: Canvas, at: complex, radius: float, petals: int, colours: tuple[Colour, Colour, Colour]
) -> None:
    outer, inner, eye = colours
    for ring, (size, colour) in enumerate(((radius, outer), (radius * 0.66, inner))):
        for k in range(petals):
            centre = at + cmath.rect(size * 0.62, math.tau * (k + ring / 2) / petals)
            canvas.disc(centre, size * 0.46, eye)
        for k in range(petals):
            centre = at + cmath.rect(size * 0.62, math.tau * (k + ring / 2) / petals)
            canvas.disc(centre, size * 0.46 - 0.007, colour)
    canvas.disc(at, radius * 0.3, eye)
    canvas.disc(at, radius * 0.18, outer)


def _half_cell_star(canvas: Canvas, at: complex, fill: Colour, rim: Colour, ground: Colour) -> None:
    """A four-lobed flower where four cells meet."""
    for k in range(4):
        tip = cmath.rect(1, math.tau * (k + 0.5) / 4)
        shape = [
            at + tip * complex(0.2 * t, 0.075 * math.sin(math.pi * t) ** 0.7)
            for t in (n / 10 for n in range(11))
        ]
        shape += [
            at + tip * complex(0.2 * t, -0.075 * math.sin(math.pi * t) ** 0.7)
            for t in (n / 10 for n in range(10, -1, -1))
        ]
        canvas.polygon(shape, fill)
    canvas.disc(at, 0.05, rim)
    canvas.disc(at, 0.03, ground)
