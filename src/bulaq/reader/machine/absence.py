"""404 for programs: a line, not a page of the newspaper. What never stood there before is not looked for elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import policies
from bulaq.reader.responses import with_policy


def absent(request: HttpRequest) -> HttpResponse:
    """There is no such file."""
    return with_policy(
        HttpResponse("404\n", status=404, content_type="text/plain; charset=utf-8"), policies.NOT_FOUND, ()
    )
