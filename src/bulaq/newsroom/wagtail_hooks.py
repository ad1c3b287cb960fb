"""What Wagtail asks of the newsroom: the views of the desk, its menus, its first page, its looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

# Modules imported under their own names register pages and menu items.
from bulaq.newsroom.desk import founding as founding
from bulaq.newsroom.desk import front as front
from bulaq.newsroom.desk import home, list_counts, menus, rich_text
from bulaq.newsroom.desk import readings as readings
from bulaq.newsroom.desk import stories as stories
from bulaq.newsroom.desk import topic_offers as topic_offers
from bulaq.newsroom.desk.articles import bulk_acts as bulk_acts
from bulaq.newsroom.desk.articles import connections as connections
from bulaq.newsroom.desk.articles import duplicates as duplicates
from bulaq.newsroom.desk.articles import history
from bulaq.newsroom.desk.articles import related_pairs as related_pairs
from bulaq.newsroom.desk.imports import views as views
from bulaq.newsroom.models import Article

register_snippet(menus.NewsroomGroup)
list_counts.install()


@hooks.register("register_log_actions", order=100)
def register_log_actions(actions: Any) -> None:
    """Our acts, for the history of an article; after Wagtail's own, one of which is renamed."""
    history.register(actions)


@hooks.register("register_rich_text_features", order=100)
def register_rich_text_features(features: FeatureRegistry) -> None:
    """After Wagtail's own: one of them is replaced."""
    rich_text.register(features)


@hooks.register("construct_main_menu")
def construct_main_menu(request: HttpRequest, items: list[Any]) -> None:
    """Without what this site has not."""
    menus.without(items, menus.HIDDEN)


@hooks.register("construct_settings_menu")
def construct_settings_menu(request: HttpRequest, items: list[Any]) -> None:
    """Without sites and locales: editions say both."""
    menus.without(items, menus.HIDDEN_SETTINGS)


@hooks.register("construct_reports_menu")
def construct_reports_menu(request: HttpRequest, items: list[Any]) -> None:
    """Without reports on pages."""
    menus.without(items, menus.HIDDEN_REPORTS)


@hooks.register("register_reports_menu_item")
def register_history_menu_item() -> Any:
    """For editors, not for administrators alone."""
    return menus.history_menu_item()


@hooks.register("register_admin_menu_item")
def register_articles_menu_item() -> Any:
    """Articles, before the group that holds them with the rest."""
    return menus.articles_menu_item()


@hooks.register("register_admin_menu_item")
def register_shortcuts_menu_item() -> Any:
    """Wagtail keeps it in its menu of guides, which is hidden; the key «?» works only while it is shown."""
    return menus.shortcuts_menu_item()


@hooks.register("register_admin_search_area")
def register_admin_search_area() -> Any:
    """The field in the menu searches articles."""
    return menus.article_search_area()


@hooks.register("construct_search")
def construct_search(request: HttpRequest, areas: list[Any]) -> None:
    """No search for pages and documents."""
    menus.without(areas, {"pages", "documents"})


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Our panels in the place of those on pages."""
    panels[:] = home.panels_for(request)


@hooks.register("construct_homepage_summary_items")
def construct_homepage_summary_items(request: HttpRequest, items: list[Any]) -> None:
    """No counts: they say nothing and cost much."""
    items.clear()


@hooks.register("construct_snippet_action_menu")
def construct_snippet_action_menu(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """An article is taken off an edition, with a reason, on its placement page; not «unpublished» without one."""
    if context["model"] is Article:
        items[:] = [item for item in items if item.name != "action-unpublish"]


@hooks.register("insert_global_admin_css")
def insert_global_admin_css() -> SafeString:
    """The desk's own looks over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def insert_global_admin_js() -> SafeString:
    """A way into menus and windows with the keyboard alone."""
    return format_html('<script src="{}" defer></script>', static("desk/focus.js"))


@hooks.register("insert_editor_js")
def insert_editor_js() -> SafeString:
    """What the editor still lacks: words that it knows in English only, a guard over what was typed that overlooks nothing,
    and headings, lists and tables out of what is pasted."""
    return format_html(
        '<script src="{}" defer></script><script src="{}" defer data-edit="{}" data-remove="{}"></script>'
        '<script src="{}" defer data-login="{}" data-signed-out="{}" data-sign-in="{}" data-away="{}"></script>'
        '<script src="{}" defer data-pictures="{}"></script>',
        static("desk/block-names.js"), static("desk/link-tooltip.js"), _("Edit"), _("Remove"),
        static("desk/unsaved.js"), reverse("wagtailadmin_login"),
        _("You have been signed out. What you wrote is still here, and not saved yet."),
        _("Sign in again in another window"),
        _("The newsroom cannot be reached. What you wrote is still here, and not saved yet. Try again in a moment."),
        static("desk/paste.js"), _("Pictures are not pasted: add each one with «Picture», so that it has its caption and credit."),
    )  # fmt: skip
