"""A damaged backup is refused before anything is restored, and what is damaged is named."""

from __future__ import annotations

import io
import os
import tarfile

import pytest
from django.core.management import CommandError, call_command

from trellis.core.backups.archive import DamagedArchive
from trellis.core.backups.restoring import read_manifest

pytestmark = pytest.mark.django_db(transaction=True)


def damaged(path, name, change):
    """Damage the content of one member where it lies in the file."""
    with tarfile.open(path) as tar:
        member = tar.getmember(name)
    with open(path, "r+b") as file:
        file.seek(member.offset_data)
        content = file.read(member.size)
        file.seek(member.offset_data)
        file.write(change(content))


def flipped(content):
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    "what", ["tables/core_auditevent/", "tables/accounts_user/", "files/", "pages/", "manifest.json"]
)
def test_a_damaged_member_is_named_and_nothing_is_restored(archive, what):
    with tarfile.open(archive) as tar:
        name = next(name for name in tar.getnames() if name.startswith(what))
    damaged(archive, name, flipped)
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(archive))
    assert str(refusal.value) == f"The backup is damaged. {name} is not what was backed up. Nothing was restored."


@pytest.mark.parametrize(("share", "said"), [(0.5, "It ends "), (0.99, "It ends "), (0.0, "is no backup of Trellis")])
def test_one_that_is_cut_off_is_refused(archive, share, said):
    os.truncate(archive, int(archive.stat().st_size * share))
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(archive))


def test_a_damaged_heading_in_the_middle_is_noticed(archive):
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    middle = members[len(members) // 2]
    with open(archive, "r+b") as file:
        file.seek(middle.offset + 148)
        file.write(b"99999999")
    with pytest.raises(DamagedArchive, match=f"It ends after {members[len(members) // 2 - 1].name}"):
        read_manifest(archive)


def test_something_put_in_is_noticed(archive, tmp_path):
    with tarfile.open(archive) as tar, tarfile.open(tmp_path / "more.tar", "w") as more:
        for member in tar.getmembers():
            if member.name == "manifest.json":
                more.addfile(tarfile.TarInfo("files/../../evil"), io.BytesIO())
            more.addfile(member, tar.extractfile(member))
    with pytest.raises(DamagedArchive, match=r"is not what was backed up|was not part of the backup"):
        read_manifest(tmp_path / "more.tar")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("letter.txt", b"Dear all" * 200, "no backup of Trellis"), ("gone.tar", None, "could not be read")],
)
def test_something_else_is_refused(tmp_path, name, content, said):
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("restore", str(tmp_path / name))
