"""Running stories at the desk: what the machine filed, and the editor's word on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.snippets.widgets import AdminSnippetChooser

from bulaq.arabic.normalise import matching_key
from bulaq.newsroom import addresses
from bulaq.newsroom.actions import stories as acts
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.desk import rights
from bulaq.newsroom.desk.row_numbers import row_number
from bulaq.newsroom.desk.topic_offers import next_page
from bulaq.newsroom.finding import stories as finding
from bulaq.newsroom.models import Article, Publication, Story, StoryArticle
from bulaq.newsroom.queries import desk_search

PER_PAGE = 50
LONGEST_QUERY = 200
MOST_FOUND = 100
"""Articles by which stories are looked for."""
MOST_NAMED = 2_000
"""Titles that editors gave, the newest, and which are looked through."""


def index(request: HttpRequest) -> HttpResponse:
    """All stories or those that are looked for, what changed last first."""
    rights.require(rights.may_edit(request.user))
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    stories = Story.objects.filter(merged_into=None)
    if query:
        stories = stories.filter(pk__in=_found(query))
    state = request.GET.get("state", "")
    if state in Story.State.values:
        stories = stories.filter(state=state)
    if last := stories.filter(pk=row_number(request.GET.get("before"))).first():
        stories = stories.filter(
            Q(changed_at__lt=last.changed_at) | Q(changed_at=last.changed_at, pk__lt=last.pk)
        )
    shown = list(stories.order_by("-changed_at", "-id")[: PER_PAGE + 1])
    context = {
        "lines": _with_counts(shown[:PER_PAGE]),
        "next": shown[PER_PAGE - 1].pk if len(shown) > PER_PAGE else None,
        "query": query,
        "state": state,
        "states": [("", _("All")), *Story.State.choices],
    }
    return _page(request, "desk/stories/index.html", _("Running stories"), context)


def _found(query: str) -> set[int]:
    """The stories that an editor called so, and those of the articles that the desk's search finds: the machine calls a story
    as one of its articles."""
    articles = desk_search.find(query, limit=MOST_FOUND).article_ids
    entries = StoryArticle.objects.filter(article_id__in=articles, taken_out=False)
    key = matching_key(query)
    named = Story.objects.filter(named_by_editor=True).order_by("-changed_at").values_list("pk", "title")
    return {
        *entries.values_list("story_id", flat=True),
        *(pk for pk, title in named[:MOST_NAMED] if key and key in matching_key(title)),
    }


def _with_counts(stories: Sequence[Story]) -> list[tuple[Story, int]]:
    """Each story with the number of its articles, in one query."""
    members = StoryArticle.objects.filter(story__in=stories, taken_out=False).values("story_id")
    counts = dict(members.annotate(number=Count("id")).values_list("story_id", "number"))
    return [(story, counts.get(story.pk, 0)) for story in stories]


def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """One story with its articles, oldest first, and every act on it."""
    rights.require(rights.may_edit(request.user))
    found = get_object_or_404(Story.objects.select_related("merged_into"), pk=story_id)
    if found.merged_into_id:
        return redirect("newsroom_stories:story", found.merged_into_id)
    if request.method == "POST":
        rights.require(_may(request, found))
        _do(request, found)
        return redirect(next_page(request, reverse("newsroom_stories:story", args=[found.pk])))
    entries = _in_order(found)
    chooser = AdminSnippetChooser(Article)
    others = Story.objects.filter(merged_into=None, language=found.language).exclude(pk=found.pk)
    context = {
        "story": found,
        "entries": [(entry, at, rights.may_publish(request.user, entry.article)) for entry, at in entries],
        "others": list(others.order_by("-changed_at")[:PER_PAGE]),
        "near": _with_counts(finding.near(found)),
        "merged": list(found.merged.order_by("title", "pk")),
        "may_add": rights.may_publish(request.user),
        "may_change": rights.may_publish_each(request.user, [entry.article_id for entry, _at in entries]),
        "showings": Story.Showing.choices,
        "enough": acts.ENOUGH,
        "public_path": addresses.story(found.pk, found.slug) if found.is_public else "",
        "article_chooser": chooser.render("article", None, {"id": "story-article"}),
        "media": chooser.media,
    }
    return _page(request, "desk/stories/story.html", found.title, context)


def _in_order(found: Story) -> list[tuple[StoryArticle, datetime | None]]:
    """The articles of a story with the time at which readers first saw each, as they came; drafts last."""
    entries = (
        StoryArticle.objects.filter(story=found, taken_out=False)
        .select_related("article")
        .defer("article__body", "article__standfirst")
        .order_by("added_at", "pk")
    )
    published = Publication.objects.filter(
        article__in=[entry.article_id for entry in entries], state=Publication.State.PUBLISHED
    )
    times = dict(
        published.values("article_id").annotate(first=Min("published_at")).values_list("article_id", "first")
    )
    last = datetime.max.replace(tzinfo=UTC)
    timed = [(entry, times.get(entry.article_id)) for entry in entries]
    return sorted(timed, key=lambda line: line[1] or last)


def begin(request: HttpRequest) -> HttpResponse:
    """A new story that begins with one article."""
    article = get_object_or_404(Article, pk=row_number(request.POST.get("article")))
    rights.require(request.method == "POST" and rights.may_publish(request.user, article))
    made = acts.begin_story(
        title=str(article),
        language=article.language,
        article_ids=[article.pk],
        added_by="editor",
        by=request.user,
    )
    if made is None:
        messages.error(request, _("The article is in a story already."))
        return redirect(next_page(request, reverse("newsroom_stories:index")))
    messages.success(request, _("The story is begun. Give it a title."))
    return redirect("newsroom_stories:story", made.pk)


def _rename(found: Story, values: Mapping[str, str]) -> str:
    acts.name_story(story_id=found.pk, title=values.get("title", ""))
    return _("The story has its new title.")


def _add(found: Story, values: Mapping[str, str]) -> str:
    if not values.get("article"):
        raise ActRefused("no-article", _("Choose the article first."))
    acts.add_article(story_id=found.pk, article_id=row_number(values.get("article", "")))
    return _("The article is in the story now.")


def _remove(found: Story, values: Mapping[str, str]) -> str:
    acts.take_out_article(story_id=found.pk, article_id=row_number(values.get("article", "")))
    return _("The article is out of the story, and is not put back.")


def _merge(found: Story, values: Mapping[str, str]) -> str:
    acts.merge_stories(keep=found.pk, merged=row_number(values.get("merged", "")))
    return _("They are one story now.")


def _part(found: Story, values: Mapping[str, str]) -> str:
    acts.part_story(story_id=found.pk, parted=row_number(values.get("merged", "")))
    return _("They are two stories again.")


def _lead(found: Story, values: Mapping[str, str]) -> str:
    acts.choose_lead(story_id=found.pk, article_id=row_number(values.get("article", "")))
    return _("The article leads the story's page.")


def _no_lead(found: Story, values: Mapping[str, str]) -> str:
    acts.choose_lead(story_id=found.pk, article_id=None)
    return _("No article leads the story's page any more.")


def _close(found: Story, values: Mapping[str, str]) -> str:
    acts.set_state(story_id=found.pk, state=Story.State.CLOSED)
    return _("The story is closed: no more articles are filed in it.")


def _open(found: Story, values: Mapping[str, str]) -> str:
    acts.set_state(story_id=found.pk, state=Story.State.OPEN)
    return _("The story is open again.")


def _show(found: Story, values: Mapping[str, str]) -> str:
    showing = values.get("showing", "")
    if showing not in Story.Showing.values:
        raise Http404
    acts.set_state(story_id=found.pk, showing=showing)
    return _("Saved.")


ACTS: Mapping[str, Callable[[Story, Mapping[str, str]], str]] = {
    "rename": _rename, "add": _add, "remove": _remove, "lead": _lead, "no-lead": _no_lead, "merge": _merge, "part": _part, "close": _close,
    "open": _open, "show": _show,
}  # fmt: skip


def _may(request: HttpRequest, found: Story) -> bool:
    """One article comes and goes by the right to it; what is done to the whole story is done to all its articles."""
    if request.POST.get("act") in {"add", "remove"}:
        return rights.may_publish_each(request.user, [row_number(request.POST.get("article"))])
    stories = [found.pk, row_number(request.POST.get("merged"))]
    entries = StoryArticle.objects.filter(story__in=stories, taken_out=False)
    return rights.may_publish_each(request.user, entries.values_list("article_id", flat=True))


def _do(request: HttpRequest, found: Story) -> None:
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        messages.success(request, act(found, request.POST))
    except ActRefused as refusal:
        messages.error(request, str(refusal))


def _page(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> TemplateResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("newsroom_stories:index"), "label": _("Running stories")},
    ]
    frame = {
        "page_title": title,
        "header_title": title,
        "header_icon": "list-ul",
        "breadcrumbs_items": crumbs
        if title == crumbs[-1]["label"]
        else [*crumbs, {"url": "", "label": title}],
    }
    return TemplateResponse(request, template, frame | context)


class StoriesMenuItem(MenuItem):
    """For whoever sees the list of articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_edit(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """Under `/desk/stories/`."""
    patterns = [
        path("", index, name="index"),
        path("begin/", begin, name="begin"),
        path("<int:story_id>/", story, name="story"),
    ]
    return [path("stories/", include((patterns, "newsroom_stories")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Below the newsroom's own things."""
    return StoriesMenuItem(
        gettext_lazy("Running stories"),
        reverse("newsroom_stories:index"),
        name="stories",
        icon_name="list-ul",
        order=51,
    )
