"""Related articles at the desk: what each edition shows beside an article and why; pin, ban, undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages

from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.actions.related import choose_related, undo_related
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.desk.topic_offers import next_page
from bulaq.newsroom.models import Article, Edition, RelatedArticle, RelatedChoice

REASONS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A related article, why, and what an editor decided on it ("", "pin" or "ban")."""

    article: Article
    reasons: tuple[str, ...] = ()
    percent: int | None = None
    choice: str = ""


@dataclass(frozen=True, slots=True)
class EditionPairs:
    """The related box of one edition."""

    edition: Edition
    pairs: tuple[Pair, ...]


def of_article(article_id: int) -> tuple[list[EditionPairs], list[Pair]]:
    """The boxes by edition, and what was decided but is not shown yet or is banned. Three queries."""
    choices = {
        choice.other_id: choice
        for choice in RelatedChoice.objects.filter(article_id=article_id)
        .select_related("other")
        .defer("other__body", "other__standfirst")
    }
    lines = (
        RelatedArticle.objects.filter(article_id=article_id)
        .select_related("related", "edition")
        .defer("related__body", "related__standfirst")
        .order_by("edition__position", "edition_id", "position")
    )
    by_edition: dict[Edition, list[Pair]] = {}
    shown: set[int] = set()
    for line in lines:
        choice = choices.get(line.related_id)
        if choice is not None and choice.kind == RelatedChoice.Kind.BAN:
            continue  # the box follows in a moment
        shown.add(line.related_id)
        by_edition.setdefault(line.edition, []).append(
            Pair(
                line.related,
                tuple(str(reason[0]) for reason in line.reasons[:REASONS] if reason),
                round(100 * line.score),
                choice.kind if choice else "",
            )
        )
    rest = [Pair(choice.other, (), None, choice.kind) for pk, choice in choices.items() if pk not in shown]
    return [EditionPairs(edition, tuple(pairs)) for edition, pairs in by_edition.items()], rest


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Pins, bans or undoes one pair."""
    article = get_object_or_404(Article.objects.only("section"), pk=pk)
    rights.require(request.method == "POST" and rights.may_publish(request.user, article))
    other = row_number(request.POST.get("other"))
    act = request.POST.get("act", "")
    try:
        if act == "undo":
            undo_related(article_id=pk, other_id=other, by=request.user)
            messages.success(request, _("Left to the machine again."))
        elif act in RelatedChoice.Kind.values:
            choose_related(article_id=pk, other_id=other, kind=act, by=request.user)
            messages.success(
                request,
                _("Pinned: it comes first.") if act == "pin" else _("It is not shown there any more."),
            )
        else:
            raise Http404
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(next_page(request, reverse("wagtailsnippets_newsroom_article:edit", args=[pk])))


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """`/desk/related/<article>/`."""
    return [path("related/<int:pk>/", decide, name="newsroom_related")]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Names the acts for the history of an article."""
    for name, label, message in (
        ("related_pin", gettext_lazy("Pin a related article"), gettext_lazy("Pinned a related article")),
        ("related_ban", gettext_lazy("Ban a related article"), gettext_lazy("Banned a related article")),
        ("related_undo", gettext_lazy("Undo on related"), gettext_lazy("Left a related pair to the machine")),
    ):
        actions.register_action(f"newsroom.{name}", label, message)
