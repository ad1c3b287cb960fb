"""People, places and organisations in a text, offered to the editor as topics."""

from bulaq.discovery.topics.finder import TopicFinder
from bulaq.discovery.topics.memory import TopicCandidate, TopicMemory

__all__ = ["TopicCandidate", "TopicFinder", "TopicMemory"]
