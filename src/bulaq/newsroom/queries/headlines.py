"""Lists of headlines: latest, of a section, of a day, of an author, of a topic. Keyset paging, so page 10,000 costs what
page 1 costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bulaq.newsroom import addresses
from bulaq.newsroom.models import (
    ArticleTopic,
    Byline,
    Edition,
    MostRead,
    NewsImage,
    Publication,
    RelatedArticle,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One item of a list: an article as one edition shows it."""

    article_id: int
    publication_id: int
    headline: str
    kicker: str
    standfirst: str
    path: str
    section_id: int
    published_at: datetime
    image: NewsImage | None
    image_alt: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list ordered newest first: the last item seen."""

    published_at: datetime
    publication_id: int

    def __str__(self) -> str:
        return f"{int(self.published_at.timestamp() * 1_000_000)}-{self.publication_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """The cursor written as `text`, or None when it is not one (a hand-made or cut address)."""
        stamp, _, identity = text.partition("-")
        if (
            not text.isascii()
            or not (stamp.isdigit() and identity.isdigit())
            or max(len(stamp), len(identity)) > 17
        ):
            return None
        return cls(datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(stamp)), int(identity))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and where the next begins (None at its end)."""

    items: tuple[Headline, ...]
    next: Cursor | None


def latest(
    edition: Edition,
    limit: int,
    *,
    section_id: int | None = None,
    exclude: Collection[int] = (),
    with_standfirst: bool = False,
) -> list[Headline]:
    """The newest of an edition or of one of its sections, without the articles of `exclude`."""
    if exclude:
        ids = latest_ids(edition, limit, section_id=section_id, exclude=exclude)
        return by_ids(edition, ids, with_standfirst=with_standfirst)
    publications = _published(edition, with_standfirst=with_standfirst)
    if section_id is not None:
        publications = publications.filter(section_id=section_id)
    return [_headline(item) for item in _ordered(publications)[:limit]]


def latest_ids(
    edition: Edition, limit: int, *, section_id: int | None = None, exclude: Collection[int] = ()
) -> list[int]:
    """The articles of `latest` by their ids alone: for pages that choose many lists first and read what was chosen
    once, with `by_ids`."""
    publications = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    if section_id is not None:
        publications = publications.filter(section_id=section_id)
    # Excluding in Python: a long NOT IN makes a database scan, a few rows too many are free.
    found = _ordered(publications).values_list("article_id", flat=True)[: limit + len(exclude)]
    return [article_id for article_id in found if article_id not in exclude][:limit]


def page_of_section(edition: Edition, section_id: int, limit: int, before: Cursor | None = None) -> Page:
    """A page of a section's list."""
    return _page(_published(edition, with_standfirst=True).filter(section_id=section_id), limit, before)


def page_of_author(edition: Edition, person_id: int, limit: int, before: Cursor | None = None) -> Page:
    """A page of what a person made."""
    theirs = Byline.objects.filter(article_id=OuterRef("article_id"), person_id=person_id)
    return _page(_published(edition, with_standfirst=True).filter(Exists(theirs)), limit, before)


def page_of_topic(edition: Edition, topic_id: int, limit: int, before: Cursor | None = None) -> Page:
    """A page of what was published on a topic."""
    about = ArticleTopic.objects.filter(article_id=OuterRef("article_id"), topic_id=topic_id)
    return _page(_published(edition, with_standfirst=True).filter(Exists(about)), limit, before)


def of_day(edition: Edition, day: date, limit: int, before: Cursor | None = None) -> Page:
    """A page of what was published on a day of the edition's own calendar."""
    zone = edition.profile.zone
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return _page(
        _published(edition, with_standfirst=True).filter(published_at__gte=start, published_at__lt=end),
        limit,
        before,
    )


def days_with_news(edition: Edition, first: date, last: date) -> set[date]:
    """The days from `first` to `last` on which something was published: one look at the index for each."""
    zone = edition.profile.zone
    published = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    days = {f"day_{number}": first + timedelta(days=number) for number in range((last - first).days + 1)}
    asked = {
        name: Exists(
            published.filter(
                published_at__gte=datetime.combine(day, time.min, zone),
                published_at__lt=datetime.combine(day + timedelta(days=1), time.min, zone),
            )
        )
        for name, day in days.items()
    }
    found = Edition.objects.filter(pk=edition.pk).values(**asked).first() or {}
    return {day for name, day in days.items() if found.get(name)}


def neighbouring_days(
    edition: Edition, day: date, last: date | None = None
) -> tuple[date | None, date | None]:
    """The nearest days before `day` and after it (or after `last`) on which something was published."""
    zone = edition.profile.zone
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine((last or day) + timedelta(days=1), time.min, zone)
    published = Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
    before = (
        published.filter(published_at__lt=start)
        .order_by("-published_at")
        .values_list("published_at", flat=True)
    )
    after = (
        published.filter(published_at__gte=end)
        .order_by("published_at")
        .values_list("published_at", flat=True)
    )
    return tuple(  # type: ignore[return-value]
        found.astimezone(zone).date() if (found := days.first()) else None for days in (before, after)
    )


def section_of(edition: Edition, article_id: int) -> int | None:
    """The section in which the edition publishes an article."""
    placed = Publication.objects.filter(
        edition=edition, article_id=article_id, state=Publication.State.PUBLISHED
    )
    return placed.values_list("section_id", flat=True).first()


def by_ids(edition: Edition, article_ids: Sequence[int], *, with_standfirst: bool = False) -> list[Headline]:
    """Those of `article_ids` that the edition publishes, in the order given."""
    found = {
        publication.article_id: publication
        for publication in _published(edition, with_standfirst=with_standfirst).filter(
            article_id__in=article_ids
        )
    }
    return [_headline(found[article_id]) for article_id in dict.fromkeys(article_ids) if article_id in found]


def most_read(
    edition: Edition, limit: int, *, section_id: int | None = None, exclude: Collection[int] = ()
) -> list[Headline]:
    """The computed list of the last day."""
    return by_ids(edition, most_read_ids(edition, limit, section_id=section_id, exclude=exclude))


def most_read_ids(
    edition: Edition, limit: int, *, section_id: int | None = None, exclude: Collection[int] = ()
) -> list[int]:
    """The articles of `most_read` by their ids alone; none that the edition no longer publishes."""
    standing = Publication.objects.filter(
        edition=edition, state=Publication.State.PUBLISHED, article_id=OuterRef("article_id")
    )
    lines = MostRead.objects.filter(
        Exists(standing), edition=edition, section_id=section_id, window=MostRead.Window.HOURS_24
    ).order_by("position")
    found = lines.values_list("article_id", flat=True)[: limit + len(exclude)]
    return [article_id for article_id in found if article_id not in exclude][:limit]


def related(
    edition: Edition, article_id: int, limit: int, *, exclude: Collection[int] = ()
) -> list[Headline]:
    """The computed related articles."""
    lines = RelatedArticle.objects.filter(article_id=article_id, edition=edition).order_by("position")
    ids = [
        line
        for line in lines.values_list("related_id", flat=True)[: limit + len(exclude)]
        if line not in exclude
    ]
    return by_ids(edition, ids)[:limit]


def _published(edition: Edition, *, with_standfirst: bool = False) -> QuerySet[Publication]:
    fields = [
        "article_id", "edition_id", "section_id", "published_at", "headline_override", "slug", "section__slug",
        "article__headline", "article__kicker", "article__lead_alt", "article__lead_image__file",
        "article__lead_image__title", "article__lead_image__description", "article__lead_image__width",
        "article__lead_image__height", "article__lead_image__focal_point_x", "article__lead_image__focal_point_y",
        "article__lead_image__focal_point_width", "article__lead_image__focal_point_height",
        "article__lead_image__rights_expire_on", "article__lead_image__file_hash",
    ]  # fmt: skip
    if with_standfirst:
        fields.append("article__standfirst")
    return (
        Publication.objects.filter(edition=edition, state=Publication.State.PUBLISHED)
        .select_related("article__lead_image", "section")
        .prefetch_related("article__lead_image__renditions")
        .only(*fields)
    )


def _ordered(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    return publications.order_by(F("published_at").desc(), F("id").desc())


def _page(publications: QuerySet[Publication], limit: int, before: Cursor | None) -> Page:
    if before is not None:
        publications = publications.filter(
            Q(published_at__lt=before.published_at)
            | Q(published_at=before.published_at, id__lt=before.publication_id),
            # Says the same once more in the form that an index range scan understands.
            published_at__lte=before.published_at,
        )
    found = list(_ordered(publications)[: limit + 1])
    shown = found[:limit]
    following = None
    if len(found) > limit:
        following = Cursor(shown[-1].published_at, shown[-1].pk)
    return Page(tuple(_headline(item) for item in shown), following)


def _headline(publication: Publication) -> Headline:
    article = publication.article
    image = article.lead_image
    deferred = article.get_deferred_fields()
    return Headline(
        article_id=publication.article_id,
        publication_id=publication.pk,
        headline=publication.headline,
        kicker=article.kicker,
        standfirst="" if "standfirst" in deferred else article.standfirst,
        path=addresses.of_publication(publication),
        section_id=publication.section_id,
        published_at=publication.published_at,
        image=image,
        image_alt=article.lead_alt or (image.description if image else ""),
    )


def ids_of(items: Iterable[Headline]) -> list[int]:
    """The article ids of a list, in order."""
    return [item.article_id for item in items]
