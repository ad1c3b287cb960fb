"""What follows when the last step of a workflow is approved: the article goes where it was planned to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Wagtail's `WAGTAIL_FINISH_WORKFLOW_ACTION`: the editor's one button, pressed by the last approval.

    An approval is not lost over what is missing for publishing (a section, a headline), or over a placement that waits
    for its hour: the article stays a draft, and its history says why.
    """
    # Not above: Wagtail asks for this function while its own models are still being defined.
    from wagtail.log_actions import log

    from bulaq.newsroom.actions.placing import publish_where_planned
    from bulaq.newsroom.actions.refusal import ActRefused

    article = workflow_state.content_object
    try:
        publish_where_planned(article_id=article.pk, by=user)
    except ActRefused as refusal:
        log(article, "newsroom.not_published", user=user, data={"reason": str(refusal)})
