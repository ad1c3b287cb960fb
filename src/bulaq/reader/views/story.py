"""A running story's page: its articles day by day, from the beginning or from the newest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bulaq.delivery import keys, policies
from bulaq.newsroom import addresses
from bulaq.newsroom.actions.stories import box_key
from bulaq.newsroom.queries import headlines, stories
from bulaq.reader.lists import asked_cursor
from bulaq.reader.names import story_path
from bulaq.reader.responses import moved, page
from bulaq.reader.views.errors import not_found

NEWEST = "newest"
"""The value of `order` that turns a story round."""


def story(request: HttpRequest, identity: int, slug: str) -> HttpResponse:
    """`/story/<id>-<slug>/`: not there until readers may see it; a merged one leads to the story that it is now."""
    site = request.site
    found = stories.story(identity) if site is not None else None
    if found is None or not found.is_public:
        return not_found(request)
    newest_first = request.GET.get("order") == NEWEST
    told = stories.told(
        site.edition,
        found,
        site.profile.counts.page,
        newest_first=newest_first,
        after=(after := asked_cursor(request)),
    )
    if told is None:
        return not_found(request)
    surrogate_keys = [box_key(identity), box_key(found.pk)]
    path = story_path(found)
    if redirect := moved(request, path, surrogate_keys):
        return redirect
    ids = headlines.ids_of(told.items)
    turned = f"{path}?order={NEWEST}"
    here = turned if newest_first else path
    joint = "&" if newest_first else "?"
    return page(
        request,
        "reader/story.html",
        {
            "story": found,
            "told": told,
            "newest_first": newest_first,
            "from_first": path,
            "from_latest": turned,
            "on": f"{here}{joint}before={told.next}" if told.next else None,
            "back": here if after else None,
            # Both orders hold the same: search engines are shown one of them.
            "canonical": site.absolute(f"{path}?before={after}" if after and not newest_first else path),
            "feed": addresses.feed_of(path),
        },
        policy=policies.TOPIC,
        surrogate_keys=[*surrogate_keys, *(keys.article(number) for number in ids)],
        shown=ids,
    )
