"""Filing arriving articles into running stories: the tracker of `bulaq.discovery`, over the rows of the newsroom."""

from __future__ import annotations

from collections.abc import Sequence

from bulaq.discovery.document import Document
from bulaq.discovery.related import StoryTracker, label
from bulaq.newsroom.actions import stories as acts
from bulaq.newsroom.finding.documents import documents
from bulaq.newsroom.finding.indexes import related_index
from bulaq.newsroom.models import Edition, Publication, Story, StoryArticle

NEW = 0
"""What the tracker is given as the id of a new story: the row is made when its articles are known."""

ASKED = 6
"""Articles of a story, spread over its time, by which others near it are looked up."""

RENAMED_UNTIL = 5
"""A story that readers do not see yet is named anew while it grows to this size."""


class StoredStories:
    """Which story an article stands in, as the rows say; each article is looked up once in the life of this."""

    def __init__(self) -> None:
        self._known: dict[int, int | None] = {}

    def of(self, article_ids: Sequence[int]) -> dict[int, int]:
        """Those of the articles that stand in a story, with it: one query at most for some hundred articles."""
        unknown = [article for article in article_ids if article not in self._known]
        if unknown:
            self._known.update(dict.fromkeys(unknown))
            self._known.update(
                StoryArticle.objects.filter(article_id__in=unknown, taken_out=False).values_list(
                    "article_id", "story_id"
                )
            )
        return {article: story for article in article_ids if (story := self._known[article]) is not None}

    def put(self, story_id: int, article_ids: Sequence[int]) -> None:
        """What was filed since."""
        self._known.update(dict.fromkeys(article_ids, story_id))


def follow(found: Sequence[Document]) -> int:
    """Files articles that readers see and that stand in no story; returns how many. Done twice it does nothing more.

    Costs one lookup among related articles for each; a crash in between leaves the rest to the outbox.
    """
    stored = StoredStories()
    filed: set[int] = set()
    stored.of([document.id for document in found])
    editions = dict(Edition.objects.values_list("pk", "profile_key"))
    for document in sorted(
        found, key=lambda one: (one.time is None, one.time.timestamp() if one.time else 0, one.id)
    ):
        live = [place.edition for place in document.placements if place.live and place.edition in editions]
        if (
            live
            and not stored.of([document.id])
            and any(_file(document, edition, stored) for edition in live)
        ):
            filed.add(document.id)
    # Filing an article settles its story as well.
    acts.settle_stories_of([document.id for document in found if document.id not in filed])
    return len(filed)


def near(story: Story) -> list[Story]:
    """Stories that may be the same as this one, the nearest first, by `ASKED` of its articles that readers see.

    Costs one lookup among related articles for each of them.
    """
    seen = Publication.objects.filter(
        state=Publication.State.PUBLISHED,
        article__story_articles__story=story,
        article__story_articles__taken_out=False,
    )
    order = list(seen.order_by("published_at", "pk").values_list("article_id", "edition_id"))
    if not order:
        return []
    edition = order[-1][1]
    members = list(dict.fromkeys(article for article, place in order if place == edition))
    asked = members[:: -(-len(members) // ASKED)]
    tracker = StoryTracker(related_index(), edition, StoredStories().of, new_id=lambda: NEW)
    ids = [one.story for one in tracker.near(list(documents(asked)))]
    stories = Story.objects.filter(merged_into=None, language=story.language).in_bulk(ids)
    return [stories[pk] for pk in ids if pk in stories]


def _file(document: Document, edition: int, stored: StoredStories) -> bool:
    tracker = StoryTracker(related_index(), edition, stored.of, new_id=lambda: NEW)
    assigned = tracker.assign(document)
    if assigned is None:
        return False
    if not assigned.begins:
        if not acts.file_article(article_id=document.id, story_id=assigned.story):
            return False
        stored.put(assigned.story, [document.id])
        _name_anew(assigned.story)
        return True
    members = [document.id, *assigned.others]
    told = [document, *documents(list(assigned.others))]
    story = acts.begin_story(
        title=label(told, related_index()).headline, language=document.lang, article_ids=members
    )
    if story is None:
        return False
    stored.put(story.pk, members)
    return True


def _name_anew(story_id: int) -> None:
    story = Story.objects.get(pk=story_id)
    if story.named_by_editor or story.is_public:
        return
    members = acts.member_ids(story_id)
    if len(members) <= RENAMED_UNTIL and (told := list(documents(members))):
        acts.name_story(story_id=story_id, title=label(told, related_index()).headline, by_machine=True)
