"""Pictures are cut to their sizes by the worker; one that cannot be read delays no other."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from bulaq.newsroom.models import NewsImage
from bulaq.newsroom.renditions import SPECS, RenditionMaker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(data: bytes, name: str) -> NewsImage:
    image = NewsImage(title=name)
    image.file.save(name, ContentFile(data), save=False)
    image.width, image.height = 1400, 1000
    image.save()
    return image


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (1400, 1000), "#0b5f4c").save(buffer, "JPEG")
    return buffer.getvalue()


def test_what_is_missing_is_made_and_a_broken_file_delays_nothing():
    whole = stored(picture(), "whole.jpg")
    broken = stored(picture()[:200], "broken.jpg")
    maker = RenditionMaker(at_once=5)
    assert maker.run() == 1
    assert set(SPECS) <= set(whole.renditions.values_list("filter_spec", flat=True))
    assert not broken.renditions.exists()
    assert maker.run() == 0
