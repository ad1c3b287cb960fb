"""Moving an article to another section, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.newsroom.actions.article_changed import keys_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.placement import let_go_of_old_section, locked_article
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, EditionSection, Publication, Section

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def move(*, article_id: int, section_id: int, by: AbstractBaseUser | None = None) -> list[Publication]:
    """Gives an article, its draft too, another section; returns the placements that went with it.

    A placement goes where its edition shows that section, and stays where it does not. Old addresses lead on.
    """
    article = locked_article(article_id)
    section = Section.objects.filter(pk=section_id).first()
    if section is None:
        raise ActRefused("no-section", _("The article has no section yet."))
    _write(article, section, by)
    shown = EditionSection.objects.filter(section=section).values("edition_id")
    moved = list(
        Publication.objects.filter(article=article, edition_id__in=shown)
        .exclude(section=section)
        .select_related("edition", "section")
    )
    before = {publication.section_id for publication in moved}
    for publication in moved:
        publication.section = section
        publication.save(update_fields=["section"])
    let_go_of_old_section(article.pk, [publication.edition_id for publication in moved], section.pk)
    log(article, "newsroom.move", user=by, data={"section": section.slug})
    public = [publication for publication in moved if publication.state == Publication.State.PUBLISHED]
    record(
        "update",
        article_id=article.pk,
        keys=keys_of(article.pk, public, also_sections=before) if public else [],
        consumers=(Consumer.INDEX, Consumer.RELATED),
        payload={"editions": [publication.edition_id for publication in public]},
    )
    return moved


def _write(article: Article, section: Section, by: AbstractBaseUser | None) -> None:
    """In the row and in the newest text: publishing a draft would take the article back otherwise."""
    changed = article.has_unpublished_changes
    if article.latest_revision is not None:
        draft = article.latest_revision.as_object()
        draft.section = section
        revision = draft.save_revision(user=by, log_action=False)
        if not changed and article.live:
            Article.objects.filter(pk=article.pk).update(
                has_unpublished_changes=False, live_revision=revision
            )
    Article.objects.filter(pk=article.pk).update(section=section)
