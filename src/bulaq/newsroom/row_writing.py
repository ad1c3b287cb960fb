"""Many rows into one table at once: what an archive brings, without an instance of a model for each of its rows.

An article of an archive is a dozen rows. `bulk_create` spends most of its time on making their instances and on asking
each field about each value; here a table's columns are asked once for all rows. Rows go in by one prepared statement
(SQLite) or by COPY (PostgreSQL). No signals are sent, as with `bulk_create`; constraints hold as ever.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from wagtail.fields import StreamField

Row = Mapping[str, Any]
"""By column as the model calls it: `article_id`, not `article`. What is left out has its default."""


def write_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Writes `rows`, all with the same keys. Raises what the database raises (`django.db.Error`); call it in a
    transaction: some of the rows may be written when it does."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    given = rows[0].keys()
    columns: list[str] = []
    makers: list[tuple[str, Callable[[Any], Any] | None, Any]] = []
    for field in model._meta.concrete_fields:
        if field.attname not in given and field.primary_key and isinstance(field, models.AutoField):
            continue
        columns.append(connection.ops.quote_name(field.column))
        makers.append(_maker(field, given, connection))
    values = [_values(row, makers) for row in rows]
    write_values(connection, model._meta.db_table, columns, values)


def update_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Writes the given columns of rows that are there already; all have the same keys, the primary key among them. No
    signals are sent. Raises as `write_rows`."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    key = model._meta.pk
    fields = [
        field
        for field in model._meta.concrete_fields
        if field is not key and (field.attname in rows[0] or getattr(field, "auto_now", False))
    ]
    quoted = connection.ops.quote_name
    makers = [_maker(field, rows[0].keys(), connection) for field in fields]
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    command = f"UPDATE {quoted(model._meta.db_table)} SET {columns} WHERE {quoted(key.column)} = %s"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.executemany(command, [(*_values(row, makers), row[key.attname]) for row in rows])


def _values(
    row: Row, makers: Sequence[tuple[str | None, Callable[[Any], Any] | None, Any]]
) -> tuple[Any, ...]:
    return tuple(
        constant if name is None else row[name] if convert is None else convert(row[name])
        for name, convert, constant in makers
    )


def write_values(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]
) -> None:
    """Writes `values`, in the order of `columns` (quoted names) and as the database takes them."""
    table = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            command = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(command) as copy:
                for row_values in values:
                    copy.write_row(row_values)
        else:
            marks = ", ".join(["%s"] * len(columns))
            command = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
            cursor.executemany(command, values)


def take_ids(model: type[models.Model], number: int) -> list[int]:
    """So many ids that no row has or will be given. Call it in the transaction that writes them: SQLite's lock, held
    since the transaction began, is what keeps them ours."""
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, number],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
        return list(range(last + 1, last + 1 + number))


def row_of(instance: models.Model) -> dict[str, Any]:
    """A new instance as a row; its key must be set."""
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def _maker(field: models.Field, given: Any, connection: Any) -> tuple[str | None, Any, Any]:
    """(key of the row, conversion, constant): of a column that is not given the constant alone."""
    convert = _conversion(field, connection)
    if getattr(field, "auto_now", False) or (
        field.attname not in given and getattr(field, "auto_now_add", False)
    ):
        return None, None, convert(timezone.now())
    if field.attname in given:
        return field.attname, convert, None
    default = field.get_default()
    return None, None, convert(default) if convert is not None else default


def _conversion(field: models.Field, connection: Any) -> Callable[[Any], Any] | None:
    """From the value that a model has to the one that the database takes; None when they are the same."""
    if isinstance(field, models.JSONField):
        encoder = field.encoder
        return lambda value: None if value is None else _json(value, encoder)
    if isinstance(field, models.DateTimeField):
        return lambda value: (
            connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        )
    if type(field) in (models.CharField, models.TextField, models.URLField):
        return _text
    if isinstance(field, models.ForeignKey | models.BooleanField | models.IntegerField | models.FloatField):
        return None
    if isinstance(field, models.BinaryField) and connection.vendor == "postgresql":
        return None  # COPY writes bytes as they are
    if isinstance(field, StreamField):
        encoder = field.json_field.encoder
        return lambda value: _json(field.get_prep_value(value), encoder)
    return lambda value: field.get_db_prep_save(value, connection)


def _json(value: Any, encoder: Any) -> str:
    """Arabic letters as themselves, a third of the bytes that their escapes take."""
    text = json.dumps(value, cls=encoder, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair, which no database takes
        return json.dumps(value, cls=encoder)
    return text


def _text(value: Any) -> Any:
    """Members of choices are strings of another kind, which a database's driver may write by their names."""
    return value if value is None or type(value) is str else str(value)
