"""Related articles and stories: which articles belong together, by the terms that they share."""

from bulaq.discovery.related.finder import Related, RelatedFinder
from bulaq.discovery.related.index import RelatedIndex, RelatedIndexOutdated
from bulaq.discovery.related.stories import StoryTracker, chapters, label

__all__ = [
    "Related",
    "RelatedFinder",
    "RelatedIndex",
    "RelatedIndexOutdated",
    "StoryTracker",
    "chapters",
    "label",
]
