"""Pictures are cut to their sizes by the worker, around their point of focus; one that cannot be read delays no other."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.rect import Rect

from bulaq.newsroom.models import NewsImage
from bulaq.newsroom.renditions import SHARE_SPEC, SPECS, RenditionMaker, sources

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


def test_what_a_camera_knows_stays_in_the_original():
    turned, told = Image.new("RGB", (100, 140), "white"), Image.Exif()
    turned.paste("red", (0, 0, 100, 20))
    told[0x0112] = 6  # to be turned a quarter to the right
    told.get_ifd(0x8825)[2] = (33.0, 53.0, 20.0)  # where it was taken
    buffer = io.BytesIO()
    turned.save(buffer, "JPEG", exif=told)
    image = stored(buffer.getvalue(), "من بيت المصدر.jpg")
    assert Image.open(image.file).getexif().get_ifd(0x8825)
    for wanted in (SHARE_SPEC, "original"):
        shown = Image.open(image.get_rendition(wanted).file)
        assert not shown.getexif()
        assert shown.width > shown.height


def test_a_point_of_focus_set_afterwards_cuts_what_was_cut_already():
    buffer = io.BytesIO()
    tall = Image.new("RGB", (400, 1000), "white")
    tall.paste("red", (150, 850, 250, 950))
    tall.save(buffer, "PNG")
    image = stored(buffer.getvalue(), "tall.png")
    image.width, image.height = tall.size
    image.save()
    maker = RenditionMaker()
    assert maker.run() == 1
    before = sources(image)
    image.set_focal_point(Rect(150, 850, 250, 950))
    image.save()
    image = NewsImage.objects.prefetch_related("renditions").get(pk=image.pk)
    assert maker.run() == 1  # the worker, before the next reader comes
    assert sources(image).src != before.src
    cut = Image.open(image.renditions.get(filter_spec=SPECS[0]).file).convert("RGB")
    assert cut.getchannel("G").getextrema()[0] < 60
    image.caption = "تعليق آخر"
    image.save()
    assert maker.run() == 0
