"""A real worker, killed in the middle of an import: the next one loses nothing and repeats nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from trellis.environment import ROOT
from trellis.organisations.tests.registers import NURSERY, a_file, nurseries

pytestmark = pytest.mark.slow
ROWS = 9000
ASK = """
import django; django.setup()
from io import BytesIO
from pathlib import Path
import sys
from trellis.accounts.acting import Acting
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.files import FileKind, made_here
from trellis.organisations.actions.register import ask_for_import
from trellis.organisations.models import Membership, Organisation
operator = Organisation.objects.create(name="Operators", kind="operator")
sam = User.objects.create(name="Sam Ellery", email="sam.ellery@example.org")
membership = Membership.objects.create(user=sam, organisation=operator, role=Role.SYSTEM_ADMINISTRATOR)
by = Acting(sam, membership.pk, Role.SYSTEM_ADMINISTRATOR, operator.pk, operator.name, operator.kind)
upload = made_here(name="register.csv", kind=FileKind.CSV, content=Path(sys.argv[1]).read_bytes())
ask_for_import(upload=upload, dry_run=False, complete=True, all_or_nothing=False, by=by)
"""


def environment(folder: Path) -> dict[str, str]:
    """An installation of its own in a folder, on SQLite whatever the other tests run on."""
    kept = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    return kept | {"TRELLIS_DATA_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "trellis.settings"}


def run(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment(folder), check=True, capture_output=True)


def ask(folder: Path, sql: str, *, change: bool = False) -> list[tuple[object, ...]]:
    """What the database says at this moment, from outside."""
    with closing(sqlite3.connect(folder / "trellis.sqlite3", timeout=20)) as connection:
        rows = connection.execute(sql).fetchall()
        if change:
            connection.commit()
        return rows


def kill_in_the_middle(folder: Path) -> int:
    """Start a worker, kill it once it has stored some rows and not all; how many it had stored."""
    worker = subprocess.Popen([sys.executable, "manage.py", "worker", "--once"], cwd=ROOT, env=environment(folder))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not ask(
        folder, "SELECT 1 FROM organisations_registerimport WHERE added > 1000"
    ):
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    ((stored,),) = ask(folder, "SELECT COUNT(*) FROM organisations_provider")
    assert isinstance(stored, int)
    return stored


def test_a_killed_import_goes_on_where_it_stopped(tmp_path):
    register, folder = tmp_path / "register.csv", tmp_path / "installation"
    broken = NURSERY | {"Provider URN": "EY999999", "Registration date": "never"}
    register.write_bytes(a_file(broken, *nurseries(ROWS)))
    run(folder, "manage.py", "migrate", "--verbosity=0")
    run(folder, "-c", ASK, str(register))

    stored = kill_in_the_middle(folder)
    assert 0 < stored < ROWS
    (counted,) = ask(folder, "SELECT added, rejected FROM organisations_registerimport")
    assert counted == (stored, 1), "the count and the rows were stored together"

    ask(folder, "UPDATE core_job SET held_until = '2020-01-01 00:00:00' WHERE name = 'register.import'", change=True)
    ask(folder, "UPDATE core_job SET next_try_at = '2020-01-01 00:00:00'", change=True)
    run(
        folder,
        "-c",
        "import django; django.setup(); from trellis.core.jobs.worker import Worker; Worker().look_round()",
    )
    ask(folder, "UPDATE core_job SET next_try_at = '2020-01-01 00:00:00'", change=True)
    run(folder, "manage.py", "worker", "--once")

    result = "SELECT added, changed, unchanged, rejected, no_longer_listed, applied FROM organisations_registerimport"
    assert ask(folder, result) == [(ROWS, 0, 0, 1, 0, 1)]
    assert ask(folder, "SELECT COUNT(*), COUNT(DISTINCT number) FROM organisations_provider") == [(ROWS, ROWS)]
    assert ask(folder, "SELECT COUNT(*) FROM organisations_rejectedline") == [(1,)]
    assert ask(folder, "SELECT COUNT(*) FROM core_auditevent WHERE verb = 'register.imported'") == [(1,)]
    assert ask(folder, "SELECT state FROM core_job WHERE name = 'register.import'") == [("done",)]
