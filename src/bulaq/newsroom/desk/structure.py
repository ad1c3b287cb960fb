"""Sections and editions at the desk: what an administrator sets up, and seldom."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from bulaq.newsroom.models import Edition, Section


class SectionViewSet(SnippetViewSet):
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
        ]
    )


class EditionViewSet(SnippetViewSet):
    """The sites of the network, each with its sections in order."""

    model = Edition
    icon = "site"
    menu_label = _("Editions")
    menu_name = "editions"
    menu_order = 60
    base_url_path = "editions"
    list_display = ["name", "label", "host", "profile_key", "is_default"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("label")]),
                    FieldPanel("tagline"),
                    FieldRowPanel([FieldPanel("host"), FieldPanel("slug"), FieldPanel("profile_key")]),
                    FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_dark")]),
                    FieldRowPanel([FieldPanel("network"), FieldPanel("position"), FieldPanel("is_default")]),
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
        ]
    )
