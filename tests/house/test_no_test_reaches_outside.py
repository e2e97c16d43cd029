"""Tests reach this computer and no other."""

from __future__ import annotations

import socket

import pytest

from tests.network import ReachedOutside


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1"])
def test_another_computer_is_refused(host):
    with pytest.raises(ReachedOutside):
        socket.create_connection((host, 80), timeout=1)


def test_an_address_without_a_name_is_refused():
    with socket.socket() as connection, pytest.raises(ReachedOutside):
        connection.connect(("192.0.2.1", 80))


def test_this_computer_is_not_refused():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()
