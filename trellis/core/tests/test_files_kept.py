"""Keeping a file: the bytes and the row stand or fall together, and what is used cannot be removed."""

from __future__ import annotations

import errno
import hashlib
import stat
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from trellis.core.audit import System
from trellis.core.files import FileKind, clearing_orphans, keep_file, made_here, remove_file, written_first
from trellis.core.files.storage import KEY, DiskStorage, keys
from trellis.core.models import AuditEvent, StoredFile
from trellis.core.refusal import Refused
from trellis.core.rules.files import NO_ROOM
from trellis.core.tests import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("file_folder")]


def keep(person, name="Policy.pdf", content=files.PDF) -> StoredFile:
    return keep_file(
        upload=files.upload(name, content), organisation_id=person.acting.organisation_id, by=person.acting
    )


def test_a_file_is_kept_under_a_random_name_that_says_nothing(cast, file_folder):
    stored = keep(cast.priya, "Amina Khan.pdf")
    assert (stored.name, stored.kind, stored.size) == ("Amina Khan.pdf", "pdf", len(files.PDF))
    assert KEY.fullmatch(stored.key)
    assert (file_folder / stored.key).read_bytes() == files.PDF
    assert stored.sha256 == hashlib.sha256(files.PDF).hexdigest()


def test_nobody_else_on_the_computer_can_read_it(cast, file_folder):
    path = file_folder / keep(cast.priya).key
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_keeping_and_removing_are_in_the_audit_without_the_name(cast):
    stored = keep(cast.priya, "Amina Khan.pdf")
    remove_file(stored=stored, by=cast.amara.acting)
    kept, removed = AuditEvent.objects.filter(record_id=str(stored.pk)).order_by("number")
    assert (kept.verb, kept.actor_name, kept.change["size"]) == ("file.kept", "Priya Nair", len(files.PDF))
    assert (removed.verb, removed.actor_name) == ("file.removed", "Amara Okafor")
    assert "Amina" not in str([kept.change, removed.change])


def test_the_event_is_in_the_chain_of_the_organisation_whose_file_it_is(cast):
    keep_file(upload=files.upload("a.pdf", files.PDF), organisation_id=cast.amara.organisation.pk, by=cast.ruth.acting)
    assert AuditEvent.objects.get().chain == str(cast.amara.organisation.pk)


def test_what_trellis_made_is_kept_too(cast, file_folder):
    made = made_here(name="Report: spring", kind=FileKind.PDF, content=b"%PDF report")
    stored = keep_file(upload=made, organisation_id=cast.amara.organisation.pk, by=cast.amara.acting)
    assert (stored.name, (file_folder / stored.key).read_bytes()) == ("Report- spring.pdf", b"%PDF report")


def test_a_file_that_is_not_taken_leaves_nothing(cast):
    with pytest.raises(Refused):
        keep(cast.priya, "photo.jpg", files.SCRIPT)
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


def test_the_system_keeps_no_files(cast):
    with pytest.raises(ValueError, match="by a person"):
        keep_file(upload=files.upload("a.pdf", files.PDF), organisation_id=uuid.uuid4(), by=System("clock"))
    assert list(keys()) == []


# Disk full


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that takes the first bytes of a file and then no more."""

    def some_and_no_more(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", some_and_no_more)


def test_on_a_full_disk_nothing_is_half_kept_and_the_person_is_told(cast, full_disk):
    with pytest.raises(Refused) as refused:
        keep(cast.priya)
    assert str(refused.value) == NO_ROOM
    assert (StoredFile.objects.count(), AuditEvent.objects.count(), list(keys())) == (0, 0, [])


def test_a_disk_that_complains_only_at_the_end_leaves_nothing_either(cast, monkeypatch):
    def complain(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("trellis.core.files.storage.os.fsync", complain)
    with pytest.raises(Refused, match="no room"):
        keep(cast.priya)
    assert list(keys()) == []


# The row does not come to stay


@contextmanager
def taken_back():
    """A transaction in which something else goes wrong at the end."""
    with suppress(ZeroDivisionError), transaction.atomic():
        yield
        raise ZeroDivisionError


def test_when_the_row_cannot_be_written_the_bytes_go(cast, monkeypatch):
    monkeypatch.setattr("trellis.core.files.keeping.record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(cast.priya)
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_when_the_transaction_around_is_taken_back_the_bytes_go(cast):
    with clearing_orphans():
        stayed = keep(cast.priya)
        with taken_back():
            keep(cast.priya)
        assert len(list(keys())) == 2
    assert list(keys()) == [stayed.key] == list(StoredFile.objects.values_list("key", flat=True))


# Bytes before a transaction


@pytest.mark.django_db(transaction=True)
def test_bytes_are_written_before_the_transaction_begins(cast, monkeypatch):
    inside, save = [], DiskStorage._save
    monkeypatch.setattr(DiskStorage, "_save", lambda *given: inside.append(connection.in_atomic_block) or save(*given))
    with written_first(files.upload("Policy.pdf", files.PDF)) as written, transaction.atomic():
        stored = keep_file(upload=written, organisation_id=cast.priya.organisation.pk, by=cast.priya.acting)
    assert (inside, list(keys())) == ([False], [stored.key])


@pytest.mark.django_db(transaction=True)
def test_when_that_transaction_fails_the_bytes_go(cast):
    def fail():
        with written_first(files.upload("Policy.pdf", files.PDF)) as written, transaction.atomic():
            keep_file(upload=written, organisation_id=cast.priya.organisation.pk, by=cast.priya.acting)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


# Removing


def test_a_removed_file_says_by_whom_and_loses_its_bytes(cast, django_capture_on_commit_callbacks):
    stored = keep(cast.priya)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(stored=stored, by=cast.amara.acting)
    stored.refresh_from_db()
    assert (stored.removed_by, list(keys()), list(StoredFile.objects.kept())) == (cast.amara.user, [], [])
    with pytest.raises(Refused, match="already removed"):
        remove_file(stored=stored, by=cast.amara.acting)


def test_a_removal_that_is_taken_back_leaves_the_bytes(cast):
    stored = keep(cast.priya)
    with taken_back():
        remove_file(stored=stored, by=cast.amara.acting)
    assert list(keys()) == [stored.key]


def test_bytes_that_cannot_be_deleted_do_not_undo_the_removal(cast, monkeypatch, django_capture_on_commit_callbacks):
    stored = keep(cast.priya)
    monkeypatch.setattr(DiskStorage, "delete", lambda *_: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(stored=stored, by=cast.amara.acting)
    stored.refresh_from_db()
    assert stored.removed_at


@pytest.fixture(params=["pinned", "+"])
def pinboard(request, db):
    """A record of another app that uses files, as long as the test lasts; the file knows of it or does not."""

    class Pinned(models.Model):
        file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name=request.param)

        class Meta:
            app_label = "core"

    kind = StoredFile._meta.pk.db_type(connection)
    number = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE core_pinned (id {number} PRIMARY KEY, file_id {kind} NOT NULL)")
    yield Pinned
    del apps.all_models["core"]["pinned"]
    apps.clear_cache()


@pytest.mark.parametrize(("uses", "places"), [(1, "1 place"), (2, "2 places")])
def test_a_file_in_use_cannot_be_removed(cast, pinboard, uses, places):
    stored = keep(cast.priya)
    for _ in range(uses):
        pinboard.objects.create(file=stored)
    with pytest.raises(Refused, match=f"^The file is used in {places}, so it cannot be removed$"):
        remove_file(stored=stored, by=cast.amara.acting)
    with pytest.raises(models.ProtectedError):
        stored.delete()
    assert list(keys()) == [stored.key]


# Constraints


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("file_has_a_name", {"name": ""}),
        ("file_is_not_empty", {"size": 0}),
        ("file_kind_is_on_the_list", {"kind": "exe"}),
        ("file_scan_is_known", {"scan": "harmful"}),
        ("file_removed_at_and_by_together", {"removed_at": timezone.now()}),
    ],
)
def test_the_database_refuses(cast, constraint, wrong):
    stored = keep(cast.priya)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(**wrong)


def test_the_database_refuses_two_rows_for_the_same_bytes(cast):
    first, second = keep(cast.priya), keep(cast.priya)
    with pytest.raises(IntegrityError, match=r"file_key_is_its_own|core_storedfile\.key"), transaction.atomic():
        StoredFile.objects.filter(pk=second.pk).update(key=first.key)
