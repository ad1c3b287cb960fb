"""Related articles at the desk: what each edition shows beside an article and why; pin, ban, undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.widgets import AdminSnippetChooser

from bulaq.newsroom.actions.placement import edition_for
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.actions.related import choose_related, undo_related
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.desk.topic_offers import next_page
from bulaq.newsroom.finding.documents import document_of_text
from bulaq.newsroom.finding.indexes import finder
from bulaq.newsroom.models import Article, Edition, Publication, RelatedArticle, RelatedChoice

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
    """The related box of one edition; `foreseen` when readers do not see the article yet."""

    edition: Edition
    pairs: tuple[Pair, ...]
    foreseen: bool = False


def of_article(article: Article) -> tuple[list[EditionPairs], list[Pair]]:
    """The boxes by edition, and what was decided but is not shown yet or is banned. A fixed number of queries."""
    choices = {
        choice.other_id: choice
        for choice in RelatedChoice.objects.filter(article_id=article.pk)
        .select_related("other")
        .defer("other__body", "other__standfirst")
    }
    boxes = _stored(article.pk, choices) or _foreseen(article, choices)
    shown = {pair.article.pk for box in boxes for pair in box.pairs}
    rest = [Pair(choice.other, (), None, choice.kind) for pk, choice in choices.items() if pk not in shown]
    return boxes, rest


def _stored(article_id: int, choices: Mapping[int, RelatedChoice]) -> list[EditionPairs]:
    """The boxes as they were computed ahead."""
    lines = (
        RelatedArticle.objects.filter(article_id=article_id)
        .select_related("related", "edition")
        .defer("related__body", "related__standfirst")
        .order_by("edition__position", "edition_id", "position")
    )
    by_edition: dict[Edition, list[Pair]] = {}
    for line in lines:
        choice = choices.get(line.related_id)
        if choice is not None and choice.kind == RelatedChoice.Kind.BAN:
            continue  # the box follows in a moment
        words = tuple(str(reason[0]) for reason in line.reasons[:REASONS] if reason)
        pair = Pair(line.related, words, round(100 * line.score), choice.kind if choice else "")
        by_edition.setdefault(line.edition, []).append(pair)
    return [EditionPairs(edition, tuple(pairs)) for edition, pairs in by_edition.items()]


def _foreseen(article: Article, choices: Mapping[int, RelatedChoice]) -> list[EditionPairs]:
    """What would stand beside a draft, in the edition where it would be published first, as it is written now."""
    if Publication.objects.filter(article_id=article.pk, state=Publication.State.PUBLISHED).exists():
        return []
    try:
        edition = edition_for(article, None)
    except ActRefused:
        return []
    pinned = [pk for pk, choice in choices.items() if choice.kind == RelatedChoice.Kind.PIN]
    found = finder().related(
        document_of_text(article), edition=edition.pk, pinned=pinned, banned=choices.keys() - set(pinned)
    )
    articles = Article.objects.defer("body", "standfirst").in_bulk([line.id for line in found])
    pairs = tuple(
        Pair(
            articles[line.id],
            tuple(reason.words for reason in line.reasons[:REASONS]),
            round(100 * line.score),
            RelatedChoice.Kind.PIN if line.pinned else "",
        )
        for line in found
        if line.id in articles
    )
    return [EditionPairs(edition, pairs, foreseen=True)] if pairs else []


def chooser() -> str:
    """The field in which an editor chooses an article to pin; its window is that of the editing page."""
    return AdminSnippetChooser(Article).render("other", None, {"id": "related-other"})


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
