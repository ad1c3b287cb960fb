"""Mashrabiya: a lattice of turned wood with the light behind it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from bulaq.demo.ornament.canvas import QUARTERS, Canvas
from bulaq.demo.ornament.palette import Colour, Palette, mix


def mashrabiya(canvas_of: Callable[[Colour, float], Canvas], palette: Palette, random: Random) -> Canvas:
    """Turned spindles and beads between a room and the light outside."""
    wood = min((*palette.rich, palette.dark), key=sum)
    canvas = canvas_of(palette.light, random.uniform(125, 210))
    _glow(canvas, palette, random)
    shadow, shine = mix(wood, (0, 0, 0), 0.45), mix(wood, palette.light, 0.4)
    slanted = random.random() < 0.5
    bead, small = random.uniform(0.15, 0.2), random.uniform(0.065, 0.085)
    arms = [(0j, 1 + 0j), (0j, 1j)]
    if slanted:
        arms += [(0.5 + 0.5j, (0.5 + 0.5j) * quarter) for quarter in QUARTERS]
    squares = [at for _, _, at in canvas.squares()]
    for offset, tint in ((0.025 + 0.03j, shadow), (0j, wood)):
        for at in squares:
            for start, arm in arms:
                _spindle(canvas, at + offset + start, arm, small * (1 if abs(arm) == 1 else 0.75), tint)
        for at in squares:
            canvas.disc(at + offset, bead, tint)
            if slanted:
                canvas.disc(at + offset + (0.5 + 0.5j), bead * 0.72, tint)
    for at in squares:
        canvas.disc(at, bead * 0.82, mix(wood, palette.light, 0.1))
        canvas.ring(at, bead * 0.6, 0.018, shadow)
        canvas.disc(at - (0.02 + 0.025j), bead * 0.24, shine)
        if slanted:
            canvas.ring(at + (0.5 + 0.5j), bead * 0.45, 0.018, shine)
    return canvas


def _spindle(canvas: Canvas, start: complex, arm: complex, thick: float, colour: Colour) -> None:
    """A turned bar: thin at its ends, swelling to a bead between two collars in its middle."""
    direction = arm / abs(arm)
    profile = (
        (0.0, 0.3),
        (0.3, 0.34),
        (0.34, 0.62),
        (0.38, 0.34),
        (0.44, 0.8),
        (0.5, 1.0),
        (0.56, 0.8),
        (0.62, 0.34),
        (0.66, 0.62),
        (0.7, 0.34),
        (1.0, 0.3),
    )
    left = [start + arm * t + direction * 1j * thick * r for t, r in profile]
    right = [start + arm * t - direction * 1j * thick * r for t, r in reversed(profile)]
    canvas.polygon(left + right, colour)


def _glow(canvas: Canvas, palette: Palette, random: Random) -> None:
    """Light behind the lattice: strong at one place, fading into a rich colour."""
    warm, cool = mix(palette.light, (255, 246, 214), 0.5), mix(palette.third, palette.second, 0.4)
    x, y = random.uniform(0.15, 0.85) * canvas.width, random.uniform(0.1, 0.7) * canvas.height
    spread = round(canvas.width * 2.9)  # wide enough that its rim never enters the picture
    disc = Image.radial_gradient("L").resize((spread // 8, spread // 8))
    corner = (round((spread / 2 - x) / 8), round((spread / 2 - y) / 8))
    near = disc.crop((*corner, corner[0] + canvas.width // 8, corner[1] + canvas.height // 8))
    strength = random.uniform(2.2, 3.2)
    mask = near.point(lambda v: min(255, round(v * strength))).resize((canvas.width, canvas.height))
    canvas.image.paste(warm, (0, 0, canvas.width, canvas.height))
    canvas.image.paste(cool, (0, 0), mask)
