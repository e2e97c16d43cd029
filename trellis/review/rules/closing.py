"""When the records of a setting would be left alone."""

from __future__ import annotations


def why_not_leave_records(name: str, *, alone: bool) -> str:
    """Why the only person of a setting with reviews cannot delete their account.

    >>> why_not_leave_records("Bramble Lane", alone=False)
    'Nobody else belongs to Bramble Lane, which has reviews: first invite somebody to answer for it, or close the setting'
    >>> why_not_leave_records("Megan Price, childminder", alone=True)
    'Megan Price, childminder has reviews that nobody could open any more: first take away what you need, and close the setting'
    """
    if alone:
        return (
            f"{name} has reviews that nobody could open any more: first take away what you need, and close the setting"
        )
    return f"Nobody else belongs to {name}, which has reviews: first invite somebody to answer for it, or close the setting"
