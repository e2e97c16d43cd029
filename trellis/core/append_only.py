"""Tables that the database itself lets grow and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION trellis_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% only grows: rows are never changed or deleted', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql;
"""


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Let the database refuse to change or delete rows of `table`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION trellis_refuse_change()"
            )
            return
        for what in ("UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: rows are never changed or deleted'); END"
            )


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Lift the protection: for taking a migration back, and for tests that empty the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
            return
        for what in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}")


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
