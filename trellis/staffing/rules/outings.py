"""Whether an outing holds at a moment: first aid goes along, and there are enough staff for the children who are out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.staffing.rules.childminding import adults_needed
from trellis.staffing.rules.conditions import Broken
from trellis.staffing.rules.days import QUARTER, Provision, children_said, needed_said, people_said
from trellis.staffing.rules.moments import Counted, children_at, moment_of
from trellis.staffing.rules.needs import needs, pooled
from trellis.staffing.rules.people import has_first_aid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trellis.staffing.rules.days import Day, Leaving, Outing
    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.people import Staff


def broken_outings(
    day: Day, leaving: Leaving, edition: Edition, counted: Mapping[str, Counted], minute: int
) -> Iterator[Broken]:
    """What does not hold of those who are out at a minute, without whoever would be away."""
    away = leaving.people if leaving.start < minute + QUARTER and minute < leaving.until else ()
    for outing in day.outings:
        if outing.span.holds(minute):
            people = tuple(person for person in outing.people if person.there(minute) and person.key not in away)
            yield from _broken(outing, people, day, edition, counted, minute)


def _broken(
    outing: Outing, people: tuple[Staff, ...], day: Day, edition: Edition, counted: Mapping[str, Counted], minute: int
) -> Iterator[Broken]:
    children, room = children_at(outing.group, minute), outing.group.called
    if not children:
        return
    there = tuple(counted[person.key] for person in people if person.key in counted)
    moment = moment_of(((outing.group, children, False),), people, there, edition, level_6_hours=False)
    if day.provision == Provision.CHILDMINDER:
        needed, rule = adults_needed(children, day, edition)
    else:
        found = needs(moment, day, edition)
        needed, rule = pooled(found), next((need.rule for need in found if need.ratio), "")
    if len(there) < needed:
        are = "is" if len(there) == 1 else "are"
        sentence = (
            f"{people_said(len(there))} {are} out with {room} for {children_said(children)}: {needed_said(needed)}"
        )
        yield Broken(rule, sentence, outing.group.key)
    if sum(has_first_aid(person, day.on) for person in people) < edition.number("outing-first-aid"):
        sentence = f"nobody who is out with {room} has a current paediatric first aid certificate"
        yield Broken("outing-first-aid", sentence, outing.group.key)
