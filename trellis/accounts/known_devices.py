"""Browsers that somebody has signed in with before.

A stranger who guesses at a password uses up the attempts that unknown browsers have; the person whose account it
is still gets in from their own. The cookie holds no names: only a keyed mark for each e-mail address that signed
in here, the last first. See docs/decisions/0010-guessing-stops-and-nobody-is-locked-out.md.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "trellis-known-device"
HALF_A_YEAR = 183 * 24 * 60 * 60
PEOPLE_KEPT = 12


def known_device(request: HttpRequest, email: str) -> str:
    """The name of this browser when `email` has signed in with it before, else nothing."""
    name, people = _read(request)
    return name if _mark(email) in people else ""


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser prove later that `email` has signed in with it."""
    name, people = _read(request)
    mark = _mark(email)
    kept = [mark, *(each for each in people if each != mark)][:PEOPLE_KEPT]
    response.set_cookie(
        COOKIE,
        signing.dumps([name or secrets.token_hex(8), kept], salt=COOKIE),
        max_age=HALF_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=HALF_A_YEAR)
    except signing.BadSignature:
        return "", []
    return name, people


def _mark(email: str) -> str:
    return salted_hmac(COOKIE, email, algorithm="sha256").hexdigest()[:24]
