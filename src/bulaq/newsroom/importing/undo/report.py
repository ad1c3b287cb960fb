"""What became of taking an import back: how much went, and what had to stay with the reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

LEFT = {
    "edited": _("It was edited here since."),
    "corrected": _("It has a public correction."),
    "placed": _("An editor published, planned, moved or withdrew it."),
    "chosen": _("An editor chose it for another article or a front."),
    "updated-later": _("A later import brought it up to date."),
    "in-use": _("Something else uses it."),
}
"""Why something is left where it is."""


@dataclass
class UndoReport:
    """What was taken back, by kind, and what was left: (kind, id, name, code of `LEFT`)."""

    taken: Counter[str] = field(default_factory=Counter)
    left: list[tuple[str, int, str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "taken": dict(self.taken),
            "left": [
                {"kind": kind, "id": pk, "name": name, "reason": code} for kind, pk, name, code in self.left
            ],
        }
