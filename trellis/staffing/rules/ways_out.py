"""Ways out of an answer that is tight or not possible: each checked like the day itself, the cheapest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations
from typing import TYPE_CHECKING

from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import QUARTER, Band, Leaving, said
from trellis.staffing.rules.people import Level, Span, Staff, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.staffing.rules.answers import Answer
    from trellis.staffing.rules.days import Day
    from trellis.staffing.rules.edition import Edition

COVER = "cover:"
SHORTEST_STAY = 60
"""Less of a session than these minutes is not worth the journey."""


class Kind(IntEnum):
    """What a way out costs, the cheapest first: nothing, part of the session, another’s place, a session, money."""

    MOVE = 0
    SWAP = 1
    SHORTER = 2
    OTHER_PERSON = 3
    SHARE = 4
    HALF = 5
    ONE_STAYS = 6
    COVER = 7


NOT_BY_PLACES = frozenset(
    {"first-aid-on-premises", "manager-or-deputy", "manager-level-3", "manager-maths", "setting-others-level-2"}
)
"""What no change of places mends."""


@dataclass(frozen=True)
class Way:
    """A way out: the day and who is away as it would then be, and what the check says to that."""

    kind: Kind
    cost: int
    sentence: str
    day: Day
    leavings: tuple[Leaving, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Asking:
    """What ways out are looked for: for whom, with which journey, around which break, and who could go instead."""

    day: Day
    leaving: Leaving
    edition: Edition
    travel: int = 0
    midday: int = 12 * 60 + 30
    instead: tuple[str, ...] = ()

    def called(self, key: str) -> str:
        """The name of somebody of the setting."""
        return next((person.called for person in self.day.staff if person.key == key), key)


def ways_out(asking: Asking) -> list[Way]:
    """Ways to a better answer: of each kind those that cost least, the cheapest first. None where all holds."""
    now = check(asking.day, asking.leaving, asking.edition)
    if now.verdict == Verdict.POSSIBLE:
        return []
    looked = (_moved, _swapped, _shorter, _others, _shared, _halves, _fewer, _covered)
    found = [way for look in looked for way in look(asking, now)]
    return sorted(found, key=lambda way: (way.kind, way.cost, way.verdict))


def verdict_of(day: Day, leavings: tuple[Leaving, ...], edition: Edition) -> Verdict:
    """The answer to several being away at different times: the worst of each while the others are away too."""
    verdicts = []
    for one in leavings:
        rest = day
        for other in leavings:
            if other is not one:
                rest = away_too(rest, other)
        verdicts.append(check(rest, one, edition).verdict)
    return max(verdicts, default=Verdict.POSSIBLE)


def away_too(day: Day, leaving: Leaving) -> Day:
    """The day on which they are away besides: whoever leaves in a quarter hour is away for all of it."""
    start, until = leaving.start - leaving.start % QUARTER, leaving.until + -leaving.until % QUARTER

    def without(people: tuple[Staff, ...]) -> tuple[Staff, ...]:
        return tuple(
            replace(person, hours=tuple(_without(person.hours, start, until)))
            if person.key in leaving.people
            else person
            for person in people
        )

    outings = tuple(replace(outing, people=without(outing.people)) for outing in day.outings)
    return replace(day, staff=without(day.staff), outings=outings)


def _without(hours: tuple[Span, ...], start: int, until: int) -> Iterator[Span]:
    for span in hours:
        if span.start < min(span.until, start):
            yield Span(span.start, min(span.until, start))
        if max(span.start, until) < span.until:
            yield Span(max(span.start, until), span.until)


def _better(
    kind: Kind, cost: int, sentence: str, asking: Asking, now: Answer, *, day: Day | None = None, leavings: tuple[Leaving, ...] = ()
) -> Iterator[Way]:  # fmt: skip
    day, leavings = day or asking.day, leavings or (asking.leaving,)
    verdict = verdict_of(day, leavings, asking.edition)
    if verdict < now.verdict:
        yield Way(kind, cost, sentence, day, leavings, verdict)


def _failing(now: Answer) -> Span:
    """From the first to the last quarter hour that is as bad as the answer."""
    minutes = [quarter.minute for quarter in now.quarters if quarter.verdict == now.verdict]
    return Span(minutes[0], minutes[-1] + QUARTER)


def _moved(asking: Asking, now: Answer) -> Iterator[Way]:
    """The first that helps: somebody who stays works with another group meanwhile."""
    tried = set()
    for person in _stay(asking):
        for group in asking.day.groups:
            like = replace(person, key="", name="", group=f"{person.group}>{group.key}")
            if group.key == person.group or like in tried or not _places_matter(now, person):
                continue
            tried.add(like)
            day = _with(asking.day, replace(person, group=group.key))
            if _helps_at_once(asking, now, day):
                sentence = f"{person.called} works with {group.called} meanwhile"
                if ways := list(_better(Kind.MOVE, 0, sentence, asking, now, day=day)):
                    yield from ways
                    return


def _swapped(asking: Asking, now: Answer) -> Iterator[Way]:
    """The first that helps: two who stay swap groups meanwhile."""
    tried = set()
    for one, other in combinations(_stay(asking), 2):
        like = (replace(one, key="", name=""), replace(other, key="", name=""))
        if one.group == other.group or like in tried or not _places_matter(now, one, other):
            continue
        tried.add(like)
        day = _with(asking.day, replace(one, group=other.group), replace(other, group=one.group))
        if _helps_at_once(asking, now, day):
            sentence = f"{one.called} and {other.called} swap groups meanwhile"
            if ways := list(_better(Kind.SWAP, 0, sentence, asking, now, day=day)):
                yield from ways
                return


def _places_matter(now: Answer, *people: Staff) -> bool:
    """Whether it can help that they work elsewhere: where there are too few, only with Level 6, which changes a ratio."""
    first = now.first
    if not first or first.rule in NOT_BY_PLACES:
        return False
    too_few = first.rule in ("pooled-ratio", "own-ratio", "nobody-spare") or first.rule.startswith("ratio-")
    return not too_few or any(person.level >= Level.SIX for person in people)


def _stay(asking: Asking) -> list[Staff]:
    return [person for person in asking.day.staff if person.key not in asking.leaving.people and not person.one_to_one]


def _with(day: Day, *changed: Staff) -> Day:
    by_key = {person.key: person for person in changed}
    return replace(day, staff=tuple(by_key.get(person.key, person) for person in day.staff))


def _helps_at_once(asking: Asking, now: Answer, day: Day) -> bool:
    """Whether a day is better in the first quarter hour that is bad: most are not, and need no more looking."""
    first = _failing(now).start
    one = replace(
        asking.leaving, start=max(first, asking.leaving.start), until=min(first + QUARTER, asking.leaving.until)
    )
    return check(day, one, asking.edition).verdict < now.verdict


def _shorter(asking: Asking, now: Answer) -> Iterator[Way]:
    """Come later, or leave earlier."""
    leaving, failing = asking.leaving, _failing(now)
    later, earlier = replace(leaving, start=failing.until), replace(leaving, until=failing.start)
    for trimmed, words in ((later, f"Leave at {said(later.start)}"), (earlier, f"Be back by {said(earlier.until)}")):
        lost = (leaving.until - leaving.start) - (trimmed.until - trimmed.start)
        if _worth_it(trimmed, asking):
            yield from _better(Kind.SHORTER, lost, words, asking, now, leavings=(trimmed,))


def _worth_it(leaving: Leaving, asking: Asking) -> bool:
    return leaving.until - leaving.start >= SHORTEST_STAY + 2 * asking.travel


def _mornings(asking: Asking) -> tuple[Leaving, Leaving] | None:
    """The morning and the afternoon of being away, each with the journey: nothing for what lies on one side of midday."""
    leaving = asking.leaving
    morning = replace(leaving, until=min(leaving.until, asking.midday + asking.travel))
    afternoon = replace(leaving, start=max(leaving.start, asking.midday - asking.travel))
    if not (leaving.start < asking.midday < leaving.until):
        return None
    return (morning, afternoon) if _worth_it(morning, asking) and _worth_it(afternoon, asking) else None


def _halves(asking: Asking, now: Answer) -> Iterator[Way]:
    """The morning only, or the afternoon only."""
    for half, words in zip(_mornings(asking) or (), ("The morning only", "The afternoon only"), strict=False):
        sentence = f"{words}: away from {said(half.start)} to {said(half.until)}"
        lost = (asking.leaving.until - asking.leaving.start) - (half.until - half.start)
        yield from _better(Kind.HALF, lost, sentence, asking, now, leavings=(half,))


def _others(asking: Asking, now: Answer) -> Iterator[Way]:
    """Another person goes."""
    for stays in asking.leaving.people:
        for goes in asking.instead:
            if goes not in asking.leaving.people:
                people = tuple(goes if key == stays else key for key in asking.leaving.people)
                sentence = f"{asking.called(goes)} goes instead of {asking.called(stays)}"
                leavings = (replace(asking.leaving, people=people),)
                yield from _better(Kind.OTHER_PERSON, 0, sentence, asking, now, leavings=leavings)


def _fewer(asking: Asking, now: Answer) -> Iterator[Way]:
    """Of several, one stays."""
    people = asking.leaving.people
    for stays in people if len(people) > 1 else ():
        leavings = (replace(asking.leaving, people=tuple(key for key in people if key != stays)),)
        yield from _better(Kind.ONE_STAYS, 0, f"{asking.called(stays)} stays", asking, now, leavings=leavings)


def _shared(asking: Asking, now: Answer) -> Iterator[Way]:
    """Of two, one goes in the morning and the other in the afternoon."""
    halves, people = _mornings(asking), asking.leaving.people
    if not halves or len(people) != 2:
        return
    for first, second in (people, people[::-1]):
        leavings = (replace(halves[0], people=(first,)), replace(halves[1], people=(second,)))
        sentence = f"{asking.called(first)} goes in the morning, {asking.called(second)} in the afternoon"
        yield from _better(Kind.SHARE, 0, sentence, asking, now, leavings=leavings)


def _covered(asking: Asking, now: Answer) -> Iterator[Way]:
    """Cover by somebody of the lowest level that is enough, with as little else as is enough."""
    failing = _failing(now)
    for level in Level:
        for babies, aid in ((False, False), (False, True), (True, False), (True, True)):
            for room in _rooms_for(level, asking.day):
                cover = Staff(
                    key=COVER, group=room, hours=(failing,), level=level, standing=Standing.AGENCY,
                    under_2_experience=babies, trained_in_babies=babies, first_aid_until=asking.day.on if aid else None,
                )  # fmt: skip
                day = replace(asking.day, staff=(*asking.day.staff, cover))
                cost = int(level) * 24 * 60 + failing.until - failing.start
                if ways := list(_better(Kind.COVER, cost, _cover_said(cover, failing), asking, now, day=day)):
                    yield ways[0]
                    return


def _rooms_for(level: Level, day: Day) -> list[str]:
    """Where cover goes: wherever needed; at Level 6 with those for whom that changes the ratio."""
    if level != Level.SIX:
        return [""]
    return [group.key for group in day.groups if any(each.band == Band.THREE_PLUS for each in group.children)]


def _cover_said(cover: Staff, failing: Span) -> str:
    level = f"at Level {cover.level}" if cover.level else "by one member of staff of any level"
    having = [
        *(["experience and training with children under two"] * cover.under_2_experience),
        *(["paediatric first aid"] * (cover.first_aid_until is not None)),
    ]
    words = f" with {' and '.join(having)}" if having else ""
    return f"Cover {level}{words} from {said(failing.start)} to {said(failing.until)}"
