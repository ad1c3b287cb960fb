"""Planning where an article will stand, taking a plan back, and choosing the canonical placement."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.embargoes import pass_on_embargo, require_not_public_before
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.placement import (
    canonical_where_none_is,
    edition_for,
    locked_article,
    pass_on_canonical,
    placement_in,
    section_for,
)
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

State = Publication.State
WAITING = (State.PLANNED, State.SCHEDULED, State.FAILED)
"""States of a placement that readers have not seen yet."""


@transaction.atomic
def plan(
    *,
    article_id: int,
    edition_id: int,
    section_id: int | None = None,
    headline_override: str | None = None,
    embargo_until: datetime | None = None,
    by: AbstractBaseUser | None = None,
) -> Publication:
    """Says where an article will stand, without publishing it. The text may still be incomplete.

    Plans anew what was planned, scheduled, failed or withdrawn; what is published is left where it stands
    (`not-planned`). A publish without an edition then goes to the planned placements. An embargo holds in every edition,
    and is refused (`embargo-too-late`) when another shows the article before that hour.
    """
    article = locked_article(article_id)
    edition = edition_for(article, edition_id)
    publication = placement_in(article, edition)
    if publication.state == State.PUBLISHED:
        raise ActRefused("not-planned", _("The article is published there already."))
    if embargo_until is not None:
        require_not_public_before(publication, embargo_until)
    publication.section = section_for(article, publication, section_id)
    publication.state = State.PLANNED
    publication.failure = ""
    publication.embargo_until = embargo_until
    publication.published_at = None
    if headline_override is not None:
        publication.headline_override = headline_override.strip()
    canonical_where_none_is(publication)
    publication.save()
    log(article, "newsroom.plan", user=by, data={"edition": edition.slug})
    return publication


@transaction.atomic
def remove_plan(*, article_id: int, edition_id: int, by: AbstractBaseUser | None = None) -> bool:
    """Takes back a placement that readers never saw; a scheduled one is no longer published at its time.

    An embargo that was written there holds on where else the article is placed. Returns whether it has ended with the
    plan, because the article is placed nowhere else.
    """
    article = locked_article(article_id)
    publication = (
        Publication.objects.filter(article=article, edition_id=edition_id, state__in=WAITING)
        .select_related("edition")
        .first()
    )
    if publication is None:
        raise ActRefused("not-planned", _("Nothing is planned or scheduled there."))
    publication.delete()
    if publication.is_canonical:
        pass_on_canonical(article)
    log(article, "newsroom.unplan", user=by, data={"edition": publication.edition.slug})
    return pass_on_embargo(publication)


@transaction.atomic
def make_canonical(*, article_id: int, edition_id: int, by: AbstractBaseUser | None = None) -> Publication:
    """Makes one placement the canonical one: search engines and sister editions point to it."""
    article = locked_article(article_id)
    placements = list(Publication.objects.filter(article=article).select_related("edition", "section"))
    chosen = next((p for p in placements if p.edition_id == edition_id), None)
    if chosen is None or chosen.state == State.WITHDRAWN:
        raise ActRefused("not-published", _("The article is not published there."))
    if chosen.is_canonical:
        return chosen
    # The old one first: only one may be canonical at any moment.
    Publication.objects.filter(article=article, is_canonical=True).update(is_canonical=False)
    chosen.is_canonical = True
    chosen.save(update_fields=["is_canonical"])
    log(article, "newsroom.canonical", user=by, data={"edition": chosen.edition.slug})
    shown = [p for p in placements if p.state == State.PUBLISHED]
    if shown:
        record("canonical", article_id=article.pk, keys=keys_of(article.pk, shown))
    return chosen


@transaction.atomic
def publish_where_planned(*, article_id: int, by: AbstractBaseUser | None = None) -> list[Publication]:
    """The editor's one button: publishes in every planned placement and updates wherever the article stands.

    With no placement at all it is published in the first edition of its language, under its own section. A placement
    that waits for its hour keeps waiting; when nothing else remains, that is refused (`scheduled`).
    """
    article = locked_article(article_id)
    placements = Publication.objects.filter(article=article)
    due = list(
        placements.filter(state__in=[State.PLANNED, State.FAILED, State.PUBLISHED]).values_list(
            "edition_id", flat=True
        )
    )
    if not due:
        if placements.filter(state=State.SCHEDULED).exists():
            raise ActRefused(
                "scheduled",
                _("The article is scheduled. Publish it now under «Placement», or wait for its time."),
            )
        return [publish(article_id=article_id, by=by)]
    return [publish(article_id=article_id, edition_id=edition_id, by=by) for edition_id in due]
