"""Learning each week which section suits an article, in a process of its own: the worker has more urgent things to do."""

from __future__ import annotations

import logging
import subprocess
import sys
import time

from bulaq.newsroom.finding.sections import LEAST_ARTICLES, is_learned, model_path
from bulaq.newsroom.models import Article

logger = logging.getLogger(__name__)

WEEK = 7 * 86_400.0

FAILED_PAUSE = 86_400.0
"""Seconds until it is tried again when no model came of it (one section only, no memory)."""


class SectionLearning:
    """Begins `bulaq reindex --sections` when the model is a week old, missing, or cannot be read (made by another version)."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._begun = float("-inf")

    def run(self) -> int:
        """Never waits; there is nothing left to do at once afterwards (0)."""
        if self._running is not None:
            code = self._running.poll()
            if code is None:
                return 0
            self._running = None
            if code:
                logger.error("learning sections ended with code %d", code)
        if self._due():
            self._begun = time.monotonic()
            self._running = subprocess.Popen(
                [sys.executable, "-m", "bulaq.project.command_line", "reindex", "--sections", "--quiet"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        return 0

    def _due(self) -> bool:
        if time.monotonic() - self._begun < FAILED_PAUSE:
            return False
        try:
            if time.time() - model_path().stat().st_mtime < WEEK and is_learned():
                return False
        except FileNotFoundError:
            pass
        known = Article.objects.filter(live=True, section__isnull=False).values_list("pk", flat=True)
        return len(known[:LEAST_ARTICLES]) == LEAST_ARTICLES
