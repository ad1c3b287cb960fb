"""What is put off until after a save is done by the worker: the desk knows where a picture is used."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django_tasks_db.models import DBTaskResult
from PIL import Image
from tests.newsroom.making import make_article, make_edition
from wagtail.models import ReferenceIndex
from wagtail.tasks import update_reference_index_task

from bulaq.newsroom.models import NewsImage
from bulaq.project.queued_tasks import run_queued_tasks


@pytest.mark.django_db
def test_the_desk_knows_where_a_picture_is_used(
    settings, tmp_path, django_capture_on_commit_callbacks, django_assert_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    make_edition()
    with django_capture_on_commit_callbacks(execute=True):
        image = NewsImage.objects.create(title="سوق", file=ImageFile(file, "market.png"))
        make_article(lead_image=image)
        make_article("مادة حُذفت").delete()
        update_reference_index_task.enqueue("newsroom", "no_such_model", "1")
    assert not ReferenceIndex.get_references_to(image).exists()
    assert run_queued_tasks() > 3
    assert ReferenceIndex.get_references_to(image).count() == 1
    assert [row.status for row in DBTaskResult.objects.all()] == ["FAILED"]
    with django_assert_num_queries(1):  # no transaction where nothing waits
        assert run_queued_tasks() == 0
