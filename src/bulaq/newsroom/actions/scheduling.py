"""Publishing what is due: each item alone, checked again at its hour, failed with a reason rather than silently.

The model is Zulip's scheduled messages: lock the row, look again, act, and never let one bad item stop the others.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bulaq.newsroom.actions.publishing import publish
from bulaq.newsroom.actions.refusal import ActRefused
from bulaq.newsroom.models import Publication

logger = logging.getLogger(__name__)

State = Publication.State


def publish_due(now: datetime | None = None, *, limit: int = 100) -> int:
    """Publishes what is scheduled for a time that has come; returns how many were published.

    An item that is late (the worker was down) is published all the same, with the time it was scheduled for.
    """
    now = now or timezone.now()
    due = Publication.objects.filter(state=State.SCHEDULED, published_at__lte=now).order_by(
        "published_at", "id"
    )
    return sum(_publish_one(pk, now) for pk in list(due.values_list("pk", flat=True)[:limit]))


def _publish_one(publication_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            rows = Publication.objects.filter(pk=publication_id)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            publication = rows.first()
            # Another worker has it, or an editor moved or withdrew it since the list was made.
            if publication is None or publication.state != State.SCHEDULED or publication.published_at > now:
                return False
            publish(
                article_id=publication.article_id,
                edition_id=publication.edition_id,
                section_id=publication.section_id,
                at=publication.published_at,
                now=now,
            )
            return True
    except ActRefused as refusal:
        reason = str(refusal)
    except Exception as error:
        logger.exception("schedule: publication %s", publication_id)
        reason = _("unexpected error: %(error)s") % {"error": error}
    Publication.objects.filter(pk=publication_id, state=State.SCHEDULED).update(
        state=State.FAILED, failure=reason[:500]
    )
    return False
