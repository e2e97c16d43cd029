"""Who can have a place in a cohort, and how it ends."""

from __future__ import annotations

from trellis.training.rules.cohorts import why_not_change_cohort

PLACE_MOVES: dict[str, tuple[str, ...]] = {
    "taken": ("completed", "withdrawn"),
    "completed": ("taken",),
    "withdrawn": ("taken",),
}
"""Status → the statuses that may follow it. A milestone noted by mistake is made void, and the place is as before."""


def why_not_place(*, cohort: str, taken: int, most: int, has_one: bool) -> str | None:
    """Why somebody cannot be given a place in a cohort, or None if they can.

    `taken` counts the places that nobody has withdrawn from, `most` is how many there are.

    >>> why_not_place(cohort="open", taken=30, most=30, has_one=False)
    'All 30 places of this cohort are taken'
    >>> why_not_place(cohort="open", taken=3, most=30, has_one=True)
    'Somebody with this e-mail address has a place in this cohort already'
    >>> why_not_place(cohort="running", taken=3, most=30, has_one=False)
    """
    reason = why_not_change_cohort(cohort)
    if reason:
        return reason
    if has_one:
        return "Somebody with this e-mail address has a place in this cohort already"
    if taken < most:
        return None
    return "The only place of this cohort is taken" if most == 1 else f"All {most} places of this cohort are taken"
