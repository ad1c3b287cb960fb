"""What a camera writes into a picture (the place, the hour, its own number) goes no further than the original.

A photograph taken where a source lives would otherwise tell where that is: Willow copies Exif into every JPEG and PNG that it
makes. Originals keep theirs, for the picture desk; they are not served (`bulaq.project.web`).
"""

from __future__ import annotations

from willow.plugins.pillow import PillowImage
from willow.registry import registry

_TOLD = ("exif", "xmp", "comment")


def keep_out_of_renditions() -> None:
    """From here on every picture that is turned upright, which is how every size of it begins, loses them."""
    registry.register_operation(PillowImage, "auto_orient", _upright_and_bare)


def _upright_and_bare(image: PillowImage) -> PillowImage:
    upright = PillowImage.auto_orient(image)
    for name in _TOLD:
        upright.image.info.pop(name, None)
    return upright
