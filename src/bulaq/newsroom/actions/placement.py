"""The place of an article in an edition: the rows that an act is about, found, locked and checked."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Case, When
from django.utils.translation import gettext as _

from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, Edition, FrontPin, Publication, Section


def locked_article(article_id: int) -> Article:
    """The article, its row locked for this transaction where the database has row locks (SQLite has one writer)."""
    articles = Article.objects.all()
    if connection.features.has_select_for_update:
        articles = articles.select_for_update()
    article = articles.filter(pk=article_id).first()
    if article is None:
        raise ActRefused("no-article", _("There is no article %(id)s.") % {"id": article_id})
    return article


def edition_for(article: Article, edition_id: int | None) -> Edition:
    """The edition of that id or, without one, where the article belongs first; refused when it speaks another language."""
    edition = _first_edition_of(article) if edition_id is None else _edition(edition_id)
    if edition.profile.content_language != article.language:
        raise ActRefused(
            "language",
            _("%(edition)s does not publish in the language of this article.") % {"edition": edition},
        )
    return edition


def _edition(edition_id: int) -> Edition:
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise ActRefused("no-edition", _("There is no edition %(id)s.") % {"id": edition_id})
    return edition


def _first_edition_of(article: Article) -> Edition:
    """That of its canonical placement, else the first that speaks its language."""
    placed = Publication.objects.filter(article=article, is_canonical=True).select_related("edition").first()
    if placed is not None:
        return placed.edition
    for edition in Edition.objects.all():
        if edition.profile.content_language == article.language:
            return edition
    raise ActRefused("no-edition", _("No edition publishes in the language of this article."))


def placement_in(article: Article, edition: Edition) -> Publication:
    """Where the article stands in the edition; not stored yet when it never stood there."""
    placed = Publication.objects.filter(article=article, edition=edition).first() or Publication()
    # These very objects, or whoever asks the placement for them asks the database.
    placed.article, placed.edition = article, edition
    return placed


def section_for(article: Article, publication: Publication, section_id: int | None) -> Section:
    """The section of that id, else where the placement stands already, else the article's own."""
    if section_id is None:
        section_id = publication.section_id or article.section_id
    section = Section.objects.filter(pk=section_id).first() if section_id else None
    if section is None:
        raise ActRefused("no-section", _("The article has no section yet."))
    return section


def canonical_where_none_is(publication: Publication) -> None:
    """The first placement of an article is its canonical one, until an editor chooses. Does not save."""
    others = Publication.objects.filter(article=publication.article, is_canonical=True)
    if not others.exclude(pk=publication.pk).exists():
        publication.is_canonical = True


def pass_on_canonical(article: Article) -> Publication | None:
    """Makes canonical where readers see the article, else where it is meant to stand; None when that is nowhere."""
    heir = (
        Publication.objects.filter(article=article)
        .exclude(state=Publication.State.WITHDRAWN)
        .select_related("edition", "section")
        .annotate(unseen=Case(When(state=Publication.State.PUBLISHED, then=0), default=1))
        .order_by("unseen", "edition__position", "id")
        .first()
    )
    if heir is not None:
        heir.is_canonical = True
        heir.save(update_fields=["is_canonical"])
    return heir


def let_go_of_old_section(article_id: int, edition_ids: Collection[int], section_id: int) -> None:
    """Ends an article's pins on the fronts of sections that it no longer stands in: unseen, they would still count."""
    pins = FrontPin.objects.filter(article_id=article_id, edition_id__in=edition_ids, section__isnull=False)
    pins.exclude(section_id=section_id).delete()
