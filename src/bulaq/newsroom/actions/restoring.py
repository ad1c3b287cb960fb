"""Bringing a withdrawn article back to where it stood, as if it had not been away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from bulaq.newsroom.actions.placement import locked_article
from bulaq.newsroom.actions.placing import make_canonical
from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

State = Publication.State


@transaction.atomic
def restore(
    *,
    article_id: int,
    edition_id: int | None = None,
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> list[Publication]:
    """Publishes what was withdrawn from an edition, or from all, under the hours at which readers knew it: it stands in
    lists and archives where it stood, and is canonical where it was. What was withdrawn before its hour goes out at that
    hour or, when it has passed unseen, under that of now.

    The text is the newest. Pins and the breaking line ended with the withdrawal and stay ended.
    """
    now = now or timezone.now()
    article = locked_article(article_id)
    gone = Publication.objects.filter(article=article, state=State.WITHDRAWN)
    if edition_id is not None:
        gone = gone.filter(edition_id=edition_id)
    withdrawn = list(gone.select_related("edition").order_by("-is_canonical", "edition__position", "id"))
    if not withdrawn:
        raise ActRefused("not-withdrawn", _("The article is not withdrawn there."))
    was_canonical = _canonical_before(article)
    unseen = _never_seen(article)
    restored = []
    for publication in withdrawn:
        changed, hour = publication.updated_at, publication.published_at
        passed = hour is not None and hour <= now
        back = publish(
            article_id=article.pk,
            edition_id=publication.edition_id,
            at=None if passed and publication.edition.slug in unseen else hour,
            by=by,
            now=now,
        )
        if changed and not back.updated_at and back.published_at and changed > back.published_at:
            back.updated_at = changed
            back.save(update_fields=["updated_at"])
        if publication.edition.slug == was_canonical:
            make_canonical(article_id=article.pk, edition_id=publication.edition_id, by=by)
        restored.append(back)
    return restored


def _never_seen(article: Article) -> set[str]:
    """The editions whose last withdrawal took back a schedule: no reader knew the hour that stands there."""
    unseen: set[str] = set()
    for entry in (
        ModelLogEntry.objects.for_instance(article)
        .filter(action="newsroom.withdraw")
        .order_by("timestamp", "pk")
    ):
        unseen = unseen - set(entry.data.get("editions", ())) | set(entry.data.get("unseen", ()))
    return unseen


def _canonical_before(article: Article) -> str:
    """The edition whose withdrawal passed the canonical place on to another; "" when an editor has chosen since."""
    acts = ModelLogEntry.objects.for_instance(article).filter(
        action__in=["newsroom.withdraw", "newsroom.canonical"]
    )
    last = acts.order_by("-timestamp", "-pk").first()
    if last is None or last.action != "newsroom.withdraw":
        return ""
    return str(last.data.get("canonical", ""))
