"""The second step of signing in: a passkey or a one-time code, and recovery codes for a bad day."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator

from trellis.core.secrets_at_rest import CannotOpen

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from trellis.accounts.models import User

SET_UP_HERE = "second_step_set_up_here"
BELONGS_TO = "accounts.second_step"  # what these secrets are closed for: core/secrets_at_rest.py
SECRETS = ("secret", "seed")  # where they lie: of one-time codes, of recovery codes
NAMES: dict[str, str] = {
    Authenticator.Type.TOTP: "One-time codes",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}

CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner sees it; `handle` names it in addresses."""

    pk: int
    handle: str
    name: str
    added: datetime
    last_used: datetime | None


@dataclass(frozen=True)
class SecondSteps:
    """What a person has set up."""

    one_time_codes: Authenticator | None
    passkeys: list[Passkey]
    recovery_codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second step; recovery codes alone are none."""
        return bool(self.one_time_codes or self.passkeys)

    @property
    def in_words(self) -> str:
        """What there is, in a few words."""
        codes = ["one-time codes"] if self.one_time_codes else []
        number = len(self.passkeys)
        passkeys = [f"{number} passkeys" if number > 1 else "a passkey"] if number else []
        words = " and ".join(passkeys + codes) or "not set up"
        return words[0].upper() + words[1:]


def second_step_done(request: HttpRequest) -> bool:
    """Whether this session was opened with more than a password, or the second step was set up in it."""
    set_up_here = request.session.get(SET_UP_HERE)
    if set_up_here is not None:
        return bool(set_up_here)
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("method") == "mfa" for record in records)


def note_set_up(request: HttpRequest, *, done: bool) -> None:
    """Note in the session that the second step was set up in it, or that the last one was taken away in it."""
    request.session[SET_UP_HERE] = done


def second_steps_of(user: User) -> SecondSteps:
    """What a person has set up, in one query."""
    every = _rows(user)
    rows = {kind: [row for row in every if row.type == kind] for kind in NAMES}
    codes = rows[Authenticator.Type.RECOVERY_CODES]
    return SecondSteps(
        one_time_codes=next(iter(rows[Authenticator.Type.TOTP]), None),
        passkeys=[_passkey(row) for row in rows[Authenticator.Type.WEBAUTHN]],
        recovery_codes_left=len(_unused(codes[0])) if codes else 0,
    )


def _passkey(row: Authenticator) -> Passkey:
    credential = str(row.data["credential"].get("id", row.pk))
    handle = hashlib.sha256(credential.encode()).hexdigest()[:20]
    return Passkey(row.pk, handle, row.data["name"], row.created_at, row.last_used_at)


def recovery_codes_of(user: User) -> list[str]:
    """The recovery codes that are not used yet, in order; none when none were made."""
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return _unused(row) if row else []


def _unused(codes: Authenticator) -> list[str]:
    """Those not used yet; none of them when they were closed with a key that is lost."""
    with suppress(CannotOpen):
        return list(codes.wrap().get_unused_codes())  # type: ignore[no-untyped-call]
    return []


def is_second_step(kind: str) -> bool:
    """Whether a kind opens the door every day; recovery codes are for a bad day."""
    return kind != Authenticator.Type.RECOVERY_CODES


def kinds_by_key(user: User) -> dict[int, str]:
    """What a person has set up now: the key and kind of each."""
    return {row.pk: str(row.type) for row in _rows(user)}


def _rows(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
