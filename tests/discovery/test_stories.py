"""Stories: what grows together, what stays apart, and how it is told."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bulaq.discovery.document import Document, Placement
from bulaq.discovery.related import RelatedIndex, StoryTracker, chapters, label

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
FLOOD = (
    "فيضان نهر الوادي قرية السدرة إجلاء السكان مياه الأمطار سد ترابي فرق الإنقاذ مخيم إيواء خسائر المحاصيل"
)
MATCH = "نهائي كأس الطائرة فريق النسور فريق الهلال أشواط الضربة الساحقة جمهور صالة الأولمبية مدرب تتويج"


def chapter(number: int, headline: str, words: str, days: float) -> Document:
    some = words.split()
    turn = number % 5
    body = " ".join(some[turn:] + some[:turn])
    place = Placement(edition=1, published_at=START + timedelta(days=days))
    return Document(number, headline, f"{body} رواية{number}", placements=(place,))


@pytest.fixture
def desk() -> tuple[RelatedIndex, dict[int, int], StoryTracker]:
    index, stories = RelatedIndex(), {}
    identities = itertools.count(1)
    return index, stories, StoryTracker(index, 1, lambda _: stories, new_id=lambda: next(identities))


def publish(desk: tuple[RelatedIndex, dict[int, int], StoryTracker], article: Document) -> None:
    index, stories, tracker = desk
    found = tracker.assign(article)
    index.put([article])
    if found is not None:
        stories[article.id] = found.story
        if found.begins:
            stories.update(dict.fromkeys(found.others, found.story))


def test_chapters_of_one_event_become_one_story_and_others_do_not(desk) -> None:
    for number in range(4):
        publish(desk, chapter(number, f"فيضان الوادي يغمر قرية السدرة {number}", FLOOD, number))
        publish(desk, chapter(10 + number, f"النسور والهلال في نهائي كأس الطائرة {number}", MATCH, number))
    stories = desk[1]
    assert {stories[number] for number in range(4)} == {stories[0]}
    assert {stories[10 + number] for number in range(4)} == {stories[10]}
    assert stories[0] != stories[10]


def test_a_story_told_twice_is_near_to_itself_and_to_no_other(desk) -> None:
    index, stories, tracker = desk
    floods = [chapter(n, f"فيضان الوادي يغمر قرية السدرة {n}", FLOOD, n * 9) for n in range(6)]
    matches = [chapter(10 + n, f"النسور والهلال في نهائي كأس الطائرة {n}", MATCH, n * 9) for n in range(3)]
    index.put([*floods, *matches])
    stories |= {n: 1 + n // 3 for n in range(6)} | dict.fromkeys(range(10, 13), 3)
    assert [one.story for one in tracker.near(floods[:3])] == [2]
    assert tracker.near(matches) == []


def test_an_article_goes_with_the_one_nearest_to_it_though_a_story_is_near_too(desk) -> None:
    for number in range(3):
        publish(desk, chapter(number, f"فيضان الوادي يغمر قرية السدرة {number}", FLOOD, number))
    inquiry = "تحقيق برلماني مقاول رخصة إسمنت شهادة مهندس وثائق " + " ".join(FLOOD.split()[:12])
    publish(desk, chapter(7, "استجواب مقاول السد الترابي", inquiry, 3))
    desk[1].pop(7, None)  # alone, as when nothing was near it yet
    publish(desk, chapter(8, "المقاول يسلم وثائق رخصة السد", inquiry, 3.2))
    assert desk[1][7] == desk[1][8] != desk[1][0]


def test_the_first_article_stands_alone(desk) -> None:
    assert desk[2].assign(chapter(1, "فيضان الوادي", FLOOD, 0)) is None


def test_the_next_year_is_another_story(desk) -> None:
    publish(desk, chapter(1, "فيضان الوادي يغمر قرية السدرة", FLOOD, 0))
    publish(desk, chapter(2, "فيضان الوادي يغمر قرية السدرة مجددا", FLOOD, 1))
    assert desk[2].assign(chapter(3, "فيضان الوادي يغمر قرية السدرة", FLOOD, 366)) is None


def test_a_story_is_told_day_by_day() -> None:
    articles = [chapter(n, "فيضان", FLOOD, days) for n, days in enumerate((1.1, 0, 1.0, 5))]
    told = chapters([*articles, Document(9, "مسودة")], 1)
    assert [[one.id for one in part.articles] for part in told] == [[1], [2, 0], [3]]
    assert [part.day.day for part in chapters(articles, 1, newest_first=True)] == [10, 6, 5]


def test_a_story_is_called_by_what_its_headlines_share() -> None:
    index = RelatedIndex()
    articles = [
        chapter(1, "فيضان الوادي يغمر قرية السدرة", FLOOD, 0),
        chapter(2, "إجلاء سكان السدرة بعد فيضان الوادي", FLOOD, 1),
        chapter(3, "عودة الدراسة بعد أسبوع من الانقطاع", FLOOD, 2),
    ]
    index.put(articles)
    found = label(articles, index)
    assert {"فيضان", "السدرة"} <= set(found.words)
    assert found.headline in {articles[0].headline, articles[1].headline}
    with pytest.raises(ValueError, match="without articles"):
        label([], index)
