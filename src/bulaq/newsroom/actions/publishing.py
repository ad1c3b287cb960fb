"""Publishing, updating and withdrawing articles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.arabic.slugs import slug as make_slug
from bulaq.newsroom.actions.approving import approve_text, newest_text
from bulaq.newsroom.actions.article_changed import keys_of, record_change
from bulaq.newsroom.actions.breaking import end_lines_of
from bulaq.newsroom.actions.embargoes import require_no_embargo
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.placement import (
    canonical_where_none_is,
    edition_for,
    let_go_of_old_section,
    locked_article,
    pass_on_canonical,
    placement_in,
    section_for,
)
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, FrontPin, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

State = Publication.State


@transaction.atomic
def publish(
    *,
    article_id: int,
    edition_id: int | None = None,
    section_id: int | None = None,
    at: datetime | None = None,
    headline_override: str | None = None,
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> Publication:
    """Approves the newest text of an article and places it in an edition; readers see it when this commits.

    Without `edition_id`, the canonical placement or else the first edition of the article's language. `at` sets the
    time shown to readers (an import keeps the old one); a future `at` schedules instead, which is refused (`published`)
    where readers see the article: it would take it from them unsaid. Publishing again updates: the time of first
    publication stays.
    """
    now = now or timezone.now()
    article = locked_article(article_id)
    edition = edition_for(article, edition_id)
    publication = placement_in(article, edition)
    waits = at is not None and at > now
    if waits and publication.state == State.PUBLISHED:
        raise ActRefused("published", _("The article is published there already."))
    section = section_for(article, publication, section_id)
    text = newest_text(article)
    _require_text(text)
    require_no_embargo(publication, at, now)
    old_section_id = publication.section_id
    publication.section = section
    if headline_override is not None:
        publication.headline_override = headline_override.strip()
    publication.slug = make_slug(publication.headline_override or text.headline)
    publication.failure = ""
    canonical_where_none_is(publication)
    if waits:
        _schedule(publication, at, by)
    else:
        _show(publication, at, now, by, old_section_id)
    return publication


def _schedule(publication: Publication, at: datetime, by: AbstractBaseUser | None) -> None:
    publication.state = State.SCHEDULED
    publication.published_at = at
    publication.save()
    told = {"edition": publication.edition.slug, "at": at.isoformat()}
    log(publication.article, "newsroom.schedule", user=by, data=told)


def _show(
    publication: Publication,
    at: datetime | None,
    now: datetime,
    by: AbstractBaseUser | None,
    old_section_id: int | None,
) -> None:
    """To readers, with the newest text; the other editions that show the article follow."""
    article, section = publication.article, publication.section
    was_published = publication.state == State.PUBLISHED
    publication.state = State.PUBLISHED
    publication.published_at = at or (publication.published_at if was_published else None) or now
    # An update before it was withdrawn is none of this text.
    publication.updated_at = now if was_published else None
    publication.save()
    let_go_of_old_section(article.pk, [publication.edition_id], section.pk)
    elsewhere: list[Publication] = []
    if article.has_unpublished_changes or not article.live:
        approve_text(article, by)
        elsewhere = _follow_elsewhere(article, publication)
    told = {"edition": publication.edition.slug, "section": section.slug}
    log(article, "newsroom.publish", user=by, data=told)
    record_change(
        "update" if was_published else "publish",
        article,
        [publication, *elsewhere],
        also_sections={old_section_id},
    )


def _follow_elsewhere(article: Article, publication: Publication) -> list[Publication]:
    """A new text is new wherever the article stands: the other editions' addresses and boxes follow too."""
    others = list(
        Publication.objects.filter(article=article, state=State.PUBLISHED)
        .exclude(pk=publication.pk)
        .select_related("edition", "section")
    )
    for other in others:
        other.slug = make_slug(other.headline_override or article.headline)
        other.updated_at = publication.updated_at or publication.published_at
        other.save(update_fields=["slug", "updated_at"])
    return others


def _require_text(text: Article) -> None:
    if not text.headline.strip():
        raise ActRefused("no-headline", _("The article has no headline yet."))
    if not len(text.body) and not text.standfirst.strip():
        raise ActRefused("no-body", _("The article has no text yet."))


@transaction.atomic
def withdraw(
    *, article_id: int, edition_id: int | None = None, reason: str = "", by: AbstractBaseUser | None = None
) -> list[Publication]:
    """Takes an article off one edition, or off all, with its pin and the breaking line that leads to it. Its address
    answers 410; nothing is deleted. Where it was canonical, another edition that shows it becomes so: search engines are
    sent to no page that is gone."""
    article = locked_article(article_id)
    chosen = Publication.objects.filter(article=article, state__in=[State.PUBLISHED, State.SCHEDULED])
    if edition_id is not None:
        chosen = chosen.filter(edition_id=edition_id)
    withdrawn = list(chosen.select_related("edition", "section"))
    if not withdrawn:
        raise ActRefused("not-published", _("The article is not published there."))
    unseen = [each.edition.slug for each in withdrawn if each.state == State.SCHEDULED]
    for publication in withdrawn:
        publication.state = State.WITHDRAWN
        publication.save(update_fields=["state"])
    editions = [publication.edition_id for publication in withdrawn]
    end_lines_of(article.pk, editions)
    FrontPin.objects.filter(article=article, edition_id__in=editions).delete()
    log(
        article,
        "newsroom.withdraw",
        user=by,
        data={
            "reason": reason,
            "editions": [p.edition.slug for p in withdrawn],
            "unseen": unseen,
            "canonical": _let_go_of_canonical(article, withdrawn),
        },
    )
    record_change("withdraw", article, withdrawn, hard=True)
    return withdrawn


def _let_go_of_canonical(article: Article, withdrawn: list[Publication]) -> str:
    """The edition that gave its canonical place to another that still shows the article; "" when none did."""
    former = next((publication for publication in withdrawn if publication.is_canonical), None)
    standing = Publication.objects.filter(article=article, state=State.PUBLISHED)
    if former is None or not standing.exists():
        return ""
    former.is_canonical = False
    former.save(update_fields=["is_canonical"])
    heir = pass_on_canonical(article)
    if heir is not None:
        record("canonical", article_id=article.pk, keys=keys_of(article.pk, [heir]))
    return former.edition.slug
