"""What a learner has reached: what can be noted when, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

IN_ORDER: tuple[str, ...] = ("applied", "accepted", "started", "retained_1", "retained_2", "completed")
"""The milestones of somebody who goes all the way. Withdrawing can follow any of them but the last."""

NEEDS: dict[str, str] = {
    "accepted": "",
    "retained_1": "started",
    "retained_2": "retained_1",
    "completed": "started",
}
"""What must have been reached before."""

WORDS: dict[str, str] = {
    "applied": "applied",
    "accepted": "was accepted",
    "started": "started",
    "retained_1": "was retained for the first time",
    "retained_2": "was retained for the second time",
    "completed": "completed",
    "withdrawn": "withdrew",
}

STATUS_AFTER: dict[str, str] = {"completed": "completed", "withdrawn": "withdrawn"}
"""What becomes of the place."""


def order_of(kind: str) -> int:
    """Where a milestone stands among those of the same day.

    >>> order_of("applied") < order_of("accepted") < order_of("withdrawn")
    True
    """
    return [*IN_ORDER, "withdrawn"].index(kind)


def why_not_mark(*, kind: str, on: date, reached: Mapping[str, date], today: date, reason: str = "") -> str | None:
    """Why a milestone cannot be noted, or None if it can. `reached` are those that stand, with their days.

    >>> from datetime import date
    >>> march, april = date(2027, 3, 5), date(2027, 4, 9)
    >>> why_not_mark(kind="started", on=april, reached={}, today=march)
    'The day of a milestone is not in the future'
    >>> why_not_mark(kind="retained_1", on=march, reached={}, today=april)
    'Note first that they started'
    >>> why_not_mark(kind="completed", on=march, reached={"started": april}, today=april)
    'They started on 9 April 2027, so this cannot be earlier'
    >>> why_not_mark(kind="started", on=april, reached={"retained_1": march}, today=april)
    'They were retained for the first time on 5 March 2027, so this cannot be later'
    >>> why_not_mark(kind="withdrawn", on=april, reached={"started": march}, today=april)
    'Say why they withdrew'
    >>> why_not_mark(kind="withdrawn", on=april, reached={"started": march}, today=april, reason="sickness")
    """
    if on > today:
        return "The day of a milestone is not in the future"
    if kind in reached:
        return "This is noted already. Make it void first if it is wrong"
    if "withdrawn" in reached:
        return "They have withdrawn. Make that void first if it is wrong"
    if kind == "withdrawn":
        return _why_not_withdraw(on, reached, reason)
    needed = NEEDS.get(kind)
    if needed and needed not in reached:
        return f"Note first that they {_of_them(needed)}"
    place = IN_ORDER.index(kind)
    for before in IN_ORDER[:place]:
        if before in reached and reached[before] > on:
            return f"They {_of_them(before)} on {day(reached[before])}, so this cannot be earlier"
    for after in IN_ORDER[place + 1 :]:
        if after in reached and reached[after] < on:
            return f"They {_of_them(after)} on {day(reached[after])}, so this cannot be later"
    return None


def _why_not_withdraw(on: date, reached: Mapping[str, date], reason: str) -> str | None:
    if not reason:
        return "Say why they withdrew"
    if "completed" in reached:
        return "They have completed. Make that void first if it is wrong"
    latest = max(reached, key=lambda kind: reached[kind], default=None)
    if latest and reached[latest] > on:
        return f"They {_of_them(latest)} on {day(reached[latest])}, so this cannot be earlier"
    return None


def why_not_void(*, kind: str, voided: bool, reached: Mapping[str, date], because: str) -> str | None:
    """Why a milestone cannot be made void, or None if it can.

    >>> from datetime import date
    >>> both = {"started": date(2027, 3, 5), "retained_1": date(2027, 4, 9)}
    >>> why_not_void(kind="started", voided=False, reached=both, because="The wrong person")
    'They were retained for the first time after that. Make the later one void first'
    >>> why_not_void(kind="retained_1", voided=False, reached=both, because="The wrong person")
    """
    if voided:
        return "This is void already"
    if not because:
        return "Say why it is void"
    if kind in IN_ORDER:
        for later in (*IN_ORDER[IN_ORDER.index(kind) + 1 :], "withdrawn"):
            if later in reached and (NEEDS.get(later) or later == "withdrawn") and kind not in ("applied", "accepted"):
                return f"They {_of_them(later)} after that. Make the later one void first"
    return None


def _of_them(kind: str) -> str:
    return WORDS[kind].replace("was ", "were ")
