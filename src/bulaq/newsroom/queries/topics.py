"""Reading topics, as their pages show them."""

from __future__ import annotations

from bulaq.newsroom.models import MergedTopic, Topic


def topic(topic_id: int) -> Topic | None:
    """A topic that editors have accepted; a suggested one has no page yet. The number of a merged one means
    the topic that it is now."""
    found = Topic.objects.filter(pk=topic_id, accepted=True).first()
    if found is None:
        merged = (
            MergedTopic.objects.filter(old_id=topic_id, topic__accepted=True).select_related("topic").first()
        )
        found = merged.topic if merged is not None else None
    return found
