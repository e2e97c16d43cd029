"""Rows as plain values that JSON can hold, and back, the same for every database."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection
from django.utils.duration import duration_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

# Tables that belong to no model and need no backup: what the database has had, and what is remembered for a while.
NOT_RECORDS = frozenset({"django_migrations", "cache", "sqlite_sequence"})
PART = 4_000_000  # characters of JSON in one part of a table, about
AT_ONCE = 1_000  # rows written by one statement


def kept_models() -> list[type[Model]]:
    """Every table of records, by name. Who is signed in where is none: after restoring, people sign in again."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not issubclass(model, AbstractBaseSession)
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that hold something; what the database works out by itself it works out again."""
    return [each for each in model._meta.local_concrete_fields if not getattr(each, "generated", False)]


def column_names(model: type[Model]) -> list[str]:
    """The names of those columns in the database."""
    return [str(each.column) for each in columns(model)]


def rows(model: type[Model]) -> Iterator[list[Any]]:
    """Every row of a table in the order of its keys, as plain values; a piece at a time."""
    names = [each.attname for each in columns(model)]
    found = model._base_manager.order_by("pk").values_list(*names)
    return ([plain(value) for value in row] for row in found.iterator(chunk_size=2_000))


def plain(value: Any) -> Any:
    """A value as JSON can hold it, with nothing lost.

    >>> plain(timedelta(days=1)), plain(Decimal("0.10")), plain(b"\\x00"), plain({"a": [1]})
    ('1 00:00:00', '0.10', 'AA==', {'a': [1]})
    """
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return value


def parts(model: type[Model], count: list[int]) -> Iterator[bytes]:
    """The rows of a table as compressed parts of some megabytes; adds the number of rows of each to `count`."""
    lines: list[str] = []
    size = 0
    for row in rows(model):
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        size += len(lines[-1])
        if size >= PART:
            count.append(len(lines))
            yield _packed(lines)
            lines, size = [], 0
    if lines:
        count.append(len(lines))
        yield _packed(lines)


def _packed(lines: list[str]) -> bytes:
    return gzip.compress("".join(lines).encode(), compresslevel=6, mtime=0)


def insert(model: type[Model], part: IO[bytes]) -> int:
    """Write the rows of one part into a table, exactly as they were; how many."""
    fields, written = columns(model), 0
    with gzip.open(part, "rt", encoding="utf-8") as lines, connection.cursor() as cursor:
        while batch := [_for_database(fields, json.loads(line)) for line in islice(lines, AT_ONCE)]:
            cursor.executemany(_statement(model), batch)
            written += len(batch)
    return written


def _for_database(fields: list[Field[Any, Any]], row: list[Any]) -> list[Any]:
    """Plain values as this database wants them."""
    return [
        field.get_db_prep_save(None if value is None else field.to_python(value), connection)
        for field, value in zip(fields, row, strict=True)
    ]


def _statement(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    names = [quote(name) for name in column_names(model)]
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
