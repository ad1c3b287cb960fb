"""Archives that lie on the server already: an editor chooses among what stands in one folder, and nothing beside it."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from django.conf import settings

from bulaq.intake.listing import FURNITURE
from bulaq.intake.source_names import storable

MOST = 500
"""Names offered: a list to choose from. An archive of more files is one folder in it."""


def archives_folder() -> Path:
    """Where archives are looked for: as set, or `archives/` in the home folder."""
    return settings.BULAQ.archives_folder


def offered() -> dict[str, Path]:
    """What can be brought in, by name in order: folders and files in the folder of archives itself. Links that lead out of
    it are not among them, nor what only lies beside pages. Bytes of names that are no text are escaped (`storable`)."""
    root = archives_folder()
    try:
        with os.scandir(root) as scan:
            found = sorted(islice((entry.name for entry in scan if _may_be_one(entry)), MOST))
    except OSError:  # there is no such folder
        return {}
    paths = {storable(name): (root / name).resolve() for name in found}
    return {name: path for name, path in paths.items() if path.is_relative_to(root)}


def _may_be_one(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and os.path.splitext(entry.name)[1].lower() not in FURNITURE
