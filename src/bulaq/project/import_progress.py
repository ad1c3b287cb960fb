"""The line on the terminal that tells how far an import is, or other long work."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from bulaq.newsroom.importing.runs.progress import Progress, progress_of
from bulaq.newsroom.models import ImportItem, ImportRun

TERMINAL_SECONDS = 0.2
"""Between two drawings of the line on a terminal."""

LOG_SECONDS = 10.0
"""Between two lines where nobody looks at a terminal."""


class ProgressLine:
    """Draws one line again and again on a terminal; elsewhere writes a line now and then."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.terminal = stream.isatty()
        self._next = 0.0 if self.terminal else time.monotonic() + LOG_SECONDS
        self._drawn = 0

    def show(self, progress: Progress) -> None:
        """Shows it, unless the last time was just now."""
        self.tell(lambda: describe(progress))

    def tell(self, words: Callable[[], str]) -> None:
        """Shows what `words` says, unless the last time was just now."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (TERMINAL_SECONDS if self.terminal else LOG_SECONDS)
        text = words()
        if self.terminal:
            self.stream.write("\r" + text.ljust(self._drawn))
            self._drawn = len(text)
        else:
            self.stream.write(text + "\n")
        self.stream.flush()

    def end(self) -> None:
        """Leaves the line as it is and goes on below it."""
        if self.terminal and self._drawn:
            self.stream.write("\n")
            self.stream.flush()


def told(run: ImportRun) -> str:
    """How far a run is or, of one that was taken back, what is gone."""
    if run.state == ImportRun.State.UNDONE:
        gone = run.items.filter(outcome=ImportItem.Outcome.UNDONE).count()
        return f"{gone} of {run.articles} articles taken back, {run.refused} had been refused"
    return describe(progress_of(run))


def describe(progress: Progress) -> str:
    """«reading: 24%, 1200 of 5000 inputs, 1198 articles, 2 refused, 61.0/s, 1:02 left»."""
    if progress.phase == "learning":
        return f"learning the templates of the pages: {progress.share:.0%}"
    share = f"{progress.share:.0%}, " if progress.phase in ("reading", "pictures") else ""
    of = f" of {progress.sources_total}" if progress.sources_total is not None else ""
    parts = [f"{progress.phase}: {share}{progress.sources_done}{of} inputs", f"{progress.articles} articles"]
    if progress.looked_through is not None:
        parts.append(
            f"{progress.looked_through:.0%} of the next one looked through for what its posts refer to"
        )
    if progress.pictures_total:
        parts.append(f"{progress.pictures_done} of {progress.pictures_total} pictures")
    if progress.refused:
        parts.append(f"{progress.refused} refused")
    if progress.rate:
        parts.append(f"{progress.rate}/s")
    if progress.seconds_left and progress.state == "running" and progress.phase == "reading":
        parts.append(f"{_clock(progress.seconds_left)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
