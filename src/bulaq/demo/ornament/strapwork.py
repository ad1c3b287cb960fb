"""Girih and zellij: stars found by the polygons-in-contact method, woven as straps or cut as tiles.

From the middle of every edge of a tiling two rays leave into each polygon at one contact angle. In a regular
n-gon and with the angle 180° d/n they draw the star polygon {n/d}. Each ray ends where it meets a ray of a
further edge; the rays it passes on the way are crossings. Because a ray that leans left on one side of an edge
leans left on the other too, the rule "left over right on edges, then by turns inwards" weaves the whole plane.

The method: E. H. Hankin, The Drawing of Geometric Patterns in Saracenic Art (1925); C. S. Kaplan, Islamic
Star Patterns from Polygons in Contact (2005).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from bulaq.demo.ornament.canvas import Canvas, meet, ngon, star
from bulaq.demo.ornament.palette import Colour, Palette, luminance, mix

Polygon = list[complex]


@dataclass(frozen=True, slots=True)
class Tiling:
    """A periodic tiling by polygons of edge 1: two steps of its lattice, the polygons of one cell, the
    degrees of its contact angles, and the pattern units a picture's width may hold."""

    steps: tuple[complex, complex]
    cell: tuple[Polygon, ...]
    angles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Motif:
    """What the rays draw in one polygon: its straps, the points they cross at with the direction of the upper
    and of the lower strap, and its areas from the outermost inwards."""

    straps: tuple[tuple[complex, complex, complex], ...]
    crossings: tuple[tuple[complex, complex, complex], ...]
    areas: tuple[Polygon, ...]
    centre: complex
    sides: int


def girih(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Interlaced straps over stars."""
    tiling = _TILINGS[random.choice(("eight", "ten", "ten", "twelve", "six-twelve", "six"))]
    angle = random.choice(tiling.angles)
    ground, strap, line = _woven_colours(palette, random)
    canvas = canvas_of(ground, random.uniform(88, 150))
    motifs = _motifs(canvas, tiling, angle)
    width = random.uniform(0.1, 0.15)
    kinds = sorted({motif.sides for motif in motifs})
    order = random.sample(palette.rich, 3)
    for motif in motifs:
        kind = kinds.index(motif.sides)
        for depth, area in enumerate(motif.areas):
            canvas.polygon(area, order[(kind + depth) % 3])
        if motif.sides >= 8:
            canvas.polygon(
                star(motif.sides, motif.sides // 3, motif.centre, 0.42, 360 / motif.sides / 2), ground
            )
    _weave(canvas, motifs, width, strap, line)
    return canvas


def zellij(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """The same stars cut as glazed pieces: no strap, a pale joint, glaze that differs from piece to piece."""
    tiling = _TILINGS[random.choice(("eight", "eight", "twelve", "six-twelve", "ten"))]
    angle = random.choice(tiling.angles)
    ground = random.choice((palette.dark, mix(palette.light, palette.third, 0.12), palette.first))
    joint = palette.light if luminance(ground) < 170 else palette.dark
    canvas = canvas_of(ground, random.uniform(95, 170))
    motifs = _motifs(canvas, tiling, angle)
    kinds = sorted({motif.sides for motif in motifs})
    first, second, third = random.sample(palette.rich, 3)
    if ground == first:
        first = palette.dark
    for motif in motifs:
        kind = kinds.index(motif.sides)
        inner = (first, second, third)[(kind + 1) % 3]
        for depth, area in enumerate(motif.areas):
            centre_star = depth == len(motif.areas) - 1
            if centre_star:
                canvas.polygon(area, _fired(palette.dark if kind and depth else inner, random))
                continue
            n = motif.sides
            for i in range(n):  # the kite at each tip is a piece of its own
                tip, right, left = area[2 * i], area[(2 * i + 1) % (2 * n)], area[2 * i - 1]
                inmost = motif.areas[depth + 1]
                nearest = min(inmost[1::2], key=partial(_apart, tip))
                piece = (third, second)[i % 2] if n % 2 == 0 else third
                canvas.polygon([tip, right, nearest, left], _fired(piece, random))
        if motif.sides >= 8:
            n = motif.sides
            canvas.polygon(star(n, n // 3, motif.centre, 0.62, 180 / n), joint)
            canvas.polygon(star(n, n // 3, motif.centre, 0.54, 180 / n), third)
            canvas.disc(motif.centre, 0.14, joint)
    for motif in motifs:
        for strap in motif.straps:
            canvas.strap(strap, 0.05, joint)
    return canvas


def _apart(a: complex, b: complex) -> float:
    return abs(a - b)


def _fired(colour: Colour, random: Random) -> Colour:
    """No two pieces leave the kiln alike."""
    shade = random.uniform(-0.1, 0.1)
    return mix(colour, (255, 250, 235), shade) if shade > 0 else mix(colour, (20, 15, 20), -shade)


def _woven_colours(palette: Palette, random: Random) -> tuple[Colour, Colour, Colour]:
    """Ground, strap and the line along the strap: pale straps on dark or dark ones on pale."""
    if random.random() < 0.6:
        return palette.dark, palette.light, palette.night
    return mix(palette.light, palette.third, 0.18), palette.dark, palette.light


def _weave(canvas: Canvas, motifs: list[Motif], width: float, strap: Colour, line: Colour) -> None:
    rim = max(0.022, width * 0.2)
    inlay = mix(strap, line, 0.28) if luminance(strap) > luminance(line) else mix(strap, line, 0.4)
    for colour, breadth in ((line, width + 2 * rim), (strap, width), (inlay, width * 0.24)):
        for motif in motifs:
            for points in motif.straps:
                canvas.strap(points, breadth, colour)
    for motif in motifs:
        for at, over, under in motif.crossings:
            sine = abs((over.conjugate() * under).imag)
            cosine = abs((over.conjugate() * under).real)
            half = (width / 2 + rim) * (1 + cosine) / max(sine, 0.3)
            canvas.strap((at - over * half, at + over * half), width + 2 * rim, line)
            half += 0.02  # past the rim's ends, or a hair of it shows across the strap
            ends = (at - over * half, at + over * half)
            canvas.strap(ends, width, strap)
            canvas.strap(ends, width * 0.24, inlay)


def _motifs(canvas: Canvas, tiling: Tiling, angle: float) -> list[Motif]:
    models = [(_motif(polygon, angle), sum(polygon) / len(polygon)) for polygon in tiling.cell]
    return [
        _moved(model, by)
        for by in _lattice(canvas, tiling.steps)
        for model, centre in models
        if canvas.sees(centre + by, 2.2)
    ]


def _lattice(canvas: Canvas, steps: tuple[complex, complex]) -> Iterator[complex]:
    a, b = steps
    det = (a.conjugate() * b).imag
    reach = int((canvas.reach + 3) / min(abs(det) / abs(a), abs(det) / abs(b))) + 2
    home_b = round((a.conjugate() * canvas.centre).imag / det)
    home_a = round((canvas.centre.conjugate() * b).imag / det)
    for i in range(home_a - reach, home_a + reach + 1):
        for j in range(home_b - reach, home_b + reach + 1):
            yield i * a + j * b


def _moved(motif: Motif, by: complex) -> Motif:
    return Motif(
        tuple((p + by, q + by, r + by) for p, q, r in motif.straps),
        tuple((at + by, over, under) for at, over, under in motif.crossings),
        tuple([p + by for p in area] for area in motif.areas),
        motif.centre + by,
        motif.sides,
    )


def _motif(corners: Polygon, angle: float) -> Motif:
    n = len(corners)
    turn = cmath.rect(1, math.radians(angle))
    edges = [(corners[(i + 1) % n] - corners[i]) for i in range(n)]
    edges = [edge / abs(edge) for edge in edges]
    middles = [(corners[(i + 1) % n] + corners[i]) / 2 for i in range(n)]
    left = [edge * turn for edge in edges]  # leans towards the next edge
    right = [-edge * turn.conjugate() for edge in edges]  # leans towards the one before
    centre = sum(corners) / n
    on_edges = tuple((middles[i], left[i], right[i]) for i in range(n))
    if _is_regular(corners, centre):
        deepest = max(1, min(math.ceil(angle * n / 180 - 1e-6) - 1, 3 if n > 10 else 2))
        rings: list[list[complex]] = []
        for k in range(1, deepest + 1):
            ring = []
            for i in range(n):
                hit = meet(middles[i], left[i], middles[(i + k) % n], right[(i + k) % n])
                ring.append(middles[i] + left[i] * hit[0] if hit else centre)
            rings.append(ring)
        straps = tuple((middles[i], rings[-1][i], middles[(i + deepest) % n]) for i in range(n))
        within = []
        for k in range(1, deepest):
            for i in range(n):
                pair = (right[(i + k) % n], left[i]) if k % 2 else (left[i], right[(i + k) % n])
                within.append((rings[k - 1][i], *pair))
        areas = [_between(middles, rings[0])]
        areas += [_between(rings[k], rings[k + 1]) for k in range(deepest - 1)]
        return Motif(straps, (*on_edges, *within), tuple(areas), centre, n)
    pairs = _shortest_pairs(middles, left, right)
    straps = tuple((middles[i], at, middles[j]) for i, j, at in pairs)
    return Motif(straps, on_edges, (), centre, n)


def _is_regular(corners: Polygon, centre: complex) -> bool:
    radii = [abs(corner - centre) for corner in corners]
    return max(radii) - min(radii) < 1e-6


def _between(outer: list[complex], inner: list[complex]) -> Polygon:
    return [point for pair in zip(outer, inner, strict=True) for point in pair]


def _shortest_pairs(middles: Polygon, left: Polygon, right: Polygon) -> list[tuple[int, int, complex]]:
    """For a polygon that is not regular: each left ray with the right ray it reaches by the shortest way."""
    n = len(middles)
    ways = []
    for i in range(n):
        for j in range(n):
            hit = meet(middles[i], left[i], middles[j], right[j]) if i != j else None
            if hit and hit[0] > 1e-6 and hit[1] > 1e-6:
                ways.append((hit[0] + hit[1], i, j, middles[i] + left[i] * hit[0]))
            elif i != j and abs(((middles[j] - middles[i]) / left[i]).imag) < 1e-6:
                ways.append((abs(middles[j] - middles[i]), i, j, (middles[i] + middles[j]) / 2))
    pairs, lefts, rights = [], set(range(n)), set(range(n))
    for _, i, j, at in sorted(ways, key=lambda way: way[0]):
        if i in lefts and j in rights:
            pairs.append((i, j, at))
            lefts.discard(i)
            rights.discard(j)
    return pairs


def _regular(n: int, centre: complex, turn: float) -> Polygon:
    return ngon(n, centre, 0.5 / math.sin(math.pi / n), turn)


def _triangular(step: float) -> tuple[complex, complex]:
    return complex(step), cmath.rect(step, math.pi / 3)


def _centroids(step: float) -> tuple[complex, complex]:
    return cmath.rect(step / math.sqrt(3), math.pi / 6), cmath.rect(step / math.sqrt(3), math.pi / 2)


def _tilings() -> dict[str, Tiling]:
    root2, root3 = math.sqrt(2), math.sqrt(3)
    eight = Tiling(
        (complex(1 + root2), complex(0, 1 + root2)),
        (_regular(8, 0, 22.5), _regular(4, complex(1 + root2, 1 + root2) / 2, 0)),
        (67.5, 60, 56),
    )
    up, down = _centroids(2 + root3)
    twelve = Tiling(
        _triangular(2 + root3), (_regular(12, 0, 15), _regular(3, up, 30), _regular(3, down, 90)), (75, 67.5)
    )
    step = 3 + root3
    up, down = _centroids(step)
    squares = tuple(_regular(4, cmath.rect(step / 2, math.radians(a)), a + 45) for a in (0, 60, 120))
    six_twelve = Tiling(
        _triangular(step),
        (_regular(12, 0, 15), *squares, _regular(6, up, 0), _regular(6, down, 0)),
        (60, 67.5),
    )
    step = 1 + root3
    up, down = _centroids(step)
    squares = tuple(_regular(4, cmath.rect(step / 2, math.radians(a)), a + 45) for a in (0, 60, 120))
    six = Tiling(
        _triangular(step),
        (_regular(6, 0, 30), *squares, _regular(3, up, 90), _regular(3, down, 30)),
        (67.5, 75),
    )
    apothem, radius = 0.5 / math.tan(math.pi / 10), 0.5 / math.sin(math.pi / 10)
    a, b = (cmath.rect(2 * apothem, math.radians(d)) for d in (-36, 36))

    def at(base: complex, degrees: float) -> complex:
        return base + cmath.rect(radius, math.radians(degrees))

    bow = [at(0, -18), at(a, 90), at(a, 54), at(a + b, 162), at(b, -90), at(0, 18)]
    ten = Tiling((a, b), (_regular(10, 0, 18), bow), (54, 72))
    return {"eight": eight, "twelve": twelve, "six-twelve": six_twelve, "six": six, "ten": ten}


_TILINGS = _tilings()
