"""An installation for one run of the bench: a folder, a database, commands, and the web server as people start it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import Browser
from bench.processes import Spent, family, own_memory, processor_seconds, run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds to wait for the server, on a machine that has much else to do


@dataclass(frozen=True)
class Installation:
    """A data folder, and a PostgreSQL if it does not keep its data in the folder."""

    folder: Path
    database_url: str = ""
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes, with nothing of the developer’s own installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRELLIS_")}
        chosen = {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": str(ROOT),
            "TRELLIS_DATA_FOLDER": str(self.folder),
            "TRELLIS_JOB_WORKERS": "0",
        }
        if self.database_url:
            chosen["TRELLIS_DATABASE_URL"] = self.database_url
        if self.port:
            chosen["TRELLIS_PORT"] = str(self.port)
        return kept | chosen

    def manage(self, *arguments: str) -> Spent:
        """Run a management command."""
        return self.python(str(ROOT / "manage.py"), *arguments)

    def python(self, *arguments: str) -> Spent:
        """Run Python in this installation."""
        return run([sys.executable, *arguments], environment=self.environment, folder=ROOT)

    def made_empty(self) -> Installation:
        """Make the folder and the tables, and nothing in them."""
        self.folder.mkdir()
        self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")
        return self

    def copied_to(self, folder: Path) -> Installation:
        """Another one that begins where this one is now. Nothing may be running."""
        shutil.copytree(self.folder, folder)
        return Installation(folder)


class Server:
    """A web server that runs."""

    def __init__(self, port: int, process: int) -> None:
        self.port = port
        self.processes = family(process)

    def processor_seconds(self) -> float:
        """The processor time of all its processes since they began."""
        return processor_seconds(self.processes)

    def memory(self) -> float:
        """The memory of the largest of its processes, in MB."""
        return own_memory(self.processes)


@contextmanager
def serving(installation: Installation) -> Iterator[Server]:
    """`manage.py serve` for the length of the block; it ends everything that it has started."""
    port = free_port()
    environment = Installation(installation.folder, installation.database_url, port).environment
    with (installation.folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve"], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        _wait_for(port, process, installation.folder / "server.log")
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of this computer on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The server did not start:\n{log.read_text()}")
        time.sleep(0.1)
    time.sleep(1)  # every process of it has started by now


def _answers(port: int) -> bool:
    """Whether a web server answers there by now, whatever it answers."""
    browser = Browser(port)
    try:
        browser.get("/health")
    except (OSError, HTTPException):
        return False
    finally:
        browser.close()
    return True
