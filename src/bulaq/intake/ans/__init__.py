"""ANS, the JSON in which Arc XP keeps stories."""

from bulaq.intake.ans.reader import READER

__all__ = ["READER"]
