"""The virus check: a file is sent to clamd, piece by piece, and what cannot be checked is not kept."""

from __future__ import annotations

import socket
import struct
from typing import IO

import structlog

from trellis.core.refusal import Refused
from trellis.core.rules.files import HARMFUL, UNCHECKED

CHUNK = 65_536
SECONDS = 30.0
log = structlog.get_logger("trellis.files")


def scan(content: IO[bytes], *, address: str) -> None:
    """Let the clamd at `address` (`host:port`, or the path of its socket) read the file.

    Raises `Refused` when it found something, and also when it did not answer: an unchecked file is not kept.
    """
    try:
        answer = _answer(content, address)
    except (OSError, ValueError) as wrong:
        log.error("clamd_unreachable", reason=type(wrong).__name__)
        raise Refused(UNCHECKED) from wrong
    if answer.endswith(b" FOUND"):
        log.warning("harmful_file_refused")
        raise Refused(HARMFUL)
    if answer != b"stream: OK":
        log.error("clamd_could_not_check", answer=answer[:200].decode(errors="replace"))
        raise Refused(UNCHECKED)


def _answer(content: IO[bytes], address: str) -> bytes:
    """What clamd says to the command INSTREAM: each piece after its length, and a length of nothing at the end."""
    content.seek(0)
    with _connected(address) as clamd:
        try:
            clamd.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!L", 0))
        except BrokenPipeError:
            pass  # it has heard enough, and has said why
        return b"".join(iter(lambda: clamd.recv(4096), b"")).rstrip(b"\0")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(SECONDS)
        clamd.connect(address)
        return clamd
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
