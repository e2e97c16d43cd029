"""No test reaches beyond this computer."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

_connect, _look_up = socket.socket.connect, socket.getaddrinfo


class ReachedOutside(RuntimeError):
    """A test tried to reach another computer."""


def is_here(host: object) -> bool:
    """Whether a host is this computer."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def connect(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
        raise ReachedOutside(address)
    _connect(self, address)


def look_up(host: Any, *rest: Any, **options: Any) -> Any:
    if not is_here(host):
        raise ReachedOutside(host)
    return _look_up(host, *rest, **options)


@pytest.fixture(scope="session", autouse=True)
def only_this_computer():
    """Refuse every other computer, by address and by name, for as long as the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", look_up)
        yield
