"""`manage.py restore ARCHIVE`: a backup back, into an empty installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from trellis.core.audit import broken_links
from trellis.core.backups.archive import DamagedArchive
from trellis.core.backups.restoring import read_manifest, restore
from trellis.core.refusal import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from trellis.core.backups.manifest import Manifest


class Command(BaseCommand):
    """Reads the whole archive first, makes the tables, and restores everything or nothing.

    Says how many rows each table got and whether the audit is whole. Exit status 0 when everything is restored; 1 with
    a sentence when the archive is damaged (the member is named), the installation is not empty, or the archive is of
    another version; also 1 when the audit was already broken in what was backed up: then everything is restored.
    """

    help = "Restore a backup into an empty installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("archive", type=Path, metavar="ARCHIVE")

    def handle(self, *args: Any, archive: Path, **options: Any) -> None:
        """Verify, restore, verify again."""
        try:
            manifest = read_manifest(archive)
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            restore(archive, manifest)
        except DamagedArchive as damage:
            raise CommandError(f"The backup is damaged. {damage}. Nothing was restored.") from damage
        except Refused as why:
            raise CommandError(f"{why} Nothing was restored.") from why
        except OSError as error:
            raise CommandError(f"The backup could not be read: {error.strerror or error}") from error
        self._report(manifest)

    def _report(self, manifest: Manifest) -> None:
        for table, about in manifest.tables.items():
            if about.rows:
                self.stdout.write(f"{about.rows:>12,}  {table}")
        self.stdout.write(f"Restored {manifest.rows:,} rows and {manifest.files:,} files of {manifest.made_at}.")
        for broken in broken_links():
            chain = broken.chain or "the installation"
            self.stderr.write(f"The audit of {chain} is broken at event {broken.number}: {broken.reason}")
            raise CommandError("The audit was broken before the backup was made.")
        self.stdout.write(f"The audit is whole: {manifest.audit_chains:,} chains.")
        self.stdout.write("Whether its one-time codes work here depends on the secret key: `manage.py reseal_secrets`.")
