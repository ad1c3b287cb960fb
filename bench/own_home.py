"""A newsroom of a benchmark's own, in a folder that goes with it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def own_home() -> Iterator[Path]:
    """A folder whose `home` is this process's newsroom from here on: Django loaded, tables made. With `BULAQ_DATABASE_URL`,
    they are made in that database instead of SQLite (it must be empty)."""
    with tempfile.TemporaryDirectory(prefix="bulaq-bench-") as folder:
        home = Path(folder, "home")
        home.mkdir()
        os.environ |= {"BULAQ_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bulaq.project.settings"}
        from bulaq.project.command_line import load_django

        load_django()
        from bulaq.project.preparation import migrate

        migrate()
        yield Path(folder)


def found_edition() -> Any:
    """The only edition of a new network (`bulaq.newsroom.models.Edition`)."""
    from bulaq.newsroom.models import Edition, Network

    return Edition.objects.create(
        network=Network.objects.create(name="شبكة"), slug="main", name="الجريدة", label="", host="localhost",
        profile_key="mashriq", is_default=True,
    )  # fmt: skip
