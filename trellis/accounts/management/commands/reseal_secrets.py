"""After the secret key has changed, or a backup was restored elsewhere: `manage.py reseal_secrets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.accounts.actions import reseal_second_steps, reset_second_step
from trellis.core.audit import System
from trellis.core.context import Origin, coming_from

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Closes every secret in the database with the secret key of today. Doing it again changes nothing.

    Exit status 1 when some do not open with any key that this installation has.
    """

    help = (
        "Closes the secrets of one-time codes and recovery codes with the secret key of today, so that earlier keys are "
        "not needed any more, and says how many people’s do not open with any key that this installation has."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do with those that do not open."""
        parser.add_argument(
            "--take-away",
            action="store_true",
            help="take the second step away from the people whose secrets do not open; they set it up anew",
        )

    def handle(self, *args: Any, take_away: bool, **options: Any) -> None:
        """Close them, and say how many."""
        done = reseal_second_steps()
        self.stdout.write(f"Closed {done.resealed} with the key of today; {done.of_today} were already.")
        locked_out = done.do_not_open
        if not locked_out:
            return
        if not take_away:
            raise CommandError(
                f"The second step of {len(locked_out)} people was closed with a key that this installation does not "
                "have. Add that key to TRELLIS_OLD_SECRET_KEYS and run this again. If it is lost, --take-away takes "
                "those second steps away, and these people set theirs up anew when they sign in"
            )
        with coming_from(Origin(request_id="", address="command reseal_secrets")):
            for user in locked_out:
                reset_second_step(user=user, by=System("Whoever runs this installation"))
        self.stdout.write(f"{len(locked_out)} people set up their second step anew when they sign in.")
