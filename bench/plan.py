"""Settings with weeks that agreed to be counted, written in bulk; what planning a cohort with them costs: `python -m bench.plan PERSON SETTINGS`.

Prints the figures as JSON. In processor seconds, because a busy machine would say something of others.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from time import process_time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority, Organisation
    from trellis.staffing.models import Colleague
    from trellis.training.models import Planning, Programme

OPEN = (8 * 60, 18 * 60)
EVERY_DAY = list(range(5))
LONG = timedelta(days=2000)
POSSIBLE, TIGHT, NOT_POSSIBLE = range(3)


def answer_on(number: int, weekday: int) -> int:
    """What a setting replies on a weekday to one of its people being away: Thursdays suit most, and some nobody."""
    if number % 13 == 12:
        return NOT_POSSIBLE
    if weekday == 3:
        return TIGHT if number % 5 == 4 else POSSIBLE
    return (POSSIBLE, TIGHT, NOT_POSSIBLE, POSSIBLE, NOT_POSSIBLE)[(number * 3 + weekday * 2) % 5]


def settings_with_weeks(
    authority: LocalAuthority, many: int, changed_by: Any
) -> list[tuple[Organisation, list[Colleague]]]:
    """So many settings with a room of ten twos; three of four would send one person, the others two. Nine queries."""
    from trellis.organisations.models import Organisation, SettingKind
    from trellis.staffing.models import ChildrenExpected, Colleague, ColleagueHours, Room, UsualDay

    starts, until = OPEN
    settings = [
        Organisation(
            name=f"Counted Setting {number + 1}",
            kind="setting",
            setting_kind=SettingKind.SESSIONAL,
            sector="pvi",
            authority=authority,
        )
        for number in range(many)
    ]
    Organisation.objects.bulk_create(settings)
    rooms, colleagues, days, children, hours, going = [], [], [], [], [], []
    for number, setting in enumerate(settings):
        room = Room(organisation=setting, name="Bees")
        rooms.append(room)
        held = {"first_aid_until": date(2026, 1, 1) + LONG, "organisation": setting}
        first, second, third, fourth = (
            Colleague(name=name, level=level, **held) for name, level in (("Ada", 3), ("Bo", 3), ("Cy", 2), ("Dee", 3))
        )
        colleagues += [first, second, third, fourth]
        going.append((setting, [first, second] if number % 4 == 0 else [first]))
        for weekday in EVERY_DAY:
            day = UsualDay(organisation=setting, weekday=weekday, opens=starts, closes=until, changed_by=changed_by)
            days.append(day)
            children.append(ChildrenExpected(day=day, room=room, band="two", count=10, starts=starts, until=until))
            there = {POSSIBLE: [first, second, third, fourth], TIGHT: [first, second, third]}
            hours += [
                ColleagueHours(day=day, colleague=each, room=room, starts=starts, until=until)
                for each in there.get(answer_on(number, weekday), [first, second])
            ]
    for kind, rows in (
        (Room, rooms), (Colleague, colleagues), (UsualDay, days), (ChildrenExpected, children), (ColleagueHours, hours),
    ):  # fmt: skip
        kind.objects.bulk_create(rows)  # type: ignore[attr-defined]
    return going


def let_be_counted(planning: Planning, many: int, *, unnamed: int = 0) -> None:
    """So many settings of the authority agree to be counted; the first of them without their name."""
    from trellis.training.models import Counted

    going = settings_with_weeks(planning.authority, many, planning.made_by)
    agreed = [
        Counted(
            planning=planning,
            setting=setting,
            would_go=len(people),
            travel=10 + number % 4 * 10,
            other_travel=10 + number % 3 * 15,
            name_told=number >= unnamed,
            agreed_by=planning.made_by,
        )
        for number, (setting, people) in enumerate(going)
    ]
    Counted.objects.bulk_create(agreed)
    through = Counted.people.through
    through.objects.bulk_create(
        through(counted=each, colleague=person)
        for each, (_, people) in zip(agreed, going, strict=True)
        for person in people
    )


def planning_for(programme: Programme, by: Acting, today: date) -> Planning:
    """A cohort in any weekday, weekly or every two weeks, whole days, with two venues."""
    from trellis.training.actions import planning as actions

    begin = today + timedelta(days=28)
    said = actions.PlanningSaid(
        title="Planned cohort",
        authority=programme.authorities.order_by("code")[0],
        template="senco-award-12-days",
        cadences=["weekly", "fortnightly"],
        shapes=["whole"],
        first_from=begin,
        first_until=begin + timedelta(days=27),
        over_by=begin + timedelta(days=330),
        weekdays=EVERY_DAY,
        not_on=[],
        venue="The library",
        venue_weekdays=EVERY_DAY,
        venue_not_on=[],
        other_venue="The town hall",
        other_venue_weekdays=[1, 3],
        other_venue_not_on=[],
    )
    return actions.make_planning(programme=programme, said=said, by=by)


def measure(name: str, many: int) -> dict[str, float]:
    """What it costs: the replies of all settings to all sessions of a cohort, the first answers, all of them."""
    from django.utils import timezone

    from trellis.organisations.models import Membership
    from trellis.training.cohort_templates import cohort_templates
    from trellis.training.models import Programme
    from trellis.training.planning import counting, look, questions_of, sittings_of, when_of
    from trellis.training.rules.patterns import beginnings, patterns_of

    lead = Membership.objects.get(user__name=name).acting()
    programme = Programme.objects.filter(centre=lead.organisation_id).order_by("made_at")[0]
    planning = planning_for(programme, lead, timezone.localdate())
    let_be_counted(planning, many)
    begun = process_time()
    counted = counting(planning)
    sittings = sittings_of(cohort_templates()[planning.template])
    days = beginnings(patterns_of([3], ["weekly"], ["whole"])[0], when_of(planning), len(sittings))[0]
    for guest, replies in zip(counted.guests, counted.replies, strict=True):
        for on, sitting in zip(days, sittings, strict=True):
            span = (sitting[0].starts - guest.travel[0], sitting[-1].ends + guest.travel[0])
            replies.reply(on, (span,) * guest.people)
    found = {"replies": process_time() - begun}
    begun = process_time()
    questions = questions_of(planning, counting(planning))
    best = 0
    for step in look(questions):
        best = max(best, step.looking.best[1].worth.people)
        if step.done == len(questions):
            found["first"] = process_time() - begun
    return found | {
        "all": process_time() - begun,
        "people": best,
        "patterns": len(questions),
        "counted": counted.people,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
