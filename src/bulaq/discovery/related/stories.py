"""Stories: articles of one running event, grouped as they arrive, and told in order.

Single-pass clustering as in topic detection and tracking (Allan, Papka and Lavrenko, 1998): a new article joins the
story of the articles that it is closest to, among those of the last `WINDOW_DAYS`; what would have to be closer grows
with the time that the story has been silent. Two articles of a kind («طقس اليوم») do not make a story by that alone:
they must share what is rare. An article that fits nowhere waits alone, a story of one: the first one that is closer to
it than to any story makes a story with it.

Closeness is the cosine of `vectors`, the one of related articles; so candidates come from the same index, and an
assignment costs one lookup there whatever the size of the archive. The tracker itself keeps no state beyond which
article belongs to which story: give it a mapping that the newsroom stores.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from bulaq.discovery.document import Document
from bulaq.discovery.related.finder import CANDIDATES, RelatedFinder
from bulaq.discovery.related.index import RelatedIndex

JOIN: Final = 0.33
"""The mean closeness to its nearest articles with which an article joins a story on the same day."""
PATIENCE: Final = 0.10
"""How much closer it must be after `WINDOW_DAYS` of silence."""
NEAR: Final = 0.30
"""The mean closeness from which another story is offered as perhaps the same: nine in ten such pairs were; of those from
.25 on, half."""
WINDOW_DAYS: Final = 21.0
NEAREST: Final = 3
_NEIGHBOURS: Final = 30


class Assignment(NamedTuple):
    """Where an article belongs: the `story`'s id, how close, and whether the story begins with it and `others`."""

    story: int
    closeness: float
    begins: bool
    others: tuple[int, ...]
    """Articles that belong to the story with it: of a new story its first ones, else the nearest ones."""


class NearStory(NamedTuple):
    """A story that may be the same as another: its id, and the mean closeness of what was asked to its nearest article."""

    story: int
    closeness: float


class StoryTracker:
    """Assigns articles of one edition to stories.

    `stories_of` says of articles which story each belongs to (those that stand alone are left out); it is asked once
    for each assignment. Store `Assignment`s and let it show them. `new_id` gives the id of a new story.
    """

    def __init__(
        self,
        index: RelatedIndex,
        edition: int,
        stories_of: Callable[[Sequence[int]], Mapping[int, int]],
        *,
        new_id: Callable[[], int],
        join: float = JOIN,
    ) -> None:
        self._finder = RelatedFinder(index)
        self._index = index
        self._edition = edition
        self._stories_of = stories_of
        self._new_id = new_id
        self._join = join

    def assign(self, article: Document) -> Assignment | None:
        """The story of an article, None when it stands alone so far. It need not be in the index yet."""
        moment = _time(article, self._edition)
        near = self._finder.neighbours(
            article, edition=self._edition, limit=_NEIGHBOURS, threshold=self._join * 0.7
        )
        times = [
            (one, 0.0 if moment is None else abs(moment.timestamp() - one.published) / 86_400) for one in near
        ]
        recent = [(one, days) for one, days in times if days <= WINDOW_DAYS]
        stories = self._stories_of([one.id for one, _ in recent])
        members: dict[int | None, list[tuple[float, float, int]]] = defaultdict(list)
        for one, days in recent:
            members[stories.get(one.id)].append((one.score, days, one.id))
        best: Assignment | None = None
        for story, found in members.items():
            if story is None:
                continue
            nearest = found[:NEAREST]
            closeness = sum(score for score, _, _ in nearest) / len(nearest)
            if closeness >= self._needed(min(days for _, days, _ in found)) and (
                best is None or closeness > best.closeness
            ):
                best = Assignment(story, closeness, False, tuple(one for _, _, one in nearest))
        alone = [one for one in members.get(None, []) if one[0] >= self._needed(one[1])]
        if not alone or (best is not None and best.closeness >= alone[0][0]):
            return best
        others = tuple(one for _, _, one in alone[:NEAREST])
        return Assignment(self._new_id(), alone[0][0], True, others)

    def near(self, articles: Sequence[Document], *, limit: int = 3) -> list[NearStory]:
        """Stories near to the one that `articles` stand for (some of its own), whatever the time between them, nearest first.

        An article joins one story, so an event told for weeks may come out as several side by side; an editor joins them.
        """
        filed = self._stories_of([one.id for one in articles])
        own = {filed[one.id] for one in articles if one.id in filed}
        closeness: Counter[int] = Counter()
        for article in articles:
            near = self._finder.neighbours(article, edition=self._edition, limit=CANDIDATES)
            stories = self._stories_of([one.id for one in near])
            best: dict[int, float] = {}
            for one in near:  # the nearest first
                if one.id in stories:
                    best.setdefault(stories[one.id], one.score)
            closeness.update(best)
        means = ((story, total / len(articles)) for story, total in closeness.items() if story not in own)
        found = [NearStory(story, round(mean, 4)) for story, mean in means if mean >= NEAR]
        return sorted(found, key=lambda one: (-one.closeness, one.story))[:limit]

    def _needed(self, days: float) -> float:
        return self._join + PATIENCE * min(days / WINDOW_DAYS, 1.0)


class Chapter(NamedTuple):
    """A day of a story: its articles from the first to the last."""

    day: datetime
    articles: tuple[Document, ...]


def chapters(articles: Iterable[Document], edition: int, *, newest_first: bool = False) -> list[Chapter]:
    """The order in which a page tells a story: day by day, each day from its first article to its last.

    A day is that of the offset which each article's publication carries. Articles without a time come last of all.
    """
    timed = [(moment, article) for article in articles if (moment := _time(article, edition)) is not None]
    timed.sort(key=lambda pair: (pair[0], pair[1].id))
    days: dict[str, list[tuple[datetime, Document]]] = {}
    for moment, article in timed:
        days.setdefault(moment.date().isoformat(), []).append((moment, article))
    told = [
        Chapter(
            pairs[0][0].replace(hour=0, minute=0, second=0, microsecond=0),
            tuple(article for _, article in pairs),
        )
        for pairs in days.values()
    ]
    return told[::-1] if newest_first else told


class Label(NamedTuple):
    """What to call a story: the headline that tells most of it, and the words that most of its articles share."""

    headline: str
    words: tuple[str, ...]


def label(articles: Sequence[Document], index: RelatedIndex) -> Label:
    """A label from the articles' own headlines; an editor may write a better one. Raises ValueError for none.

    The words stand in the headlines of at least two articles (of one, when there is only one) and are rare elsewhere.
    """
    if not articles:
        raise ValueError("a story without articles has no label")
    spread: Counter[int] = Counter()
    written: dict[int, Counter[str]] = defaultdict(Counter)
    for article in articles:
        names = index.vectoriser.names(article.headline, "")
        for number, words in names.items():
            spread[number] += 1
            written[number].update(words)
    needed = min(2, len(articles))
    weights: dict[int, float] = {
        number: count * index.frequencies.rarity_of(number)
        for number, count in spread.items()
        if count >= needed
    }
    best: dict[str, float] = {}
    for number, weight in sorted(weights.items(), key=lambda item: -item[1]):
        word = max(written[number].items(), key=lambda item: (item[1], -len(item[0])))[0]
        best.setdefault(word, weight)

    def telling(article: Document) -> float:
        names = index.vectoriser.names(article.headline, "")
        return sum(weights.get(number, 0.0) for number in names) / math.sqrt(len(names) + 4)

    headline = max(articles, key=lambda article: (telling(article), -article.id)).headline
    return Label(headline, tuple(list(best)[:4]))


def _time(article: Document, edition: int) -> datetime | None:
    for place in sorted(article.placements, key=lambda place: place.edition != edition):
        if place.published_at is not None:
            return place.published_at
    return article.time
