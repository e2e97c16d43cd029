"""`manage.py backup [FOLDER]`: every record and every file in one archive, while people go on working."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trellis.core.backups.making import forget_all_but, make_backup

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Writes one archive and says where it is and what is in it.

    Exit status 0 when all is in it; 1 when it could not be written, or when files are missing or have changed: then
    it is written with the rest, and the sentences say which.
    """

    help = "Write every record and every file into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.DATA_FOLDER / "backups", metavar="FOLDER")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="afterwards, delete all but the newest N in the folder"
        )

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        """Write, say what was written, forget older ones."""
        if keep is not None and keep < 1:
            raise CommandError("--keep takes a number from 1")
        try:
            made = make_backup(folder, at=timezone.now().astimezone(UTC))
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error.strerror or error}") from error
        about, size = made.manifest, made.path.stat().st_size
        self.stdout.write(f"{made.path}: {about.rows:,} rows, {about.files:,} files, {size:,} bytes")
        for problem in made.problems:
            self.stderr.write(problem)
        if keep and not made.problems:
            for path in forget_all_but(folder, keep):
                self.stdout.write(f"Deleted {path}")
        if made.problems:
            raise CommandError("Not everything is as it should be; see `manage.py check_files`.")
