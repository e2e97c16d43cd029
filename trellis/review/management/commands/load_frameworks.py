"""Bring the review frameworks that Trellis ships, or others, into the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trellis.core.audit import System
from trellis.organisations.models import LocalAuthority
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.models import Framework

SHIPPED = Path(__file__).resolve().parents[2] / "reference"


class Command(BaseCommand):
    """`manage.py load_frameworks [FILE …] [--overlay FILE --authority CODE]`. Doing it twice changes nothing.

    Without files, the frameworks in `review/reference`. `--overlay` loads an authority’s own words; `--authority`
    is its ONS code. Fails with every mistake of a file, each with its line.
    """

    help = "Load review frameworks, or an authority’s own words for one"

    def add_arguments(self, parser: CommandParser) -> None:
        """Files of frameworks; or one overlay and whose it is."""
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument("--overlay", type=Path)
        parser.add_argument("--authority", help="the authority’s ONS code, such as E06000001")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what was named."""
        by = System("command load_frameworks")
        try:
            if options["overlay"]:
                self._load_overlay(options["overlay"], options["authority"], by)
                return
            for path in options["files"] or sorted(SHIPPED.glob("*.yaml")):
                framework, changed = actions.load_framework(text=files.load_framework(path), by=by)
                self.stdout.write(f"{framework}: {'loaded' if changed else 'unchanged'}")
        except files.FrameworkError as mistakes:
            raise CommandError(str(mistakes)) from None

    def _load_overlay(self, path: Path, code: str | None, by: System) -> None:
        authority = LocalAuthority.objects.filter(code=code or "").first()
        if authority is None:
            raise CommandError(f"There is no local authority with the code {code}. Run manage.py load_reference first")
        try:
            overlay = actions.load_overlay(text=files.load_overlay(path), authority=authority, by=by)
        except Framework.DoesNotExist:
            raise CommandError("Load the framework that these words belong to first") from None
        self.stdout.write(f"{overlay}: loaded for {authority}")
