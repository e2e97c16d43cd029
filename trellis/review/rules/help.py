"""How a request for help moves on, and what an authority’s own work on requests adds up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

HELP_MOVES: dict[str, tuple[str, ...]] = {
    "open": ("answered", "closed", "withdrawn"),
    "answered": ("open", "closed", "withdrawn"),
    "closed": ("open",),
    "withdrawn": (),
}
"""Status → the statuses that may follow it. The setting asks again, says that it helped, or withdraws; the authority
answers and closes."""


def why_not_move_help(*, status: str, to: str, words: str) -> str | None:
    """Why a request cannot go from `status` to `to`, or None if it can. Answering again is an answer, not a move.

    >>> why_not_move_help(status="withdrawn", to="answered", words="We can come on Tuesday")
    'The setting has withdrawn this request'
    >>> why_not_move_help(status="open", to="answered", words="")
    'Write your answer'
    >>> why_not_move_help(status="answered", to="answered", words="And on Thursday")
    """
    if to not in HELP_MOVES[status] and not status == to == "answered":
        sentences = {"withdrawn": "The setting has withdrawn this request", "closed": "This request is closed"}
        return sentences.get(status, "This request is still open")
    needed = {"answered": "Write your answer", "closed": "Say why you close it", "open": "Say what is still missing"}
    return needed.get(to) if not words.strip() else None


def why_not_ask(*, authority_is_here: bool, people: int) -> str | None:
    """Why help cannot be asked for here, or None if it can. `people` counts those who answer requests there.

    >>> why_not_ask(authority_is_here=False, people=0)
    'Your authority does not use Trellis yet'
    >>> why_not_ask(authority_is_here=True, people=0)
    'Nobody at your authority answers requests here at the moment'
    >>> why_not_ask(authority_is_here=True, people=1)
    """
    if not authority_is_here:
        return "Your authority does not use Trellis yet"
    return None if people else "Nobody at your authority answers requests here at the moment"


@dataclass(frozen=True)
class Asked:
    """What the figures need to know of a request."""

    topic: str
    asked_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Wait:
    """How long something took, over those that got there: in days, the middle one and the longest."""

    number: int
    middle: float | None
    longest: int | None

    @property
    def words(self) -> str:
        """The wait as a sentence says it.

        >>> Wait(3, 2.5, 9).words, Wait(1, 1, 1).words, Wait(2, 0, 0).words, Wait(0, None, None).words
        ('2.5 days in the middle, 9 at the longest', '1 day', 'The same day', 'None yet')
        """
        if self.middle is None:
            return "None yet"
        if not self.longest:
            return "The same day"
        middle = f"{self.middle:g} day{'' if self.middle == 1 else 's'}"
        return middle if self.number == 1 else f"{middle} in the middle, {self.longest} at the longest"


@dataclass(frozen=True)
class HelpFigures:
    """An authority’s own work on requests for help. It says nothing of any setting."""

    asked: int
    waiting: int
    longest_waiting: int | None
    first_answer: Wait
    closing: Wait
    topics: list[tuple[str, int]]


def figures(requests: Iterable[Asked], *, today: date) -> HelpFigures:
    """Add up requests: how many, how many wait, how long the first answer and closing took, and by topic.

    >>> from datetime import date, datetime
    >>> told = Asked("behaviour", datetime(2026, 11, 2), datetime(2026, 11, 5), None)
    >>> waits = Asked("behaviour", datetime(2026, 11, 10), None, None)
    >>> found = figures([told, waits], today=date(2026, 11, 23))
    >>> found.first_answer.words, found.longest_waiting, found.topics
    ('3 days', 13, [('behaviour', 2)])
    """
    known = list(requests)
    waiting = [(today - each.asked_at.date()).days for each in known if not each.answered_at and not each.closed_at]
    counted = Counter(each.topic for each in known)
    return HelpFigures(
        asked=len(known),
        waiting=len(waiting),
        longest_waiting=max(waiting, default=None),
        first_answer=_wait([_days(each.asked_at, each.answered_at) for each in known if each.answered_at]),
        closing=_wait([_days(each.asked_at, each.closed_at) for each in known if each.closed_at]),
        topics=sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def _days(start: datetime, end: datetime) -> int:
    return (end.date() - start.date()).days


def _wait(days: Sequence[int]) -> Wait:
    return Wait(len(days), median(days) if days else None, max(days, default=None))
