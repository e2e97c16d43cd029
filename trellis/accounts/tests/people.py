"""What these tests need again and again: a password, a code, a request with a session."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from trellis.accounts.models import User

PASSWORD = "three unrelated words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(user: User, password: str = PASSWORD) -> User:
    user.set_password(password)
    user.save()
    return user


def with_codes(user: User) -> User:
    """A person who has set up one-time codes and has recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def with_passkey(user: User) -> User:
    """A person who has a passkey, as a device that keeps one would have told of it."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(bytes(16), b"a passkey", key)
    told = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP, 0, credential)
    origin = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    response = {
        "clientDataJSON": websafe_encode(origin),
        "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
    }
    identity = websafe_encode(b"a passkey")
    WebAuthn.add(user, "Telephone", {"id": identity, "rawId": identity, "type": "public-key", "response": response})
    return user


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """The code that the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client: Any, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"login": user.email, "password": password} | more)


def kinds(user: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
