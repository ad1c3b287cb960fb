"""What an editor calls what was brought in: never by the folders of the server."""

from __future__ import annotations

from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from bulaq.newsroom.desk.commas import commas
from bulaq.newsroom.models import ImportRun

NAMED = 3
"""Inputs that a run is called by."""


def run_name(run: ImportRun) -> str:
    """What was brought in: the first names, and how many more; of a correction, which import it corrects; of a trial, that
    it is one."""
    name = _name(run)
    return _("Trial: %(name)s") % {"name": name} if run.options.get("trial") else name


def _name(run: ImportRun) -> str:
    corrected = run.options.get("correction")
    if corrected:
        return _("Correction of import %(number)s") % {"number": corrected["run"]}
    names = [name if "://" in name else Path(name).name for name in run.inputs]
    more = f" (+{len(names) - NAMED})" if len(names) > NAMED else ""
    return commas(names[:NAMED]) + more


def file_name(key: str) -> str:
    """The name of a source's own file."""
    return PurePath(key.rpartition("!")[2]).name or key


def without_folders(text: str, run: ImportRun) -> str:
    """A source, or words that name one, without the folders that hold what was brought in."""
    for given in run.inputs:
        folder = "" if "://" in given else str(Path(given).parent)
        if len(folder) > 1:
            text = text.replace(f"{folder}/", "")
    return text
