"""Fill an empty installation with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from trellis.accounts.models import User
from trellis.demonstration.actions import load_demonstration


class Command(BaseCommand):
    """`manage.py demo [--if-empty]`: invented people and places, with dates relative to today.

    Only in demonstration mode, and only when nobody has an account yet; `--if-empty` says nothing otherwise.
    """

    help = "Load the demonstration into an empty installation"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to be quiet when there is data."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is data already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        if User.objects.exists() or not settings.DEMONSTRATION:
            if options["if_empty"]:
                return
            raise CommandError(
                "The demonstration loads only into an empty installation in demonstration mode. "
                "To begin again, remove the data folder (var/) and run this once more"
            )
        call_command("load_reference", verbosity=0, stdout=self.stdout)
        call_command("load_frameworks", verbosity=0, stdout=self.stdout)
        call_command("load_qualifications", verbosity=0, stdout=self.stdout)
        reviews = load_demonstration(today=timezone.localdate())
        self.stdout.write(f"The demonstration is there: 20 settings, {reviews} reviews; and what 300 more released")
