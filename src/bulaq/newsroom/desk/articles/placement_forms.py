"""The forms of the placement page: one for each edition. Hours are those of the edition's own clock."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulaq.newsroom.queries.placements import EditionPlacement

MINUTE = "%Y-%m-%dT%H:%M"


class MinuteInput(forms.DateTimeInput):
    """The browser's own field for day and hour: right in any direction and on any telephone."""

    input_type = "datetime-local"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format=MINUTE)


class EditionMinuteField(forms.DateTimeField):
    """A moment written as the wall clock of an edition shows it.

    On the night when summer time ends an hour comes twice, and which is meant cannot be written: `second_time` takes the
    later one. The hour that is left out in spring is refused (`skipped`).
    """

    def __init__(self, edition_zone: Any, *, second_time: bool = False, **kwargs: Any) -> None:
        super().__init__(input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"], widget=MinuteInput(), **kwargs)
        self.zone = edition_zone
        self.fold = int(second_time)

    def prepare_value(self, value: Any) -> Any:
        """The clock of the edition, not of the person at the desk."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """An aware moment, or None."""
        # As the digits stand: the clock that they are read by is the edition's.
        with timezone.override(UTC):
            written = super().to_python(value)
        if written is None:
            return None
        moment = written.replace(tzinfo=self.zone, fold=self.fold)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise forms.ValidationError(
                _("The clocks go forward that night: this hour is left out. Write one after it."),
                code="skipped",
            )
        return moment


class PlacementForm(forms.Form):
    """Where in the edition, under which headline, and when."""

    section = forms.TypedChoiceField(label=_("Section"), coerce=int, empty_value=None, required=False)
    headline_override = forms.CharField(
        label=_("Headline in this edition"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def __init__(
        self,
        placement: EditionPlacement,
        article_section_id: int | None,
        data: Any = None,
        *,
        within: Container[int] | None = None,
    ) -> None:
        publication = placement.publication
        super().__init__(
            data,
            prefix=f"edition-{placement.edition.pk}",
            initial={
                # A section that this edition does not show is no answer: the editor chooses.
                "section": publication.section_id if publication else article_section_id,
                "headline_override": publication.headline_override if publication else "",
                "at": _hour(placement),
                "embargo_until": publication.embargo_until if publication else None,
            },
        )
        self.fields["section"].choices = [
            ("", "—"),
            *(
                (section.pk, str(section))
                for section in placement.sections
                if within is None or section.pk in within
            ),
        ]
        zone = placement.edition.profile.zone
        self.fields["at"] = EditionMinuteField(zone, label=_("Publish at"), required=False)
        self.fields["embargo_until"] = EditionMinuteField(
            zone, second_time=True, label=_("Embargo until"), required=False
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
        )


def _hour(placement: EditionPlacement) -> datetime | None:
    """When it goes out; where an embargo holds it back, the hour at which that ends."""
    if placement.publication is not None and placement.state == "scheduled":
        return placement.publication.published_at
    return placement.embargo.embargo_until if placement.embargo else None
