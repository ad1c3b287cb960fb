"""Reading running stories, as their pages and the desk show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bulaq.newsroom.models import Edition, Publication, Story, StoryArticle
from bulaq.newsroom.queries.headlines import Cursor, Headline, by_ids


@dataclass(frozen=True, slots=True)
class Chapter:
    """A day of a story on the edition's calendar."""

    day: date
    items: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class ToldStory:
    """One page of a story. `first` and `latest` are the articles at its two ends, `total` counts all of them; `lead` stands
    before the chapters of the first page, and not in them."""

    lead: Headline | None
    chapters: tuple[Chapter, ...]
    next: Cursor | None
    first: int
    latest: int
    total: int

    @property
    def items(self) -> tuple[Headline, ...]:
        """The headlines of the page, in the order told."""
        leading = () if self.lead is None else (self.lead,)
        return (*leading, *(item for chapter in self.chapters for item in chapter.items))


def story(story_id: int) -> Story | None:
    """A story, or the one that it was merged into."""
    found = Story.objects.filter(pk=story_id).select_related("merged_into").first()
    return found.merged_into if found is not None and found.merged_into_id else found


def story_of(article_id: int) -> Story | None:
    """The story that readers are shown beside an article."""
    return Story.objects.filter(
        is_public=True, story_articles__article_id=article_id, story_articles__taken_out=False
    ).first()


def told(
    edition: Edition, story: Story, limit: int, *, newest_first: bool = False, after: Cursor | None = None
) -> ToldStory | None:
    """The articles of a story that the edition publishes, day by day; None when there are none.

    A story is bounded (`actions.stories.MOST`), so its order is looked up whole, in one light query.
    """
    members = StoryArticle.objects.filter(story=story, taken_out=False).values_list("article_id", flat=True)
    order = sorted(
        Publication.objects.filter(
            edition=edition, state=Publication.State.PUBLISHED, article_id__in=list(members)
        ).values_list("published_at", "pk", "article_id")
    )
    if not order:
        return None
    first, latest = order[0][2], order[-1][2]
    shown = order[::-1] if newest_first else order
    if after is None:
        shown = [line for line in shown if line[2] != story.lead_id]
    else:
        place = (after.published_at, after.publication_id)
        shown = [line for line in shown if (line[:2] < place if newest_first else line[:2] > place)]
    following = Cursor(*shown[limit - 1][:2]) if len(shown) > limit else None
    leading = [line[2] for line in order if line[2] == story.lead_id and after is None]
    lead: Headline | None = None
    days: dict[date, list[Headline]] = {}
    for item in by_ids(edition, [*leading, *(line[2] for line in shown[:limit])], with_standfirst=True):
        if item.article_id in leading:
            lead = item
            continue
        days.setdefault(item.published_at.astimezone(edition.profile.zone).date(), []).append(item)
    chapters = tuple(Chapter(day, tuple(items)) for day, items in days.items())
    return ToldStory(lead, chapters, following, first, latest, len(order))
