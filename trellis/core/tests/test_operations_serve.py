"""One command serves web pages and jobs; when it ends, nothing of it is left."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from trellis.core.operations import processes
from trellis.core.operations.listening import answers, why_not_listen
from trellis.core.operations.processes import Process, run_together
from trellis.environment import ROOT

pytestmark = pytest.mark.database  # what is served asks the database of this run
START = 90  # seconds that a busy machine may need
FOR_EVER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, lambda *_: None); time.sleep(600)"]
AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds=START):
    """Wait until something is true; whether it became so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def parents():
    """Every process that runs, with its parent."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def family(pid):
    """A process’s children, their children and so on."""
    found, everyone = {pid}, parents()
    while more := {child for child, parent in everyone.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids):
    return set(pids) & set(parents())


@contextmanager
def serving(folder, port, **variables):
    """`manage.py serve` on a port of its own with a folder of its own."""
    settings = {"TRELLIS_WORKERS": "1", "TRELLIS_DATA_FOLDER": str(folder), "TRELLIS_PORT": str(port), **variables}
    with open(folder / "said", "w") as said:
        server = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve"],
            env=os.environ | settings,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
        everyone = {server.pid}
        try:
            yield server
        finally:
            everyone |= family(server.pid)
            server.kill()
            server.wait()
            assert until(lambda: not alive(everyone), 30), "processes were left behind"


def healthy(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return answer.read() == b"alive"
    except OSError:  # not there yet, or not yet able to answer
        return False


def test_it_serves_says_where_and_leaves_nothing_behind(tmp_path):
    port = free_port()
    with serving(tmp_path, port) as server:
        assert until(lambda: healthy(port)), (tmp_path / "said").read_text()
        assert until(lambda: f"Trellis is at http://127.0.0.1:{port} " in (tmp_path / "said").read_text())
        children = family(server.pid)
        assert len(children) >= 3, "the web server, its process for pages, and a worker"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0
        assert alive(children) == set()
    assert (tmp_path / "said").read_text().count("Trellis is at") == 1


def test_as_long_as_there_is_nobody_it_says_where_to_begin(tmp_path):
    port = free_port()
    variables = os.environ | {"TRELLIS_DATA_FOLDER": str(tmp_path), "TRELLIS_PORT": str(port)}
    for words in (["migrate", "--verbosity", "0"], ["start_link"]):
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        said = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"http://127.0.0.1:{port}/start/")
    with serving(tmp_path, port):
        assert until(lambda: said in (tmp_path / "said").read_text()), (tmp_path / "said").read_text()


def test_it_ends_when_told_so_while_it_starts(tmp_path):
    with serving(tmp_path, free_port()) as server:
        assert until(lambda: family(server.pid))
        time.sleep(1.5)  # the web server alone would hang for ever
        children = family(server.pid)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0
        assert alive(children) == set()


def test_nothing_is_left_when_it_is_killed(tmp_path):
    """On Linux; elsewhere nothing ends the children of a process that was killed, and the test does it."""
    port = free_port()
    with serving(tmp_path, port) as server:
        assert until(lambda: healthy(port))
        children = family(server.pid)
        server.kill()
        server.wait()
        ended = until(lambda: not alive(children), 40)
        for left in alive(children):
            os.kill(left, signal.SIGKILL)
        assert ended or sys.platform != "linux"


def test_a_taken_port_is_refused_even_one_that_would_be_shared(tmp_path):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with serving(tmp_path, port) as server:
            assert server.wait(timeout=START) == 1
    assert f"Port {port} is in use by another program." in (tmp_path / "said").read_text()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EADDRNOTAVAIL, "This computer has no address 127.0.0.1. Choose another with TRELLIS_BIND."),
        (errno.EACCES, "Port 80 is only for programs run by root. Choose one above 1023 with TRELLIS_PORT."),
    ],
)
def test_an_address_that_cannot_be_had_is_refused(monkeypatch, number, sentence):
    def refuse(*_):
        raise OSError(number, "refused")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert why_not_listen("127.0.0.1", 80) == sentence


def test_a_free_port_is_fine_and_nothing_answers_there():
    port = free_port()
    assert why_not_listen("127.0.0.1", port) is None
    assert not answers("127.0.0.1", port, host="localhost")


@pytest.fixture(autouse=True)
def less_patience(monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 1.0)


def never(seconds):
    time.sleep(seconds)
    return False


def test_when_one_dies_for_good_all_end():
    lasting, dying = Process("worker", FOR_EVER, again=True), Process("web", AT_ONCE, again=False)
    assert run_together([lasting, dying], stopped=never) == 1
    assert lasting._running.returncode == -signal.SIGTERM


def test_one_that_dies_is_started_again_but_not_for_ever():
    dying = Process("worker", AT_ONCE, again=True)
    starts = []
    dying.start, start = lambda: starts.append(1) or start(), dying.start
    assert run_together([dying], stopped=never) == 1
    assert len(starts) == processes.DEATHS


def test_one_that_dies_now_and_then_goes_on(monkeypatch):
    monkeypatch.setattr(processes, "WITHIN", 0.0)
    dying, looks = Process("worker", AT_ONCE, again=True), iter(range(20))
    assert run_together([dying], stopped=lambda seconds: never(0.05) or next(looks, None) is None) == 0


def test_one_that_does_not_want_to_end_is_killed():
    stubborn, looks = Process("web", STUBBORN, again=False), iter(range(4))
    assert run_together([stubborn], stopped=lambda seconds: never(seconds) or next(looks, None) is None) == 0
    assert stubborn._running.returncode == -signal.SIGKILL


def test_when_one_cannot_be_started_the_others_end():
    lasting, missing = Process("web", FOR_EVER, again=False), Process("x", [str(Path("no", "such"))], again=False)
    with pytest.raises(FileNotFoundError):
        run_together([lasting, missing], stopped=never)
    assert lasting._running.returncode == -signal.SIGTERM
