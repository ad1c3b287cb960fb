"""Reading addresses by the hundred thousand, for sitemaps: no article is loaded, every read has a ceiling.

Only canonical placements: an article that stands here but belongs to a sister edition is in that edition's sitemap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from django.core.files.storage import default_storage
from django.db.models import CharField, Count, Exists, F, Func, Max, OuterRef, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from bulaq.newsroom import addresses, renditions
from bulaq.newsroom.models import (
    Article,
    ArticleTopic,
    Byline,
    Edition,
    NewsImage,
    NewsRendition,
    Person,
    Publication,
    StandingPage,
    Story,
    StoryArticle,
    Topic,
)


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of one day (UTC) in numbers."""

    day: date
    count: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """One article's line in a sitemap. All addresses are full."""

    article_id: int
    publication_id: int
    address: str
    language: str
    headline: str
    published_at: datetime
    changed_at: datetime
    image: str | None
    alternates: tuple[tuple[str, str], ...]
    """(language, address) of its translations, itself among them; empty without any."""


class _UtcDay(Func):
    """The day of a moment as text, without a call into Python for each row (Django's own truncation on SQLite)."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 10)", **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **context)


def days(edition: Edition) -> list[Day]:
    """Every day with articles, oldest first: one pass over the edition's placements, grouped by the database."""
    rows = (
        _canonical(edition)
        .annotate(day=_UtcDay("published_at"))
        .values("day")
        .annotate(count=Count("id"), changed=Max(Coalesce("updated_at", "published_at")))
        .order_by("day")
    )
    return [Day(date.fromisoformat(row["day"]), row["count"], row["changed"]) for row in rows]


def cuts(edition: Edition, day: date, size: int) -> list[int]:
    """The ids of the publications that end each full part of `size` within a day on which more were published: one pass,
    however many parts there are. The last part, full or not, is ended by the day."""
    start, end = _span(day, day)
    chosen = _canonical(edition).filter(published_at__gte=start, published_at__lt=end)
    numbered = chosen.annotate(number=Window(RowNumber(), order_by="id"), whole=Window(Count("id"))).annotate(
        place=F("number") % size
    )
    return list(numbered.filter(place=0, number__lt=F("whole")).order_by("id").values_list("id", flat=True))


def addresses_of(
    edition: Edition, first: date, last: date, limit: int, *, after_id: int | None = None
) -> list[Address]:
    """The articles published from `first` to `last` (UTC, both included): by time, or within a day by id after
    `after_id`. At most `limit`."""
    start, end = _span(first, last)
    chosen = _canonical(edition).filter(published_at__gte=start, published_at__lt=end)
    if after_id is None:
        chosen = chosen.order_by("published_at", "id")
    else:
        chosen = chosen.filter(id__gt=after_id).order_by("id")
    return _addresses(edition, chosen[:limit])


def newest_addresses(edition: Edition, hours: int, limit: int) -> list[Address]:
    """The articles of the last hours, newest first."""
    since = timezone.now() - timedelta(hours=hours)
    return _addresses(
        edition,
        _canonical(edition)
        .filter(published_at__gte=since)
        .order_by(F("published_at").desc(), F("id").desc())[:limit],
    )


def people_of(edition: Edition) -> QuerySet[Person]:
    """The people of whom the edition has something."""
    theirs = Byline.objects.filter(
        person_id=OuterRef("pk"),
        article__publications__edition=edition,
        article__publications__state="published",
    )
    return Person.objects.filter(Exists(theirs)).only("name", "name_latin")


def topics_of(edition: Edition) -> QuerySet[Topic]:
    """The accepted topics on which the edition has something. A merged topic is no row any more."""
    about = ArticleTopic.objects.filter(
        topic_id=OuterRef("pk"),
        article__publications__edition=edition,
        article__publications__state="published",
    )
    return Topic.objects.filter(Exists(about), accepted=True).only("name")


def stories_of(edition: Edition) -> QuerySet[Story]:
    """The running stories that readers of the edition find a page of; merged ones lead elsewhere and are left out."""
    chapters = StoryArticle.objects.filter(
        story_id=OuterRef("pk"),
        taken_out=False,
        article__publications__edition=edition,
        article__publications__state="published",
    )
    return Story.objects.filter(Exists(chapters), is_public=True, merged_into=None).only("slug", "changed_at")


def standing_pages_of(edition: Edition) -> QuerySet[StandingPage]:
    """What the edition says of itself, in its footer or not."""
    return StandingPage.objects.filter(edition=edition, live=True).only("slug", "changed_at")


Found = TypeVar("Found", Person, Topic, Story, StandingPage)


def part(found: QuerySet[Found], limit: int, after_id: int = 0) -> list[Found]:
    """Those after `after_id`, by id, at most `limit`."""
    return list(found.filter(pk__gt=after_id).order_by("pk")[:limit])


def part_ends(found: QuerySet[Found], size: int) -> list[int]:
    """The ids that end each full part of `size` after which something follows."""
    ids = found.order_by("pk").values_list("pk", flat=True)
    ends: list[int] = []
    while len(following := list(ids.filter(pk__gt=ends[-1] if ends else 0)[size - 1 : size + 1])) == 2:
        ends.append(following[0])
    return ends


def _canonical(edition: Edition) -> QuerySet[Publication]:
    return Publication.objects.filter(
        edition=edition, state=Publication.State.PUBLISHED, is_canonical=True
    ).order_by()


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return datetime.combine(first, time.min, UTC), datetime.combine(last + timedelta(days=1), time.min, UTC)


def _addresses(edition: Edition, chosen: QuerySet[Publication]) -> list[Address]:
    rows = list(
        chosen.values_list(
            "article_id", "id", "section__slug", "slug", "published_at", "updated_at", "headline_override",
            "article__headline", "article__language", "article__translation_of_id", "article__lead_image_id",
        )
    )  # fmt: skip
    images = _images({row[10] for row in rows if row[10]})
    families = _families({row[0]: row[9] for row in rows})
    found: list[Address] = []
    for (
        article_id,
        pk,
        section,
        slug,
        published,
        updated,
        override,
        headline,
        language,
        original,
        image,
    ) in rows:
        own = addresses.absolute(edition, addresses.article(section, article_id, slug))
        others = families.get(original or article_id, {})
        alternates = tuple(sorted({**others, language: own}.items())) if set(others) - {language} else ()
        found.append(
            Address(
                article_id=article_id, publication_id=pk, address=own, language=language,
                headline=override or headline, published_at=published, changed_at=updated or published,
                image=images.get(image), alternates=alternates,
            )
        )  # fmt: skip
    return found


def _images(wanted: set[int]) -> dict[int, str]:
    """The share size of each picture that has one made already and whose rights still hold."""
    found: dict[int, str] = {}
    today = date.today()
    for part in _parts(wanted):
        expired = set(
            NewsImage.objects.filter(pk__in=part, rights_expire_on__lte=today).values_list("pk", flat=True)
        )
        for image_id, file in NewsRendition.objects.filter(
            image_id__in=part, filter_spec=renditions.SHARE_SPEC
        ).values_list("image_id", "file"):
            if image_id not in expired:
                found[image_id] = default_storage.url(file)
    return found


def _families(originals: dict[int, int | None]) -> dict[int, dict[str, str]]:
    """For each original that has translations: language → canonical address of its whole family."""
    heads = {original or article_id for article_id, original in originals.items()}
    found: dict[int, dict[str, str]] = {}
    for part in _parts(heads):
        # The translations first, by their own index, then where they stand: in one query a database that counts the rows
        # wrongly goes through the whole archive.
        translated = Article.objects.filter(translation_of_id__in=part).order_by()
        members = (
            Publication.objects.filter(
                article_id__in=list(translated.values_list("pk", flat=True)),
                is_canonical=True,
                state=Publication.State.PUBLISHED,
            )
            .select_related("edition", "section", "article")
            .only(
                "article_id",
                "slug",
                "edition__host",
                "section__slug",
                "article__language",
                "article__translation_of",
            )
        )
        for publication in members:
            family = found.setdefault(publication.article.translation_of_id, {})
            family[publication.article.language] = _full(publication)
    for part in _parts(set(found)):
        for publication in (
            Publication.objects.filter(
                article_id__in=part, is_canonical=True, state=Publication.State.PUBLISHED
            )
            .select_related("edition", "section", "article")
            .only("article_id", "slug", "edition__host", "section__slug", "article__language")
        ):
            found[publication.article_id][publication.article.language] = _full(publication)
    return found


def _full(publication: Publication) -> str:
    return addresses.absolute(publication.edition, addresses.of_publication(publication))


def _parts(ids: Iterable[int], size: int = 900) -> Iterable[list[int]]:
    """In pieces that every database takes as parameters."""
    ordered = sorted(ids)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
