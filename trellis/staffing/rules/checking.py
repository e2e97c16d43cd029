"""Whether somebody can be away: each quarter hour from leaving to return, against an edition of the rules.

A planning aid: the registered person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trellis.core.dates import months_later
from trellis.staffing.rules.answers import Answer, Finding, Quarter, RoomLine, Verdict
from trellis.staffing.rules.childminding import adults_needed, left_alone
from trellis.staffing.rules.conditions import Broken, first_aid, settled
from trellis.staffing.rules.days import (
    QUARTER,
    Band,
    Provision,
    children_said,
    needed_said,
    people_said,
    quarters,
    said,
)
from trellis.staffing.rules.moments import Counted, children_at, counted_on, moment_of
from trellis.staffing.rules.needs import Need, pooled, strict
from trellis.staffing.rules.outings import broken_outings
from trellis.staffing.rules.people import Level, Standing, counts_as

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from trellis.staffing.rules.days import Day, Group, Leaving
    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.moments import Moment
    from trellis.staffing.rules.people import Staff


@dataclass(frozen=True, slots=True)
class _Judged:
    required: int
    required_each: int
    present: int
    rooms: tuple[RoomLine, ...]
    broken: tuple[Broken, ...]
    tight: tuple[Broken, ...]
    ratios: tuple[str, ...]


def check(day: Day, leaving: Leaving, edition: Edition) -> Answer:
    """Whether the people of `leaving` can be away, by the rules of an edition."""
    counted = counted_on(day, edition)
    childminder = day.provision == Provision.CHILDMINDER
    too_long, alone = left_alone(day, leaving, counted, edition) if childminder else (None, frozenset())
    standing = () if childminder else tuple(_standing(day, edition))
    known: dict[object, _Judged] = {}
    found: dict[tuple[str, str, Verdict], Finding] = {}
    rows = []
    start, until = max(leaving.start, day.opening.start), min(leaving.until, day.opening.until)
    for minute in quarters(start, until):
        key, children, present, hours = _what_is_there(day, leaving, edition, minute)
        if key not in known:
            there = tuple(counted[person.key] for person in present if person.key in counted)
            judge = _judge_childminder if childminder else _judge
            known[key] = judge(day, edition, children, present, there, hours)
        judged = known[key]
        bad, close = list(judged.broken), list(judged.tight)
        if children:
            bad += standing
            if too_long and minute + QUARTER > too_long[0]:
                bad.append(too_long[1])
            elif minute in alone and edition.number("nobody-spare"):
                close.insert(0, Broken("nobody-spare", "the assistant is in sole charge"))
        if day.outings:
            bad += broken_outings(day, leaving, edition, counted, minute)
        for verdict, several in ((Verdict.NOT_POSSIBLE, bad), (Verdict.TIGHT, close)):
            for each in several:
                sentence = f"At {said(minute)} {each.sentence}."
                found.setdefault(
                    (each.rule, each.room, verdict), Finding(verdict, minute, each.rule, sentence, each.room)
                )
        verdict = Verdict.NOT_POSSIBLE if bad else Verdict.TIGHT if close else Verdict.POSSIBLE
        rows.append(Quarter(minute, judged.required, judged.required_each, judged.present, judged.rooms, verdict))
    return Answer(
        max((row.verdict for row in rows), default=Verdict.POSSIBLE),
        tuple(rows),
        tuple(found.values()),
        tuple(_not_judged(day)),
        tuple(dict.fromkeys(rule for judged in known.values() for rule in judged.ratios)),
        edition,
    )


_Children = tuple[tuple["Group", "Mapping[Band, int]", bool], ...]


def _what_is_there(
    day: Day, leaving: Leaving, edition: Edition, minute: int
) -> tuple[object, _Children, tuple[Staff, ...], bool]:
    """The children and people of a quarter hour, and what tells it from others: who leaves in it is away for all of it."""
    away = leaving.start < minute + QUARTER and minute < leaving.until
    present = tuple(
        person for person in day.staff if person.there(minute) and not (away and person.key in leaving.people)
    )
    children = []
    for group in day.groups:
        if of := children_at(group, minute):
            meals = day.meals if group.meals is None else group.meals
            children.append((group, of, any(span.start < minute + QUARTER and minute < span.until for span in meals)))
    window = edition.hours("level-6-hours")
    hours = not window or window[0] <= minute < window[1]
    key = (
        tuple(person.key for person in present),
        tuple((group.key, tuple(of.items()), eating) for group, of, eating in children),
        hours,
    )
    return key, tuple(children), present, hours


def _judge(
    day: Day, edition: Edition, children: _Children, present: tuple[Staff, ...], there: tuple[Counted, ...], hours: bool
) -> _Judged:
    moment, found, bad = settled(moment_of(children, present, there, edition, hours), day, edition)
    each = strict(found)
    together = pooled(found) if edition.number("pooled-ratio") else each
    lines = _lines(moment, found)
    if len(there) < together:
        bad.insert(0, _too_few(moment, found, together, edition))
    close = [] if bad or not children else _tight(day, edition, moment, each, lines, children, hours)
    close = [why for why in close if edition.number(why.rule)]
    ratios = tuple(dict.fromkeys(need.rule or "out-of-school-number" for need in found))
    return _Judged(together, each, len(there), lines, tuple(bad), tuple(close), ratios)


def _lines(moment: Moment, found: list[Need]) -> tuple[RoomLine, ...]:
    return tuple(
        RoomLine(room.group.key, strict([need for need in found if need.room == room.group.key]), len(room.staff))
        for room in moment.rooms
    )


def _too_few(moment: Moment, found: list[Need], needed: int, edition: Edition) -> Broken:
    """Too few for all taken together: by the rule of the only age there is, or of all."""
    rules = {need.rule for need in found if need.ratio}
    ratios = ", ".join(dict.fromkeys(f"1:{need.ratio}" for need in found if need.ratio))
    there = children_said(moment.children)
    sentence = f"there {_are(len(moment.counted))} {people_said(len(moment.counted))} for {there}: {needed_said(needed)} ({ratios})"
    if (
        rules & {"ratio-3-plus"}
        and not moment.level_6_hours
        and any(each.level >= Level.SIX for each in moment.counted)
    ):
        start, until = edition.hours("level-6-hours") or (0, 0)
        sentence += f"; 1:{edition.number('ratio-3-plus-level-6')} holds only from {said(start)} to {said(until)}"
    return Broken(rules.pop() if len(rules) == 1 else "pooled-ratio", sentence)


def _tight(
    day: Day,
    edition: Edition,
    moment: Moment,
    each: int,
    lines: tuple[RoomLine, ...],
    children: _Children,
    hours: bool,
) -> list[Broken]:
    """Why it only just holds."""
    why = []
    present = len(moment.counted)
    short = sum(max(0, line.required - line.present) for line in lines)
    if present < each:
        why.append(
            Broken(
                "each-room-by-itself",
                f"there {_are(present)} {people_said(present)}, enough for all children taken together; each age in each room by "
                f"itself needs {each}",
            )
        )
    if each and present == each:
        why.append(Broken("nobody-spare", f"there {_are(present)} {people_said(present)}, and nobody is spare"))
    if present >= each and short > len(moment.free):
        rooms = [
            room.group.called for room, line in zip(moment.rooms, lines, strict=True) if line.required > line.present
        ]
        why.append(
            Broken("each-room-by-itself", f"somebody has to come over from another room to {' and '.join(rooms)}")
        )
    firm = tuple(one for one in moment.counted if one.firm)
    if len(firm) < present:
        soft = {one.person.key for one in moment.counted if not one.firm}
        without = tuple(person for person in moment.present if person.key not in soft)
        _, found, wrong = settled(moment_of(children, without, firm, edition, hours), day, edition)
        if wrong or len(firm) < strict(found):
            names = ", ".join(one.person.called for one in moment.counted if not one.firm)
            why.append(Broken("rests-on-trainee-or-agency", f"it would not hold without {names}"))
    return why


def _judge_childminder(
    day: Day, edition: Edition, children: _Children, present: tuple[Staff, ...], there: tuple[Counted, ...], hours: bool
) -> _Judged:
    moment = moment_of(children, present, there, edition, hours)
    needed, rule = adults_needed(moment.children, day, edition)
    bad = list(first_aid(moment, day, edition)) if children else []
    if len(there) < needed:
        children_there = children_said(moment.children)
        sentence = f"there {_are(len(there))} {people_said(len(there))} for {children_there}: {needed_said(needed)}"
        bad.insert(0, Broken(rule, sentence))
    spare = len(there) > needed or not edition.number("nobody-spare")
    close = [] if bad or not needed or spare else [Broken("nobody-spare", "nobody is spare")]
    return _Judged(needed, needed, len(there), (), tuple(bad), tuple(close), ("childminder-under-8",))


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _standing(day: Day, edition: Edition) -> list[Broken]:
    """What the manager and all staff of a setting hold, whoever is there: where it is said who the manager is."""
    managers = [person for person in day.staff if person.manager]
    if not managers or day.provision != Provision.PVI:
        return []
    levels = {person.key: _own_level(person, day, edition) for person in day.staff}
    found = []
    for manager in managers:
        if edition.number("manager-level-3") and levels[manager.key] < Level.THREE:
            found.append(Broken("manager-level-3", "the manager does not hold Level 3"))
        if _lacks_maths(manager, day.on, edition):
            found.append(Broken("manager-maths", "the manager does not hold Level 2 maths"))
    others = [person for person in day.staff if not person.manager and person.standing == Standing.STAFF]
    qualified = sum(levels[person.key] >= Level.TWO for person in others)
    if qualified < edition.share("setting-others-level-2") * len(others):
        found.append(Broken("setting-others-level-2", "fewer than half of the other staff of the setting hold Level 2"))
    return found


def _own_level(person: Staff, day: Day, edition: Edition) -> int:
    own = replace(person, one_to_one=False)
    good = day.good_or_outstanding
    return counts_as(own, on=day.on, edition=edition, good=good, unqualified=True).level or Level.NONE


def _lacks_maths(manager: Staff, on: date, edition: Edition) -> bool:
    since, appointed = edition.since("manager-maths"), manager.appointed_on
    if not since or not appointed or appointed < since or manager.level_2_maths is not False:
        return False
    return on > months_later(appointed, edition.number("manager-maths-months"))


def _not_judged(day: Day) -> list[str]:
    """What could not be looked at, because nobody said."""
    if day.provision == Provision.CHILDMINDER:
        return []
    notes = []
    if not any(person.manager or person.deputy for person in day.staff):
        notes.append("Nobody is marked as manager or deputy, so we did not look at whether one of them is on site.")
    if any(each.band == Band.OUT_OF_SCHOOL and each.count for group in day.groups for each in group.children):
        notes.append("For children of school age no number is fixed: you decide how many staff are enough.")
    return notes
