"""Acts on running stories: the machine files an article, an editor renames, adds, takes out, merges, closes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulaq.arabic.slugs import slug as make_slug
from bulaq.delivery import keys
from bulaq.newsroom.actions.outbox import record
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Article, Publication, Story, StoryArticle

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

ENOUGH = 3
"""Articles that readers see, from which a story has a page by itself: two are an article and its follow-up."""

MOST = 1000
"""Articles in one story. What grows further is a subject, not an event; the machine begins a new story."""

AddedBy = StoryArticle.AddedBy


def box_key(story_id: int) -> str:
    """The surrogate key of everything that shows a story's name or its list."""
    return keys.box("story", story_id)


@transaction.atomic
def file_article(*, article_id: int, story_id: int) -> bool:
    """The machine puts an article into an open story. False when an editor said otherwise or the story is full."""
    story = _locked(story_id)
    if story is None or story.state != Story.State.OPEN or story.merged_into_id:
        return False
    if (
        StoryArticle.objects.filter(article_id=article_id, taken_out=False).exists()
        or StoryArticle.objects.filter(story=story, article_id=article_id).exists()
        or story.story_articles.filter(taken_out=False).count() >= MOST
    ):
        return False
    StoryArticle.objects.create(story=story, article_id=article_id)
    _changed(story, "story_article", [article_id])
    return True


@transaction.atomic
def begin_story(
    *,
    title: str,
    language: str,
    article_ids: Sequence[int],
    added_by: str = AddedBy.MACHINE,
    by: AbstractBaseUser | None = None,
) -> Story | None:
    """A new story of those articles that stand in none yet; None when that leaves fewer than two (machine) or one."""
    taken = set(
        StoryArticle.objects.filter(article_id__in=article_ids, taken_out=False).values_list(
            "article_id", flat=True
        )
    )
    there = set(Article.objects.filter(pk__in=article_ids).values_list("pk", flat=True))
    free = [pk for pk in dict.fromkeys(article_ids) if pk in there and pk not in taken]
    if len(free) < (2 if added_by == AddedBy.MACHINE else 1):
        return None
    story = Story.objects.create(
        title=_one_line(title), slug=make_slug(title), language=language,
        named_by_editor=added_by == AddedBy.EDITOR,
    )  # fmt: skip
    StoryArticle.objects.bulk_create(
        StoryArticle(story=story, article_id=pk, added_by=added_by) for pk in free
    )
    _changed(story, "story_begun", free)
    return story


@transaction.atomic
def name_story(*, story_id: int, title: str, by_machine: bool = False) -> Story:
    """Another title. A machine's never replaces an editor's."""
    story = _wanted(story_id)
    title = _one_line(title)
    if not title:
        raise ActRefused("no-title", _("A story needs a title."))
    if by_machine and (story.named_by_editor or story.is_public):
        return story  # its address and name are known to readers by now
    if title != story.title:
        story.title, story.slug = title, make_slug(title)
        story.named_by_editor = not by_machine
        story.save(update_fields=["title", "slug", "named_by_editor"])
        _changed(story, "story_named", member_ids(story.pk))
    return story


@transaction.atomic
def add_article(*, story_id: int, article_id: int) -> Story:
    """An editor's word: the article belongs here, and nowhere else."""
    story = _wanted(story_id)
    if not Article.objects.filter(pk=article_id).exists():
        raise ActRefused("no-article", _("There is no such article."))
    for other in StoryArticle.objects.filter(article_id=article_id, taken_out=False).exclude(story=story):
        _take_out(other)
    StoryArticle.objects.update_or_create(
        story=story, article_id=article_id, defaults={"taken_out": False, "added_by": AddedBy.EDITOR}
    )
    _changed(story, "story_article", [article_id])
    return story


@transaction.atomic
def take_out_article(*, story_id: int, article_id: int) -> Story:
    """An editor's word: it does not belong here. The machine does not put it back."""
    story = _wanted(story_id)
    entry = StoryArticle.objects.filter(story=story, article_id=article_id, taken_out=False).first()
    if entry is None:
        raise ActRefused("not-there", _("The article is not in this story."))
    _take_out(entry)
    return story


@transaction.atomic
def choose_lead(*, story_id: int, article_id: int | None) -> Story:
    """The article that stands first on the story's page, before it is told day by day; None: none does."""
    story = _wanted(story_id)
    if article_id is not None and article_id not in member_ids(story.pk):
        raise ActRefused("not-there", _("The article is not in this story."))
    story.lead_id = article_id
    story.save(update_fields=["lead"])
    _changed(story, "story_lead", [])
    return story


@transaction.atomic
def merge_stories(*, keep: int, merged: int) -> Story:
    """One story instead of two; the old address leads to the new one."""
    if keep == merged:
        raise ActRefused("same-story", _("It is the same story."))
    kept, gone = _wanted(keep), _wanted(merged)
    if kept.language != gone.language:
        raise ActRefused("other-language", _("The stories are in different languages."))
    ids = member_ids(gone.pk)
    # What an editor took out of the kept story stays out of it; the rest moves.
    StoryArticle.objects.filter(
        story=gone, article_id__in=kept.story_articles.values_list("article_id", flat=True)
    ).delete()
    StoryArticle.objects.filter(story=gone, came_from=None).update(came_from=gone)
    StoryArticle.objects.filter(story=gone).update(story=kept)
    gone.merged_into, gone.is_public = kept, False
    gone.save(update_fields=["merged_into", "is_public"])
    Story.objects.filter(merged_into=gone).update(merged_into=kept)
    record("story_merged", keys=[box_key(gone.pk)])
    _changed(kept, "story_merged", ids)
    return kept


@transaction.atomic
def part_story(*, story_id: int, parted: int) -> Story:
    """A merge undone: the parted story has again what it brought, as far as that still stands in the other one."""
    kept = _wanted(story_id)
    gone = Story.objects.select_for_update().filter(pk=parted, merged_into=kept).first()
    if gone is None:
        raise ActRefused("not-merged", _("The story was not merged into this one."))
    brought = StoryArticle.objects.filter(story=kept, came_from=gone)
    ids = list(brought.values_list("article_id", flat=True))
    brought.update(story=gone, came_from=None)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    for story in (gone, kept):
        _changed(story, "story_parted", ids)
    return gone


@transaction.atomic
def set_state(*, story_id: int, state: str | None = None, showing: str | None = None) -> Story:
    """Closes or opens a story, or decides whether readers see it."""
    story = _wanted(story_id)
    if state is not None:
        story.state = Story.State(state)
    if showing is not None:
        story.showing = Story.Showing(showing)
    story.save(update_fields=["state", "showing"])
    _changed(story, "story_state", [])
    return story


@transaction.atomic
def settle_stories_of(article_ids: Iterable[int]) -> None:
    """After articles were published or withdrawn: their stories may have become public, or be so no more."""
    stories = Story.objects.filter(
        story_articles__article_id__in=list(article_ids), story_articles__taken_out=False
    ).distinct()
    for story in stories:
        _changed(story, "story_settled", [], touch=False)


@transaction.atomic
def leave_stories(article_ids: Iterable[int]) -> None:
    """Before articles are deleted: their stories go on without them, or are seen by readers no more. One that the machine
    began and that nobody named goes with its last article."""
    entries = StoryArticle.objects.filter(article_id__in=list(article_ids))
    stories = list(Story.objects.filter(story_articles__in=entries).distinct())
    entries.delete()
    filled = set(StoryArticle.objects.filter(story__in=stories).values_list("story_id", flat=True))
    for story in stories:
        own = story.named_by_editor or story.showing != Story.Showing.AUTO
        empty = story.pk not in filled and not own and not story.merged.exists()
        if story.is_public or not empty:
            _changed(story, "story_settled", [], touch=False)
        if empty:
            story.delete()


def member_ids(story_id: int) -> list[int]:
    """The articles of a story."""
    return list(
        StoryArticle.objects.filter(story_id=story_id, taken_out=False).values_list("article_id", flat=True)
    )


def _take_out(entry: StoryArticle) -> None:
    entry.taken_out, entry.added_by = True, AddedBy.EDITOR
    entry.save(update_fields=["taken_out", "added_by"])
    _changed(entry.story, "story_article", [entry.article_id])


def _changed(story: Story, kind: str, article_ids: Sequence[int], *, touch: bool = True) -> None:
    """Settles whether readers see the story, and renews every page that says something about it."""
    was_public = story.is_public
    story.is_public = story.merged_into_id is None and _should_show(story)
    if not touch and not story.is_public and not was_public:
        return
    if touch:
        story.changed_at = timezone.now()
    story.save(update_fields=["is_public", "changed_at"])
    purged = [box_key(story.pk)]
    if story.is_public != was_public:
        article_ids = [*article_ids, *member_ids(story.pk)]
    if story.is_public or was_public:
        purged += [keys.article_page(pk) for pk in article_ids]
    record(kind, keys=purged)


def _should_show(story: Story) -> bool:
    if story.showing != Story.Showing.AUTO:
        return story.showing == Story.Showing.ALWAYS
    seen = Publication.objects.filter(
        state=Publication.State.PUBLISHED,
        article__story_articles__story=story,
        article__story_articles__taken_out=False,
    )
    return len(set(seen.values_list("article_id", flat=True)[: 10 * ENOUGH])) >= ENOUGH


def _wanted(story_id: int) -> Story:
    story = _locked(story_id)
    if story is None or story.merged_into_id:
        raise ActRefused("no-story", _("There is no such story any more."))
    return story


def _locked(story_id: int) -> Story | None:
    return Story.objects.select_for_update().filter(pk=story_id).first()


def _one_line(title: str) -> str:
    return " ".join(title.split())[:200]
