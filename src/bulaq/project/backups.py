"""Backups: one gzipped tar of the database (as it is at one moment), the media and the secret key.

SQLite is copied through its own online backup; PostgreSQL through `pg_dump`. Indexes and caches are not kept: they
are made anew from the database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

MEMBERS = {"bulaq.sqlite3", "database.sql", "secret-key", "media"}
"""What may stand in an archive; anything else in it is refused, not unpacked."""


class BackupError(Exception):
    """The backup cannot be written or brought back; the message says why."""


def write(target: Path) -> None:
    """Writes the archive; it appears under its name only when it is whole."""
    if target.exists():
        raise BackupError(f"{target} exists already")
    home = settings.BULAQ.folder
    with tempfile.TemporaryDirectory(prefix="bulaq-backup-") as scratch:
        database = _dump(Path(scratch))
        partial = target.with_name(target.name + ".partial")
        try:
            with tarfile.open(partial, "w:gz", compresslevel=5) as archive:
                archive.add(database, database.name)
                if (home / "secret-key").exists():
                    archive.add(home / "secret-key", "secret-key")
                if Path(settings.MEDIA_ROOT).exists():
                    archive.add(settings.MEDIA_ROOT, "media")
            os.chmod(partial, 0o600)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise BackupError(f"{target} cannot be written: {error.strerror or error}") from error


def restore(source: Path) -> None:
    """Brings an archive back into an empty home (and, on PostgreSQL, an empty database)."""
    home = settings.BULAQ.folder
    if any(home.glob("bulaq.sqlite3*")) or (
        Path(settings.MEDIA_ROOT).exists() and any(Path(settings.MEDIA_ROOT).iterdir())
    ):
        raise BackupError(f"{home} is not empty; restore into a new --home")
    home.mkdir(parents=True, exist_ok=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="restore-", dir=home) as scratch,
            tarfile.open(source, "r:gz") as archive,
        ):
            foreign = [m.name for m in archive.getmembers() if m.name.split("/")[0] not in MEMBERS]
            if foreign:
                raise BackupError(f"{source} is no backup of ours: it holds {foreign[0]}")
            archive.extractall(scratch, filter="data")
            _bring_back(Path(scratch), home)
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _dump(scratch: Path) -> Path:
    if connection.vendor == "sqlite":
        target = scratch / "bulaq.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return target
    target = scratch / "database.sql"
    result = subprocess.run(
        ["pg_dump", "--no-owner", "--no-privileges", "--file", str(target), settings.BULAQ.database_url],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise BackupError(f"pg_dump: {result.stderr.strip()}")
    return target


def _bring_back(scratch: Path, home: Path) -> None:
    wanted = "bulaq.sqlite3" if connection.vendor == "sqlite" else "database.sql"
    database = scratch / wanted
    if not database.exists():
        raise BackupError(f"the archive was taken from another kind of database (it has no {wanted})")
    if connection.vendor == "sqlite":
        connections.close_all()
        shutil.move(database, home / "bulaq.sqlite3")
    else:
        result = subprocess.run(
            ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--file", str(database),
             "--dbname", settings.BULAQ.database_url],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if result.returncode:
            raise BackupError(f"psql: {result.stderr.strip()}")
    if (scratch / "media").exists():
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        shutil.copytree(scratch / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    if (scratch / "secret-key").exists():
        shutil.move(scratch / "secret-key", home / "secret-key")
        os.chmod(home / "secret-key", 0o600)
