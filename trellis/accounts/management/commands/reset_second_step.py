"""For somebody who has lost their phone and their recovery codes: `manage.py reset_second_step ADDRESS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.accounts.actions import reset_second_step
from trellis.accounts.models import User
from trellis.core.audit import System
from trellis.core.context import Origin, coming_from

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Takes a person’s second step away, once you have made sure that it is them who ask."""

    help = (
        "Takes away the passkeys, one-time codes and recovery codes of the person with this e-mail address, and signs "
        "them out everywhere. They set up a new second step when they sign in. Make sure first that it is them who ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The e-mail address with which the person signs in."""
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Take it away, and say how many there were."""
        try:
            user = User.objects.get_by_natural_key(address)
        except User.DoesNotExist:
            raise CommandError(f"Nobody signs in with {address}") from None
        with coming_from(Origin(request_id="", address="command reset_second_step")):
            taken = reset_second_step(user=user, by=System("Whoever runs this installation"))
        self.stdout.write(f"{user.name} has no second step any more ({taken} taken away).")
