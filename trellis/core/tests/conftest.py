"""What the tests of the parts that know no domain share."""

from __future__ import annotations

from pathlib import Path

import pytest

from trellis.core.backups.making import make_backup
from trellis.core.tests.backups import NOON, clear_files, empty_the_installation, fill


@pytest.fixture
def file_folder(tmp_path, settings) -> Path:
    """A storage for files of the test’s own, empty and not yet made."""
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": options}}
    return tmp_path / "files"


@pytest.fixture
def filled(cast):
    """The cast, and what `fill` adds."""
    clear_files()  # of what other tests left behind
    fill(cast)
    yield cast
    clear_files()


@pytest.fixture
def archive(filled, tmp_path):
    return make_backup(tmp_path / "backups", at=NOON).path


@pytest.fixture
def empty_again(archive):
    """The installation as it was on its first day, and the archive of what was in it."""
    empty_the_installation()
    return archive
