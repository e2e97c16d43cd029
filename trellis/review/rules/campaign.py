"""Asking many settings: when that can be done, and what an authority is told of how they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import FEWEST, at_least

if TYPE_CHECKING:
    from datetime import date, datetime

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Progress:
    """How many settings were asked, and what may be told of those that started, finished, or said no thanks.

    Everything is told in steps of five and never as nearly all, because it is looked at from day to day. Of those who
    took part in an earlier campaign also how many were asked is such a number.
    """

    reached: int
    started: int
    finished: int
    declined: int
    reached_is_known: bool = True

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is told, line by line.

        >>> Progress(40, 17, 3, 0).lines[1:]
        [('Started', 'at least 15'), ('Finished', 'fewer than 5, or not told'), ('No thanks', 'fewer than 5, or not told')]
        >>> Progress(40, 17, 3, 0).lines[0], Progress(23, 0, 0, 0, reached_is_known=False).lines[0]
        (('Asked', '40'), ('Asked', 'at least 20'))
        """
        asked = f"{self.reached:,}" if self.reached_is_known else f"at least {self.reached // FEWEST * FEWEST:,}"
        return [
            ("Asked", asked),
            ("Started", self._words(self.started)),
            ("Finished", self._words(self.finished)),
            ("No thanks", self._words(self.declined)),
        ]

    @property
    def too_few(self) -> bool:
        """Whether so few were asked that nothing can ever be told.

        >>> Progress(9, 9, 9, 0).too_few, Progress(10, 0, 0, 0).too_few
        (True, False)
        """
        return self.reached < 2 * FEWEST

    def _words(self, number: int) -> str:
        known = at_least(number, self.reached)
        return f"at least {known:,}" if known else "fewer than 5, or not told"


def why_not_open(*, until: date, today: date, asked: int, followed: bool) -> str | None:
    """Why a campaign cannot be opened, or None if it can. `followed` when it asks those that took part in another.

    >>> from datetime import date
    >>> why_not_open(until=date(2027, 3, 5), today=date(2027, 3, 5), asked=40, followed=False)
    'The last day must be in the future'
    >>> why_not_open(until=date(2027, 5, 5), today=date(2027, 3, 5), asked=0, followed=False)
    'No setting on Trellis is among these'
    >>> why_not_open(until=date(2027, 5, 5), today=date(2027, 3, 5), asked=9, followed=True)
    'Fewer than ten settings took part, so they cannot be asked by themselves'
    >>> why_not_open(until=date(2027, 5, 5), today=date(2027, 3, 5), asked=3, followed=False)
    """
    if until <= today:
        return "The last day must be in the future"
    if (until - today).days > LONGEST_DAYS:
        return "A campaign lasts a year at most"
    if followed:
        return (
            "Fewer than ten settings took part, so they cannot be asked by themselves" if asked < 2 * FEWEST else None
        )
    return None if asked else "No setting on Trellis is among these"


def why_not_remind(*, reminded: bool, over: bool, may: bool) -> str | None:
    """Why the settings cannot be reminded, or None if they can.

    >>> why_not_remind(reminded=True, over=False, may=True)
    'They were reminded already. Once is enough'
    """
    if not may:
        return "Only whoever leads at the authority can remind settings"
    if over:
        return "This campaign is over"
    return "They were reminded already. Once is enough" if reminded else None


def was_open_during(
    started_at: datetime, agreed_at: datetime | None, *, opened_at: datetime, over_at: datetime
) -> bool:
    """Whether a review was open at some time while a campaign lasted, as `started` of its invitations has it.

    >>> from datetime import datetime
    >>> campaign = {"opened_at": datetime(2027, 1, 4, 9), "over_at": datetime(2027, 4, 1)}
    >>> was_open_during(datetime(2026, 9, 7), None, **campaign)
    True
    >>> was_open_during(datetime(2026, 9, 7), datetime(2026, 12, 7), **campaign)
    False
    >>> was_open_during(datetime(2027, 4, 1), None, **campaign)
    False
    """
    if started_at >= over_at:
        return False
    return agreed_at is None or started_at >= opened_at or opened_at <= agreed_at < over_at
