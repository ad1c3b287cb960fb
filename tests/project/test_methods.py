"""What may be done with a page of the site through HTTP: read it."""

import pytest
from django.test import Client


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_a_page_cannot_be_written_to(method):
    # Without a look at the database or at a form's token: there is nothing that it could be good for.
    answer = Client(enforce_csrf_checks=True).generic(method, "/", b"x=1")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_page_says_what_may_be_done_with_it():
    answer = Client().options("/culture/")
    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")
