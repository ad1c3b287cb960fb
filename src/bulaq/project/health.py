"""`/_/health/live` and `/_/health/ready`, for whatever decides which nodes get readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from bulaq.delivery import policies
from bulaq.project.checks import Finding, findings


def live(request: HttpRequest) -> HttpResponse:
    """The process answers. It looks at nothing else: a database that is away is no reason to restart it."""
    return _uncached(HttpResponse("ok", content_type="text/plain"))


def ready(request: HttpRequest) -> HttpResponse:
    """200 while pages can be served, with what is degraded; the edge goes on serving without the database, so a node is
    taken out only when it can do neither. Texts are for the newsroom's engineer, so only subjects are said here."""
    degraded: list[str] = []
    try:
        found: list[Finding] = list(findings())
    except Exception:
        degraded.append("checks")
        found = []
    degraded += sorted(
        {finding.subject for finding in found if finding.level != "ok" and "/" not in finding.subject}
    )
    return _uncached(JsonResponse({"status": "degraded" if degraded else "ok", "degraded": degraded}))


def _uncached(response: HttpResponse) -> HttpResponse:
    for name, value in policies.NO_STORE.headers().items():
        response[name] = value
    return response
