"""How an action says no: with the sentence that the rule gave."""

from __future__ import annotations


class Refused(Exception):
    """An action did not happen; the message is the sentence to show. `field` is what somebody could answer it in, if any."""

    def __init__(self, *reason: object, field: str | None = None) -> None:
        super().__init__(*reason)
        self.field = field


def refuse(reason: str | None, *, field: str | None = None) -> None:
    """Raise `Refused` with the reason that a rule gave, or go ahead when it gave none.

    >>> refuse(None)
    >>> refuse("This job is already done")
    Traceback (most recent call last):
    trellis.core.refusal.Refused: This job is already done
    """
    if reason:
        raise Refused(reason, field=field)
