"""What stands in the desk's menus: the newsroom's own things, and of Wagtail's what a newsroom uses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.wagtail_hooks import register_keyboard_shortcuts_menu_item
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.articles.views import ArticleViewSet
from bulaq.newsroom.desk.names import AgencyViewSet, PersonViewSet, TopicViewSet
from bulaq.newsroom.desk.standing import StandingPageViewSet
from bulaq.newsroom.desk.structure import EditionViewSet, SectionViewSet

HIDDEN = {"explorer", "documents", "help", "snippets"}
"""Wagtail's items for what this site has not: a tree of pages, loose documents, and guides to them."""

HIDDEN_SETTINGS = {"sites", "redirects", "locales"}
HIDDEN_REPORTS = {"site-history", "locked-pages", "aging-pages", "page-types-usage"}


class NewsroomGroup(SnippetViewSetGroup):
    """«Newsroom», open and first."""

    items = (
        ArticleViewSet,
        PersonViewSet,
        AgencyViewSet,
        TopicViewSet,
        SectionViewSet,
        EditionViewSet,
        StandingPageViewSet,
    )
    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "edit"
    menu_order = 10


class ArticlesMenuItem(MenuItem):
    """The list of articles, one touch away: the newsroom opens it all day."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever sees the list."""
        return rights.may_edit(request.user)


def articles_menu_item() -> ArticlesMenuItem:
    """First in the menu."""
    return ArticlesMenuItem(
        _("Articles"),
        reverse("wagtailsnippets_newsroom_article:list"),
        name="all-articles",
        icon_name="doc-full",
        order=5,
    )


def shortcuts_menu_item() -> MenuItem:
    """What can be done with the keyboard; also the key «?». Last in the menu."""
    item = register_keyboard_shortcuts_menu_item()
    item.label, item.order = _("Keyboard shortcuts"), 20_000
    return item


class ArticleSearchArea(SearchArea):
    """The search field at the top of the menu looks for articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever sees the list."""
        return rights.may_edit(request.user)


def article_search_area() -> ArticleSearchArea:
    """Before all others: the field in the menu belongs to the first."""
    return ArticleSearchArea(
        _("Articles"),
        reverse("wagtailsnippets_newsroom_article:list"),
        name="articles",
        icon_name="doc-full",
        order=1,
    )


class HistoryMenuItem(MenuItem):
    """Who did what: Wagtail shows its own item to whoever may explore pages alone."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever answers for what others did."""
        return rights.may_publish(request.user)


def history_menu_item() -> HistoryMenuItem:
    """Among the reports."""
    return HistoryMenuItem(
        _("Who did what"),
        reverse("wagtailadmin_reports:site_history"),
        name="who-did-what",
        icon_name="history",
        order=1000,
    )


def without(items: list[Any], hidden: set[str]) -> None:
    """Leaves the named items out, in place."""
    items[:] = [item for item in items if item.name not in hidden]
