"""Rooms, and what a setting says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.actions.versions import add_named, change_named, said_otherwise, save_once, take_version
from trellis.staffing.models import ChildrenExpected, ColleagueHours, DayChange, OwnRules, Room
from trellis.staffing.rules.weeks import MOST_ROOMS

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

ALREADY = "There is a room with this name already"
SAID_ALREADY = "Somebody else has just said this. Look at it again"


@transaction.atomic
def add_room(*, name: str, most_reach_five: bool = False, by: Acting) -> Room:
    """Write down a room. Raises `Refused` with the reason."""
    room = Room(organisation_id=by.organisation_id, name=name, most_reach_five=most_reach_five)
    add_named(room, MOST_ROOMS, "rooms", ALREADY)
    record(by=by, verb="room.added", subject=room, change={"name": room.name})
    return room


@transaction.atomic
def change_room(*, room: Room, version: int, by: Acting, **said: Any) -> Room:
    """Say something else of a room. Raises `Refused` with the reason."""
    if change := change_named(room, version, ALREADY, said):
        record(by=by, verb="room.changed", subject=room, change=change)
    return room


@transaction.atomic
def remove_room(*, room: Room, by: Acting) -> None:
    """Take a room out, with the children expected there. Who works there is then wherever needed."""
    hold_organisation(room.organisation_id)
    if not Room.objects.filter(pk=room.pk).exists():  # somebody else has just taken it out
        return
    ChildrenExpected.objects.filter(room=room).delete()
    ColleagueHours.objects.filter(room=room).update(room=None)
    DayChange.objects.filter(room=room).delete()
    record(by=by, verb="room.removed", subject=room, change={"name": room.name})
    room.delete()


@transaction.atomic
def say_own_rules(*, own: OwnRules, version: int, by: Acting, **said: Any) -> OwnRules:
    """Say what a setting keeps to: the first time or again. Raises `Refused` when somebody else was faster."""
    change = said_otherwise(own, said)
    if version and not change:
        return own
    if version:
        take_version(own, version)
        own.save()
    else:
        own.version = 1
        save_once(own, SAID_ALREADY, force_insert=True)
    record(by=by, verb="own_rules.said", subject=own, change=change)
    return own
