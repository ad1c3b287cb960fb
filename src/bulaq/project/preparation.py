"""What must be true before anything is served: folders, tables, collected static files."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bulaq.project import configuration


def prepare() -> None:
    """Makes the home folder ready; quick when nothing changed since the last time."""
    home: Path = settings.HOME
    for folder in (home, settings.MEDIA_ROOT, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    configuration.secret_key(settings.BULAQ)  # before several processes begin, each of which would make one
    migrate()
    collect_static()


def holds_newsroom() -> bool:
    """Whether the database has a newsroom's tables; asking makes no file where there was none."""
    file_missing = (
        connection.vendor == "sqlite"
        and not connection.is_in_memory_db()
        and not Path(connection.settings_dict["NAME"]).exists()
    )
    return not file_missing and "newsroom_edition" in connection.introspection.table_names()


def migrate() -> None:
    """Brings the tables up to date; a terminal is told, since a new home waits for it half a minute."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if sys.stderr.isatty():
            print("  tables / الجداول …", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Collects the static files when the code's own differ from what was collected last."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, stdout=io.StringIO())
    stamp.write_text(digest.hexdigest())
