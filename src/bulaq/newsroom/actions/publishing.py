"""Publishing, updating, withdrawing and correcting articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from bulaq.arabic.slugs import slug as make_slug
from bulaq.delivery import keys
from bulaq.newsroom.actions.breaking import end_lines_of
from bulaq.newsroom.actions.outbox import Consumer, record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, Correction, Edition, FrontPin, Publication, Section

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
    time shown to readers (an import keeps the old one); a future `at` schedules instead. Publishing again updates:
    the time of first publication stays.
    """
    now = now or timezone.now()
    article = locked_article(article_id)
    edition = edition_for(article, edition_id)
    publication = Publication.objects.filter(article=article, edition=edition).first() or Publication(
        article=article, edition=edition
    )
    section = section_for(article, publication, section_id)
    text = _newest_text(article)
    _require_publishable(text)
    if (
        publication.embargo_until
        and publication.embargo_until > now
        and (at is None or at < publication.embargo_until)
    ):
        raise ActRefused(
            "embargo",
            _("The article is under embargo until %(time)s.")
            % {
                "time": date_format(
                    publication.embargo_until.astimezone(edition.profile.zone), "DATETIME_FORMAT"
                )
            },
        )
    was_published = publication.state == State.PUBLISHED
    old_section_id = publication.section_id
    publication.section = section
    if headline_override is not None:
        publication.headline_override = headline_override.strip()
    publication.slug = make_slug(publication.headline_override or text.headline)
    publication.failure = ""
    if not Publication.objects.filter(article=article, is_canonical=True).exclude(pk=publication.pk).exists():
        publication.is_canonical = True
    if at is not None and at > now:
        publication.state = State.SCHEDULED
        publication.published_at = at
        publication.save()
        log(article, "newsroom.schedule", user=by, data={"edition": edition.slug, "at": at.isoformat()})
        return publication
    publication.state = State.PUBLISHED
    publication.published_at = at or (publication.published_at if was_published else None) or now
    # An update before it was withdrawn is none of this text.
    publication.updated_at = now if was_published else None
    publication.save()
    let_go_of_old_section(article.pk, [edition.pk], section.pk)
    elsewhere: list[Publication] = []
    if article.has_unpublished_changes or not article.live:
        _approve_text(article, by)
        elsewhere = _follow_elsewhere(article, publication)
    log(article, "newsroom.publish", user=by, data={"edition": edition.slug, "section": section.slug})
    _record_change(
        "update" if was_published else "publish",
        article,
        [publication, *elsewhere],
        also_sections={old_section_id},
    )
    return publication


def let_go_of_old_section(article_id: int, edition_ids: Collection[int], section_id: int) -> None:
    """Ends an article's pins on the fronts of sections that it no longer stands in: unseen, they would still count."""
    pins = FrontPin.objects.filter(article_id=article_id, edition_id__in=edition_ids, section__isnull=False)
    pins.exclude(section_id=section_id).delete()


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


@transaction.atomic
def withdraw(
    *, article_id: int, edition_id: int | None = None, reason: str = "", by: AbstractBaseUser | None = None
) -> list[Publication]:
    """Takes an article off one edition, or off all, with its pin and the breaking line that leads to it. Its address
    answers 410; nothing is deleted."""
    article = locked_article(article_id)
    chosen = Publication.objects.filter(article=article, state__in=[State.PUBLISHED, State.SCHEDULED])
    if edition_id is not None:
        chosen = chosen.filter(edition_id=edition_id)
    withdrawn = list(chosen.select_related("edition", "section"))
    if not withdrawn:
        raise ActRefused("not-published", _("The article is not published there."))
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
        data={"reason": reason, "editions": [p.edition.slug for p in withdrawn]},
    )
    _record_change("withdraw", article, withdrawn, hard=True)
    return withdrawn


@transaction.atomic
def correct(
    *, article_id: int, text: str, by: AbstractBaseUser | None = None, at: datetime | None = None
) -> Correction:
    """Adds a public, dated note on what was wrong. The text itself is mended in the editor, or was already."""
    text = text.strip()
    if not text:
        raise ActRefused("empty-correction", _("A correction must say what was wrong."))
    article = locked_article(article_id)
    correction = Correction(article=article, text=text, corrected_at=at or timezone.now())
    correction.sort_order = article.corrections.count()
    correction.save()
    # A correction belongs to the article, not to one state of its draft: an unpublished draft learns of it too, or
    # publishing that draft would take the public note away again.
    revision = article.latest_revision
    if revision is not None:
        draft = revision.as_object()
        if not any(existing.pk == correction.pk for existing in draft.corrections.all()):
            draft.corrections.add(correction)
            changed = article.has_unpublished_changes
            new_revision = draft.save_revision(user=by, log_action=False)
            if not changed:
                Article.objects.filter(pk=article.pk).update(
                    has_unpublished_changes=False, live_revision=new_revision
                )
    log(article, "newsroom.correct", user=by, data={"text": text[:200]})
    text_changed(article, at=at)
    return correction


def text_changed(article: Article, *, at: datetime | None = None, later: bool = False) -> None:
    """The approved text changed (the desk's publish button, a workflow, a correction): everything that shows it follows.
    ``later``: by an import, which gives way to editors."""
    now = at or timezone.now()
    publications = list(
        Publication.objects.filter(article=article, state=State.PUBLISHED).select_related(
            "edition", "section"
        )
    )
    Article.objects.filter(pk=article.pk).update(text_updated_at=now)
    for publication in publications:
        publication.slug = make_slug(publication.headline_override or article.headline)
        publication.updated_at = now
        publication.save(update_fields=["slug", "updated_at"])
    _record_change("update", article, publications, later=later)


class Placed(Protocol):
    """Where an article stands: a publication, or what becomes one."""

    @property
    def edition(self) -> Edition: ...
    @property
    def edition_id(self) -> int: ...
    @property
    def section_id(self) -> int | None: ...
    @property
    def published_at(self) -> datetime | None: ...


def keys_of(
    article_id: int, publications: Sequence[Placed], *, also_sections: set[int | None] = frozenset()
) -> list[str]:
    """The surrogate keys of all that shows these publications: the page, and the boxes and fronts that list it."""
    found = [keys.article(article_id)]
    for publication in publications:
        edition_id = publication.edition_id
        found += [keys.box("latest", edition_id), keys.box("front", edition_id), keys.box("feed", edition_id)]
        for section_id in {publication.section_id, *also_sections} - {None}:
            found.append(keys.box("section", f"{edition_id}-{section_id}"))
        if publication.published_at:
            day = publication.published_at.astimezone(publication.edition.profile.zone).date()
            found.append(keys.archive_day(edition_id, day.isoformat()))
    return found


def _record_change(
    kind: str,
    article: Article,
    publications: list[Publication],
    *,
    hard: bool = False,
    also_sections: set[int | None] = frozenset(),
    later: bool = False,
) -> None:
    found = keys_of(article.pk, publications, also_sections=also_sections)
    people = article.bylines.values_list("person_id", flat=True)
    found += [keys.box("author", person_id) for person_id in people if person_id]
    topics = article.article_topics.values_list("topic_id", flat=True)
    found += [keys.box("topic", topic_id) for topic_id in topics]
    record(
        kind,
        article_id=article.pk,
        keys=found,
        hard=hard,
        consumers=(Consumer.INDEX, Consumer.RELATED, Consumer.PING),
        payload={"editions": [publication.edition_id for publication in publications]},
        later=later,
    )


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
    if edition_id is not None:
        edition = Edition.objects.filter(pk=edition_id).first()
        if edition is None:
            raise ActRefused("no-edition", _("There is no edition %(id)s.") % {"id": edition_id})
    else:
        placed = (
            Publication.objects.filter(article=article, is_canonical=True).select_related("edition").first()
        )
        edition = placed.edition if placed else None
        if edition is None:
            speaking = [e for e in Edition.objects.all() if e.profile.content_language == article.language]
            edition = speaking[0] if speaking else None
        if edition is None:
            raise ActRefused("no-edition", _("No edition publishes in the language of this article."))
    if edition.profile.content_language != article.language:
        raise ActRefused(
            "language",
            _("%(edition)s does not publish in the language of this article.") % {"edition": edition},
        )
    return edition


def section_for(article: Article, publication: Publication, section_id: int | None) -> Section:
    """The section of that id, else where the placement stands already, else the article's own."""
    if section_id is None:
        section_id = publication.section_id or article.section_id
    section = Section.objects.filter(pk=section_id).first() if section_id else None
    if section is None:
        raise ActRefused("no-section", _("The article has no section yet."))
    return section


def _newest_text(article: Article) -> Article:
    if article.has_unpublished_changes and article.latest_revision_id:
        return article.latest_revision.as_object()
    return article


def _require_publishable(text: Article) -> None:
    if not text.headline.strip():
        raise ActRefused("no-headline", _("The article has no headline yet."))
    if not len(text.body) and not text.standfirst.strip():
        raise ActRefused("no-body", _("The article has no text yet."))


def _approve_text(article: Article, by: AbstractBaseUser | None) -> None:
    """Makes the newest text the approved one, through Wagtail where it keeps a revision of it."""
    revision = article.latest_revision
    if revision is None:
        article.live = True
        article.has_unpublished_changes = False
        now = timezone.now()
        article.first_published_at = article.first_published_at or now
        article.last_published_at = now
        article.save(
            update_fields=["live", "has_unpublished_changes", "first_published_at", "last_published_at"]
        )
        return
    with _quiet_signal(article.pk):
        revision.publish(user=by, log_action=False)
    article.refresh_from_db()


class _quiet_signal:  # noqa: N801 - reads as a verb where it is used
    """Within it, Wagtail's `published` signal for this article is our own doing and starts no second act."""

    active: set[int] = set()

    def __init__(self, article_id: int) -> None:
        self.article_id = article_id

    def __enter__(self) -> None:
        self.active.add(self.article_id)

    def __exit__(self, *_: object) -> None:
        self.active.discard(self.article_id)


def publishing_by_ourselves(article_id: int) -> bool:
    """Whether an act of this module is just now approving this article's text."""
    return article_id in _quiet_signal.active
