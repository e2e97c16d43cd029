"""What a learner’s marks add up to, and what can still be reached."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from trellis.training.rules.attendance import MISSED, THERE, WITH_REASON, guided_caught_up, guided_there
from trellis.training.rules.minutes import hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IN_A_ROW = 2
"""So many sessions missed one after the other are told to those whom it concerns."""


@dataclass(frozen=True)
class PartOfOne:
    """A part of a day as it went for one learner, in the order of the days.

    `status` is empty when nobody marked it; `over` says that it is past. `caught_up` are the minutes of a catch-up that
    was signed off, and `supervised` whether somebody was with them; `open` says that a catch-up is still to come, and
    `can_open` that one can still be opened for what they lost by being late or leaving early.
    """

    session: str
    planned: int
    guided: int
    status: str = ""
    missed: int = 0
    over: bool = True
    caught_up: int = 0
    supervised: bool = False
    open: bool = False
    can_open: bool = False
    criteria: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> bool:
        """Whether it is among those that are counted: not when it was cancelled by us."""
        return self.status != "cancelled"

    @cached_property
    def is_to_come(self) -> bool:
        """Whether it can still be that they were there: it is to come, or nobody has marked it yet."""
        return self.status in ("", "unmarked")

    @cached_property
    def is_made_good(self) -> bool:
        """Whether they missed it and caught up with somebody."""
        return self.status in MISSED and self.caught_up > 0 and self.supervised

    @cached_property
    def guided_had(self) -> int:
        """The guided minutes that count: of the day itself and of catching up."""
        had = guided_there(planned=self.planned, guided=self.guided, status=self.status, missed=self.missed)
        return had + guided_caught_up(minutes=self.caught_up, supervised=self.supervised, guided=self.guided, had=had)

    @cached_property
    def guided_to_catch_up(self) -> int:
        """The guided minutes that catching up can still add.

        >>> PartOfOne("1", 180, 90, "late", missed=30, can_open=True).guided_to_catch_up
        15
        >>> PartOfOne("1", 180, 90, "late", missed=30).guided_to_catch_up
        0
        """
        waits = self.status in WITH_REASON and (self.open or self.can_open)
        return self.guided - self.guided_had if waits else 0


@dataclass(frozen=True)
class Figures:
    """What the parts of one learner add up to. Shares are per cent of the parts that are counted, rounded down."""

    parts: int
    marked: int
    attended: int
    apologised: int
    absent: int
    guided: int
    guided_best: int
    guided_best_without_catch_up: int
    best_share: int
    best_share_without_catch_up: int
    criteria_missed: tuple[str, ...]
    in_a_row: int
    not_marked: int
    to_open: int
    """Parts of which they lost minutes, and for which no catch-up is opened yet."""

    @property
    def share(self) -> int | None:
        """Attended, of those that were marked."""
        return self.attended * 100 // self.marked if self.marked else None

    @property
    def committed_share(self) -> int | None:
        """Attended or apologised, of those that were marked."""
        return (self.attended + self.apologised) * 100 // self.marked if self.marked else None

    def reach(self, *, share: int, guided: int) -> str:
        """Whether the minimum can be reached: "reachable", only by "catch_up", or "out_of_reach"."""
        if self.best_share < share or self.guided_best < guided:
            return "out_of_reach"
        if self.best_share_without_catch_up < share or self.guided_best_without_catch_up < guided:
            return "catch_up"
        return "reachable"


REACH_WORDS = {
    "reachable": "Can reach the minimum",
    "catch_up": "Can reach the minimum only by catching up",
    "out_of_reach": "Can no longer reach the minimum",
}


def figures_of(parts: Sequence[PartOfOne]) -> Figures:
    """What the parts of one learner add up to.

    >>> there = PartOfOne("1", 180, 90, "present", criteria=("1a",))
    >>> missed = PartOfOne("2", 180, 90, "absent", criteria=("1b",), open=True)
    >>> to_come = PartOfOne("3", 180, 90, over=False)
    >>> found = figures_of([there, missed, to_come])
    >>> found.share, found.guided, found.guided_best, found.guided_best_without_catch_up, found.criteria_missed
    (50, 90, 270, 180, ('1b',))
    >>> found.reach(share=80, guided=270), found.reach(share=60, guided=180), found.reach(share=60, guided=300)
    ('catch_up', 'reachable', 'out_of_reach')
    """
    counted = [part for part in parts if part.counts]
    statuses = [part.status for part in counted]
    attended = [part for part in counted if part.status in THERE]
    missed = [part for part in counted if part.status in MISSED]
    good = [part for part in missed if part.is_made_good]
    to_come = [part for part in counted if part.is_to_come]
    waiting = [part for part in missed if part.open and not part.is_made_good]
    guided = sum([part.guided_had for part in counted])
    later = sum([part.guided for part in to_come])
    by_catching_up = sum([part.guided_to_catch_up for part in counted])
    met = {code for part in (*attended, *good) for code in part.criteria}
    best = len(attended) + len(good) + len(to_come)
    return Figures(
        parts=len(counted),
        marked=len(attended) + len(missed),
        attended=len(attended),
        apologised=statuses.count("apologised"),
        absent=statuses.count("absent"),
        guided=guided,
        guided_best=guided + later + by_catching_up,
        guided_best_without_catch_up=guided + later,
        best_share=_share(best + len(waiting), len(counted)),
        best_share_without_catch_up=_share(best, len(counted)),
        criteria_missed=_once(code for part in missed for code in part.criteria if code not in met),
        in_a_row=missed_in_a_row(parts),
        not_marked=len([part for part in to_come if part.over]),
        to_open=len([part for part in parts if part.can_open]),
    )


def missed_in_a_row(parts: Sequence[PartOfOne]) -> int:
    """How many sessions somebody missed altogether, one after the other, up to the last one that was marked.

    >>> def day(session, status):
    ...     return PartOfOne(session, 180, 90, status)
    >>> missed_in_a_row([day("1", "present"), day("2", "absent"), day("3", "apologised"), day("4", "")])
    2
    >>> missed_in_a_row([day("1", "absent"), day("2", "absent"), day("2", "late")])
    0
    """
    sessions: dict[str, list[str]] = {}
    for part in parts:
        if part.counts and part.status in THERE | MISSED:
            sessions.setdefault(part.session, []).append(part.status)
    row = 0
    for statuses in reversed(list(sessions.values())):
        if any(status in THERE for status in statuses):
            break
        row += 1
    return row


def guided_against(guided: int, asked: int) -> str:
    """How much guided time somebody has, against what is asked for.

    >>> guided_against(1020, 2040), guided_against(0, 2040)
    ('17 hours of 34 hours', 'no time of 34 hours')
    """
    return f"{hours(guided)} of {hours(asked)}"


def _share(some: int, of: int) -> int:
    return some * 100 // of if of else 100


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
