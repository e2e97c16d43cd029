"""The page that imports the register: a file goes up, a worker takes it in, the result is there to read."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.cast import person
from trellis.core.files import check_upload
from trellis.core.files.storage import DiskStorage
from trellis.core.jobs.worker import Worker
from trellis.core.models import Job
from trellis.core.refusal import Refused
from trellis.organisations.actions.register import ask_for_import
from trellis.organisations.models import Provider, RegisterImport
from trellis.organisations.tests.registers import NURSERY, a_file

pytestmark = pytest.mark.django_db
BROKEN = [NURSERY | {"Provider URN": f"EY99{number:04}", "Places": "many"} for number in range(30)]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "trellis.core.files.storage.DiskStorage", "OPTIONS": {"location": str(tmp_path)}}
    }


def upload(content: bytes, **answers: str) -> dict[str, object]:
    file = BytesIO(content)
    file.name = "register.csv"
    return {"file": file, "if_rejected": "others"} | answers


@pytest.fixture
def sam(cast, browse):
    return browse(cast.sam)


def result_of(browser, content: bytes, **answers: str):
    response = browser.post(reverse("import_register"), upload(content, **answers))
    Worker().run_one()
    return browser.get(response.url)


def test_before_anything_is_imported_the_page_says_so(sam):
    assert "Nothing has been imported yet" in sam.get(reverse("import_register")).content.decode()


def test_a_file_is_imported_by_a_worker_while_the_page_shows_how_far_it_is(sam):
    response = sam.post(reverse("import_register"), upload(a_file(NURSERY)))
    page = sam.get(response.url).content.decode()
    assert "Waiting" in page
    assert "data-progress" in page
    Worker().run_one()
    page = sam.get(response.url).content.decode()
    assert "All rows that could be read are in the register." in page
    assert Provider.objects.get().name == "Rosewood Nursery"
    assert Job.objects.get().result["added"] == 1
    assert "register.csv" in sam.get(reverse("import_register")).content.decode()


def test_a_try_out_says_so_and_changes_nothing(sam):
    page = result_of(sam, a_file(NURSERY), dry_run="on").content.decode()
    assert "This was a try-out" in page
    assert not Provider.objects.exists()


def test_rejected_rows_are_listed_page_by_page_with_the_reason(sam, django_assert_max_num_queries):
    response = result_of(sam, a_file(NURSERY, *BROKEN))
    page = response.content.decode()
    assert page.count("is not a number") == 25
    with django_assert_max_num_queries(8):
        second = sam.get(response.request["PATH_INFO"] + "?page=2").content.decode()
    assert second.count("is not a number") == 5


def test_nothing_is_imported_when_that_was_wished_and_a_row_is_rejected(sam):
    page = result_of(sam, a_file(NURSERY, BROKEN[0]), if_rejected="none").content.decode()
    assert "Nothing was imported, because not every row could be read" in page
    assert not Provider.objects.exists()


def test_the_whole_result_can_be_downloaded(sam):
    wanted_page = result_of(sam, a_file(NURSERY, BROKEN[0]))
    wanted = RegisterImport.objects.get()
    assert reverse("register_import_result", args=[wanted.pk]) in wanted_page.content.decode()
    response = sam.get(reverse("register_import_result", args=[wanted.pk]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(text.splitlines())] == ["Result", *["Count"] * 4, "Rejected", "Added"]
    assert "register" in response["Content-Disposition"]


def test_what_is_not_a_register_is_said_on_the_page(sam):
    page = result_of(sam, b"Day,Lunch\nMonday,Soup\n").content.decode()
    assert "This file was not imported" in page
    assert "no column for the provider number" in page
    assert Job.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("answers", "mistake"),
    [
        ({"file": ""}, "Choose the file to import"),
        ({"if_rejected": ""}, "Choose what should happen"),
    ],
)
def test_what_is_missing_is_asked_for(sam, answers, mistake):
    assert mistake in sam.post(reverse("import_register"), upload(a_file(NURSERY)) | answers).content.decode()


def test_one_import_at_a_time(sam):
    sam.post(reverse("import_register"), upload(a_file(NURSERY)))
    page = sam.post(reverse("import_register"), upload(a_file(NURSERY))).content.decode()
    assert "Another import is under way. Wait until it is done" in page
    assert RegisterImport.objects.count() == 1


def test_a_cancelled_import_can_go_on(sam):
    page = sam.post(reverse("import_register"), upload(a_file(NURSERY)))
    job = Job.objects.get()
    assert "Cancel the import" in sam.get(page.url).content.decode()
    sam.post(reverse("cancel_job", args=[job.pk]))
    assert "Let it go on" in sam.get(page.url).content.decode()
    sam.post(reverse("run_job_again", args=[job.pk]))
    Worker().run_one()
    assert Provider.objects.count() == 1


def test_another_administrator_sees_the_import_and_does_not_stop_it(cast, sam, browse):
    page = sam.post(reverse("import_register"), upload(a_file(NURSERY)))
    colleague = person("Ines Moreau", cast.sam.organisation, "system_administrator")
    shown = browse(colleague).get(page.url).content.decode()
    assert "Whoever asked for it can cancel it" in shown
    assert "Cancel the import" not in shown


def test_only_whoever_runs_the_installation_imports(cast, browse):
    for other in (cast.amara, cast.daniel, cast.grace):
        assert browse(other).get(reverse("import_register")).status_code == 403


def test_after_a_try_out_the_same_file_is_imported_with_one_button(sam):
    tried = result_of(sam, a_file(NURSERY), dry_run="on")
    assert "Import it now" in tried.content.decode()
    first = RegisterImport.objects.get()
    answer = sam.post(reverse("import_tried", args=[first.pk]))
    Worker().run_one()
    assert "All rows that could be read are in the register." in sam.get(answer.url).content.decode()
    assert Provider.objects.get().name == "Rosewood Nursery"
    again = sam.post(reverse("import_tried", args=[RegisterImport.objects.exclude(pk=first.pk).get().pk]), follow=True)
    assert "Only the file of a finished try-out" in again.content.decode()


def test_a_register_that_came_another_way_is_not_called_empty(sam):
    assert "nobody can find their setting" in sam.get(reverse("import_register")).content.decode()
    Provider.objects.create(number="EY700001", name="Hazel Nursery", name_key="hazel nursery", authority_id="E99000001")
    assert "nobody can find their setting" not in sam.get(reverse("import_register")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_the_bytes_are_written_and_a_refused_import_leaves_none(cast, monkeypatch, tmp_path):
    inside, save = [], DiskStorage._save
    monkeypatch.setattr(DiskStorage, "_save", lambda *given: inside.append(connection.in_atomic_block) or save(*given))
    how = {"dry_run": True, "complete": False, "all_or_nothing": False}

    def ask():
        file = SimpleUploadedFile("register.csv", a_file(NURSERY))
        return ask_for_import(upload=check_upload(file), by=cast.sam.acting, **how)

    ask()
    with pytest.raises(Refused, match="under way"):
        ask()
    assert inside == [False, False]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
