"""One address of each kind of page."""

from __future__ import annotations

from bulaq.newsroom import addresses
from bulaq.newsroom.models import Publication, StandingPage, Story, StoryArticle
from bulaq.reader.names import person_path, story_path, topic_path
from tests.reader.newspaper import Newspaper, body_of

KINDS = (
    "home",
    "section",
    "article",
    "plain",
    "author",
    "story",
    "archive",
    "search",
    "nothing-found",
    "lost",
)
"""A topic's page differs from an author's in two lines of its heading, a standing page from an article's in what it lacks:
what is asked of every kind is not asked of them."""


def path_of(kind: str, newspaper: Newspaper, edition: str) -> str:
    """The address of a page of this kind in an edition."""
    site = newspaper.editions[edition]
    match kind:
        case "home":
            return addresses.home()
        case "section":
            return addresses.section("culture")
        case "article" | "plain":
            return article_path(newspaper, edition, 0 if kind == "article" else 5)
        case "author":
            return person_path(newspaper.person, site.profile)
        case "topic":
            return topic_path(newspaper.topic)
        case "story":
            return story_path(running_story(newspaper))
        case "standing":
            return addresses.standing(standing_page(newspaper, edition).slug)
        case "archive":
            newest = Publication.objects.filter(edition=site).latest("published_at").published_at
            return addresses.archive(newest.astimezone(site.profile.zone).date())
        case "search":
            return addresses.search("city" if edition == "english" else "المدينه")
        case "nothing-found":
            return addresses.search("xyz" if edition == "english" else "كلمةلاوجودلها")
        case "lost":
            return "/no-such-page/"
    raise ValueError(kind)


def running_story(newspaper: Newspaper) -> Story:
    """A story that every edition tells, made when it is first asked for."""
    story, made = Story.objects.get_or_create(
        title="حكايات المدينة القديمة",
        defaults={"slug": "story", "showing": Story.Showing.ALWAYS, "is_public": True},
    )
    if made:
        StoryArticle.objects.bulk_create(
            StoryArticle(story=story, article=article)
            for articles in newspaper.articles.values()
            for article in articles[:3]
        )
    return story


def standing_page(newspaper: Newspaper, edition: str) -> StandingPage:
    """What an edition says of itself, made when it is first asked for."""
    return StandingPage.objects.get_or_create(
        edition=newspaper.editions[edition],
        slug="about",
        defaults={
            "title": "من نحن",
            "live": True,
            "body": body_of(
                [
                    ("paragraph", '<p>نكتب عن <b>المدينة</b>، و<a href="mailto:a@example.org">نجيب</a>.</p>'),
                    ("heading", "أهلنا"),
                    ("list", {"items": ["أول", "ثان"], "ordered": False}),
                ]
            ),
        },
    )[0]


def article_path(newspaper: Newspaper, edition: str, number: int) -> str:
    """The address of an article of an edition, newest first."""
    publication = Publication.objects.select_related("section").get(
        edition=newspaper.editions[edition], article=newspaper.articles[edition][number]
    )
    return addresses.of_publication(publication)
