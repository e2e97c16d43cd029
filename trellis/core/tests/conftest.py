"""What the tests of the parts that know no domain share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def file_folder(tmp_path, settings) -> Path:
    """A storage for files of the test’s own, empty and not yet made."""
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": options}}
    return tmp_path / "files"
