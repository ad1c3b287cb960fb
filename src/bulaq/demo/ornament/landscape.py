"""Waves, palms and stars: places, seen the way an ornament sees them."""

from __future__ import annotations

import cmath
import math
from itertools import pairwise
from random import Random
from typing import Protocol

from PIL import Image

from bulaq.demo.ornament.canvas import Canvas, star
from bulaq.demo.ornament.palette import Colour, Palette, mix


class CanvasOf(Protocol):
    """Makes the canvas: ``upright`` ones have the horizon level and the picture's middle at 0."""

    def __call__(self, ground: Colour, unit: float, *, upright: bool = False) -> Canvas: ...


def waves(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """Rows of water: overlapping scales of concentric rings, or long swells with lines that follow them."""
    return (_scales if random.random() < 0.35 else _swells)(canvas_of, palette, random)


def _scales(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    canvas = canvas_of(palette.dark, random.uniform(120, 200), upright=True)
    half = (canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2)
    rings = random.choice((4, 5, 6))
    drop = random.uniform(0.42, 0.5)
    rows = int(2 * half[1] / drop) + 4
    for row in range(rows):
        y = -half[1] - 0.5 + row * drop
        share = row / rows
        tone = mix(palette.first, palette.second, share)
        columns = int(half[0]) + 2
        for column in range(-columns, columns + 1):
            at = complex(column + row % 2 / 2, y)
            accent = (column * 2 + row) % 7 == 0 and row % 3 == 0
            for k in range(rings):
                radius = 0.5 * (1 - k / rings)
                inked = palette.third if accent else tone
                canvas.disc(at, radius, (palette.light, inked, palette.dark)[0 if k % 2 else 1])
            canvas.disc(at, 0.5 / rings * 0.6, palette.dark)
    return canvas


def _swells(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    warm, cool = _warmest(palette), _coolest(palette)
    other = next(colour for colour in palette.rich if colour not in (warm, cool))
    sky = mix(palette.light, random.choice((warm, other)), random.uniform(0.08, 0.4))
    canvas = canvas_of(sky, 100, upright=True)
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    horizon = -half_height * random.uniform(0.2, 0.7)
    sun = complex(random.uniform(-0.6, 0.6) * half_width, horizon - random.uniform(0.2, 1.2))
    size = random.uniform(1.3, 2.3)
    for k in range(5):
        canvas.ring(sun, size + 0.22 + k * 0.24, 0.07, mix(sky, warm, 0.75 - 0.13 * k))
    canvas.disc(sun, size, warm)
    count = random.randint(7, 10)
    for row in range(count):
        share = row / (count - 1)
        base = horizon + (half_height + 1.6 - horizon) * share**1.35
        height, length = 0.12 + 0.5 * share, 1.6 + 4.2 * share
        phase = random.uniform(0, math.tau)
        colour = mix(mix(cool, palette.light, 0.35), palette.dark, share)
        crest = _crest(half_width, base, height, length, phase)
        canvas.polygon(
            [*crest, complex(half_width + 1, half_height + 2), complex(-half_width - 1, half_height + 2)],
            colour,
        )
        canvas.strap(crest, 0.04 + 0.03 * share, palette.light)
        for line in range(1, 5):
            below = [p + 1j * line * (0.12 + 0.16 * share) for p in crest]
            tint = mix(colour, palette.light if line % 2 else other, 0.5 - 0.09 * line)
            canvas.strap(below, 0.02 + 0.03 * share, tint)
    return canvas


def _crest(half_width: float, base: float, height: float, length: float, phase: float) -> list[complex]:
    """A trochoid: sharp crests and broad troughs, as water stands."""
    points, steps = [], int((2 * half_width + 3 * length) / length * 24)
    for k in range(steps):
        t = math.tau * k / 24 + phase - math.tau
        x = -half_width - length + length * t / math.tau - 0.11 * length * math.sin(t)
        points.append(complex(x, base - height * math.cos(t) * 0.5))
    return points


def palms(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """A grove below a sun: fronds that spring from one heart, bunches of dates, a lattice of bark, water."""
    night = random.random() < 0.4
    warm, cool = _warmest(palette), _coolest(palette)
    sky = mix(palette.dark, cool, 0.3) if night else mix(palette.light, cool, random.uniform(0.1, 0.4))
    low = mix(warm, palette.dark, 0.35) if night else mix(palette.light, warm, random.uniform(0.25, 0.5))
    canvas = canvas_of(sky, 100, upright=True)
    _fade(canvas, sky, low)
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    sun = complex(random.uniform(-0.7, 0.7) * half_width, random.uniform(-0.5, 0.0) * half_height)
    size = random.uniform(1.1, 2.2)
    disc = palette.light if night else mix(warm, palette.light, 0.1)
    for k in range(3):
        canvas.ring(sun, size + 0.25 + 0.28 * k, 0.05, mix(sky, disc, 0.55 - 0.15 * k))
    canvas.disc(sun, size, disc)
    ground = half_height * random.uniform(0.5, 0.66)
    _dunes(canvas, palette, random, ground - 1.5, 2, fade=0.45)
    places = sorted(
        (random.uniform(0, 1), (k + random.uniform(0.2, 0.8)) / 6 * 2 * half_width - half_width)
        for k in range(6)
    )
    leaves = min((*palette.rich, palette.dark), key=lambda c: c[0] * 2 + c[2] - c[1] * 2.2)
    leaves = mix(leaves, palette.light, 0.15) if night else mix(leaves, palette.dark, 0.4)
    for depth, x in places[:5]:
        foot = complex(x, ground + depth * half_height * 0.22)
        tone = mix(leaves, low, 0.45 * (1 - depth))
        _palm(
            canvas, foot, 2.6 + 2.2 * depth, tone, mix(palette.dark, low, 0.4 * (1 - depth)), palette, random
        )
    _dunes(canvas, palette, random, half_height * 0.83, 2, fade=0)
    return canvas


def _palm(
    canvas: Canvas, foot: complex, height: float, leaf: Colour, bark: Colour, palette: Palette, random: Random
) -> None:
    lean = random.uniform(-0.12, 0.12)
    spine = [foot + complex(lean * height * t * t, -height * t) for t in (k / 14 for k in range(15))]
    crown, thick = spine[-1], 0.042 * height
    for k, (a, b) in enumerate(pairwise(spine)):  # each year's leaf bases flare a little
        side = thick * (1.35 - 0.4 * k / 14)
        canvas.polygon(
            [a - side * 0.8, a + side * 0.8, b + side, b - side], bark if k % 2 else mix(bark, leaf, 0.25)
        )
    fronds = random.choice((11, 13, 15))
    order = sorted(range(fronds), key=lambda k: abs(k - (fronds - 1) / 2), reverse=True)
    for k in order:
        angle = math.radians(-200 + 220 * k / (fronds - 1))
        _frond(
            canvas,
            crown,
            angle,
            height * 0.5 * random.uniform(0.92, 1.05),
            mix(leaf, palette.light, 0.22 if k % 2 else 0.0),
        )
    for side in (-1, 1):
        hang = crown + complex(side * 0.07, 0.05) * height
        for k in range(9):
            at = hang + complex(side * 0.012 * (k % 3 - 1) * 2, 0.022 * (k // 3) * 1.4) * height
            canvas.disc(
                at, 0.02 * height, mix(_warmest(palette), palette.light, 0.2) if k % 2 else _warmest(palette)
            )


def _frond(canvas: Canvas, heart: complex, angle: float, length: float, colour: Colour) -> None:
    """A rib that bows under its weight, with leaflets on both sides that shorten to its tip."""
    rib, step = [heart], 14
    for k in range(step):
        t = k / step
        droop = math.radians(70) * t * math.cos(angle)
        rib.append(rib[-1] + cmath.rect(length / step, angle + droop))
    canvas.strap(rib, 0.022 * length, colour)
    for k in range(2, step + 1):
        along = rib[k] - rib[k - 1]
        along /= abs(along)
        leaflet = length * 0.3 * math.sin(math.pi * (0.12 + 0.8 * k / step)) ** 0.8
        for side in (-1, 1):
            tip = rib[k] + along * cmath.rect(leaflet, side * 0.75)
            canvas.polygon([rib[k] - along * 0.03 * length, tip, rib[k] + along * 0.03 * length], colour)


def stars(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """Star polygons {8/3}, {10/3} and {12/5} in a sky over dunes."""
    dusk = random.random() < 0.5
    top = mix(palette.night, (16, 22, 58), 0.45)
    low = mix(top, _warmest(palette), 0.62) if dusk else mix(top, _coolest(palette), 0.6)
    canvas = canvas_of(top, 100, upright=True)
    _fade(canvas, top, low)
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    horizon = half_height * random.uniform(0.15, 0.45)
    for _ in range(260):
        at = complex(random.uniform(-half_width, half_width), random.uniform(-half_height, horizon))
        canvas.disc(
            at, random.choice((0.012, 0.016, 0.024)), mix(low, palette.light, random.uniform(0.3, 0.95))
        )
    placed: list[tuple[complex, float]] = []
    sizes = [random.uniform(1.3, 1.9)] + [random.uniform(0.5, 0.8) for _ in range(3)]
    sizes += [random.uniform(0.18, 0.36) for _ in range(14)]
    for size in sizes:
        for _ in range(30):
            at = complex(
                random.uniform(-0.96, 0.96) * half_width,
                random.uniform(-half_height * 0.9, horizon - 1.2 - size * 0.5),
            )
            if all(abs(at - other) > size + radius + 0.35 for other, radius in placed):
                placed.append((at, size))
                break
    thread = mix(low, palette.light, 0.35)
    for a, b in _constellations([at for at, size in placed if size < 0.9], 3.2):
        canvas.strap([a, b], 0.018, thread)
    for at, size in placed:
        _bright(canvas, at, size, top, palette, random)
    _dunes(canvas, palette, random, horizon + 0.4, random.choice((4, 5)), fade=0.25)
    return canvas


def _constellations(points: list[complex], longest: float) -> list[tuple[complex, complex]]:
    """The shortest threads that join every star to the rest, save those longer than ``longest`` (Prim)."""
    joined, free, threads = points[:1], points[1:], []
    while free:
        a, b = min(((p, q) for p in joined for q in free), key=lambda pair: abs(pair[0] - pair[1]))
        joined.append(b)
        free.remove(b)
        if abs(a - b) <= longest:
            threads.append((a, b))
    return threads


def _bright(canvas: Canvas, at: complex, size: float, sky: Colour, palette: Palette, random: Random) -> None:
    n, step = random.choice(((8, 3), (8, 3), (10, 3), (12, 5)))
    turn = random.uniform(0, 360 / n)
    if size < 0.45:
        canvas.polygon(star(n, step, at, size, turn), palette.light)
        return
    canvas.polygon(star(n, step, at, size, turn), palette.light)
    tips = star(n, step, at, size, turn)
    for k in range(n):  # each tip is cut along its ridge: one face in the light, one in the shade
        canvas.polygon([at, tips[2 * k], tips[2 * k + 1]], mix(palette.third, palette.light, 0.2))
    canvas.polygon(star(n, 3, at, size * 0.46, turn + 180 / n), sky)
    canvas.polygon(star(n, 3, at, size * 0.38, turn + 180 / n), palette.second)
    canvas.polygon(star(n, 2, at, size * 0.2, turn), palette.light)
    if size > 1.2:
        canvas.ring(at, size * 1.12, 0.03, mix(sky, palette.third, 0.6))
        for k in range(n):
            canvas.disc(
                at + cmath.rect(size * 1.12, math.radians(turn) + math.tau * (k + 0.5) / n),
                0.05,
                palette.light,
            )


def _dunes(canvas: Canvas, palette: Palette, random: Random, top: float, rows: int, fade: float) -> None:
    """Crests one before the other, each with a lit and a shaded side and the wind's ripples along it."""
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    sand = _warmest(palette)
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
        lit = mix(mix(sand, palette.light, 0.35 - 0.25 * share), palette.light, fade * (1 - share))
        shade = mix(lit, palette.dark, 0.45 + 0.25 * share)
        floor = half_height + 1
        canvas.polygon([*crest, complex(half_width + 1, floor), complex(-half_width - 1, floor)], shade)
        bright = [p + 1j * (0.1 + 0.5 * abs(math.sin(p.real * 0.45 + row))) for p in crest]
        canvas.polygon([*crest, *reversed(bright)], lit)
        for k in range(1, 7):
            line = [p + 1j * (0.14 * k * (1 + share)) for p in bright]
            canvas.strap(line, 0.018, mix(shade, lit, 0.42 - 0.05 * k))


def _warmest(palette: Palette) -> Colour:
    return max(palette.rich, key=lambda c: c[0] - c[2])


def _coolest(palette: Palette) -> Colour:
    return min(palette.rich, key=lambda c: c[0] - c[2])


def _fade(canvas: Canvas, top: Colour, bottom: Colour) -> None:
    mask = Image.linear_gradient("L").resize((canvas.width, canvas.height))
    canvas.image.paste(bottom, (0, 0), mask)
