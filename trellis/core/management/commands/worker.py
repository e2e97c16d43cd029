"""`manage.py worker`: runs background jobs and hands over e-mail."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from trellis.core.jobs.worker import Worker

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Runs until it gets SIGTERM or SIGINT; then it finishes the batch it is in. Run as many as you like."""

    help = "Run background jobs and hand over e-mail until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long to go on; without an option, for ever."""
        how_long = parser.add_mutually_exclusive_group()
        how_long.add_argument("--once", action="store_true", help="run one job that is due, if there is one, and end")
        how_long.add_argument("--until-empty", action="store_true", help="run what is due now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run jobs. Exit status 0 whenever it ends as told."""
        worker = Worker()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: worker.stop())
        if options["once"]:
            worker.run_one()
        elif options["until_empty"]:
            worker.run_until_empty()
        else:
            worker.run_for_ever()
