"""A week from a file: rooms and people that are new, what is otherwise of others, and weekdays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.refusal import refuse
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.actions.colleagues import add_colleague, change_colleague
from trellis.staffing.actions.rooms import add_room
from trellis.staffing.actions.week import plan_day
from trellis.staffing.models import Colleague, Room, UsualDay
from trellis.staffing.reading import week_of
from trellis.staffing.rules.week_file import named
from trellis.staffing.rules.weeks import CHANGED

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.staffing.rules.week_file import WeekFile


@transaction.atomic
def take_week_file(*, file: WeekFile, seen: str, by: Acting) -> None:
    """Write down everything that a file says and that is otherwise here. Raises `Refused` with the reason.

    `seen` is the week beside which somebody looked at the file: what was changed since is not written over.
    """
    hold_organisation(by.organisation_id)
    refuse(None if week_of(by).seen == seen else CHANGED)
    for name in file.rooms:
        add_room(name=name, by=by)
    people = {each.name: each for each in Colleague.objects.filter(organisation_id=by.organisation_id)}
    for name, said in file.people.items():
        if name in people:
            change_colleague(colleague=people[name], version=people[name].version, by=by, **said)
        else:
            people[name] = add_colleague(name=name, by=by, **said)
    rooms = {each.name: str(each.pk) for each in Room.objects.filter(organisation_id=by.organisation_id)}
    keys = {name: str(each.pk) for name, each in people.items()}
    known = dict(UsualDay.objects.filter(organisation_id=by.organisation_id).values_list("weekday", "version"))
    for weekday, plan in file.days.items():
        plan_day(weekday=weekday, plan=named(plan, rooms, keys), version=known.get(weekday, 0), by=by)
