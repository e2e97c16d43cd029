"""`manage.py start_link`: where the first person of a new installation begins."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.operations.starting import start_link


class Command(BaseCommand):
    """Prints the address again that `manage.py serve` prints as long as nobody has an account."""

    help = "Print the address at which the first person of a new installation begins."

    def handle(self, *args: Any, **options: Any) -> None:
        """The address, or why there is none."""
        link = start_link()
        if link is None:
            raise CommandError("Somebody has an account here already: they invite the others")
        self.stdout.write(link)
