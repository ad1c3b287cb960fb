"""Khatam: stars of two squares and the crosses they leave between them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bulaq.demo.ornament.canvas import QUARTERS, Canvas, scaled, star
from bulaq.demo.ornament.palette import Colour, Palette, mix

_RHYTHMS = ("board", "stripes", "scattered")


def khatam(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Star and cross: eight-pointed stars of two squares whose tips touch, crosses in what they leave."""
    joint = random.choice((palette.light, palette.dark))
    canvas = canvas_of(joint, random.uniform(170, 300))
    gap = random.uniform(0.92, 0.95)
    stars = random.sample((*palette.rich, palette.dark), 4)
    if joint == palette.dark:
        stars[stars.index(palette.dark)] = palette.light
    rhythm = random.choice(_RHYTHMS)
    fill_cross = random.choice((stars[3], mix(stars[3], palette.light, 0.2)))
    heart = random.choice((8, 12, 16))
    for i, j, at in canvas.squares():
        colours = stars[:3] if _odd(rhythm, i, j) else [stars[1], stars[0], stars[2]]
        canvas.polygon(star(8, 2, at, 0.5 * gap), colours[0])
        for by, colour in ((0.8, joint), (0.75, colours[1]), (0.56, joint), (0.52, colours[0])):
            canvas.polygon(star(8, 2, at, 0.5 * gap * by), colour)
        canvas.polygon(star(heart, heart // 4 + 1, at, 0.2), joint)
        canvas.polygon(star(heart, heart // 4 + 1, at, 0.165), colours[2])
        canvas.disc(at, 0.045, joint)
        middle = at + (0.5 + 0.5j)
        cross = _cross(middle)
        for by, colour in (
            (0.9, fill_cross),
            (0.68, joint),
            (0.62, colours[2]),
            (0.4, joint),
            (0.34, fill_cross),
        ):
            canvas.polygon(scaled(cross, middle, by), colour)
        canvas.polygon(star(8, 2, middle, 0.1), joint)
        canvas.polygon(star(8, 2, middle, 0.07), colours[1])
    return canvas


def _cross(middle: complex) -> list[complex]:
    """The cross between four stars: their tips touch at the ends' corners, their notches at its armpits."""
    outline = []
    for k, quarter in enumerate(QUARTERS):
        corner_star = middle + (0.5 + 0.5j) * quarter
        points = star(8, 2, corner_star, 0.5)
        facing = 2 * ((5 + 2 * k) % 8)  # the tip that looks back at the middle
        outline += [points[(facing + d) % 16] for d in (2, 1, 0, -1, -2)]
    return outline


def _odd(rhythm: str, i: int, j: int) -> bool:
    """Whether the star in column ``i`` and row ``j`` wears the second set of colours."""
    if rhythm == "board":
        return (i + j) % 2 == 1
    return i % 2 == 1 if rhythm == "stripes" else (i * i + j * j) % 3 % 2 == 1
