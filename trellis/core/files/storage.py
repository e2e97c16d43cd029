"""Where the bytes lie: a folder outside the web root, or a bucket, under random names either way."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.files.storage import FileSystemStorage, default_storage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files import File

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}")


def new_key() -> str:
    """A name that nobody can guess, in one of 256 folders."""
    random = secrets.token_hex(20)
    return f"{random[:2]}/{random[2:]}"


def keys() -> Iterator[str]:
    """The names of all files in the storage that are ours; what else lies there is left alone."""
    with suppress(FileNotFoundError):  # nothing was ever kept
        for folder in default_storage.listdir("")[0]:
            names = (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])
            yield from filter(KEY.fullmatch, names)


class DiskStorage(FileSystemStorage):
    """A folder on this computer. A file is whole on the disk before anything says that it is there."""

    def _save(self, name: str, content: File[Any]) -> str:
        try:
            kept = str(super()._save(name, content))  # type: ignore[misc]
            with open(self.path(kept), "rb") as written:
                os.fsync(written.fileno())
        except BaseException:
            with suppress(OSError):
                os.remove(self.path(name))
            raise
        return kept
