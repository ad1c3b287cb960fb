"""Backups: one gzipped tar of the database (as it is at one moment), the media and the secret key.

SQLite is copied through its own online backup; PostgreSQL through `pg_dump`. What was taken from SQLite can be brought
back into PostgreSQL: so a newsroom moves there. Indexes and caches are not kept: they
are made anew from the database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, connections

from bulaq.newsroom.models import Edition
from bulaq.project.database_copy import CopyRefused, copy_tables
from bulaq.project.preparation import holds_newsroom, migrate

MEMBERS = {"bulaq.sqlite3", "database.sql", "secret-key", "media"}
"""What may stand in an archive; anything else in it is refused, not unpacked."""


NOT_EMPTY = "the database of BULAQ_DATABASE_URL is not empty"


class BackupError(Exception):
    """The backup cannot be written or brought back; the message says why."""


def write(target: Path) -> None:
    """Writes the archive; it appears under its name only when it is whole, and is the owner's alone from its first byte."""
    if target.exists():
        raise BackupError(f"{target} exists already")
    partial = target.with_name(target.name + ".partial")
    try:
        # Beside the archive, where there must be room for it: a machine's folder for scratch is often small.
        with tempfile.TemporaryDirectory(prefix=".bulaq-backup-", dir=target.absolute().parent) as scratch:
            database = _dump(Path(scratch))
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with (
                open(descriptor, "wb") as file,
                tarfile.open(fileobj=file, mode="w:gz", compresslevel=5, dereference=True) as archive,
            ):
                _fill(archive, database)
        partial.replace(target)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise BackupError(
            f"{target} cannot be written: {getattr(error, 'strerror', None) or error}"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _fill(archive: tarfile.TarFile, database: Path) -> None:
    archive.add(database, database.name)
    key = settings.BULAQ.folder / "secret-key"
    if key.exists():
        archive.add(key, "secret-key")
    media = Path(settings.MEDIA_ROOT)
    # Through links: pictures often lie on a disk of their own, and a link out of the archive is not unpacked again.
    for folder, _folders, names in os.walk(media, followlinks=True):
        for path in (Path(folder), *(Path(folder, name) for name in names)):
            with suppress(FileNotFoundError):  # an editor deleted it while the archive was written
                archive.add(path, str(Path("media", path.relative_to(media))), recursive=False)


def _dump(scratch: Path) -> Path:
    """The database as it is at one moment, as a file."""
    if connection.vendor == "sqlite":
        target = scratch / "bulaq.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return target
    target = scratch / "database.sql"
    _run("pg_dump", "--no-owner", "--no-privileges", "--file", str(target), settings.BULAQ.database_url)
    return target


def restore(source: Path) -> None:
    """Brings an archive back into an empty home (and, on PostgreSQL, an empty database)."""
    home, media = settings.BULAQ.folder, Path(settings.MEDIA_ROOT)
    if any(home.glob("bulaq.sqlite3*")) or (media.exists() and any(media.iterdir())):
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
            _bring_back(Path(scratch), home, media)
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise BackupError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except DatabaseError as error:
        raise BackupError(f"the database cannot be used: {' '.join(str(error).split())}") from error


def _bring_back(scratch: Path, home: Path, media: Path) -> None:
    """What can fail comes first: a database that refuses leaves the home as empty as it was."""
    kept, dumped = scratch / "bulaq.sqlite3", scratch / "database.sql"
    here = connection.vendor == "sqlite"
    if here and not kept.exists():
        raise BackupError("it was taken from PostgreSQL: set BULAQ_DATABASE_URL to an empty database for it")
    if not here:
        _fill_from(kept) if kept.exists() else _fill_by_psql(dumped)
    if (scratch / "media").exists():
        if media.exists():  # perhaps a folder that is mounted there
            shutil.copytree(scratch / "media", media, dirs_exist_ok=True)
        else:
            shutil.move(scratch / "media", media)
    if (scratch / "secret-key").exists():
        shutil.move(scratch / "secret-key", home / "secret-key")
        os.chmod(home / "secret-key", 0o600)
    if here:
        connections.close_all()
        shutil.move(kept, home / "bulaq.sqlite3")


def _fill_from(file: Path) -> None:
    """The tables of a newsroom that was on SQLite, into the empty database that is configured now."""
    if holds_newsroom() and (Edition.objects.exists() or get_user_model().objects.exists()):
        raise BackupError(NOT_EMPTY)
    migrate()
    try:
        copy_tables(file)
    except CopyRefused as refused:
        raise BackupError(str(refused)) from refused


def _fill_by_psql(dump: Path) -> None:
    if holds_newsroom():
        raise BackupError(NOT_EMPTY)
    _run(
        "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--file", str(dump),
        "--dbname", settings.BULAQ.database_url,
    )  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs. Raises `BackupError` with its words."""
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BackupError(f"{program} is not installed here (a package such as postgresql-client)") from None
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
