"""`manage.py check_files`: rows without a file, files without a row."""

from __future__ import annotations

import os
import time
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from trellis.core.files import keep_file
from trellis.core.files.storage import keys, new_key
from trellis.core.tests import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("file_folder")]


@pytest.fixture
def stored(cast):
    return keep_file(
        upload=files.upload("policy.pdf", files.PDF), organisation_id=cast.priya.organisation.pk, by=cast.priya.acting
    )


def orphan(*, hours: float = 2) -> str:
    key = default_storage.save(new_key(), ContentFile(b"x"))
    then = time.time() - hours * 3600
    os.utime(default_storage.path(key), (then, then))
    return key


def check(*options: str) -> str:
    out = StringIO()
    call_command("check_files", *options, stdout=out)
    return out.getvalue()


def test_nothing_kept_is_nothing_wrong():
    assert check() == "Every row has its file and every file has its row\n"


def test_what_belongs_together_does(stored):
    assert check() == "Every row has its file and every file has its row\n"


def test_a_row_without_a_file_is_named(stored):
    default_storage.delete(stored.key)
    out = StringIO()
    with pytest.raises(CommandError, match=r"^1 row without a file, 0 files without a row$"):
        call_command("check_files", stdout=out)
    assert out.getvalue() == f"File {stored.pk} is missing from the storage: {stored.key}\n"


def test_a_file_without_a_row_is_named(stored):
    key, out = orphan(), StringIO()
    with pytest.raises(CommandError, match=r"^0 rows without a file, 1 file without a row$"):
        call_command("check_files", stdout=out)
    assert out.getvalue() == f"No row speaks of the file {key}\n"


def test_orphans_are_removed_when_told(stored):
    key = orphan()
    assert f"Removed the file {key}, of which no row spoke\n" in check("--remove-orphans")
    assert list(keys()) == [stored.key]


def test_what_may_be_under_way_is_left_alone():
    key = orphan(hours=0.5)
    check("--remove-orphans")
    assert list(keys()) == [key]


def test_what_is_not_ours_is_left_alone():
    default_storage.save("reports/spring.pdf", ContentFile(b"x"))
    check("--remove-orphans")
    assert default_storage.exists("reports/spring.pdf")
