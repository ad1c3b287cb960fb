"""People, agencies and topics at the desk, each with the other spellings under which the archive knows them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.desk.choosers import NameChooserViewSet, PersonChooserViewSet
from bulaq.newsroom.desk.name_forms import AgencyForm, TopicForm
from bulaq.newsroom.desk.viewsets import DeskViewSet
from bulaq.newsroom.models import Agency, Article, Person, Topic


class NameIndexView(IndexView):
    """A list searched by any spelling that the house takes for the same."""

    is_searchable = True
    list_export = ()

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Names, and the other spellings that people and topics have."""
        key = matching_key(self.search_query) if self.is_searching else ""
        if not key:
            return queryset
        condition = Q(matching_name__contains=key)
        for relation in ("other_names", "variants"):
            if any(field.name == relation for field in self.model._meta.get_fields()):
                condition |= Q(**{f"{relation}__matching_text__contains": key})
        return queryset.filter(condition).distinct()


class _NameViewSet(DeskViewSet):
    index_view_class = NameIndexView
    chooser_viewset_class = NameChooserViewSet
    chooser_per_page = 20
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50


class PersonViewSet(_NameViewSet):
    """People with a page of their own."""

    model = Person
    chooser_viewset_class = PersonChooserViewSet
    icon = "user"
    menu_label = _("People")
    menu_name = "people"
    menu_order = 20
    base_url_path = "people"
    list_display = ["name", "role", "name_latin"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_latin")], heading=_("Name")),
            FieldPanel("role"),
            FieldPanel("biography"),
            FieldPanel("portrait"),
        ]
    )


class AgencyViewSet(_NameViewSet):
    """News agencies."""

    model = Agency
    icon = "globe"
    menu_label = _("Agencies")
    menu_name = "agencies"
    menu_order = 30
    base_url_path = "agencies"
    list_display = ["name", "url"]
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("url")], base_form_class=AgencyForm)


def _language_of(topic: Topic) -> str:
    return str(dict(Article.Language.choices).get(topic.language, topic.language))


class TopicViewSet(_NameViewSet):
    """Topics: suggested ones wait here to be accepted."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    menu_order = 40
    base_url_path = "topics"
    list_display = [
        "name",
        Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
        Column("language", label=_("Language"), accessor=_language_of, sort_key="language"),
        BooleanColumn("accepted", label=_("accepted"), sort_key="accepted"),
    ]
    list_filter = ["kind", "language", "accepted"]
    ordering = ["language", "name"]  # Arabic first: by name alone, the Latin ones stand before all others
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [FieldPanel("name"), FieldPanel("kind"), FieldPanel("language")], heading=_("Topic")
            ),
            FieldPanel("description"),
            FieldPanel("accepted"),
            InlinePanel(
                "variants",
                panels=[FieldPanel("text")],
                heading=_("Spelling variants"),
                label=_("spelling"),
            ),
        ],
        base_form_class=TopicForm,
    )
