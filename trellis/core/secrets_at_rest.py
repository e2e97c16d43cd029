"""Secrets that lie in the database closed, with a key that is not in it.

Closed with AES-256-GCM under a key derived from the secret key of the installation. What is closed says with which key,
so that keys can change, and opens only for what it belongs to, so that it cannot be moved elsewhere.
See docs/decisions/0081-secrets-lie-closed.md.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed-1"
NONCE_BYTES, KEY_BYTES, NAME_BYTES = 12, 32, 6


class CannotOpen(Exception):
    """It was closed with a key that this installation does not have, or belongs to something else, or is damaged."""


class _Key(NamedTuple):
    """A key, and the name by which what it closed calls it."""

    name: str
    cipher: AESGCM


def seal(secret: str, *, belongs_to: str) -> str:
    """A secret closed with the key of today; `belongs_to` has to be said again to open it."""
    key, nonce = _keys()[0], os.urandom(NONCE_BYTES)
    closed = key.cipher.encrypt(nonce, secret.encode(), _bound(key, belongs_to))
    return f"{MARK}:{key.name}:{urlsafe_b64encode(nonce + closed).decode()}"


def unseal(sealed: str, *, belongs_to: str) -> str:
    """The secret. Raises `CannotOpen`."""
    mark, name, closed = [*sealed.split(":"), "", ""][:3]
    key = next((key for key in _keys() if key.name == name), None)
    if mark != MARK or key is None:
        raise CannotOpen
    try:
        raw = urlsafe_b64decode(closed)
        return key.cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(key, belongs_to)).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def is_sealed(kept: str) -> bool:
    """Whether this was closed, with whatever key."""
    return kept.startswith(f"{MARK}:")


def is_of_today(sealed: str) -> bool:
    """Whether this was closed with the key of today, not with an earlier one."""
    return sealed.startswith(f"{MARK}:{_keys()[0].name}:")


def _bound(key: _Key, belongs_to: str) -> bytes:
    return f"{MARK}:{key.name}:{belongs_to}".encode()


def _keys() -> list[_Key]:
    """The key of today, then the earlier ones."""
    return [_derived(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@lru_cache(maxsize=8)
def _derived(secret: str) -> _Key:
    name = HKDF(SHA256(), NAME_BYTES, None, b"trellis.secrets_at_rest.name").derive(secret.encode())
    key = HKDF(SHA256(), KEY_BYTES, None, b"trellis.secrets_at_rest.key").derive(secret.encode())
    return _Key(name.hex(), AESGCM(key))
