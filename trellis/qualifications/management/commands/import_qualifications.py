"""`manage.py import_qualifications FILE`: the list of early years qualifications, as published, into the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.audit import System
from trellis.core.context import Origin, coming_from
from trellis.qualifications.actions.listing import import_list
from trellis.qualifications.listing import NotAList

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Adds and changes; never deletes. The same file twice changes nothing the second time."""

    help = "Import the Department for Education’s list of early years qualifications (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether only to try it out."""
        parser.add_argument("file", type=Path, help="the list as a CSV file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 when all readable rows went in (or would have), 1 when the file is not the list."""
        path: Path = options["file"]
        by = System("The command import_qualifications")
        try:
            with coming_from(Origin(request_id="", address="command import_qualifications")), path.open("rb") as file:
                done = import_list(file=file, file_name=path.name, dry_run=options["dry_run"], by=by)
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}") from fault
        except NotAList as reason:
            raise CommandError(str(reason)) from reason
        for what, number in done.counts.items():
            self.stdout.write(f"{what.capitalize()}: {number}")
        for row in done.rejected:
            self.stdout.write(f"Line {row.line}{f' ({row.ref})' if row.ref else ''}: {row.reason}")
