"""The mark of an edition: the letter «ب» in white on its accent, as SVG and PNG in the sizes that systems ask for.

Drawn from shapes, not from a face: a bowl, its two ends, and the dot below.
"""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageDraw

from bulaq.delivery import keys, policies
from bulaq.reader.machine.absence import absent
from bulaq.reader.responses import with_policy

SIZES = (144, 180, 192, 512)
"""The widest that RSS 2.0 allows a feed's picture, Apple's touch icon, and the two of a web manifest."""

# On a field of 64 × 64: a bowl between two ends that rise, and a dot below it.
BOWL = "M14 24v7c0 6 5 9 18 9s18-3 18-9v-7"
STROKE = 7
DOT = (32.0, 50.5, 4.6)


def path(size: int) -> str:
    """The address of the mark as PNG."""
    return f"/_/icon/{size}.png"


def svg(accent: str, accent_dark: str) -> str:
    """The mark as SVG; in dark surroundings on the dark accent's ground."""
    x, y, radius = DOT
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f"<style>rect{{fill:{accent}}}.i{{stroke:#fff}}.d{{fill:#fff}}"
        f"@media(prefers-color-scheme:dark){{rect{{fill:{accent_dark}}}.i{{stroke:#111}}.d{{fill:#111}}}}</style>"
        f'<rect width="64" height="64" rx="12"/><path class="i" d="{BOWL}" fill="none" stroke-width="{STROKE}" '
        f'stroke-linecap="round"/><circle class="d" cx="{x:g}" cy="{y:g}" r="{radius:g}"/></svg>'
    )


def draw(accent: str, size: int, *, rounded: bool) -> Image.Image:
    """The mark, `size` pixels square, drawn at four times the size and made small."""
    scale = size * 4 / 64
    canvas = Image.new("RGBA", (size * 4, size * 4), (0, 0, 0, 0) if rounded else accent)
    pen = ImageDraw.Draw(canvas)
    if rounded:
        pen.rounded_rectangle((0, 0, size * 4 - 1, size * 4 - 1), 12 * scale, fill=accent)
    points = [(x * scale, y * scale) for x, y in _bowl()]
    radius = STROKE * scale / 2
    for x, y in points:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill="white")
    x, y, dot = (value * scale for value in DOT)
    pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill="white")
    return canvas.resize((size, size), Image.Resampling.LANCZOS)


def _bowl() -> list[tuple[float, float]]:
    """Points along `BOWL`, close enough to be one line."""
    steps = 160
    found = [(14.0, 24 + 7 * step / 20) for step in range(20)]
    found += [_cubic((14, 31), (14, 37), (19, 40), (32, 40), step / steps) for step in range(steps)]
    found += [_cubic((32, 40), (45, 40), (50, 37), (50, 31), step / steps) for step in range(steps)]
    found += [(50.0, 31 - 7 * step / 20) for step in range(21)]
    return found


def _cubic(a, b, c, d, t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )


def favicon_svg(request: HttpRequest) -> HttpResponse:
    """`/favicon.svg`."""
    if request.site is None:
        return absent(request)
    edition = request.site.edition
    return _answer(request, svg(edition.accent, edition.accent_dark).encode(), "image/svg+xml")


def favicon_ico(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`: 16, 32 and 48 pixels, asked for by whoever reads no HTML."""
    if request.site is None:
        return absent(request)
    buffer = BytesIO()
    draw(request.site.edition.accent, 48, rounded=True).save(
        buffer, "ICO", sizes=[(16, 16), (32, 32), (48, 48)]
    )
    return _answer(request, buffer.getvalue(), "image/x-icon")


def icon(request: HttpRequest, size: int) -> HttpResponse:
    """`/_/icon/<size>.png`: square to the corners, because systems cut their own shape out of it."""
    if request.site is None or size not in SIZES:
        return absent(request)
    buffer = BytesIO()
    draw(request.site.edition.accent, size, rounded=False).convert("RGB").save(buffer, "PNG", optimize=True)
    return _answer(request, buffer.getvalue(), "image/png")


def _answer(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    if kind == "image/svg+xml":
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return with_policy(response, policies.WELL_KNOWN, [keys.edition(request.site.edition.pk)])
