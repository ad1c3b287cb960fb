"""The words of the domain as tables. Writes go through `newsroom.actions`, reads through `newsroom.queries`."""

from bulaq.newsroom.models.article import Article, ArticleTopic, Byline, Correction, ReadAlso
from bulaq.newsroom.models.front import BreakingLine, FrontPin
from bulaq.newsroom.models.image import NewsImage, NewsRendition
from bulaq.newsroom.models.imported import (
    FetchedAddress,
    ImportedArticle,
    ImportHost,
    ReadingCorrection,
    SectionMapping,
)
from bulaq.newsroom.models.imports import ImportCreation, ImportItem, ImportPicture, ImportRun
from bulaq.newsroom.models.network import Edition, EditionSection, FormerSlug, Network, Section
from bulaq.newsroom.models.outbox import OutboxEntry
from bulaq.newsroom.models.people import Agency, MergedPerson, Person, PersonName, TwoPeople
from bulaq.newsroom.models.placement import LegacyPath, OldParameter, Publication
from bulaq.newsroom.models.readings import MostRead, ReadingHour
from bulaq.newsroom.models.related import RelatedArticle, RelatedChoice, TwoArticles
from bulaq.newsroom.models.standing import FormerPageSlug, StandingPage
from bulaq.newsroom.models.stories import Story, StoryArticle
from bulaq.newsroom.models.topic_offers import MergedTopic, TopicMention, TopicOffer
from bulaq.newsroom.models.topics import Topic, TopicVariant

__all__ = [
    "Agency",
    "Article",
    "ArticleTopic",
    "BreakingLine",
    "Byline",
    "Correction",
    "Edition",
    "EditionSection",
    "FetchedAddress",
    "FormerPageSlug",
    "FormerSlug",
    "FrontPin",
    "ImportCreation",
    "ImportHost",
    "ImportItem",
    "ImportPicture",
    "ImportRun",
    "ImportedArticle",
    "LegacyPath",
    "MergedPerson",
    "MergedTopic",
    "MostRead",
    "Network",
    "NewsImage",
    "NewsRendition",
    "OldParameter",
    "OutboxEntry",
    "Person",
    "PersonName",
    "Publication",
    "ReadAlso",
    "ReadingCorrection",
    "ReadingHour",
    "RelatedArticle",
    "RelatedChoice",
    "Section",
    "SectionMapping",
    "StandingPage",
    "Story",
    "StoryArticle",
    "Topic",
    "TopicMention",
    "TopicOffer",
    "TopicVariant",
    "TwoArticles",
    "TwoPeople",
]
