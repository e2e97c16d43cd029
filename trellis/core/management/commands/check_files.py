"""`manage.py check_files`: do the files in the storage and their rows belong together?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.files.comparing import files_without_row, remove_orphans, rows_without_file
from trellis.core.templates import plural

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Names rows without a file and files without a row; a file younger than an hour may still get its row.

    Exit status 0 when they belong together, or do now; 1 when they do not.
    """

    help = "List rows without a file and files without a row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to delete what nothing speaks of."""
        parser.add_argument("--remove-orphans", action="store_true", help="delete the files without a row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, say what was found, and end with an error when something is left to do."""
        missing = rows_without_file()
        for stored in missing:
            self.stdout.write(f"File {stored.pk} is missing from the storage: {stored.key}")
        orphans = self._removed() if options["remove_orphans"] else self._listed()
        if missing or orphans:
            raise CommandError(f"{plural(len(missing), 'row')} without a file, {plural(orphans, 'file')} without a row")
        self.stdout.write("Every row has its file and every file has its row")

    def _listed(self) -> int:
        """Say which files have no row, and how many there are."""
        orphans = files_without_row()
        for key in orphans:
            self.stdout.write(f"No row speaks of the file {key}")
        return len(orphans)

    def _removed(self) -> int:
        """Delete the files without a row, say which, and how many are left: none."""
        for key in remove_orphans():
            self.stdout.write(f"Removed the file {key}, of which no row spoke")
        return 0
