"""Who of a setting goes to a session when: for two of them, so that each gets enough guided minutes and the day still holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Leaving, leaving_for, said
from trellis.training.rules.figures import PartOfOne, figures_of
from trellis.training.rules.minutes import hours

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

MOST_OFFERED = 5
REACH_ORDER = ("reachable", "catch_up", "out_of_reach")
REACHES = {
    "reachable": "still enough for the course",
    "catch_up": "enough for the course only by catching up",
    "out_of_reach": "no longer enough for the course",
}
NOTHING = range(0)
CHANGED = "Your people or the session have changed meanwhile, so nothing was sent. Look at the answers and choose again"

Goes = tuple[range, ...]
"""For each who could go, to which parts of the session in a row: all, some, or none."""


@dataclass(frozen=True)
class PartOfSession:
    """A part of a session to come. Times are minutes after midnight."""

    label: str
    starts: int
    ends: int
    planned: int
    guided: int


@dataclass(frozen=True)
class Goer:
    """Somebody who could go: how it went and may go in all their other sessions, and what the course asks for.

    `sorry` are the parts of this session for which they have apologised already.
    """

    key: str
    called: str
    others: tuple[PartOfOne, ...] = ()
    share: int = 0
    guided: int = 0
    sorry: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Stay:
    """What a plan means for one of them: the guided minutes of this session, and whether that is enough for the course."""

    guided: int
    reach: str

    @property
    def words(self) -> str:
        """As a page says it.

        >>> Stay(90, "reachable").words
        '1 hour 30 minutes guided, still enough for the course'
        """
        return f"{hours(self.guided)} guided, {REACHES[self.reach]}"


@dataclass(frozen=True)
class Plan:
    """Who goes when, what the check says to it, and what it means for each."""

    goes: Goes
    verdict: Verdict
    stays: tuple[Stay, ...]

    @property
    def key(self) -> str:
        """What a form calls it: for each who could go the parts they come to.

        >>> Plan((range(0, 2), NOTHING), Verdict.TIGHT, ()).key
        '0.1-x'
        """
        return "-".join(".".join(map(str, each)) or "x" for each in self.goes)

    @property
    def order(self) -> tuple[int, int, int]:
        """Enough for everybody comes first, then the most guided minutes, then what holds best."""
        worst = max(REACH_ORDER.index(each.reach) for each in self.stays)
        return worst, -sum(each.guided for each in self.stays), self.verdict


def who_goes_when(
    parts: Sequence[PartOfSession],
    goers: Sequence[Goer],
    *,
    travel: int,
    check: Callable[[tuple[Leaving, ...]], Verdict],
) -> list[Plan]:
    """The plans by which the day holds, the best first: none that another one beats for everybody.

    `check` is asked whether the day holds when they are away then.

    >>> day = [PartOfSession("Morning", 570, 750, 180, 120), PartOfSession("Afternoon", 795, 960, 165, 90)]
    >>> two = [Goer("amy", "Amy"), Goer("bo", "Bo")]
    >>> one_at_a_time = lambda away: Verdict(2 * any(a.start < b.until and b.start < a.until for a in away for b in away if a != b))
    >>> alone = lambda away: Verdict.NOT_POSSIBLE if any(len(each.people) > 1 for each in away) else one_at_a_time(away)
    >>> [plan.key for plan in who_goes_when(day, two, travel=20, check=alone)]
    ['x-0.1', '0.1-x', '0-1', '1-0']
    """
    found = []
    for goes in choices(parts, goers):
        verdict = check(leavings_of(parts, goers, goes, travel=travel))
        if verdict < Verdict.NOT_POSSIBLE:
            found.append(Plan(goes, verdict, stays_of(parts, goers, goes)))
    kept = [plan for plan in found if not any(_beats(other, plan) for other in found)]
    return sorted(kept, key=lambda plan: plan.order)[:MOST_OFFERED]


def choices(parts: Sequence[PartOfSession], goers: Sequence[Goer]) -> Iterator[Goes]:
    """Everybody all day; one of them less or not at all; two who share the day; one alone. Nobody for what they apologised for.

    >>> [[list(each) for each in goes] for goes in choices([PartOfSession("All day", 570, 960, 390, 300)], [Goer("a", "A"), Goer("b", "B")])]
    [[[0], [0]], [[], [0]], [[0], []]]
    """
    whole = range(len(parts))
    everybody = tuple(whole for _ in goers)
    cuts = [(range(cut), range(cut, len(parts))) for cut in range(1, len(parts))]
    wanted = [everybody]
    for place, _ in enumerate(goers):
        wanted += [_with(everybody, {place: less}) for less in (NOTHING, *(half for cut in cuts for half in cut))]
        wanted.append(_with(tuple(NOTHING for _ in goers), {place: whole}))
    for one, other in combinations(range(len(goers)), 2):
        nobody = tuple(NOTHING for _ in goers)
        for first, second in cuts:
            wanted += [_with(nobody, {one: first, other: second}), _with(nobody, {one: second, other: first})]
    allowed = [goes for goes in wanted if any(goes) and not _sorry(goers, goes)]
    yield from dict.fromkeys(
        tuple(range(each.start, each.stop) if each else NOTHING for each in goes) for goes in allowed
    )


def _sorry(goers: Sequence[Goer], goes: Goes) -> bool:
    return any(not goer.sorry.isdisjoint(each) for goer, each in zip(goers, goes, strict=True))


def _with(goes: Goes, otherwise: dict[int, range]) -> Goes:
    return tuple(otherwise.get(place, each) for place, each in enumerate(goes))


def _beats(one: Plan, other: Plan) -> bool:
    """Whether everybody comes to as much by one plan as by the other, and it holds as well."""
    if one.goes == other.goes or one.verdict > other.verdict:
        return False
    return all(set(more) >= set(less) for more, less in zip(one.goes, other.goes, strict=True))


def leavings_of(
    parts: Sequence[PartOfSession], goers: Sequence[Goer], goes: Goes, *, travel: int
) -> tuple[Leaving, ...]:
    """Who would be away when, with the way there and back: those who go to the same parts together.

    >>> day = [PartOfSession("Morning", 570, 750, 180, 120), PartOfSession("Afternoon", 795, 960, 165, 90)]
    >>> leavings_of(day, [Goer("amy", "Amy"), Goer("bo", "Bo")], (range(0, 1), range(0, 1)), travel=20)
    (Leaving(people=('amy', 'bo'), start=550, until=770),)
    """
    together: dict[range, list[str]] = {}
    for goer, each in zip(goers, goes, strict=True):
        if each:
            together.setdefault(each, []).append(goer.key)
    return tuple(
        leaving_for(tuple(people), starts=parts[each[0]].starts, ends=parts[each[-1]].ends, travel=travel)
        for each, people in together.items()
    )


def stays_of(parts: Sequence[PartOfSession], goers: Sequence[Goer], goes: Goes) -> tuple[Stay, ...]:
    """What it means for each of them, when they apologise for the parts to which they do not come."""
    return tuple(_stay(parts, goer, each) for goer, each in zip(goers, goes, strict=True))


def _stay(parts: Sequence[PartOfSession], goer: Goer, comes: Collection[int]) -> Stay:
    here = [
        PartOfOne("here", part.planned, part.guided, "present")
        if place in comes
        else PartOfOne("here", part.planned, part.guided, "apologised", open=part.guided > 0)
        for place, part in enumerate(parts)
    ]
    figures = figures_of([*goer.others, *here])
    guided = sum(part.guided for place, part in enumerate(parts) if place in comes)
    return Stay(guided, figures.reach(share=goer.share, guided=goer.guided))


def still_needs(goer: Goer) -> str:
    """How much guided time somebody has, and what the course still asks for, in a sentence.

    >>> still_needs(Goer("amy", "Amy", (PartOfOne("1", 180, 120, "present"), PartOfOne("2", 180, 120, over=False)), guided=300))
    'Amy has 2 hours of guided time and needs 3 hours more; the other sessions to come have 2 hours.'
    >>> still_needs(Goer("amy", "Amy", (PartOfOne("1", 180, 120, "present"),), guided=120))
    'Amy has 2 hours of guided time: as much as the course asks for.'
    """
    had = sum(part.guided_had for part in goer.others if part.counts)
    later = sum(part.guided for part in goer.others if part.counts and part.is_to_come)
    if had >= goer.guided:
        return f"{goer.called} has {hours(had)} of guided time: as much as the course asks for."
    return (
        f"{goer.called} has {hours(had)} of guided time and needs {hours(goer.guided - had)} more; "
        f"the other sessions to come have {hours(later)}."
    )


def plan_said(parts: Sequence[PartOfSession], goers: Sequence[Goer], goes: Goes) -> str:
    """A plan in a sentence.

    >>> day = [PartOfSession("Morning", 570, 750, 180, 120), PartOfSession("Afternoon", 795, 960, 165, 90)]
    >>> plan_said(day, [Goer("amy", "Amy"), Goer("bo", "Bo")], (range(0, 2), range(1, 2)))
    'Amy goes all day, Bo from 1:15pm to 4:00pm'
    >>> plan_said(day, [Goer("amy", "Amy"), Goer("bo", "Bo")], (range(0, 1), NOTHING))
    'Amy goes from 9:30am to 12:30pm, Bo stays'
    >>> plan_said(day, [Goer("amy", "Amy"), Goer("bo", "Bo")], (range(0, 2), range(0, 2)))
    'Everybody goes all day'
    """
    if len(goers) > 1 and all(len(each) == len(parts) for each in goes):
        return "Everybody goes all day"
    if len(goers) > 1 and not any(goes):
        return "Nobody of you goes"
    words = []
    for goer, each in zip(goers, goes, strict=True):
        if not each:
            words.append(f"{goer.called} stays")
            continue
        when = (
            "all day"
            if len(each) == len(parts)
            else f"from {said(parts[each[0]].starts)} to {said(parts[each[-1]].ends)}"
        )
        gone = any(word for word in words if not word.endswith(" stays"))
        words.append(f"{goer.called} {when}" if gone else f"{goer.called} goes {when}")
    return ", ".join(words)


def stays_away(parts: Sequence[PartOfSession], goes: range) -> list[int]:
    """The parts for which somebody apologises who comes to these only.

    >>> stays_away([PartOfSession("Morning", 570, 750, 180, 120), PartOfSession("Afternoon", 795, 960, 165, 90)], range(0, 1))
    [1]
    """
    return [place for place in range(len(parts)) if place not in goes]


def got_worse(*, was: Iterable[int], now: Iterable[int]) -> bool:
    """Whether an answer, alone and together, is worse than the last one.

    >>> got_worse(was=(0, 1), now=(1, 1)), got_worse(was=(1, 1), now=(0, 1)), got_worse(was=(0, 2), now=(1, 1))
    (True, False, True)
    """
    return any(after > before for before, after in zip(was, now, strict=True))


def got_better(*, was: Iterable[int], now: Iterable[int]) -> bool:
    """Whether it is better and in nothing worse.

    >>> got_better(was=(1, 1), now=(0, 1)), got_better(was=(1, 1), now=(1, 1)), got_better(was=(0, 2), now=(1, 1))
    (True, False, False)
    """
    both = list(zip(was, now, strict=True))
    return any(after < before for before, after in both) and all(after <= before for before, after in both)


def covers(here: Collection[str], there: Collection[str], *, same_title: bool) -> bool:
    """Whether another session can make good this one: it covers all of its criteria; where none are named, it has its title.

    >>> covers(["1a", "1b"], ["1a", "1b", "2a"], same_title=False), covers(["1a"], ["2a"], same_title=True), covers([], [], same_title=True)
    (True, False, True)
    """
    return set(here) <= set(there) if here else same_title and not there


def why_not_as_shown(*, shown: str, now: str) -> str | None:
    """Why a plan cannot be sent that was chosen when other people or times were `shown`, or None if it can.

    >>> why_not_as_shown(shown="Amy Bo 9:30", now="Bo Amy 9:30")
    'Your people or the session have changed meanwhile, so nothing was sent. Look at the answers and choose again'
    >>> why_not_as_shown(shown="Amy Bo 9:30", now="Amy Bo 9:30")
    """
    return None if shown == now else CHANGED


def why_not_send(*, session: str, cohort: str, begun: bool, parts: int) -> str | None:
    """Why a setting cannot apologise for its people any more, or None if it can. `parts` are those for which it would.

    >>> why_not_send(session="planned", cohort="running", begun=True, parts=1)
    'This session has begun. Ring the trainer'
    >>> why_not_send(session="planned", cohort="running", begun=False, parts=0)
    'There is nothing to send: everybody comes to all of it'
    >>> why_not_send(session="moved", cohort="running", begun=False, parts=1)
    """
    if session == "cancelled" or cohort == "cancelled":
        return "This session was cancelled, so there is nothing to apologise for"
    if begun:
        return "This session has begun. Ring the trainer"
    return None if parts else "There is nothing to send: everybody comes to all of it"
