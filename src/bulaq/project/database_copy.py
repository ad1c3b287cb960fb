"""A newsroom's tables out of a SQLite file into the database that is configured: from one machine's file to PostgreSQL.

Rows are copied as they lie in the file, in one transaction: broken off, nothing has come.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from bulaq.newsroom.row_writing import write_values

LEFT_OUT = frozenset({"wagtailsearch"})
"""Applications whose tables are another database's own: Wagtail's search index, which the desk does not ask."""

_Convert = Callable[[Any], Any]


class CopyRefused(Exception):
    """The tables cannot be copied; the message says why."""


def copy_tables(file: Path) -> int:
    """Fills the tables here, made already and holding no newsroom, with those of the file; returns how many rows came.

    Raises `CopyRefused`, and leaves the tables as they were.
    """
    copied = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    with closing(sqlite3.connect(file)) as source:
        source.execute("PRAGMA query_only = 1")
        _require_same_tables(source)
        try:
            with transaction.atomic(), connection.constraint_checks_disabled():
                with connection.cursor() as cursor:
                    for model in copied:  # what the migrations wrote comes with the file too
                        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)}")  # noqa: S608 - names of ours
                rows = sum(_copy(source, model) for model in copied)
                connection.check_constraints()
                with connection.cursor() as cursor:
                    for command in connection.ops.sequence_reset_sql(no_style(), copied):
                        cursor.execute(command)
        except (DatabaseError, sqlite3.Error) as error:
            raise CopyRefused(f"the tables cannot be copied: {' '.join(str(error).split())}") from error
    return rows


def _require_same_tables(source: sqlite3.Connection) -> None:
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    done = set(source.execute("SELECT app, name FROM django_migrations"))
    if missing := sorted(known - done):
        raise CopyRefused(
            f"it was made by an older version ({len(missing)} migrations wait): bring it back on SQLite with this"
            " version, run bulaq manage migrate there, and take the backup anew"
        )
    if any(app == "newsroom" for app, _ in done - known):  # of what it has more, nothing would come
        raise CopyRefused("it was made by a newer version: install that one here first")


def _copy(source: sqlite3.Connection, model: type[models.Model]) -> int:
    table = model._meta.db_table
    fields = [field for field in model._meta.local_concrete_fields if field.column is not None]
    columns = [_quoted(str(field.column)) for field in fields]
    converted = [(place, convert) for place, field in enumerate(fields) if (convert := _conversion(field))]
    rows = source.execute(f"SELECT {', '.join(columns)} FROM {_quoted(table)}")  # noqa: S608 - names of ours
    number = 0

    def values() -> Iterator[list[Any]]:
        nonlocal number
        for row in rows:
            number += 1
            given = list(row)
            for place, convert in converted:
                if given[place] is not None:
                    given[place] = convert(given[place])
            yield given

    write_values(connection, table, columns, values())
    return number


def _conversion(field: models.Field[Any, Any]) -> _Convert | None:
    """From what SQLite keeps to what the database here takes; None where it is the same."""
    if connection.vendor == "sqlite":
        return None
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return lambda moment: f"{moment}+00"  # SQLite keeps the time of UTC, and does not say so
    return None


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
