"""The demo's pictures: drawn and cut to every size on all cores, then stored as any uploaded picture would be."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from django.core.files.base import ContentFile

from bulaq.demo import ornament
from bulaq.newsroom import renditions
from bulaq.newsroom.models import NewsImage, NewsRendition


@dataclass(frozen=True)
class Drawn:
    """One drawing: the original and its renditions by Wagtail's filter, encoded."""

    key: str
    original: bytes
    size: tuple[int, int]
    renditions: dict[str, tuple[bytes, int, int]]


def draw_all(
    wanted: Sequence[tuple[str, str]],
    *,
    plain: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Drawn]:
    """Draws `(key, pattern)` pairs; the same key is always the same picture. With `plain` all are one empty field,
    of the same stated sizes: what is written about them is there, at no cost."""
    drawn: dict[str, Drawn] = {}
    if not wanted:
        return drawn
    if plain:
        field = _field()
        return {key: replace(field, key=key) for key, _ in wanted}
    with ProcessPoolExecutor() as pool:
        for result in pool.map(_draw, wanted):
            drawn[result.key] = result
            progress(len(drawn), len(wanted))
    return drawn


def _draw(wanted: tuple[str, str]) -> Drawn:
    from PIL import ImageOps

    key, pattern = wanted
    picture = ornament.draw(pattern, key).convert("RGB")
    made: dict[str, tuple[bytes, int, int]] = {}
    for size in renditions.SIZES:
        made[renditions.spec(size)] = (_encoded(ImageOps.fit(picture, size), "WEBP", quality=78), *size)
    share = (1200, 675)
    made[renditions.SHARE_SPEC] = (_encoded(ImageOps.fit(picture, share), "JPEG", quality=80), *share)
    return Drawn(key, _encoded(picture, "JPEG", quality=86), picture.size, made)


def _field() -> Drawn:
    from PIL import Image

    dot = Image.new("RGB", (3, 2), "#888")
    webp, jpeg = _encoded(dot, "WEBP", quality=78), _encoded(dot, "JPEG", quality=80)
    made = {renditions.spec(size): (webp, *size) for size in renditions.SIZES}
    return Drawn("", jpeg, (1500, 1000), {**made, renditions.SHARE_SPEC: (jpeg, 1200, 675)})


def _encoded(picture, kind: str, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, quality=quality)
    return buffer.getvalue()


def store(drawn: Drawn, *, title: str, caption: str, credit: str, alt: str) -> NewsImage:
    """Puts a drawing into the archive of pictures, its renditions with it."""
    image = NewsImage(
        title=title,
        description=alt[:255],
        caption=caption,
        credit=credit,
        file_size=len(drawn.original),
        file_hash=hashlib.sha1(drawn.original).hexdigest(),  # noqa: S324 - Wagtail's own field and function
    )
    image.file.save(f"{drawn.key}.jpg", ContentFile(drawn.original), save=False)
    # Saving the file makes Django look for its dimensions, which it cannot read from memory alone: said here.
    image.width, image.height = drawn.size
    image.save()
    for filter_spec, (data, width, height) in drawn.renditions.items():
        rendition = NewsRendition(
            image=image, filter_spec=filter_spec, width=width, height=height, focal_point_key=""
        )
        extension = "jpg" if "jpeg" in filter_spec else "webp"
        rendition.file.save(f"{drawn.key}-{width}.{extension}", ContentFile(data), save=False)
        rendition.width, rendition.height = width, height
        rendition.save()
    return image
