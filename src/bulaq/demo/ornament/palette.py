"""The colours of an ornament: ten muted palettes, each of five colours that sit well on newsprint."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

Colour = tuple[int, int, int]

# dark, three rich colours, light
_PALETTES = (
    ("#1d2a4d", "#34507f", "#b5523b", "#d9a441", "#f2ead8"),  # indigo and madder
    ("#3a1418", "#8f2f2b", "#c8733f", "#e0b96a", "#f4ead6"),  # madder and ochre
    ("#2b2f1c", "#5d6b36", "#a38b3f", "#c56b3d", "#f1ead4"),  # olive
    ("#12343b", "#1f6168", "#c9a24a", "#b0502f", "#efe7d3"),  # verdigris
    ("#4a2f1d", "#b07a3c", "#d8b074", "#3e5d6b", "#f6eddb"),  # sand and slate
    ("#2c1a33", "#5c3a62", "#a85a5a", "#d6a35c", "#f3e9dc"),  # aubergine
    ("#10283f", "#2a6a8d", "#79a8a3", "#d98f4e", "#f5efe0"),  # sea
    ("#123a2e", "#1f6b4f", "#2d5b8c", "#d8a33a", "#f4eedd"),  # the green and blue of Fez
    ("#201a17", "#6a4a3a", "#9c6b4e", "#c9a77c", "#ede3d0"),  # walnut
    ("#43212a", "#a8505a", "#d68f7a", "#6d7f5c", "#f6ebdf"),  # rose and sage
)


@dataclass(frozen=True, slots=True)
class Palette:
    """``dark`` and ``light`` bound the three colours between them; ``night`` is deeper than ``dark``."""

    dark: Colour
    first: Colour
    second: Colour
    third: Colour
    light: Colour

    @property
    def rich(self) -> tuple[Colour, Colour, Colour]:
        return (self.first, self.second, self.third)

    @property
    def night(self) -> Colour:
        return mix(self.dark, (0, 0, 0), 0.35)


def choose(random: Random) -> Palette:
    """One of the palettes, its three rich colours in an order of the seed's own."""
    dark, *rich, light = (_rgb(code) for code in random.choice(_PALETTES))
    random.shuffle(rich)
    return Palette(dark, rich[0], rich[1], rich[2], light)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """``a`` with ``share`` (0 to 1) of ``b`` in it."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def luminance(colour: Colour) -> float:
    """Roughly how light a colour looks, 0 to 255."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _rgb(code: str) -> Colour:
    return (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16))
