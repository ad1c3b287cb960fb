"""Sections and editions at the desk: what an administrator sets up, and seldom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from bulaq.newsroom.desk.viewsets import DeskViewSet
from bulaq.newsroom.models import Edition, Network, Section


class EditionForm(WagtailAdminModelForm):
    """An edition joins the network that is there; the first one founds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            if network := Network.objects.order_by("pk").first():
                self.instance.network = network
            if "is_default" in self.fields and not Edition.objects.filter(is_default=True).exists():
                self.initial["is_default"] = True

    def save(self, commit: bool = True) -> Edition:
        """The first edition brings the network with it."""
        if self.instance.network_id is None:
            self.instance.network = Network.objects.create(name=self.instance.name)
        return super().save(commit)


class SectionViewSet(DeskViewSet):
    """The subject areas of the network."""

    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_name = "sections"
    menu_order = 50
    base_url_path = "sections"
    list_display = ["name", "slug", "parent"]
    search_fields = ["name", "slug"]
    copy_view_enabled = False
    list_per_page = 100
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [FieldPanel("name"), FieldPanel("slug"), FieldPanel("parent", widget=forms.Select)],
                heading=_("Section"),
            ),
            FieldPanel("description"),
            FieldPanel("bound_groups", widget=forms.CheckboxSelectMultiple),
        ]
    )


class EditionViewSet(DeskViewSet):
    """The sites of the network, each with its sections in order."""

    model = Edition
    icon = "site"
    menu_label = _("Editions")
    menu_name = "editions"
    menu_order = 60
    base_url_path = "editions"
    list_display = [
        "name", "label", "host", "profile_key", BooleanColumn("is_default", label=_("default"), sort_key="is_default")
    ]  # fmt: skip
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("label")]),
                    FieldPanel("tagline"),
                    FieldRowPanel([FieldPanel("host"), FieldPanel("slug")]),
                    FieldRowPanel([FieldPanel("profile_key"), FieldPanel("time_zone")]),
                    FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_dark")]),
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_dark")]),
                    FieldRowPanel([FieldPanel("position"), FieldPanel("is_default")]),
                ],
                heading=_("Edition"),
            ),
            InlinePanel(
                "edition_sections",
                panels=[
                    FieldRowPanel(
                        [
                            FieldPanel("section", widget=forms.Select),
                            FieldPanel("name"),
                            FieldPanel("in_boxes"),
                        ]
                    )
                ],
                heading=_("Sections, in the order in which the site shows them"),
                label=_("section"),
            ),
        ],
        base_form_class=EditionForm,
    )
