"""What is kept of a secret that stands in a link or that a program sends."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal. A token is too long and too random to be guessed from it.

    >>> token_hash("a")[:12], len(token_hash("a"))
    ('ca978112ca1b', 64)
    """
    return hashlib.sha256(token.encode()).hexdigest()
