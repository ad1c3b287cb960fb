"""The articles that are indexed while a rebuild fills another search index: they go into that one, too, before it is
put in use, so that a rebuild of an hour holds up no news and loses none.

Their numbers stand in a file, which is there for as long as that goes on; what a rebuild that was killed leaves goes with the
next article. Written and read under the writing lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulaq.newsroom.finding.indexes import folder, one_rebuild


def begin() -> None:
    """From now on, changes are noted; what an earlier rebuild left is forgotten."""
    _path().write_text("")


def note(article_ids: Iterable[int]) -> None:
    """These articles are about to be indexed."""
    if not _path().exists():
        return
    with one_rebuild() as ours:  # so there is none
        if ours:
            end()
            return
    with _path().open("a") as file:
        file.writelines(f"{article}\n" for article in article_ids)


def noted() -> list[int]:
    """The articles noted so far, each once. (A line that a full disk cut short is one of an index that was not written.)"""
    lines = _path().read_text().splitlines()
    return sorted({int(line) for line in lines if line})


def end() -> None:
    """Changes are noted no more."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return folder() / "search.changed"
