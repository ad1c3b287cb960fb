"""The sky: star polygons over dunes, or on the rings of a turning sphere."""

from __future__ import annotations

import cmath
import math
from random import Random

from bulaq.demo.ornament.canvas import Canvas, star
from bulaq.demo.ornament.landscape import CanvasOf, coolest, dunes, fade, warmest
from bulaq.demo.ornament.palette import Colour, Palette, mix


def stars(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """Star polygons {8/3}, {10/3} and {12/5} in a sky over dunes."""
    if random.random() > 0.6:
        return _sphere(canvas_of, palette, random)
    dusk = random.random() < 0.5
    top = mix(palette.night, (16, 22, 58), 0.45)
    low = mix(top, warmest(palette), 0.62) if dusk else mix(top, coolest(palette), 0.6)
    canvas = canvas_of(top, 100, upright=True)
    fade(canvas, top, low)
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
    dunes(canvas, palette, random, horizon + 0.4, random.choice((4, 5)), haze=0.25)
    return canvas


def _sphere(canvas_of: CanvasOf, palette: Palette, random: Random) -> Canvas:
    """The turning sky as an astrolabe has it: rings about the pole, graduated, with stars along them."""
    sky = random.choice((palette.night, palette.dark, mix(palette.light, warmest(palette), 0.12)))
    ink = palette.light if sum(sky) < 380 else palette.dark
    canvas = canvas_of(sky, 100, upright=True)
    pole = complex(random.uniform(-5, 5), random.uniform(-2.5, 4.5))
    rings = random.randint(6, 9)
    for k in range(rings, 0, -1):
        radius = 0.6 + k * random.uniform(1.25, 1.45)
        if k % 3 == 0:  # a graduated limb
            tone = random.choice(palette.rich)
            canvas.ring(pole, radius, 0.42, mix(sky, tone, 0.75))
            parts = 24 * k
            for n in range(parts):
                way = cmath.rect(1, math.tau * n / parts)
                deep = 0.2 if n % 6 == 0 else 0.1
                canvas.strap([pole + way * (radius + 0.2), pole + way * (radius + 0.2 - deep)], 0.02, ink)
        canvas.ring(pole, radius + 0.24, 0.025, mix(sky, ink, 0.6))
        n = random.randint(2, 3 + 2 * k)
        shift = random.uniform(0, math.tau)
        for m in range(n):
            at = pole + cmath.rect(radius, shift + math.tau * (m + random.uniform(-0.2, 0.2)) / n)
            size = random.choice((0.16, 0.2, 0.3, 0.5))
            _bright(canvas, at, size, sky, palette, random, ink)
    _bright(canvas, pole, random.uniform(1.0, 1.5), sky, palette, random, ink)
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


def _bright(
    canvas: Canvas,
    at: complex,
    size: float,
    sky: Colour,
    palette: Palette,
    random: Random,
    ink: Colour | None = None,
) -> None:
    n, step = random.choice(((8, 3), (8, 3), (10, 3), (12, 5)))
    turn = random.uniform(0, 360 / n)
    if size < 0.45:
        canvas.polygon(star(n, step, at, size, turn), ink or palette.light)
        return
    ink = ink or palette.light
    canvas.polygon(star(n, step, at, size, turn), ink)
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
