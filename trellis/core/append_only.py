"""Tables that the database itself lets grow and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION trellis_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% only grows: rows are never changed or deleted', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql;
"""


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Let the database refuse to change, replace or delete rows of `table`, or to empty it. May be done again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for name, when, each in (
                ("only_grows", "UPDATE OR DELETE", "ROW"),
                ("no_truncate", "TRUNCATE", "STATEMENT"),
            ):
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_{name} BEFORE {when} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION trellis_refuse_change()"
                )
            return
        for what in ("UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: rows are never changed or deleted'); END"
            )
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")
        cursor.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN {_guards(cursor, table)} END")


def _guards(cursor: CursorWrapper, table: str) -> str:
    """What SQLite asks before each new row, because `INSERT OR REPLACE` takes an old one out without a DELETE.

    A row that is not new is refused as the constraint that it breaks would refuse it.
    """
    mine = {f"{table}.rowid": "rowid = NEW.rowid"}
    for columns in _unique_columns(cursor, table):
        name = ", ".join(f"{table}.{column}" for column in columns)
        mine[name] = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return " ".join(
        f"SELECT RAISE(ABORT, 'UNIQUE constraint failed: {name}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {same});"  # noqa: S608
        for name, same in mine.items()
    )


def _unique_columns(cursor: CursorWrapper, table: str) -> Iterator[list[str]]:
    """The columns of each unique index. A later migration that adds one protects the table again."""
    cursor.execute('SELECT name FROM pragma_index_list(%s) WHERE "unique" AND NOT partial ORDER BY name', [table])
    for (index,) in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [index])
        yield [column for (column,) in cursor.fetchall()]


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Lift the protection: for taking a migration back, and for tests that empty the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("only_grows", "no_truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            return
        for name in ("no_update", "no_delete", "no_replace"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")


def protected_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that the database protects now, by name."""
    if connection.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%\\_only\\_grows'"
        ending = "_only_grows"
    else:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_no\\_delete' ESCAPE '\\'"
        ending = "_no_delete"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(name.removesuffix(ending) for (name,) in cursor.fetchall())
