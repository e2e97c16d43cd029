"""What may be done with a cohort that is being planned, and what of the answers of settings is told to the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import FEWEST
from trellis.training.rules.patterns import LONGEST_PLANNED

if TYPE_CHECKING:
    from datetime import date

PLANNING_MOVES: dict[str, tuple[str, ...]] = {
    "asking": ("counted", "dropped"),
    "counted": ("used", "dropped"),
    "used": (),
    "dropped": (),
}
"""Status → the statuses that may follow it. Who is counted stays the same from `counted` on, but for who withdraws."""

MOST_TOGETHER = 2


def why_not_from(first: date, *, today: date) -> str | None:
    """Why a cohort cannot be planned from a day on, or None if it can.

    >>> from datetime import date
    >>> why_not_from(date(2027, 3, 4), today=date(2027, 3, 5))
    'The earliest first day cannot be in the past'
    >>> why_not_from(date(2027, 3, 5), today=date(2027, 3, 5))
    """
    return "The earliest first day cannot be in the past" if first < today else None


def why_not_until(over: date, *, today: date) -> str | None:
    """Why a cohort cannot be planned until a day, or None if it can.

    >>> from datetime import date
    >>> why_not_until(date(2029, 3, 6), today=date(2027, 3, 5))
    'It must be over within two years from today'
    >>> why_not_until(date(2029, 3, 5), today=date(2027, 3, 5))
    """
    return "It must be over within two years from today" if over - today > LONGEST_PLANNED else None


def why_not_move_planning(*, status: str, to: str, agreed: int) -> str | None:
    """Why a planning cannot go from `status` to `to`, or None if it can.

    >>> why_not_move_planning(status="asking", to="counted", agreed=4)
    'At least 5 settings have to agree before they are counted, so that nobody’s answer is known by itself'
    >>> why_not_move_planning(status="asking", to="counted", agreed=5)
    >>> why_not_move_planning(status="used", to="dropped", agreed=9)
    'This planning has moved on. Look at it again'
    """
    if to not in PLANNING_MOVES[status]:
        return "This planning has moved on. Look at it again"
    return why_not_count(agreed) if to == "counted" else None


def why_not_count(agreed: int) -> str | None:
    """Why the answers of so many settings are not counted, or None if they are.

    >>> why_not_count(FEWEST), why_not_count(3) is None
    (None, False)
    """
    if agreed < FEWEST:
        return (
            f"At least {FEWEST} settings have to agree before they are counted, "
            "so that nobody’s answer is known by itself"
        )
    return None


def why_not_search(*, status: str, agreed: int, searching: bool) -> str | None:
    """Why alternatives cannot be looked for, or None if they can.

    >>> why_not_search(status="asking", agreed=9, searching=False)
    'Settings are still asked. Count those that have agreed first'
    >>> why_not_search(status="counted", agreed=9, searching=True)
    'Alternatives are being looked for already'
    >>> why_not_search(status="counted", agreed=9, searching=False)
    """
    if status == "asking":
        return "Settings are still asked. Count those that have agreed first"
    if status != "counted":
        return "This planning is over"
    return "Alternatives are being looked for already" if searching else why_not_count(agreed)


def why_not_be_counted(*, status: str, here: bool, people: int, written: bool) -> str | None:
    """Why a setting cannot agree to be counted, or None if it can. `here`: it lies in the authority that is asked.

    >>> why_not_be_counted(status="counted", here=True, people=1, written=True)
    'The centre has counted already who agreed'
    >>> why_not_be_counted(status="asking", here=True, people=1, written=False)
    'Write down your week first: without it we cannot say who can go'
    >>> why_not_be_counted(status="asking", here=True, people=3, written=True)
    'Choose one person or two'
    >>> why_not_be_counted(status="asking", here=True, people=2, written=True)
    """
    if status != "asking" or not here:
        return "The centre has counted already who agreed" if here else "This course is not planned for your authority"
    if not written:
        return "Write down your week first: without it we cannot say who can go"
    return None if 1 <= people <= MOST_TOGETHER else "Choose one person or two"


def why_not_use(*, status: str, finished: bool, first: date, today: date) -> str | None:
    """Why a cohort cannot be set up from an alternative, or None if it can.

    >>> from datetime import date
    >>> why_not_use(status="counted", finished=False, first=date(2027, 3, 5), today=date(2027, 1, 4))
    'Better ones are still being looked for. Wait until that is done'
    >>> why_not_use(status="counted", finished=True, first=date(2027, 3, 5), today=date(2027, 3, 6))
    'The first day is in the past. Look for alternatives again'
    """
    if status != "counted":
        return "This planning is over"
    if not finished:
        return "Better ones are still being looked for. Wait until that is done"
    return "The first day is in the past. Look for alternatives again" if first < today else None


def names_are_told(unnamed: int, *, withdrawn: bool = False) -> bool:
    """Whether the names of settings that let them be told are shown beside an alternative.

    Beside names, the answers of all others together could be worked out: from one to four others that is too few.
    Whoever has `withdrawn` since is one of them, whose name was told before.

    >>> names_are_told(0), names_are_told(1), names_are_told(4), names_are_told(5)
    (True, False, False, True)
    >>> names_are_told(0, withdrawn=True), names_are_told(5, withdrawn=True)
    (False, True)
    """
    return unnamed >= FEWEST or (unnamed == 0 and not withdrawn)


def how_far(*, people: int, most: int, tight: int, fewest: int, proven: bool) -> str:
    """How far from the best an alternative may be, in a sentence.

    >>> how_far(people=31, most=31, tight=4, fewest=4, proven=True)
    'Nothing in this pattern is better.'
    >>> how_far(people=31, most=33, tight=4, fewest=0, proven=False)
    'At most 2 more people could come in this pattern.'
    >>> how_far(people=31, most=31, tight=4, fewest=3, proven=False)
    'No more people can come in this pattern. There could be at most 1 tight day fewer.'
    >>> how_far(people=31, most=31, tight=4, fewest=4, proven=False)
    'No more people can come in this pattern, and not with fewer tight days. There may be one with less travel.'
    """
    if proven:
        return "Nothing in this pattern is better."
    if people < most:
        more = most - people
        return f"At most {more} more {'person' if more == 1 else 'people'} could come in this pattern."
    if tight > fewest:
        less = tight - fewest
        return (
            f"No more people can come in this pattern. There could be at most {less} tight "
            f"{'day' if less == 1 else 'days'} fewer."
        )
    return "No more people can come in this pattern, and not with fewer tight days. There may be one with less travel."
