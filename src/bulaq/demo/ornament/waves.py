"""Water: scales, ripples, and swells under a sun."""

from __future__ import annotations

import math
from random import Random

from bulaq.demo.ornament.canvas import Canvas
from bulaq.demo.ornament.landscape import CanvasOf, coolest, warmest
from bulaq.demo.ornament.palette import Palette, mix


def waves(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """Rows of water: overlapping scales of concentric rings, bands that ripple side by side, or swells under a sun."""
    kind = random.random()
    if kind > 0.65:
        return _bands(canvas_of, palette, random)
    return (_scales if kind > 0.45 else _swells)(canvas_of, palette, random)


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


def _bands(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """Ripples side by side across the whole picture, some broad and some a thread, as marbled paper has them."""
    canvas = canvas_of(palette.dark, 100)
    length, height = random.uniform(1.6, 4.2), random.uniform(0.25, 0.6)
    colours = [palette.dark, *palette.rich, palette.light]
    previous, level = palette.dark, -canvas.reach - 1
    while level < canvas.reach + 1:
        colour = random.choice([c for c in colours if c != previous])
        breadth = random.choice((0.07, 0.12, 0.3, 0.5, 0.7))
        lean = 0.5 * math.sin(level * 0.7)
        line = []
        for k in range(int(canvas.reach * 2 / 0.1) + 2):
            x = -canvas.reach + k * 0.1
            swell = height * (
                math.sin(math.tau * x / length + lean) + 0.35 * math.sin(math.pi * x / length + level)
            )
            line.append(canvas.centre + complex(x, level + breadth / 2 + swell))
        canvas.strap(line, breadth + 0.03, colour)
        previous, level = colour, level + breadth
    return canvas


def _swells(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    warm, cool = warmest(palette), coolest(palette)
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
    count = random.randint(6, 11)
    for _ in range(random.choice((0, 0, 1, 2, 3))):
        hull = complex(random.uniform(-0.9, 0.9) * half_width, horizon + 0.12)
        _dhow(canvas, hull, random.uniform(0.5, 1.3), palette, random.choice((1, -1)))
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


def _dhow(canvas: Canvas, hull: complex, size: float, palette: Palette, bow: int) -> None:
    """A hull and a lateen sail that leans over it."""

    def at(x: float, y: float) -> complex:
        return hull + size * complex(x * bow, y)

    canvas.polygon(
        [at(-0.9, -0.2), at(-0.7, 0.1), at(0.6, 0.1), at(1.15, -0.38), at(0.6, -0.16)], palette.dark
    )
    canvas.strap([at(0.05, -0.1), at(0.12, -1.5)], 0.05 * size, palette.dark)
    leech = [at(-0.75 + 0.2 * math.sin(math.pi * t), -1.95 + 1.65 * t) for t in (k / 8 for k in range(9))]
    canvas.polygon([at(0.95, -0.45), *leech], palette.light)
    canvas.strap([at(1.05, -0.38), at(-0.85, -2.05)], 0.045 * size, palette.dark)


def _crest(half_width: float, base: float, height: float, length: float, phase: float) -> list[complex]:
    """A trochoid: sharp crests and broad troughs, as water stands."""
    points, steps = [], int((2 * half_width + 3 * length) / length * 24)
    for k in range(steps):
        t = math.tau * k / 24 + phase - math.tau
        x = -half_width - length + length * (t - phase) / math.tau - 0.11 * length * math.sin(t)
        points.append(complex(x, base - height * math.cos(t) * 0.5))
    return points
