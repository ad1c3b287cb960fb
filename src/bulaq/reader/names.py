"""Names of people and topics as an edition prints them, and the addresses made from them."""

from __future__ import annotations

from bulaq.arabic.slugs import slug
from bulaq.newsroom import addresses
from bulaq.newsroom.models import Byline, Person, Story, Topic
from bulaq.newsroom.profiles import Profile


def person_name(person: Person, profile: Profile) -> str:
    """In Latin letters where the edition reads from left to right and the archive knows them."""
    return person.name_latin if profile.direction == "ltr" and person.name_latin else person.name


def contributor_name(byline: Byline, profile: Profile) -> str:
    """The person or agency of a byline."""
    return person_name(byline.person, profile) if byline.person else byline.agency.name


def person_path(person: Person, profile: Profile) -> str:
    """Where a person's page stands in an edition."""
    return addresses.author(person.pk, slug(person_name(person, profile)))


def topic_path(topic: Topic) -> str:
    """Where a topic's page stands."""
    return addresses.topic(topic.pk, slug(topic.name))


def story_path(story: Story) -> str:
    """Where a running story's page stands."""
    return addresses.story(story.pk, story.slug)
