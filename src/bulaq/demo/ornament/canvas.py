"""A drawing surface in the pattern's own coordinates: turned, scaled and drawn at twice the size.

Points are complex numbers: turning is a product, and the geometry of stars reads as it is written on paper.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from bulaq.demo.ornament.palette import Colour

SUPERSAMPLING = 2
QUARTERS = (1 + 0j, 1j, -1 + 0j, -1j)


class Canvas:
    """``unit`` is the length of one pattern unit in pixels of the finished picture; ``turn`` in degrees;
    the pattern's point ``centre`` falls on the middle of the picture."""

    def __init__(
        self, size: tuple[int, int], ground: Colour, unit: float = 100, turn: float = 0, centre: complex = 0
    ) -> None:
        self.width, self.height = size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING
        self.image = Image.new("RGB", (self.width, self.height), ground)
        self.pen = ImageDraw.Draw(self.image)
        self.unit = unit * SUPERSAMPLING
        self._turn = cmath.rect(self.unit, math.radians(turn))
        self._origin = complex(self.width / 2, self.height / 2) - centre * self._turn
        self.centre = centre

    @property
    def reach(self) -> float:
        """Pattern units from ``centre`` to the picture's corner."""
        return math.hypot(self.width, self.height) / 2 / self.unit

    def sees(self, point: complex, margin: float) -> bool:
        """Whether anything within ``margin`` units of the point can fall on the picture."""
        at, room = self.at(point), margin * self.unit
        return -room <= at.real <= self.width + room and -room <= at.imag <= self.height + room

    def at(self, point: complex) -> complex:
        return self._origin + point * self._turn

    def squares(self) -> list[tuple[int, int, complex]]:
        """The unit squares that fall on the picture: column, row and middle of each."""
        reach = int(self.reach) + 2
        column, row = round(self.centre.real), round(self.centre.imag)
        return [
            (i, j, complex(i, j))
            for i in range(column - reach, column + reach + 1)
            for j in range(row - reach, row + reach + 1)
            if self.sees(complex(i, j), 1.1)
        ]

    def polygon(self, points: Iterable[complex], fill: Colour) -> None:
        self.pen.polygon([(p.real, p.imag) for p in map(self.at, points)], fill=fill)

    def disc(self, centre: complex, radius: float, fill: Colour) -> None:
        at, r = self.at(centre), radius * self.unit
        self.pen.ellipse((at.real - r, at.imag - r, at.real + r, at.imag + r), fill=fill)

    def ring(self, centre: complex, radius: float, width: float, fill: Colour) -> None:
        at, r = self.at(centre), (radius + width / 2) * self.unit
        box = (at.real - r, at.imag - r, at.real + r, at.imag + r)
        self.pen.ellipse(box, outline=fill, width=max(1, round(width * self.unit)))

    def strap(self, points: Sequence[complex], width: float, fill: Colour, closed: bool = False) -> None:
        """A band along ``points`` with mitred corners and flat ends."""
        left, right = offsets(points, width / 2, closed)
        if not closed:
            self.polygon([*left, *reversed(right)], fill)
            return
        for i in range(len(left)):
            self.polygon([left[i - 1], left[i], right[i], right[i - 1]], fill)


def offsets(points: Sequence[complex], by: float, closed: bool) -> tuple[list[complex], list[complex]]:
    """The two lines that run ``by`` beside a line, mitred (a needle-sharp mitre is cut at four times ``by``)."""
    left, right = [], []
    last = len(points) - 1
    for i, point in enumerate(points):
        before = points[i - 1] if i or closed else None
        after = points[(i + 1) % len(points)] if i < last or closed else None
        u = _unit(point - before) if before is not None else None
        v = _unit(after - point) if after is not None else None
        along = u if v is None else v if u is None else u + v
        if along is None or abs(along) < 1e-9:
            along = u or v or 1
        normal = _unit(along) * 1j
        reference = (u or v or 1) * 1j
        cosine = max(0.25, (normal * reference.conjugate()).real)
        left.append(point + normal * by / cosine)
        right.append(point - normal * by / cosine)
    return left, right


def ngon(n: int, centre: complex, radius: float, turn: float = 0) -> list[complex]:
    """The corners of a regular polygon; the first stands at ``turn`` degrees."""
    return [centre + cmath.rect(radius, math.radians(turn) + math.tau * k / n) for k in range(n)]


def star(n: int, step: int, centre: complex, radius: float, turn: float = 0) -> list[complex]:
    """The outline of the star polygon {n/step}: its ``n`` tips and the ``n`` notches between them."""
    inner = radius * math.cos(math.pi * step / n) / math.cos(math.pi * (step - 1) / n)
    tips, notches = ngon(n, centre, radius, turn), ngon(n, centre, inner, turn + 180 / n)
    return [point for pair in zip(tips, notches, strict=True) for point in pair]


def scaled(points: Iterable[complex], centre: complex, by: float) -> list[complex]:
    return [centre + (point - centre) * by for point in points]


def meet(p: complex, u: complex, q: complex, v: complex) -> tuple[float, float] | None:
    """How far along the rays ``p + s u`` and ``q + t v`` cross; None when they are parallel."""
    det = (u.conjugate() * v).imag
    if abs(det) < 1e-9:
        return None
    gap = q - p
    return (gap.conjugate() * v).imag / det, (gap.conjugate() * u).imag / det


def _unit(z: complex) -> complex:
    return z / abs(z) if abs(z) > 1e-12 else 1
