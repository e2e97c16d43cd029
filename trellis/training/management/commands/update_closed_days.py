"""`manage.py update_closed_days [FILE]`: bank holidays and school holidays, on which no session is held."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.core.audit import System
from trellis.core.context import Origin, coming_from
from trellis.training.actions.closed_days import update_closed_days
from trellis.training.closed_days import NotClosedDays, read_closed_days, shipped


class Command(BaseCommand):
    """Adds and changes, never deletes. Without a file, the bank holidays that come with Trellis."""

    help = (
        "Bring closed days up to date: from the government’s bank-holidays.json, or a CSV of school holidays "
        "with the columns authority, from, to, name"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and where it is from."""
        parser.add_argument("file", nargs="?", help="the file; without it, what comes with Trellis")
        parser.add_argument("--source", default="", help="where it is from; by default the name of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many days were added or changed. Exit status 0; 1 when the file cannot be read, and then nothing is."""
        try:
            source, days = shipped()
            if options["file"]:
                text = Path(options["file"]).read_text(encoding="utf-8")
                source, days = options["source"] or Path(options["file"]).name, read_closed_days(text)
            with coming_from(Origin(request_id="", address="command update_closed_days")):
                count = update_closed_days(days=days, source=source, by=System("The command update_closed_days"))
        except (OSError, UnicodeDecodeError, NotClosedDays) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"{count:,} days added or changed." if count else "The closed days are up to date.")
