"""Which section an article belongs to, learned from the newsroom's own archive."""

from bulaq.discovery.sections.suggester import NotEnoughArticles, Sample, SectionSuggester, Suggestion

__all__ = ["NotEnoughArticles", "Sample", "SectionSuggester", "Suggestion"]
