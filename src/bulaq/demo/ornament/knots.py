"""Knots: plaited cords on a square grid, turned back at breaks that mirror each other."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from random import Random

from bulaq.demo.ornament.canvas import Canvas, ngon
from bulaq.demo.ornament.palette import Colour, Palette, mix

Site = tuple[int, int, complex]
"""The middle of an edge of the grid, by its place in half steps, where two strands meet."""


def knots(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Plaitwork: strands at 45° that cross in the middle of every grid edge, save where a break turns them
    back. The breaks repeat with a mirrored period, so the cords close into knots. Of two strands at a crossing
    the one above is chosen by the crossing's parity, which weaves any such figure."""
    dark_ground = random.random() < 0.6
    ground = palette.dark if dark_ground else mix(palette.light, palette.third, 0.25)
    cord = palette.light if dark_ground else palette.first
    rim = palette.night if dark_ground else palette.light
    canvas = canvas_of(ground, random.uniform(110, 175))
    breaks = _Breaks(random)
    sites = _sites(canvas)
    _lozenges(canvas, sites, (mix(ground, palette.second, 0.75), mix(ground, palette.third, 0.75)))
    width = random.uniform(0.2, 0.25)
    inlay = mix(cord, palette.second, 0.75)
    _cords(canvas, sites, breaks, ((width + 0.07, rim), (width, cord), (width * 0.34, inlay)))
    return canvas


class _Breaks:
    """Where strands are turned back: beside a horizontal or a vertical wall, "h" or "v"; elsewhere they cross, "x"."""

    def __init__(self, random: Random) -> None:
        self._period = random.choice((2, 3, 3, 4))
        share = random.uniform(0.3, 0.5)
        self._walls: dict[tuple[int, int], str] = {}
        for x in range(2 * self._period + 1):
            for y in range(x):
                if (x + y) % 2 and random.random() < share:
                    wall = random.choice("hv")
                    self._walls[x, y] = wall
                    self._walls[y, x] = "v" if wall == "h" else "h"  # mirrored in the diagonal as well

    def at(self, x: int, y: int) -> str:
        return self._walls.get((self._folded(x), self._folded(y)), "x")

    def _folded(self, x: int) -> int:
        x %= 4 * self._period
        return min(x, 4 * self._period - x)


def _sites(canvas: Canvas) -> list[Site]:
    reach = int(canvas.reach * 2) + 4
    cx, cy = round(canvas.centre.real * 2), round(canvas.centre.imag * 2)
    return [
        (x, y, complex(x, y) / 2)
        for x in range(cx - reach, cx + reach)
        for y in range(cy - reach, cy + reach)
        if (x + y) % 2 and canvas.sees(complex(x, y) / 2, 1)
    ]


def _lozenges(canvas: Canvas, sites: list[Site], colours: tuple[Colour, Colour]) -> None:
    """Between the cords, in two colours by turns."""
    for x, _, at in sites:
        for corner in (at + 0.5, at + 0.5j):
            canvas.polygon(ngon(4, corner, 0.5, 0), colours[0 if x % 2 == (corner == at + 0.5) else 1])


def _cords(
    canvas: Canvas, sites: list[Site], breaks: _Breaks, layers: tuple[tuple[float, Colour], ...]
) -> None:
    """In layers of breadth and colour, the broadest first; at a crossing one strand is drawn once more, above."""
    paths = {(x, y): _turns(breaks.at(x, y), at) for x, y, at in sites}
    for breadth, colour in layers:
        for x, y, _ in sites:
            for path in paths[x, y]:
                canvas.strap(path, breadth, colour)
    for x, y, at in sites:
        if breaks.at(x, y) != "x":
            continue
        along = cmath.rect(1, math.radians(45 if x % 2 else -45))
        for layer, (breadth, colour) in enumerate(layers):
            half = 0.22 + 0.02 * (layer > 0)  # past the rim's ends, or a hair of it shows across the cord
            canvas.strap((at - along * half, at + along * half), breadth, colour)


def _turns(state: str, at: complex) -> list[list[complex]]:
    """The two strands of one site, each from one side of its diamond to another: crossed, or turned back."""
    east_south, south_west, west_north, north_east = (
        at + 0.25 * d for d in (1 + 1j, -1 + 1j, -1 - 1j, 1 - 1j)
    )
    if state == "x":
        return [[east_south, west_north], [south_west, north_east]]
    out = 0.04  # a strand enters a site along its diagonal, then bends round
    if state == "h":
        pairs = ((west_north, north_east, -1j), (south_west, east_south, 1j))
    else:
        pairs = ((west_north, south_west, -1 + 0j), (north_east, east_south, 1 + 0j))
    paths = []
    for start, end, side in pairs:
        dive = 0.12
        to_middle = [p + (at - p) / abs(at - p) * dive for p in (start, end)]
        bend = at + side * (0.13 + out)
        paths.append([start, to_middle[0], *_curve(to_middle[0], bend, to_middle[1]), to_middle[1], end])
    return paths


def _curve(a: complex, through: complex, b: complex) -> list[complex]:
    control = 2 * through - (a + b) / 2
    return [(1 - t) ** 2 * a + 2 * t * (1 - t) * control + t * t * b for t in (k / 8 for k in range(1, 8))]
