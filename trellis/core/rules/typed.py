"""What a person typed, to show it to them again when it could not be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRET = ("password", "token", "code")


def what_was_typed(fields: Iterable[tuple[str, object]]) -> list[str]:
    """The texts worth keeping among the fields of a form: of more than one word, and never a secret.

    >>> what_was_typed([("A1-choice", "secure"), ("A1-notes", "We meet on Mondays"), ("password", "two words")])
    ['We meet on Mondays']
    """
    return [
        text.strip()
        for name, text in fields
        if isinstance(text, str) and len(text.split()) > 1 and not any(secret in name.lower() for secret in SECRET)
    ]
