"""Reading topics, as their pages show them."""

from __future__ import annotations

from bulaq.newsroom.models import Topic


def topic(topic_id: int) -> Topic | None:
    """A topic that editors have accepted; a suggested one has no page yet."""
    return Topic.objects.filter(pk=topic_id, accepted=True).first()
