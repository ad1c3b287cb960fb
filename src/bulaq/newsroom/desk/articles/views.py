"""Articles at the desk: Wagtail's snippet views, with our list, our form, and our acts behind the publish button."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.snippets.views.snippets import CreateView, EditView

from bulaq.arabic.direction import isolate_text
from bulaq.newsroom.actions.placement import locked_article
from bulaq.newsroom.actions.placing import publish_where_planned
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.articles.connections import ConnectionsSidePanel
from bulaq.newsroom.desk.articles.corrections import CorrectView
from bulaq.newsroom.desk.articles.list import PER_PAGE, ArticleIndexView, reading_url
from bulaq.newsroom.desk.articles.panels import EDIT_HANDLER
from bulaq.newsroom.desk.articles.placement import PlacementSidePanel, PlacementView
from bulaq.newsroom.desk.choosers import ArticleChooserViewSet
from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.desk.viewsets import DeskViewSet
from bulaq.newsroom.models import Article


class _ArticleEditing:
    """What creating and editing have in common."""

    refused = False

    def save_instance(self) -> Article:
        """A change in the draft of an article that is public is a change too: the list shows it first.

        Wagtail looks for a newer text before it begins to save. What was saved in that moment, by a second editor or by
        the publish button that overtook the saving of itself, is seen here, where no other can come between.
        """
        before = self.form.instance
        if (
            before.pk is not None
            and self.expects_json_response
            and locked_article(before.pk).latest_revision_id != before.latest_revision_id
        ):
            raise PermissionDenied(_("Saving will overwrite a newer version."))
        article = super().save_instance()
        if article.live:
            Article.objects.filter(pk=article.pk).update(edited_at=timezone.now())
        return article

    def publish_action(self) -> HttpResponse | None:
        """The publish button: the act decides where, and says why not."""
        hook_response = self.run_hook("before_publish", self.request, self.object)
        if hook_response is not None:
            return hook_response
        try:
            self.published = publish_where_planned(article_id=self.object.pk, by=self.request.user)
        except ActRefused as refusal:
            self.refused = True
            messages.error(self.request, str(refusal))
            return None
        self.object.refresh_from_db()
        return self.run_hook("after_publish", self.request, self.object)

    def get_success_message(self, instance: Article | None = None) -> str:
        """Where it was published; after a refusal, that the draft is kept."""
        if self.action == "publish":
            if self.refused:
                return _("The draft is saved, but not published.")
            editions = commas(isolate_text(p.edition.short_name) for p in self.published)
            return _("«%(headline)s» is published: %(editions)s") % {
                "headline": isolate_text(str(self.object)), "editions": editions
            }  # fmt: skip
        return super().get_success_message(instance)

    def get_success_url(self) -> str:
        """After publishing the editor stays with the article."""
        return self.get_edit_url()

    def get_success_buttons(self) -> list[Any]:
        """The way to the public page, once there is one."""
        if self.action == "publish" and not self.refused:
            from bulaq.newsroom.queries.placements import public_url

            return [
                messages.button(
                    public_url(p, p.edition), _("View in %(edition)s") % {"edition": p.edition.short_name}
                )
                for p in self.published
            ]
        return []

    def get_side_panels(self) -> MediaContainer:
        """With the placement and the connections beside the text."""
        panels = super().get_side_panels()
        panels.append(PlacementSidePanel(self.object or self.form.instance, self.request))
        panels.append(ConnectionsSidePanel(self.object or self.form.instance, self.request))
        return panels


class ArticleCreateView(_ArticleEditing, CreateView):
    """`/desk/articles/add/`."""

    page_title = page_subtitle = gettext_lazy("New article")

    def get_header_title(self) -> str:
        """The name of the window, said once."""
        return self.page_title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail's end in «New: …»."""
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_title}]


class ArticleEditView(_ArticleEditing, EditView):
    """`/desk/articles/edit/<id>/`."""

    @cached_property
    def is_out_of_date(self) -> bool:
        """An imported article has no revision before it is edited, and the form that was opened then names none: what has
        been saved since is somebody else's, and newer."""
        known = ("overwrite_revision_id", "loaded_revision_id")
        if self.latest_revision and not any(self.request.POST.get(name) for name in known):
            return True
        return super().is_out_of_date


READING = {
    "history", "history_results", "usage", "inspect", "preview_on_edit", "revisions_view", "revisions_compare",
    "workflow_history", "workflow_history_detail", "workflow_preview",
}  # fmt: skip
"""Views of an article that change nothing: open to all who may edit any."""


def _within_bounds(pattern: URLPattern) -> URLPattern:
    """Wagtail's views ask for the right to change articles, not this one: every view that acts on one is asked here."""
    if "pk" not in pattern.pattern.regex.groupindex and "pk" not in getattr(
        pattern.pattern, "converters", {}
    ):
        return pattern
    if pattern.name in READING:
        return pattern

    @wraps(pattern.callback)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        article = Article.objects.filter(pk=kwargs["pk"]).only("section_id", "latest_revision_id").first()
        allowed = article is None or rights.may_edit(request.user, article)
        # Every list and box of the desk links to the editor: whoever may only read is led to where it is read.
        if (
            not allowed
            and pattern.name == "edit"
            and request.method == "GET"
            and rights.may_edit(request.user)
        ):
            return redirect(reading_url(article))
        rights.require(allowed)
        if pattern.name == "unpublish":
            # An article is taken off an edition with a reason, on its placement page.
            return redirect("wagtailsnippets_newsroom_article:placement", kwargs["pk"])
        return pattern.callback(request, *args, **kwargs)

    return URLPattern(pattern.pattern, guarded, pattern.default_args, pattern.name)


class ArticleViewSet(DeskViewSet):
    """All views of articles."""

    model = Article
    icon = "doc-full"
    menu_label = gettext_lazy("Articles")
    menu_name = "articles"
    menu_order = 10
    admin_url_namespace = "wagtailsnippets_newsroom_article"
    base_url_path = "articles"
    chooser_viewset_class = ArticleChooserViewSet
    chooser_base_url_path = "articles/choose"
    index_view_class = ArticleIndexView
    add_view_class = ArticleCreateView
    edit_view_class = ArticleEditView
    edit_handler = EDIT_HANDLER
    search_backend_name = None
    list_per_page = PER_PAGE
    copy_view_enabled = False
    index_results_template_name = "desk/articles_results.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        """With placement and corrections."""
        return [
            *map(_within_bounds, super().get_urlpatterns()),
            path("placement/<int:pk>/", PlacementView.as_view(), name="placement"),
            path("correct/<int:pk>/", CorrectView.as_view(), name="correct"),
        ]
