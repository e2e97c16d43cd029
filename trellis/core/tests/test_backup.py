"""A restored backup equals the original, row for row and byte for byte; a damaged one is refused and named."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tarfile
import uuid

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from trellis.core.append_only import protected_tables
from trellis.core.audit import System, broken_links, record
from trellis.core.backups import making, rows
from trellis.core.backups.archive import DamagedArchive
from trellis.core.backups.making import forget_all_but, make_backup
from trellis.core.backups.restoring import is_empty, read_manifest, restore
from trellis.core.files.storage import keys
from trellis.core.models import AuditEvent, Job, StoredFile
from trellis.core.refusal import Refused
from trellis.core.rules.backups import why_not_restore
from trellis.core.tests.backups import CONTENT, NOON, fill_from_every_app
from trellis.environment import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
FROM_EVERY_APP = [
    "organisations_claimrequest",
    "organisations_grouprequest",
    "organisations_provider",
    "review_action",
    "review_evidenceuse",
    "review_evidenceversion",
    "review_framework",
    "review_rating",
    "review_ratingchange",
]


def everything():
    """Every record of this installation, as Django itself writes it down."""
    said = io.StringIO()
    call_command("dumpdata", "--all", "--format=jsonl", "--exclude=accounts.session", stdout=said)
    return sorted(said.getvalue().splitlines())


def files():
    found = {}
    for key in keys():
        with default_storage.open(key) as kept:
            found[key] = kept.read()
    return found


def sums(path):
    """The hash of each member, without that of the manifest, which has the time in it."""
    with tarfile.open(path) as tar:
        lines = tar.extractfile("SHA256SUMS").read().decode().splitlines()
    return [line for line in lines if not line.endswith("manifest.json")]


def counted(model):
    return model.objects.count()


class Elsewhere:
    """A new installation in a folder of its own, with a database of its own, run by processes of its own."""

    def __init__(self, folder):
        self.environment = os.environ | {"TRELLIS_DATA_FOLDER": str(folder)}
        self.environment.pop("TRELLIS_DATABASE_URL", None)
        if connection.vendor == "postgresql":
            name = f"restored_{uuid.uuid4().hex}"
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name}")
            url = settings.ENVIRONMENT.database_url.get_secret_value()
            self.environment["TRELLIS_DATABASE_URL"] = re.sub(r"(://[^/]*/)[^?]*", rf"\g<1>{name}", url)

    def manage(self, *arguments):
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def test_a_restored_backup_equals_the_original(filled, tmp_path):
    fill_from_every_app(filled)
    archive = make_backup(tmp_path / "backups", at=NOON).path
    tables = read_manifest(archive).tables
    assert [name for name in FROM_EVERY_APP if not tables[name].rows] == []
    there = Elsewhere(tmp_path / "there")
    restored = there.manage("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert "The audit is whole" in restored.stdout
    dumped = there.manage("dumpdata", "--all", "--format=jsonl", "--exclude=accounts.session")
    assert sorted(dumped.stdout.splitlines()) == everything()
    kept = {
        str(path.relative_to(tmp_path / "there" / "files")): path.read_bytes() for path in stored(tmp_path / "there")
    }
    assert kept == files()
    assert sorted(kept.values()) == sorted([*CONTENT, b"Minutes of our SEND meeting"])
    assert (tmp_path / "there" / "pages" / "privacy.txt").read_text() == "# Our own words\n"


def test_an_installation_that_is_not_empty_is_left_alone(archive):
    before = everything()
    with pytest.raises(CommandError, match="only restored into an empty installation"):
        call_command("restore", str(archive))
    assert everything() == before


def stored(folder):
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_the_same_in_the_same_database(empty_again, capsys):
    before = sums(empty_again)
    assert is_empty()
    call_command("restore", str(empty_again))
    assert "2  core_storedfile" not in capsys.readouterr().out, "the row of the removed file is there too"
    assert (counted(StoredFile), len(files()), list(broken_links())) == (3, 2, [])
    again = make_backup(empty_again.parent, at=NOON.replace(hour=13)).path
    assert sums(again) == before


def test_after_restoring_life_goes_on(empty_again, django_user_model, only_grow):
    restore(empty_again, read_manifest(empty_again))
    assert protected_tables(connection) == only_grow, "what only grows still only grows"
    amara = django_user_model.objects.get(name="Amara Okafor")
    with transaction.atomic():
        event = record(by=System("A test"), verb="test.done", subject=amara, organisation_id=None)
    assert (event.number, list(broken_links())) == (2, [])
    call_command("migrate", verbosity=0)  # numbered keys go on after the highest that was restored
    with transaction.atomic():
        model = next(model for model in rows.kept_models() if model._meta.db_table == "auth_group")
        assert model.objects.create(name="New").pk


def test_everything_is_backed_up_or_on_the_list():
    tables = set(connection.introspection.table_names())
    kept = {model._meta.db_table for model in rows.kept_models()}
    assert tables - kept - rows.NOT_RECORDS == {"accounts_session"}


def test_a_backup_is_for_its_owner_only_and_has_no_sessions_or_keys(archive):
    assert archive.name == "trellis-20270305T120000Z.tar"
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert not [name for name in names if "session" in name or "secret" in name]
    assert list(archive.parent.iterdir()) == [archive], "nothing unfinished lies beside it"


def test_it_says_what_is_in_it(archive, capsys):
    manifest = read_manifest(archive)
    assert (manifest.trellis, manifest.made_at) == ("0.1.0", "2027-03-05T12:00:00+00:00")
    assert (manifest.files, manifest.bytes_of_files) == (2, sum(map(len, CONTENT)))
    assert manifest.tables["core_auditevent"].rows == counted(AuditEvent)
    assert ("core", "0002_audit_only_grows") in manifest.migrations


def test_people_go_on_working_meanwhile(filled, tmp_path, monkeypatch):
    """What is written during a backup is not in it; and the backup keeps nobody waiting."""
    begun = making._begin

    def write_in_between(at):
        manifest = begun(at)
        subprocess.run(
            [sys.executable, "-c", WRITE, str(connection.settings_dict["NAME"])], check=True, timeout=60
        ) if connection.vendor == "sqlite" else None
        return manifest

    monkeypatch.setattr(making, "_begin", write_in_between)
    before = counted(Job)
    made = make_backup(tmp_path, at=NOON)
    assert made.manifest.tables["core_job"].rows == before
    if connection.vendor == "sqlite":
        assert Job.objects.get(pk=uuid.UUID(int=1)).title == "written meanwhile"


WRITE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=5)
columns = [row[1] for row in database.execute("PRAGMA table_info(core_job)")]
row = dict(zip(columns, database.execute("SELECT * FROM core_job LIMIT 1").fetchone()))
row |= {"id": "0" * 31 + "1", "title": "written meanwhile"}
database.execute(f"INSERT INTO core_job ({','.join(row)}) VALUES ({','.join('?' * len(row))})", list(row.values()))
database.commit()
"""


def test_when_something_goes_wrong_in_the_middle_nothing_is_left(empty_again):
    manifest = read_manifest(empty_again)
    manifest.audit_heads = "0" * 64
    with pytest.raises(DamagedArchive, match="does not end where it ended"):
        restore(empty_again, manifest)
    assert is_empty()
    manifest = read_manifest(empty_again)
    manifest.tables["core_job"].rows += 1
    with pytest.raises(DamagedArchive, match="core_job has 1 rows instead of 2"):
        restore(empty_again, manifest)
    assert is_empty()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": 2}, "of a later kind"),
        ({"is_empty": False}, "only restored into an empty installation"),
        ({"had": [("core", "0001"), ("core", "0002")]}, "Install that version"),
        ({"here": []}, "Install that version"),
        ({"unprotected": ["core_auditevent"]}, "does not keep core_auditevent from being rewritten"),
        ({}, None),
    ],
)
def test_when_a_backup_may_be_restored(changed, said):
    here = [("core", "0001")]
    fits = {"format": 1, "version": "0.1.0", "is_empty": True, "had": here, "here": here, "unprotected": []}
    reason = why_not_restore(**(fits | changed))
    assert said is None if reason is None else said in reason


def test_a_backup_of_another_version_is_refused(empty_again):
    manifest = read_manifest(empty_again)
    manifest.migrations.append(("review", "9999_of_next_year"))
    with pytest.raises(Refused, match="Install that version"):
        restore(empty_again, manifest)


def test_files_that_are_missing_or_changed_are_told_and_the_rest_is_backed_up(filled, tmp_path, capsys):
    (settings.DATA_FOLDER / "files" / "ab").mkdir(exist_ok=True)
    missing, changed = StoredFile.objects.kept().order_by("name")
    default_storage.delete(missing.key)
    default_storage.delete(changed.key)
    default_storage.save(changed.key, io.BytesIO(b"other bytes"))
    with pytest.raises(CommandError, match="Not everything is as it should be"):
        call_command("backup", str(tmp_path))
    said = capsys.readouterr().err
    assert f"The file {missing.key} is missing from the storage." in said
    assert f"The file {changed.key} is not what was stored" in said
    (path,) = tmp_path.glob("*.tar")
    assert read_manifest(path).files == 1


def test_a_full_disk_leaves_nothing_unfinished(filled, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.os, "fsync", full)
    with pytest.raises(CommandError, match="could not be written: No space left on device"):
        call_command("backup", str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_only_the_newest_are_kept_when_asked(filled, tmp_path):
    for hour in range(4):
        make_backup(tmp_path, at=NOON.replace(hour=hour))
    (tmp_path / "letter.tar").touch()
    forget_all_but(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "letter.tar",
        "trellis-20270305T020000Z.tar",
        "trellis-20270305T030000Z.tar",
    ]
    with pytest.raises(CommandError, match="from 1"):
        call_command("backup", str(tmp_path), keep=0)


def test_a_large_table_is_written_in_parts(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "PART", 500)
    path = make_backup(tmp_path, at=NOON).path
    with tarfile.open(path) as tar:
        parts = [name for name in tar.getnames() if name.startswith("tables/core_auditevent/")]
    assert parts[:2] == ["tables/core_auditevent/000001.jsonl.gz", "tables/core_auditevent/000002.jsonl.gz"]
    assert read_manifest(path).tables["core_auditevent"].rows == counted(AuditEvent)
