"""Childminders: how many children to each adult, and an assistant who is left in sole charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.staffing.rules.conditions import Broken
from trellis.staffing.rules.days import Band, Day, Leaving, children_said, said
from trellis.staffing.rules.moments import Counted, children_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.people import Staff

YOUNG = (Band.UNDER_1, Band.ONE, Band.TWO, Band.THREE_PLUS)
LIMITS: tuple[tuple[str, tuple[Band, ...]], ...] = (
    ("childminder-under-1", (Band.UNDER_1,)),
    ("childminder-young", YOUNG),
    ("childminder-under-8", tuple(Band)),
)


def adults_needed(children: Mapping[Band, int], day: Day, edition: Edition) -> tuple[int, str]:
    """How many childminders and assistants the children need, and by which rule."""
    needed, by = 0, "childminder-under-8"
    for rule, bands in LIMITS:
        count = sum(children.get(band, 0) for band in bands)
        if bands is YOUNG:
            count = max(0, count - day.young_by_exception)
        own = -(-count // edition.number(rule))
        if own > needed:
            needed, by = own, rule
    return needed, by


def left_alone(
    day: Day, leaving: Leaving, counted: Mapping[str, Counted], edition: Edition
) -> tuple[tuple[int, Broken] | None, frozenset[int]]:
    """The first minute at which an assistant has been left alone too long, and the minutes without a childminder."""
    helpers = [person for person in day.staff if not person.childminder and person.key in counted]
    minders = [person for person in day.staff if person.childminder and person.key in counted]
    most = edition.number("assistant-alone-minutes")
    alone: list[int] = []
    first: tuple[int, Broken] | None = None
    for minute in range(day.opening.start, day.opening.until):
        here = [person for person in (*minders, *helpers) if _here(person, minute, leaving)]
        if not here or here[0].childminder:
            continue
        children = {band: n for group in day.groups for band, n in children_at(group, minute).items()}
        if not children:
            continue
        alone.append(minute)
        if first:
            continue
        if edition.number("assistant-alone-permission") and not day.sole_charge_permitted:
            first = (
                minute,
                Broken(
                    "assistant-alone-permission",
                    f"{children_said(children)} would be in an assistant’s sole charge, which parents have not permitted",
                ),
            )
        elif len(alone) > most:
            first = (
                minute,
                Broken(
                    "assistant-alone-minutes",
                    f"the assistant has been in sole charge for {most // 60} hours, since {said(alone[0])}",
                ),
            )
    return first, frozenset(alone)


def _here(person: Staff, minute: int, leaving: Leaving) -> bool:
    return person.there(minute) and not (person.key in leaving.people and leaving.away(minute))
