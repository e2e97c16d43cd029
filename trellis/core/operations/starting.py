"""Who may begin a new installation: whoever can read what it prints where it was started.

The code follows from the secret key, so nothing is stored, every machine of an installation says the same, and it can
be printed again. See docs/decisions/0080-who-may-begin.md.
"""

from __future__ import annotations

import base64

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

CODE_LENGTH = 20  # characters of 5 bits: nobody guesses it


def start_code() -> str:
    """The code of this installation. It opens nothing once there is anybody."""
    mark = salted_hmac("trellis.start", "the first person", algorithm="sha256").digest()
    return base64.b32encode(mark).decode()[:CODE_LENGTH].lower()


def start_code_holds(code: str) -> bool:
    """Whether this is the code, however it was typed."""
    return constant_time_compare(code.strip().lower(), start_code())


def start_link() -> str | None:
    """The address at which the first person begins; none once there is anybody."""
    if get_user_model().objects.exists():
        return None
    return settings.BASE_ADDRESS + reverse("start_with_code", args=[start_code()])
