"""Rows of a form's lists: one that was added and holds nothing yet is no answer, and stops no saving.

Wagtail takes the number of its place for an answer: while its person was still being chosen, a new byline made an autosave
fail with «errors».
"""

from __future__ import annotations

from typing import Any

from django.forms.formsets import ORDERING_FIELD_NAME
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel


class _BlankRow:
    """A form that is left out, unchecked and unsaved, as long as a new row says nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Also after an autosave that left it out: Wagtail then calls it an old row, without an id.
        self.empty_permitted = self.empty_permitted or self.instance.pk is None

    def has_changed(self) -> bool:
        """Of a new row, its place says nothing."""
        ignored = {ORDERING_FIELD_NAME} if self.instance.pk is None else set()
        return bool(set(self.changed_data) - ignored)

    def full_clean(self) -> None:
        """What is left out has a place in the list all the same."""
        super().full_clean()
        if self.is_bound and ORDERING_FIELD_NAME not in self.cleaned_data:
            place = str(self[ORDERING_FIELD_NAME].data or "")
            self.cleaned_data[ORDERING_FIELD_NAME] = int(place) if place.isdecimal() else None


class RowsPanel(InlinePanel):
    """An `InlinePanel` of such rows."""

    def get_form_options(self) -> dict[str, Any]:
        """With the form of a row."""
        options = super().get_form_options()
        row = options["formsets"][self.relation_name]
        base = row.get("form", WagtailAdminModelForm)
        row["form"] = type(base)("RowForm", (_BlankRow, base), {})
        return options
