"""The picture library is searched with the house's folding: in its list, in its chooser, and for acts on many at once."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from bulaq.newsroom.desk import roles
from tests.newsroom.desk_users import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name, fields in {
        "school": {"title": "DSC_0001", "caption": "مدرسة القرية في أوّل أيامها"},
        "market": {"title": "سوق الأسماك", "credit": "تصوير سلمى القاسم"},
    }.items():
        file = BytesIO()
        Image.new("RGB", (40, 30), (name == "school" and "navy") or "teal").save(file, "PNG")
        get_image_model().objects.create(file=ImageFile(file, f"{name}.png"), **fields)


@pytest.fixture
def desk(client, pictures):
    client.force_login(make_user(roles.EDITOR))
    return client


FOUND = {
    "المدرسه": {"school"}, "القريه مدرسة": {"school"}, "قاسم": {"market"}, "أسم": {"market"}, "مدرسة سوق": set(),
    "": {"school", "market"},
}  # fmt: skip


def test_a_picture_is_found_by_any_of_its_words_as_they_are_written(desk):
    for where in ("wagtailimages:index_results", "wagtailimages_chooser:choose_results"):
        for query, found in FOUND.items():
            page = desk.get(reverse(where), {"q": query}).content.decode()
            assert {name for name in ("school", "market") if f"images/{name}" in page} == found, (
                where,
                query,
            )


def test_what_is_written_later_is_found_and_what_was_written_before_is_not(desk):
    picture = get_image_model().objects.get(title="سوق الأسماك")
    picture.title = "ميناء الصيادين"
    picture.save(update_fields=["title"])
    search = get_image_model().objects.search
    assert list(search("ميناء")) == [picture]
    assert not search("الأسماك").exists()


def test_all_that_a_search_found_can_be_acted_on(desk):
    app, model = get_image_model()._meta.app_label, get_image_model()._meta.model_name
    where = reverse("wagtail_bulk_action", args=[app, model, "delete"])
    page = desk.get(where, {"id": "all", "q": "المدرسه"}).content.decode()
    assert "DSC_0001" in page
    assert "سوق الأسماك" not in page
