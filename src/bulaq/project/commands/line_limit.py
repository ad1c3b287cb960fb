"""`--limit N` of the commands that print what they find."""

from __future__ import annotations

import argparse


def line_limit(text: str) -> int:
    """How many lines to print at most: a whole number from 1 on. For `argparse`, which names the option in its error."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)
