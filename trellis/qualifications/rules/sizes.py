"""How large a qualification is, and what it may be called for that."""

from __future__ import annotations

AWARD_UP_TO = 120
CERTIFICATE_UP_TO = 369
SIZES: dict[str, tuple[int, int | None]] = {
    "award": (1, AWARD_UP_TO),
    "certificate": (AWARD_UP_TO + 1, CERTIFICATE_UP_TO),
    "diploma": (CERTIFICATE_UP_TO + 1, None),
}
"""Of each kind that is told by its total time: the least and the most hours."""


def why_not_size(kind: str, total_hours: int | None) -> str | None:
    """Why something of this kind cannot take so many hours in all, or None.

    >>> why_not_size("award", 120), why_not_size("certificate", 369), why_not_size("diploma", 370)
    (None, None, None)
    >>> why_not_size("award", 121)
    'An award takes up to 120 hours in all; with 121 it is a certificate'
    >>> why_not_size("diploma", 369)
    'A diploma takes 370 hours or more in all; with 369 it is a certificate'
    >>> why_not_size("course", 6), why_not_size("award", None)
    (None, None)
    """
    if total_hours is None or kind not in SIZES or kind == kind_of_size(total_hours):
        return None
    least, most = SIZES[kind]
    span = (
        f"{least} hours or more"
        if most is None
        else f"up to {most} hours"
        if least == 1
        else f"{least} to {most} hours"
    )
    return f"{'An' if kind[0] in 'aeiou' else 'A'} {kind} takes {span} in all; with {total_hours} it is {_a(kind_of_size(total_hours))}"


def kind_of_size(total_hours: int) -> str:
    """What a qualification with so many hours in all is.

    >>> [kind_of_size(hours) for hours in (1, 120, 121, 369, 370, 900)]
    ['award', 'award', 'certificate', 'certificate', 'diploma', 'diploma']
    """
    if total_hours <= AWARD_UP_TO:
        return "award"
    return "certificate" if total_hours <= CERTIFICATE_UP_TO else "diploma"


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
