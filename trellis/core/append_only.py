"""Tables that the database itself lets grow and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.rules.taking_out import PATTERN, globs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION trellis_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% only grows: rows are never changed or deleted', TG_TABLE_NAME; END;
$$ LANGUAGE plpgsql;
"""
# A text that is there may become the mark; nothing else of the row may differ.
_POSTGRES_FUNCTION_BUT_FOR_MARKS = f"""
CREATE OR REPLACE FUNCTION trellis_refuse_change_but_marks() RETURNS trigger AS $$
DECLARE before jsonb; after jsonb; text_column text; marked boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := to_jsonb(OLD); after := to_jsonb(NEW);
    FOREACH text_column IN ARRAY TG_ARGV LOOP
      IF before ->> text_column <> '' AND after ->> text_column ~ '{PATTERN}'
          AND before ->> text_column <> after ->> text_column THEN
        marked := true; before := before - text_column; after := after - text_column;
      END IF;
    END LOOP;
    IF marked AND before = after THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% only grows: rows are never changed or deleted', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
"""


def protect(connection: BaseDatabaseWrapper, table: str, texts: Collection[str] = ()) -> None:
    """Let the database refuse to change, replace or delete rows of `table`, or to empty it. May be done again.

    `texts` are the columns in which people write freely: such a text may become the mark of `rules.taking_out`, which
    says that words were taken out and on which day, and nothing else.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            cursor.execute(_POSTGRES_FUNCTION_BUT_FOR_MARKS)
            named = ", ".join(f"'{text}'" for text in texts)
            refuse = f"trellis_refuse_change_but_marks({named})" if texts else "trellis_refuse_change()"
            for name, when, each, function in (
                ("only_grows", "UPDATE OR DELETE", "ROW", refuse),
                ("no_truncate", "TRUNCATE", "STATEMENT", "trellis_refuse_change()"),
            ):
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_{name} BEFORE {when} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION {function}"
                )
            return
        for what, condition in (("UPDATE", _all_but_marks(cursor, table, texts)), ("DELETE", "")):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what.lower()}")
            cursor.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: rows are never changed or deleted'); END"
            )
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")
        cursor.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN {_guards(cursor, table)} END")


def _all_but_marks(cursor: CursorWrapper, table: str, texts: Collection[str]) -> str:
    """When SQLite refuses an update: always, or where anything else happens than that a text becomes a mark.

    A later migration that adds a column protects the table again.
    """
    if not texts:
        return ""
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    same = ["OLD.rowid IS NEW.rowid"]
    for (column,) in cursor.fetchall():
        unchanged = f'OLD."{column}" IS NEW."{column}"'
        marked = " OR ".join(f"""NEW."{column}" GLOB '{glob}'""" for glob in globs())
        same.append(f"""({unchanged} OR (OLD."{column}" <> '' AND ({marked})))""" if column in texts else unchanged)
    changed = " OR ".join(f'OLD."{text}" IS NOT NEW."{text}"' for text in texts)
    return f"WHEN NOT ({' AND '.join(same)} AND ({changed}))"


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
