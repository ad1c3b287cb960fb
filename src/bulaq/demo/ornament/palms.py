"""A palm grove before dunes, by day or under the moon."""

from __future__ import annotations

import cmath
import math
from itertools import pairwise
from random import Random

from bulaq.demo.ornament.canvas import Canvas
from bulaq.demo.ornament.landscape import CanvasOf, coolest, dunes, fade, warmest
from bulaq.demo.ornament.palette import Colour, Palette, mix


def palms(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """A grove below a sun: fronds that spring from one heart, bunches of dates, a lattice of bark, water."""
    night = random.random() < 0.4
    warm, cool = warmest(palette), coolest(palette)
    sky = mix(palette.dark, cool, 0.3) if night else mix(palette.light, cool, random.uniform(0.1, 0.4))
    low = mix(warm, palette.dark, 0.35) if night else mix(palette.light, warm, random.uniform(0.25, 0.5))
    canvas = canvas_of(sky, 100, upright=True)
    fade(canvas, sky, low)
    half_width, half_height = canvas.width / canvas.unit / 2, canvas.height / canvas.unit / 2
    sun = complex(random.uniform(-0.7, 0.7) * half_width, random.uniform(-0.5, 0.0) * half_height)
    size = random.uniform(1.1, 2.2)
    disc = palette.light if night else mix(warm, palette.light, 0.1)
    for k in range(3):
        canvas.ring(sun, size + 0.25 + 0.28 * k, 0.05, mix(sky, disc, 0.55 - 0.15 * k))
    canvas.disc(sun, size, disc)
    ground = half_height * random.uniform(0.5, 0.66)
    dunes(canvas, palette, random, ground - 1.5, 2, haze=0.45)
    places = sorted(
        (random.uniform(0, 1), (k + random.uniform(0.2, 0.8)) / 6 * 2 * half_width - half_width)
        for k in range(6)
    )
    leaves = min((*palette.rich, palette.dark), key=lambda c: c[0] * 2 + c[2] - c[1] * 2.2)
    leaves = mix(leaves, palette.light, 0.15) if night else mix(leaves, palette.dark, 0.4)
    tall = random.uniform(0.85, 1.5)
    for depth, x in random.sample(places, random.randint(3, 6)):
        foot = complex(x, ground + depth * half_height * 0.22)
        tone = mix(leaves, low, 0.45 * (1 - depth))
        _palm(
            canvas,
            foot,
            (2.4 + 2.2 * depth) * tall,
            tone,
            mix(palette.dark, low, 0.4 * (1 - depth)),
            palette,
            random,
        )
    dunes(canvas, palette, random, half_height * 0.83, 2, haze=0)
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
                at, 0.02 * height, mix(warmest(palette), palette.light, 0.2) if k % 2 else warmest(palette)
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
