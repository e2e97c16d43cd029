"""`manage.py import_providers FILE`: the childcare register, as published, into the database."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from trellis.core.audit import System
from trellis.core.context import Origin, coming_from
from trellis.core.exports.csv_file import csv_lines
from trellis.core.refusal import Refused
from trellis.organisations.actions.register import begin_import, run_import
from trellis.organisations.register import NotARegister
from trellis.organisations.results import counted, result_table

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from trellis.organisations.models import RegisterImport


class _AtOnce:
    """The steps of an import that nobody else goes on with: it is run again from the beginning."""

    def __init__(self, say: Any) -> None:
        self.kept: dict[str, Any] = {}
        self._say = say

    def batch(self) -> AbstractContextManager[None]:
        return transaction.atomic()

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self._say(f"\r{note}", ending="")


class Command(BaseCommand):
    """Adds, changes and marks; never deletes. The same file twice changes nothing the second time."""

    help = "Import Ofsted’s childcare register, in any of the layouts in which it is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and how to take it."""
        parser.add_argument("file", type=Path, help="the register as a CSV file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument(
            "--complete", action="store_true", help="the file is the whole register: mark those it leaves out"
        )
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="change nothing if a single row cannot be read"
        )
        parser.add_argument("--results", type=Path, metavar="FILE.csv", help="write every result into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 0 when all readable rows went in (or would have), 1 when the file is not a register."""
        path: Path = options["file"]
        by = System("The command import_providers")
        with ExitStack() as open_things:
            open_things.enter_context(coming_from(Origin(request_id="", address="command import_providers")))
            try:
                file = open_things.enter_context(path.open("rb"))
                wanted = begin_import(
                    file_name=path.name,
                    dry_run=options["dry_run"],
                    complete=options["complete"],
                    all_or_nothing=options["all_or_nothing"],
                    by=by,
                )
                steps = _AtOnce(self.stderr.write if self.stderr.isatty() else lambda *_, **__: None)
                run_import(wanted=wanted, file=file, size=path.stat().st_size, steps=steps, by=by)
            except OSError as fault:
                raise CommandError(f"{path} cannot be read: {fault.strerror}") from fault
            except (NotARegister, Refused) as reason:
                raise CommandError(str(reason)) from reason
        self._report(wanted, options["results"])

    def _report(self, wanted: RegisterImport, results: Path | None) -> None:
        for number, label in counted(wanted):
            self.stdout.write(f"{label}: {number}")
        for rejected in wanted.rejected_lines.order_by("line").iterator():
            number = f" ({rejected.provider_number})" if rejected.provider_number else ""
            self.stdout.write(f"Line {rejected.line}{number}: {rejected.reason}")
        if results:
            with results.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(result_table(wanted)))
        if wanted.all_or_nothing and wanted.rejected and not wanted.dry_run:
            raise CommandError("Nothing was imported, because not every row could be read.")
