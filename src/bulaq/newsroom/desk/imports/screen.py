"""What the screens of imports share: their heading, and the way back to the list and to the import."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bulaq.newsroom.models import ImportRun


def screen(
    request: HttpRequest,
    template: str,
    title: str,
    context: dict[str, Any],
    *,
    run: ImportRun | None = None,
    icon: str = "download",
) -> TemplateResponse:
    """The screen `template`; `run`: the import that it belongs to."""
    trail = [(reverse("wagtailadmin_home"), _("Home")), (reverse("newsroom_imports:index"), _("Imports"))]
    if run is not None:
        number = _("Import %(number)s") % {"number": run.pk}
        trail.append((reverse("newsroom_imports:run", args=[run.pk]), number))
    if title != trail[-1][1]:
        trail.append(("", title))
    about = {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in trail],
    }
    return TemplateResponse(request, f"desk/imports/{template}.html", {**about, **context})
