"""What all lists and editors of the desk that are Wagtail's snippet views have in common."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet


class DeskViewSet(SnippetViewSet):
    """The way back to the first page, named in the language of whoever sees it: Wagtail's is translated once, when the
    process starts."""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The desk's first page; the views add what follows."""
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]
