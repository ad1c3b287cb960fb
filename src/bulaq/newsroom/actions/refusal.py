"""How an act says no."""

from __future__ import annotations


class ActRefused(ValueError):
    """The act may not happen; the message says why, in words for the person who asked. `code` is for programs."""

    def __init__(self, code: str, message: object) -> None:
        super().__init__(str(message))
        self.code = code
