"""The files and rows of old imports are not kept for ever; the figures are, and the page says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.core.audit import System
from trellis.core.jobs import cancel, run_again, start
from trellis.core.jobs.worker import Worker
from trellis.core.models import AuditEvent, Job, StoredFile
from trellis.organisations.models import ImportedBatch, RegisterImport, RejectedLine
from trellis.organisations.tests.registers import NURSERY, a_file
from trellis.organisations.tests.test_import_page import BROKEN, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "trellis.core.files.storage.DiskStorage", "OPTIONS": {"location": str(tmp_path)}}
    }


@pytest.fixture
def sam(cast, browse):
    return browse(cast.sam)


@pytest.fixture
def wanted(sam) -> RegisterImport:
    """An import that somebody has just asked for."""
    sam.post(reverse("import_register"), upload(a_file(NURSERY, *BROKEN)))
    return RegisterImport.objects.get()


def days_later(days: int, on_commit) -> None:
    """The regular job runs, so many days after every import."""
    RegisterImport.objects.update(started_at=timezone.now() - timedelta(days=days))
    start(job="register.tidy", by=System("The clock"))
    with on_commit(execute=True):
        Worker().run_one()


def test_an_import_of_long_ago_keeps_its_figures_and_says_when_the_rest_went(
    sam, wanted, django_capture_on_commit_callbacks
):
    Worker().run_one()
    key = StoredFile.objects.get().key
    days_later(89, django_capture_on_commit_callbacks)
    assert (RejectedLine.objects.count(), default_storage.exists(key)) == (30, True)
    days_later(91, django_capture_on_commit_callbacks)
    assert Job.objects.filter(name="register.tidy").latest("created_at").result == {"imports": 1}
    assert not RejectedLine.objects.exists()
    assert not ImportedBatch.objects.exists()
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(key)
    page = sam.get(reverse("register_import", args=[wanted.pk])).content.decode()
    assert "The file, and what became of each row, were removed on" in page
    assert "Download" not in page
    assert "30" in page
    result = sam.get(reverse("register_import_result", args=[wanted.pk]))
    assert result.url == reverse("register_import", args=[wanted.pk])
    assert {"file.forgotten", "register.tidied"} <= set(AuditEvent.objects.values_list("verb", flat=True))


def test_an_import_that_waits_or_runs_keeps_its_file(wanted, django_capture_on_commit_callbacks):
    Job.objects.update(next_try_at=timezone.now() + timedelta(days=1))
    days_later(91, django_capture_on_commit_callbacks)
    wanted.refresh_from_db()
    assert (wanted.tidied_at, StoredFile.objects.count()) == (None, 1)


def test_an_import_whose_file_is_gone_does_not_go_on_and_says_why(
    cast, sam, wanted, django_capture_on_commit_callbacks
):
    cancel(job=wanted.job, by=cast.sam.acting)
    days_later(91, django_capture_on_commit_callbacks)
    page = sam.get(reverse("register_import", args=[wanted.pk])).content.decode()
    assert "upload the file again" in page
    assert "Let it go on" not in page
    run_again(job=wanted.job, by=cast.sam.acting)
    Worker().run_one()
    job = Job.objects.get(pk=wanted.job_id)
    assert (job.state, job.failure.startswith("The file was removed on ")) == ("failed", True)


def test_the_database_keeps_no_file_of_what_was_tidied(wanted):
    with pytest.raises(IntegrityError, match="register_import_tidied_has_no_file"), transaction.atomic():
        RegisterImport.objects.update(tidied_at=timezone.now())
