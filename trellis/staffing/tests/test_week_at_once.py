"""Two people change a setting’s week at the same moment: one waits for the other, and is told what is gone by then."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.staffing import MONDAY, OPEN, TODAY, colleague_of, room_of, usual_day_of
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.staffing.actions.colleagues import remove_colleague
from trellis.staffing.actions.days import change_day, off_all_day
from trellis.staffing.actions.rooms import remove_room
from trellis.staffing.actions.week import plan_day
from trellis.staffing.actions.week_file import take_week_file
from trellis.staffing.files import read_week_file
from trellis.staffing.models import ChangeKind, Colleague, DayChange, Room
from trellis.staffing.reading import plan_of, week_of
from trellis.staffing.rules.weeks import CHANGED, Plan

pytestmark = pytest.mark.django_db
FILE = "What,Day,Name,Room,Level\nperson,,Ines,,2\nworks,Monday,Ines,Bees,\n"
DOING = {
    "a file": lambda by, ines, bees: take_week_file(
        file=read_week_file(FILE, week_of(by)), seen=week_of(by).seen, by=by
    ),
    "a change": lambda by, ines, bees: change_day(on=MONDAY, today=TODAY, kind=ChangeKind.TRIP, room=bees, by=by),
    "off": lambda by, ines, bees: off_all_day(colleague=ines, on=MONDAY, today=TODAY, by=by),
    "a plan": lambda by, ines, bees: plan_day(weekday=1, plan=Plan(OPEN), version=0, by=by),
    "no room": lambda by, ines, bees: remove_room(room=bees, by=by),
    "nobody": lambda by, ines, bees: remove_colleague(colleague=ines, by=by),
}


@pytest.mark.parametrize("doing", DOING)
def test_the_setting_is_held_before_anything_is_written_or_looked_at_again(cast, doing):
    usual_day_of(cast.amara)
    ines, bees = Colleague.objects.get(), Room.objects.get()
    with CaptureQueriesContext(connection) as queries:
        DOING[doing](cast.amara.acting, ines, bees)
    asked = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    held = next(number for number, sql in enumerate(asked) if sql.startswith("UPDATE"))
    assert asked[held].startswith('UPDATE "organisations_organisation"')
    assert held == 0 or doing == "a file", "the week against which a file is read is asked for before"


def test_what_is_gone_meanwhile_is_told(cast):
    by, plan = cast.amara.acting, plan_of(usual_day_of(cast.amara))
    ines, bees = Colleague.objects.get(), Room.objects.get()
    week = week_of(by)
    file = read_week_file(FILE, week)
    for _ in range(2):
        remove_colleague(colleague=Colleague(pk=ines.pk, organisation_id=ines.organisation_id), by=by)
        remove_room(room=Room(pk=bees.pk, organisation_id=bees.organisation_id, name="Bees"), by=by)
    assert AuditEvent.objects.filter(verb__endswith=".removed").count() == 2
    for late in (
        lambda: change_day(on=MONDAY, today=TODAY, kind=ChangeKind.TRIP, room=bees, by=by),
        lambda: off_all_day(colleague=ines, on=MONDAY, today=TODAY, by=by),
        lambda: plan_day(weekday=0, plan=plan, version=1, by=by),
        lambda: take_week_file(file=file, seen=week.seen, by=by),
    ):
        with pytest.raises(Refused, match=CHANGED):
            late()
    assert not DayChange.objects.exists()


def test_a_room_that_is_gone_is_missed_in_a_file_too(cast):
    by = cast.amara.acting
    usual_day_of(cast.amara)
    week = week_of(by)
    file = read_week_file("What,Day,Name,Room\nworks,Monday,Ines,Moon\nroom,,,Moon\n", week)
    remove_room(room=room_of(cast.amara), by=by)
    with pytest.raises(Refused, match=CHANGED):
        take_week_file(file=file, seen=week.seen, by=by)
    assert colleague_of(cast.amara).version == 1
