"""`manage.py load_reference`: England’s regions and authorities, as the reference data says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.audit import System
from trellis.core.context import Origin, coming_from
from trellis.organisations.actions.reference import load_reference


class Command(BaseCommand):
    """Adds and changes, never deletes. Run it as often as you like."""

    help = "Put England’s regions and local authorities into the database, or bring them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were added or changed. Exit status 0."""
        with coming_from(Origin(request_id="", address="command load_reference")):
            count = load_reference(by=System("The command load_reference"))
        self.stdout.write(f"{count:,} added or changed." if count else "Regions and authorities are up to date.")
