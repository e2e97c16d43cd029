"""Bring the catalogue and the criteria that Trellis ships, or others, into the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.core.audit import System
from trellis.core.context import Origin, coming_from
from trellis.core.refusal import Refused
from trellis.qualifications import catalogue as files
from trellis.qualifications.actions.catalogue import load_catalogue
from trellis.qualifications.actions.criteria import load_criteria

SHIPPED = Path(__file__).resolve().parents[2] / "reference"


class Command(BaseCommand):
    """`manage.py load_qualifications [--catalogue FILE] [--criteria FILE …]`. Doing it twice changes nothing.

    Without files, those in `qualifications/reference`. What a catalogue does not have any more leaves the pages; nothing
    is deleted. Fails with every mistake of a file.
    """

    help = "Load the catalogue of qualifications and courses, and sets of criteria that everybody may read"

    def add_arguments(self, parser: CommandParser) -> None:
        """Files of one’s own instead of ours."""
        parser.add_argument("--catalogue", type=Path, help="instead of the catalogue that comes with Trellis")
        parser.add_argument("--criteria", type=Path, nargs="*", help="instead of the criteria that come with Trellis")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what was named and say what became of it."""
        by = System("The command load_qualifications")
        criteria = options["criteria"] if options["criteria"] is not None else sorted(SHIPPED.glob("*-criteria.yaml"))
        with coming_from(Origin(request_id="", address="command load_qualifications")):
            try:
                read = files.read_catalogue(options["catalogue"] or SHIPPED / "catalogue.yaml")
                counts = load_catalogue(catalogue=read, complete=True, by=by)
                self.stdout.write("Catalogue: " + ", ".join(f"{what} {number}" for what, number in counts.items()))
                for path in criteria:
                    loaded, changed = load_criteria(text=files.read_criteria(path), owner_id=None, by=by)
                    self.stdout.write(f"{loaded}: {'loaded' if changed else 'unchanged'}")
            except (files.NotReadable, Refused) as mistakes:
                raise CommandError(str(mistakes)) from None
