"""The virus check, against a small clamd of our own."""

from __future__ import annotations

import socket
import struct
import threading

import pytest

from trellis.core.files import UploadField, check_upload
from trellis.core.refusal import Refused
from trellis.core.rules.files import HARMFUL, UNCHECKED, Scan
from trellis.core.tests import files

HARM = b"this is what the check looks for"


class Clamd(threading.Thread):
    """Speaks INSTREAM: takes pieces after their length and finds `HARM` in them."""

    def __init__(self, listening: socket.socket, *, most: int = 10**7, answer: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.listening, self.most, self.answer, self.heard = listening, most, answer, b""

    def run(self) -> None:
        connection, _ = self.listening.accept()
        with connection, connection.makefile("rb") as incoming:
            assert incoming.read(10) == b"zINSTREAM\0"
            while (length := struct.unpack("!L", incoming.read(4))[0]) and len(self.heard) < self.most:
                self.heard += incoming.read(length)
            connection.sendall((self.answer or self.verdict()) + b"\0")

    def verdict(self) -> bytes:
        if len(self.heard) >= self.most:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Test.Harm FOUND" if HARM in self.heard else b"stream: OK"


@pytest.fixture
def clamd(settings):
    """Starts a clamd that the settings name."""
    opened = []

    def start(**options) -> Clamd:
        listening = socket.create_server(("127.0.0.1", 0))
        server = Clamd(listening, **options)
        server.start()
        opened.append((listening, server))
        name(settings, f"127.0.0.1:{listening.getsockname()[1]}")
        return server

    yield start
    for listening, server in opened:
        server.join(timeout=10)
        listening.close()


def name(settings, address: str) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"clamav": address})


def test_a_clean_file_is_taken_and_says_that_it_was_checked(clamd):
    server = clamd()
    content = files.PDF + b"\0" * 200_000
    checked = check_upload(files.upload("policy.pdf", content))
    assert (checked.scan, server.heard == content) == (Scan.CLEAN, True)


def test_without_a_clamd_it_says_that_it_was_not_checked():
    assert check_upload(files.upload("policy.pdf", files.PDF)).scan == Scan.NOT_SCANNED


def test_a_harmful_file_is_refused(clamd):
    clamd()
    with pytest.raises(Refused) as refused:
        check_upload(files.upload("policy.pdf", files.PDF + HARM))
    assert str(refused.value) == HARMFUL


def test_the_field_says_it(clamd):
    clamd()
    with pytest.raises(Exception, match="The virus check found something harmful in the file, so it was not kept"):
        UploadField().clean(files.upload("policy.pdf", files.PDF + HARM))


def test_what_cannot_be_checked_is_refused(clamd):
    clamd(most=100_000)
    with pytest.raises(Refused) as refused:
        check_upload(files.upload("policy.pdf", files.PDF + b"\0" * 10_000_000))
    assert str(refused.value) == UNCHECKED


def test_an_answer_that_is_no_answer_is_not_taken_for_yes(clamd):
    clamd(answer=b"stream: UNKNOWN")
    with pytest.raises(Refused, match="could not be checked"):
        check_upload(files.upload("policy.pdf", files.PDF))


def test_when_clamd_does_not_answer_nothing_is_taken(settings):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        gone = listening.getsockname()[1]
    name(settings, f"127.0.0.1:{gone}")
    with pytest.raises(Refused) as refused:
        check_upload(files.upload("policy.pdf", files.PDF))
    assert (
        str(refused.value)
        == "The file could not be checked for viruses, so it was not kept. Try again in a few minutes"
    )


def test_clamd_may_listen_on_a_socket_of_this_computer(settings, tmp_path):
    address = str(tmp_path / "clamd")
    with socket.create_server(address, family=socket.AF_UNIX) as listening:
        server = Clamd(listening)
        server.start()
        name(settings, address)
        assert check_upload(files.upload("policy.pdf", files.PDF)).scan == Scan.CLEAN
        server.join(timeout=10)
