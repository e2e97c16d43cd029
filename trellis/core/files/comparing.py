"""Do rows and files belong together? Nothing is changed here except by `remove_orphans`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.utils import timezone

from trellis.core.files.storage import keys
from trellis.core.models import StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator

# Younger than this, a file may belong to an upload that is under way and has no row yet.
UNDER_WAY = timedelta(hours=1)


def rows_without_file() -> list[StoredFile]:
    """The rows whose bytes are missing, oldest first."""
    there = set(keys())
    return [stored for stored in StoredFile.objects.kept().order_by("stored_at", "pk") if stored.key not in there]


def files_without_row() -> list[str]:
    """The names in the storage of files that no row speaks of, or only one that says it is removed."""
    known = set(StoredFile.objects.kept().values_list("key", flat=True))
    return sorted(key for key in keys() if key not in known and not _under_way(key))


def remove_orphans() -> Iterator[str]:
    """Delete each file without a row, and say which."""
    for key in files_without_row():
        default_storage.delete(key)
        yield key


def _under_way(key: str) -> bool:
    return default_storage.get_modified_time(key) > timezone.now() - UNDER_WAY
