"""Beside the text of an article: its running story, the names found in it, what it repeats, and its related articles.

One panel, read from tables and indexes that are kept ahead: a fixed number of queries, whatever the archive holds.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel

from bulaq.newsroom.actions import topics as topic_acts
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.articles import related_pairs
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.desk.topic_offers import next_page
from bulaq.newsroom.finding.documents import document_of_text
from bulaq.newsroom.finding.duplicates import Repeat, repeats_of, told_apart
from bulaq.newsroom.models import Article, ArticleTopic, Story, StoryArticle, TopicMention, TopicOffer

SUGGESTED = 8
SHOWN_REPEATS = 5


class ConnectionsSidePanel(BaseSidePanel):
    """Beside the text: what the article belongs to."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Connections")
        icon_name = "link"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """A text that was published before calls for attention."""
            context = super().get_context_data(parent_context)
            context["count"] = len(self.panel.repeats)
            return context

    name = "connections"
    title = gettext_lazy("Connections")
    template_name = "desk/connections/panel.html"
    order = 60

    @cached_property
    def repeats(self) -> list[Repeat]:
        """Near-duplicates of the text as it stands in the editor."""
        article = self.object
        if not article.pk:
            return []
        return repeats_of(document_of_text(article), limit=SHOWN_REPEATS)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """All four; nothing for an article that is not stored yet."""
        context = super().get_context_data(parent_context)
        pk = self.object.pk
        context["article_id"] = pk
        if not pk:
            return context
        boxes, rest = related_pairs.of_article(self.object)
        story = Story.objects.filter(story_articles__article_id=pk, story_articles__taken_out=False).first()
        may_change = rights.may_publish(self.request.user, self.object)
        return context | {
            "csrf_token": get_token(self.request),
            "article_chooser": related_pairs.chooser() if may_change else "",
            "here": self.request.get_full_path(),
            "may_change": may_change,
            "may_reject": rights.may_lead(self.request.user),
            "story": story,
            "other_stories": [] if story or not may_change else _near_stories(boxes, rest),
            "suggested": _suggested(pk),
            "repeats": self.repeats,
            "apart": told_apart(pk),
            "boxes": boxes,
            "decided": rest,
        }


def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """One name found in the article: accepted as a topic and put on it, or rejected."""
    article = get_object_or_404(Article.objects.only("section"), pk=pk)
    rights.require(request.method == "POST" and rights.may_publish(request.user, article))
    mention = (
        TopicMention.objects.filter(article_id=pk, offer_id=row_number(request.POST.get("offer", "")))
        .select_related("offer")
        .first()
    )
    if mention is None:
        raise Http404
    offer = mention.offer
    try:
        if request.POST.get("act") == "reject":
            rights.require(rights.may_lead(request.user))
            topic_acts.reject_topic(offer_id=offer.pk)
            messages.success(request, _("«%(name)s» is not offered again.") % {"name": offer.name})
        else:
            topic_id = offer.topic_id
            if offer.state != TopicOffer.State.ACCEPTED or topic_id is None:
                topic_id = topic_acts.accept_topic(offer_id=offer.pk, by=request.user).pk
            topic_acts.link_article(article_id=pk, topic_id=topic_id)
            messages.success(request, _("«%(name)s» is a topic of the article now.") % {"name": offer.name})
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(next_page(request, reverse("wagtailsnippets_newsroom_article:edit", args=[pk])))


def _suggested(article_id: int) -> list[TopicOffer]:
    """Names found in the article that are no topic of it yet."""
    linked = set(ArticleTopic.objects.filter(article_id=article_id).values_list("topic_id", flat=True))
    mentions = (
        TopicMention.objects.filter(article_id=article_id)
        .exclude(offer__state=TopicOffer.State.REJECTED)
        .select_related("offer")
        .order_by("-telling", "-count", "pk")
    )
    found = [mention.offer for mention in mentions]
    return [offer for offer in found if offer.topic_id is None or offer.topic_id not in linked][:SUGGESTED]


def _near_stories(boxes: list[related_pairs.EditionPairs], rest: list[related_pairs.Pair]) -> list[Story]:
    """The stories of its related articles: where it most likely belongs."""
    near = [pair.article.pk for box in boxes for pair in box.pairs] + [pair.article.pk for pair in rest]
    entries = StoryArticle.objects.filter(article_id__in=near, taken_out=False).select_related("story")
    return list({entry.story_id: entry.story for entry in entries}.values())


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """`/desk/topic-offers/of/<article>/`."""
    return [path("topic-offers/of/<int:pk>/", accept, name="newsroom_accept_topic")]
