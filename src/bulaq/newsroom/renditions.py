"""The sizes of pictures: few, deterministic, 3:2 around the focus point, made ahead by the worker.

WebP at quality 78: measured beside AVIF, it is a quarter larger and three times faster to make (docs/decisions).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from wagtail.images.exceptions import InvalidFilterSpecError

from bulaq.newsroom.models import NewsImage, NewsRendition

SIZES: tuple[tuple[int, int], ...] = ((330, 220), (660, 440), (990, 660), (1320, 880))
"""Width and height in pixels; the largest serves a full column on a dense screen."""

WHOLE_SPECS: tuple[str, ...] = tuple(f"max-{side}x{side}|format-webp|webpquality-78" for side in (720, 1440))
"""Within a text: a portrait keeps its head and a panorama its ends. Of pictures far from 3:2 alone."""

NEAR = (1.2, 1.9)
"""Between these proportions 3:2 takes a fifth of a picture at most; beyond them, what it was taken for."""

SHARE_SPEC = "fill-1200x675|format-jpeg|jpegquality-80"
"""What search engines and messengers fetch: 16:9, JPEG, because not all of them read WebP."""


def spec(size: tuple[int, int]) -> str:
    """Wagtail's filter for a size.

    >>> spec((660, 440))
    'fill-660x440|format-webp|webpquality-78'
    """
    return f"fill-{size[0]}x{size[1]}|format-webp|webpquality-78"


SPECS: tuple[str, ...] = tuple(spec(size) for size in SIZES)


@dataclass(frozen=True, slots=True)
class Sources:
    """What an `<img>` needs. `srcset` is empty when the picture has one size only."""

    src: str
    srcset: str
    width: int
    height: int


def ensure(image: NewsImage) -> int:
    """Makes the renditions that are missing; returns how many were made. Run by the worker after an upload."""
    before = image.renditions.count()
    try:
        image.get_renditions(*SPECS, SHARE_SPEC, *(WHOLE_SPECS if far_from_three_to_two(image) else ()))
    except (OSError, InvalidFilterSpecError):
        return 0
    return max(0, image.renditions.count() - before)


def far_from_three_to_two(image: NewsImage) -> bool:
    """Whether a cut at 3:2 would take what the picture was taken for."""
    return bool(image.height) and not NEAR[0] <= image.width / image.height <= NEAR[1]


def whole(image: NewsImage | None, *, today: date | None = None) -> Sources | None:
    """The sizes of a picture within a text: at 3:2, or uncut where that would take too much. None as `sources`."""
    if image is None or not far_from_three_to_two(image):
        return sources(image, today=today)
    return sources(image, today=today, specs=WHOLE_SPECS)


def sources(
    image: NewsImage | None, *, today: date | None = None, specs: tuple[str, ...] = SPECS
) -> Sources | None:
    """The sizes of a picture for an `<img>`, or None when there is none to show (no picture, rights expired, file lost).

    Uses prefetched renditions; makes those that are missing (a picture shown before the worker saw it).
    """
    if image is None or (image.rights_expire_on and image.rights_expire_on <= (today or date.today())):
        return None
    made = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    if any(wanted not in made for wanted in specs):
        try:
            made = image.get_renditions(*specs)
        except OSError:
            return None
    found: dict[int, NewsRendition] = {made[wanted].width: made[wanted] for wanted in specs if wanted in made}
    if not found:
        return None
    ordered = [found[width] for width in sorted(found)]
    middle = ordered[min(1, len(ordered) - 1)]
    srcset = (
        ", ".join(f"{rendition.url} {rendition.width}w" for rendition in ordered) if len(ordered) > 1 else ""
    )
    return Sources(middle.url, srcset, middle.width, middle.height)


def share(image: NewsImage | None, *, today: date | None = None) -> Sources | None:
    """The size that is shown elsewhere (`SHARE_SPEC`), or None when there is no picture to show. Uses prefetched
    renditions; makes it when it is missing."""
    if image is None or (image.rights_expire_on and image.rights_expire_on <= (today or date.today())):
        return None
    made = next((r for r in image.renditions.all() if r.filter_spec == SHARE_SPEC), None)
    if made is None:
        try:
            made = image.get_rendition(SHARE_SPEC)
        except (OSError, InvalidFilterSpecError):
            return None
    return Sources(made.url, "", made.width, made.height)


LOGO_SPEC = "max-960x240|format-webp-lossless"
"""A masthead is lettering: edges stay sharp, and a bright ground shines through where the file lets it."""


def logo(image: NewsImage | None) -> Sources | None:
    """A masthead's lettering at twice the size of its box, or None when there is none or its file is lost."""
    if image is None:
        return None
    try:
        made = image.get_rendition(LOGO_SPEC)
    except (OSError, InvalidFilterSpecError):
        return None
    return Sources(made.url, "", made.width, made.height)


class RenditionMaker:
    """Makes what is missing of the newest pictures, a few at a time; lives in the worker.

    A picture that cannot be read is tried once in the life of the worker, and delays no other.
    """

    def __init__(self, at_once: int = 5) -> None:
        self._at_once = at_once
        self._hopeless: set[int] = set()

    def run(self) -> int:
        """Returns how many pictures were completed."""
        made = NewsRendition.objects.filter(image_id=OuterRef("pk"), filter_spec=SPECS[-1])
        waiting = NewsImage.objects.exclude(pk__in=self._hopeless).filter(~Exists(made)).order_by("-pk")
        done = 0
        for image in waiting[: self._at_once]:
            if ensure(image):
                done += 1
            else:
                self._hopeless.add(image.pk)
        return done
