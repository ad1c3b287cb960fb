"""After all is in: links and read-also lines that point at what was imported are led to its place here."""

from __future__ import annotations


def link(run, options, go_on) -> bool:
    return True
