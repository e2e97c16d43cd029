"""`manage.py verify_audit`: is the audit whole, or where was it rewritten?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.audit import broken_links
from trellis.core.operations.audit_heads import heads, lost_heads, read_heads

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Walks every chain. Exit status 0 when each is whole; 1 naming the first broken link of each that is not.

    Within the database, a chain whose end was cut off is whole. Keep the lines of `--heads` somewhere else, and give
    them back with `--against`: each must still be in its chain.
    """

    help = "Check that nobody has rewritten the audit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to print, and what to compare with."""
        parser.add_argument("--heads", action="store_true", help="print the chain, number and hash of each chain’s end")
        parser.add_argument("--against", type=Path, metavar="FILE", help="earlier --heads, which must still be there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, compare, say."""
        wrong = self._broken()
        if options["against"]:
            wrong += self._lost(options["against"])
        if options["heads"]:
            self.stdout.write("".join(f"{head}\n" for head in heads()), ending="")
        if wrong:
            raise CommandError("The audit is not whole.")
        if not options["heads"]:
            self.stdout.write("The audit is whole.")

    def _broken(self) -> int:
        """Name the first broken link of each chain; how many chains have one."""
        broken = list(broken_links())
        for link in broken:
            chain = link.chain or "the installation"
            self.stderr.write(f"Chain of {chain}, event {link.number} ({link.event_id}): {link.reason}")
        return len(broken)

    def _lost(self, against: Path) -> int:
        """Name the earlier heads that are gone; how many."""
        try:
            lost = lost_heads(read_heads(against.read_text(encoding="utf-8").splitlines()))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for head in lost:
            chain = head.chain or "the installation"
            self.stderr.write(f"Chain of {chain}, event {head.number}: it was there and is not any more")
        return len(lost)
