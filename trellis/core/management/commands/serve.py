"""`manage.py serve`: the web server and the background workers, as one thing that starts and ends together."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from trellis.core.operations.listening import answers, browser_address, why_not_listen
from trellis.core.operations.processes import Process, run_together
from trellis.core.operations.readiness import unapplied_migrations
from trellis.core.operations.starting import start_link
from trellis.environment import ROOT

# Why these options: docs/decisions/0060-one-command-serves-web-pages-and-jobs.md
WEB_OPTIONS = ["--interface", "wsgi", "--no-ws", "--respawn-failed-workers", "--log-level", "error"]
WEB_LIMITS = {"--blocking-threads": "8", "--workers-kill-timeout": "20"}


def web_server() -> Process:
    """The web server. It starts its own processes again when one dies; when it ends itself, that is for good."""
    chosen = settings.ENVIRONMENT
    limits = WEB_LIMITS | {"--host": chosen.bind, "--port": str(chosen.port), "--workers": str(chosen.workers)}
    application = f"{ROOT / 'trellis' / 'wsgi.py'}:application"
    options = [part for pair in limits.items() for part in pair]
    return Process("web", [sys.executable, "-m", "granian", application, *WEB_OPTIONS, *options], again=False)


def job_worker(number: int) -> Process:
    """One of the background workers."""
    return Process(f"worker {number}", [sys.executable, str(ROOT / "manage.py"), "worker"], again=True)


class Command(BaseCommand):
    """Runs until it gets SIGTERM or SIGINT; then requests and batches under way are finished, and all processes end.

    Says where it serves as soon as something answers there. Exit status 0 when it was told to end; 1 when the port
    is taken or a part died for good.
    """

    help = "Serve web pages and run background jobs until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start everything, say where, look after it, end everything."""
        chosen = settings.ENVIRONMENT
        problem = why_not_listen(chosen.bind, chosen.port)
        if problem:
            raise CommandError(problem)
        begin = None
        if unapplied_migrations():
            self.stderr.write("The database is not up to date: run `manage.py migrate`.")
        else:
            begin = start_link()
        connection.close()
        stop = threading.Event()
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(told, lambda *_: stop.set())
        threading.Thread(target=self._announce, args=[stop, begin], daemon=True).start()
        workers = [job_worker(number) for number in range(1, chosen.job_workers + 1)]
        if run_together([web_server(), *workers], stopped=stop.wait):
            raise CommandError("A part of Trellis died for good, so everything was ended. The log says which part.")

    def _announce(self, stop: threading.Event, begin: str | None) -> None:
        """Say where it serves, once it does, and where the first person begins as long as there is nobody."""
        chosen, host = settings.ENVIRONMENT, settings.ALLOWED_HOSTS[0].lstrip(".")
        while not stop.wait(0.2):
            if answers(chosen.bind, chosen.port, host=host):
                here = browser_address(chosen.bind, chosen.port)
                where = f"{settings.BASE_ADDRESS}, for a proxy that asks {here}" if settings.PRODUCTION else here
                self.stdout.write(f"Trellis is at {where} (Ctrl+C ends it)")
                if begin:
                    self.stdout.write(
                        f"Nobody is here yet. Whoever opens this link first becomes its administrator: {begin}"
                    )
                self.stdout.flush()
                return
