"""Choosing articles, people, agencies and topics in the editor: every chooser is searched with the house's folding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.models import Article, Person, Publication
from bulaq.newsroom.queries import desk_search

MOST_COUNTED = 1_000
"""A chooser counts no further: nobody turns to the fortieth page, and counting a million articles takes time."""


class BoundedPaginator(WagtailPaginator):
    """Counts up to `MOST_COUNTED`."""

    @cached_property
    def count(self) -> int:
        """The number of items, or the ceiling."""
        return len(self.object_list[:MOST_COUNTED].values_list("pk", flat=True))


class _SearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search"), "dir": "auto"}),
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Narrows the choice to what was asked for."""
        query = (self.cleaned_data.get("q") or "").strip()
        if query:
            self.is_searching = True
            self.search_query = query
            objects = self.search(objects, query)
        return super().filter(objects)

    def search(self, objects: QuerySet[Any], query: str) -> QuerySet[Any]:
        """What matches `query`."""
        raise NotImplementedError


class ArticleSearchForm(_SearchForm):
    """Through the desk's own search, best first."""

    def search(self, objects: QuerySet[Article], query: str) -> QuerySet[Article]:
        """The hits, in the engine's order."""
        ids = desk_search.find(query, limit=100).article_ids
        rank = Case(
            *(When(pk=pk, then=Value(place)) for place, pk in enumerate(ids)), output_field=IntegerField()
        )
        return objects.filter(pk__in=ids).order_by(rank) if ids else objects.none()


class NameSearchForm(_SearchForm):
    """By any spelling that the house takes for the same."""

    def search(self, objects: QuerySet[Any], query: str) -> QuerySet[Any]:
        """Names, and the other spellings that people and topics have."""
        key = matching_key(query)
        condition = Q(matching_name__contains=key)
        for relation in ("other_names", "variants"):
            if any(field.name == relation for field in objects.model._meta.get_fields()):
                condition |= Q(**{f"{relation}__matching_text__contains": key})
        return objects.filter(condition).distinct()


def _where(article: Article) -> str:
    published = [
        p.edition.short_name for p in article.publications.all() if p.state == Publication.State.PUBLISHED
    ]
    return commas(published) or str(_("draft"))


class _ArticleChoosing:
    filter_form_class = ArticleSearchForm
    paginator_class = BoundedPaginator
    ordering = ("-edited_at", "-id")

    def get_object_list(self) -> QuerySet[Article]:
        """Light rows with the editions that publish them."""
        return Article.objects.defer("body", "standfirst").prefetch_related(
            Prefetch("publications", Publication.objects.select_related("edition"))
        )

    @property
    def columns(self) -> list[Column]:
        """The headline, and where readers find it."""
        return [self.title_column, Column("where", label=_("Where it stands"), accessor=_where)]


class ArticleChooseView(_ArticleChoosing, ChooseView):
    """The window of the article chooser."""


class ArticleChooseResultsView(_ArticleChoosing, ChooseResultsView):
    """Its results while one types."""


class _Chooser(AdminSnippetChooser):
    """Its buttons speak the language of whoever sees them: Wagtail words them when the process starts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        name = self.model._meta.verbose_name
        self.choose_one_text = _about(_("Choose %(object)s"), name)
        self.choose_another_text = _about(_("Choose another %(object)s"), name)
        self.link_to_chosen_text = _about(_("Edit this %(object)s"), name)


def _fill(text: Any, name: Any) -> str:
    return str(text) % {"object": name}


_about = lazy(_fill, str)


class _ChooserViewSet(SnippetChooserViewSet):
    base_widget_class = _Chooser
    choose_one_text = _("Choose")
    choose_another_text = _("Choose another")
    edit_item_text = _("Edit")


class ArticleChooserViewSet(_ChooserViewSet):
    """Choosing an article."""

    choose_view_class = ArticleChooseView
    choose_results_view_class = ArticleChooseResultsView


class _NameChoosing:
    filter_form_class = NameSearchForm
    paginator_class = BoundedPaginator

    @property
    def title_column(self) -> Column:
        """People have names, not titles."""
        column = super().title_column
        column.label = _("Name")
        return column


class NameChooseView(_NameChoosing, ChooseView):
    """The window of a chooser of names."""


class NameChooseResultsView(_NameChoosing, ChooseResultsView):
    """Its results while one types."""


class NameChooserViewSet(_ChooserViewSet):
    """Choosing a person, an agency or a topic."""

    choose_view_class = NameChooseView
    choose_results_view_class = NameChooseResultsView


class NewPersonForm(forms.ModelForm):
    """Someone who signs for the first time, made where the article is signed; the rest is added under «People»."""

    class Meta:
        model = Person
        fields = ("name", "role")
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "role": forms.TextInput(attrs={"dir": "auto"}),
        }

    def clean_name(self) -> str:
        """Refuses a name that is there already, in any spelling: two pages of one person are hard to join later."""
        name = self.cleaned_data["name"].strip()
        key = matching_key(name)
        known = Person.objects.filter(
            Q(matching_name=key) | Q(other_names__matching_text=key), ~Q(matching_name="")
        )
        if (person := known.order_by("pk").first()) is not None:
            raise forms.ValidationError(
                _("«%(name)s» is there already: choose the name under «Search»."), params={"name": person}
            )
        return name


class PersonChooserViewSet(NameChooserViewSet):
    """Choosing a person, or making one."""

    creation_form_class = NewPersonForm
    creation_tab_label = _("New person")
    create_action_label = _("Add the person")
