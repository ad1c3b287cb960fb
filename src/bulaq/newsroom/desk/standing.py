"""Standing pages at the desk: what an edition says of itself."""

from __future__ import annotations

from urllib.parse import unquote

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column

from bulaq.newsroom import addresses
from bulaq.newsroom.desk.viewsets import DeskViewSet
from bulaq.newsroom.models import StandingPage

READ = {"title", "description", "body"}
"""What readers read: a page that is moved in the footer has not been changed."""


class StandingPageForm(WagtailAdminModelForm):
    """Knows when the text was changed."""

    def save(self, commit: bool = True) -> StandingPage:
        """With the day of the change."""
        if READ.intersection(self.changed_data):
            self.instance.changed_at = timezone.now()
        return super().save(commit)


class StandingPageViewSet(DeskViewSet):
    """«من نحن», «اتصل بنا» and their like, of every edition."""

    model = StandingPage
    icon = "doc-full-inverse"
    menu_label = _("Standing pages")
    menu_name = "standing-pages"
    menu_order = 70
    base_url_path = "standing-pages"
    list_display = [
        "title",
        "edition",
        Column("address", label=_("address"), accessor=lambda page: unquote(addresses.standing(page.slug))),
        BooleanColumn("live", label=_("shown to readers"), sort_key="live"),
        BooleanColumn("in_footer", label=_("in the footer"), sort_key="in_footer"),
    ]
    list_filter = ["edition"]
    search_fields = ["title", "slug"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("edition", widget=forms.Select), FieldPanel("slug")]),
                    FieldPanel("description"),
                ],
                heading=_("Page"),
            ),
            FieldPanel("body", heading=_("Text"), classname="desk-body"),
            MultiFieldPanel(
                [
                    FieldPanel("live"),
                    FieldRowPanel([FieldPanel("in_footer"), FieldPanel("position")]),
                ],
                heading=_("Where it stands"),
            ),
        ],
        base_form_class=StandingPageForm,
    )
