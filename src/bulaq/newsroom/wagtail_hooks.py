"""What Wagtail asks of the newsroom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

LOG_ACTIONS = {
    "newsroom.publish": (_("Publish in an edition"), _("Published in an edition")),
    "newsroom.schedule": (_("Schedule"), _("Scheduled")),
    "newsroom.withdraw": (_("Withdraw"), _("Withdrawn")),
    "newsroom.correct": (_("Correct"), _("Correction added")),
}


@hooks.register("register_log_actions")
def register_log_actions(actions) -> None:
    """Names our acts for the history of an article."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)
