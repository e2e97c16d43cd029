"""The address that the web server listens on: is it free, and does something answer there yet?"""

from __future__ import annotations

import errno
import http.client
import ipaddress
import socket

HIGHEST_FOR_ROOT = 1023


def why_not_listen(address: str, port: int) -> str | None:
    """Why nothing can listen on `address` and `port`, or None if it is free.

    The web server itself would share a port with another copy of it without a word.
    """
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that has just ended is no obstacle
            probe.bind(place)
    except OSError as error:
        return _sentence(error, address, port)
    return None


def _sentence(error: OSError, address: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. End that one, or choose another with TRELLIS_PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} is only for programs run by root. Choose one above {HIGHEST_FOR_ROOT} with TRELLIS_PORT."
    return f"This computer has no address {address}. Choose another with TRELLIS_BIND."


def browser_address(address: str, port: int) -> str:
    """What to type into a browser on this computer.

    >>> browser_address("0.0.0.0", 8000), browser_address("::1", 80), browser_address("192.0.2.1", 8000)
    ('http://127.0.0.1:8000', 'http://[::1]:80', 'http://192.0.2.1:8000')
    """
    return f"http://{_reachable(address)}:{port}"


def _reachable(address: str) -> str:
    """An address as it stands in a link; that of every network becomes this computer’s own."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.is_unspecified:
        return "127.0.0.1" if found.version == 4 else "[::1]"
    return f"[{found}]" if found.version == 6 else str(found)


def answers(address: str, port: int, *, host: str) -> bool:
    """Whether a web server answers there by now, asked for as `host`, whatever it answers."""
    asking = http.client.HTTPConnection(_reachable(address).strip("[]"), port, timeout=5)
    try:
        asking.request("HEAD", "/health", headers={"Host": host})
        asking.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True
