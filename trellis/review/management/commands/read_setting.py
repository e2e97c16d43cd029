"""`manage.py read_setting FILE`: everything about a setting, into an installation that has none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from trellis.core.audit import System
from trellis.core.refusal import Refused
from trellis.review.actions import read_setting_back
from trellis.review.setting_file import opened

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Reads the whole file first, compares every sum, and writes everything or nothing.

    Exit status 0 when everything is there; 1 with a sentence when the file is damaged, holds what does not belong there,
    or there are settings here already. People come without passwords: they choose one by “Forgotten your password?”.
    """

    help = "Read everything about a setting back, into an installation that has no settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Open, read, say what there is now."""
        try:
            with opened(file) as found:
                setting, counts = read_setting_back(file=found, by=System("manage.py read_setting"))
        except Refused as why:
            raise CommandError(f"{why}. Nothing was read.") from why
        except OSError as error:
            raise CommandError(f"The file could not be read: {error.strerror or error}") from error
        for name, count in counts.items():
            if count:
                self.stdout.write(f"{count:>8,}  {name.replace('_', ' ')}")
        self.stdout.write(f"{setting.name} is here, with {sum(counts.values()):,} records. Nobody has a password yet.")
