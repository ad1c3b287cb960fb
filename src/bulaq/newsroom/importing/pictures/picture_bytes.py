"""Whether foreign bytes are a picture that is taken, and which: decided by decoding them whole."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress

from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

MAX_PIXELS = 60_000_000
"""A phone makes 50 megapixels; more is a bomb or a mistake. Decoding takes 3 bytes for each."""

MIN_SIDE = 48
"""Smaller ones are icons and counters that a page shows beside its article."""

SUFFIXES = {
    "JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif", "HEIF": ".heic",
    "BMP": ".bmp",
}  # fmt: skip
"""Formats that are taken, by what the bytes say; never SVG, which can carry scripts. (MPO: the JPEG of phones that keep
a second picture in it. Readers are served renditions alone, whatever the original is.)"""

DECODERS = tuple(name for name in SUFFIXES if name != "MPO")
"""Pillow's names of the decoders that may see foreign bytes. MPO is told by that of JPEG; that of HEIF is Willow's."""

TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF orientation (tag 0x0112) with which width and height change places."""


class PictureBroken(ValueError):
    """The bytes are no picture that we take; the message says why, `code` says it to programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def inspect(data: bytes) -> tuple[tuple[int, int], str]:
    """Size in pixels, as it is seen, and suffix of a picture. Raises `PictureBroken` for anything else, decoding it
    whole to be sure."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
            with PillowImage.open(io.BytesIO(data), formats=DECODERS) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise PictureBroken("too-many-pixels", f"has {width} × {height} pixels")
                if min(width, height) < MIN_SIDE:
                    raise PictureBroken("too-small", f"is too small ({width} × {height})")
                picture.load()
                size = (height, width) if _is_turned(picture) else (width, height)
                return size, SUFFIXES[picture.format or ""]
    except PictureBroken:
        raise
    except UnidentifiedImageError:
        raise PictureBroken(*_what_it_is(data)) from None
    except (PillowImage.DecompressionBombWarning, PillowImage.DecompressionBombError):
        raise PictureBroken("too-many-pixels", "has too many pixels") from None
    except Exception as error:  # each of Pillow's decoders has its own kinds
        raise PictureBroken("undecodable", f"cannot be decoded: {error}"[:200]) from None


def _is_turned(picture: PillowImage.Image) -> bool:
    # HEIF is turned by its decoder. A damaged note of the camera's is no damaged picture.
    with suppress(Exception):
        return picture.format != "HEIF" and picture.getexif().get(0x0112) in TURNED
    return False


def _what_it_is(data: bytes) -> tuple[str, str]:
    """A code and words for bytes that are no picture that is taken."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "format", "is SVG, which is not taken"
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<?php")) or b"<html" in head:
        return "not-a-picture", "is a web page"
    if head[:4] in (b"ii*\0", b"mm\0*"):
        return "format", "is TIFF, which is not taken"
    return ("empty", "is empty") if not data else ("not-a-picture", "is not a picture")
