"""What only grows: no statement that a database knows changes, replaces or takes away what stands there."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from trellis.core.append_only import protect, protected_tables, unprotect
from trellis.core.audit import System, record
from trellis.core.models import AuditEvent

pytestmark = pytest.mark.django_db
TABLE = "core_auditevent"
COLUMNS = [field.column for field in AuditEvent._meta.concrete_fields]
ELSEWHERE = {"number": 7, "previous_hash": "b" * 64}
ANOTHER_KEY = "ffffffffffffffffffffffffffffffff"


def copy_of_the_first(how, *, ending="", **changed):
    """A statement that writes the first event once more, with some of its columns changed."""
    names = [*COLUMNS, *(name for name in changed if name not in COLUMNS)]
    values = [
        f"'{changed[name]}'" if isinstance(changed.get(name), str) else str(changed.get(name, name)) for name in names
    ]
    return f"{how} INTO {TABLE} ({', '.join(names)}) SELECT {', '.join(values)} FROM {TABLE} WHERE number = 1 {ending}"


if connection.vendor == "postgresql":
    PAST = {
        "emptied": f"TRUNCATE {TABLE}",
        "emptied with what hangs on it": f"TRUNCATE {TABLE} CASCADE",
        "changed when it is there": copy_of_the_first(
            "INSERT", actor_name="Nobody", ending="ON CONFLICT (id) DO UPDATE SET actor_name = 'Nobody'"
        ),
    }
else:
    PAST = {
        "replaced by its key": copy_of_the_first("INSERT OR REPLACE", actor_name="Nobody", **ELSEWHERE),
        "replaced by its place in the chain": copy_of_the_first("REPLACE", actor_name="Nobody", id=ANOTHER_KEY),
        "replaced by its row number": copy_of_the_first("REPLACE", rowid=1, id=ANOTHER_KEY, **ELSEWHERE),
        "pushed out by another": f"UPDATE OR REPLACE {TABLE} SET number = 1 WHERE number = 2",
        "changed when it is there": copy_of_the_first(
            "INSERT", actor_name="Nobody", ending="ON CONFLICT (id) DO UPDATE SET actor_name = 'Nobody'"
        ),
    }


@pytest.fixture
def two_events(cast):
    for name in ("Amara Okafor", "Priya Nair"):
        with transaction.atomic():
            record(by=System(name), verb="organisation.renamed", subject=cast.amara.organisation)
    return list(AuditEvent.objects.order_by("number").values())


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", PAST.values(), ids=PAST.keys())
def test_nothing_gets_past_it(two_events, sql):
    with pytest.raises(DatabaseError, match=r"only grows|UNIQUE constraint failed"):
        run(sql)
    assert list(AuditEvent.objects.order_by("number").values()) == two_events


def test_a_new_row_and_a_row_that_is_there_are_told_apart(two_events):
    """A plain insert fails as it would without the guard, and what is new goes in."""
    with pytest.raises(IntegrityError, match=r"core_auditevent.id|core_auditevent_pkey"):
        run(copy_of_the_first("INSERT", **ELSEWHERE))
    with pytest.raises(IntegrityError, match=r"core_auditevent.chain, core_auditevent.number|audit_\w+"):
        run(copy_of_the_first("INSERT", id=ANOTHER_KEY))
    with transaction.atomic():
        record(by=System("Leila Haddad"), verb="organisation.renamed", subject=AuditEvent.objects.first())
    assert AuditEvent.objects.count() == 3


def test_an_installation_that_was_protected_before_is_protected_fully_when_it_is_migrated(two_events, only_grow):
    later = "no_truncate" if connection.vendor == "postgresql" else "no_replace"
    of_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {TABLE}_{later}{of_table}")
    migration = importlib.import_module("trellis.core.migrations.0005_nothing_gets_past_only_grows")
    migration.forwards(apps, SimpleNamespace(connection=connection))
    with pytest.raises(DatabaseError, match=r"only grows|UNIQUE constraint failed"):
        run(next(iter(PAST.values())))
    assert protected_tables(connection) == only_grow


def test_it_can_be_lifted_and_put_back(two_events):
    unprotect(connection, TABLE)
    run(f"DELETE FROM {TABLE} WHERE number = 2")
    for _twice in range(2):
        protect(connection, TABLE)
    with pytest.raises(DatabaseError, match="only grows"):
        run(f"DELETE FROM {TABLE}")
    assert AuditEvent.objects.count() == 1
