"""Cohorts planned, for tests: questions for the solver, plans by brute force, and forty settings that agree to be counted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from django.utils import timezone

from bench.plan import let_be_counted, planning_for
from tests.cast import Person
from tests.staffing import colleague_of, usual_day_of
from tests.training import leading, programme_of
from trellis.core.jobs.running import claim, run
from trellis.organisations.models import Membership
from trellis.training.actions import alternatives
from trellis.training.actions import planning as actions
from trellis.training.models import Alternative, Counted, Planning, Search
from trellis.training.rules.plans import (
    Column,
    Going,
    Guest,
    Half,
    Plan,
    Question,
    Sitting,
    Worth,
    options_for,
    worth_of,
)

WHOLE: Sitting = (Half(570, 750, 120), Half(795, 930, 90))
MORNING: Sitting = (Half(570, 750, 120),)
START = date(2027, 3, 4)


def question(guests: list[Guest], says, sittings=(WHOLE,), venues=1, share=80, guided=0) -> Question:
    """A question: `says` is what a setting answers on a day, by the number of the setting and the date."""
    days = tuple(START + timedelta(days=7 * number) for number in range(len(sittings)))
    columns = tuple(
        tuple(
            Column(
                venue,
                tuple(
                    options_for(guest.people, sitting, guest.travel[venue], says(number, day))
                    for number, guest in enumerate(guests)
                ),
            )
            for venue in range(venues)
        )
        for sitting, day in zip(sittings, days, strict=True)
    )
    return Question(tuple(sittings), tuple(guests), days, columns, share, guided)


def every_plan(asked: Question):
    """Each plan that there is, with who reaches the minimum by it."""
    for which in product(*(range(len(columns)) for columns in asked.columns)):
        there = [columns[number] for columns, number in zip(asked.columns, which, strict=True)]
        of_each = [
            [range(len(column.options[guest])) or (None,) for column in there] for guest in range(len(asked.guests))
        ]
        for takes in product(*(product(*choices) for choices in of_each)):
            yield Plan(which, takes, reaching(asked, there, takes))


def reaching(asked: Question, there: list[Column], takes) -> frozenset[tuple[int, int]]:
    """Who reaches the minimum, added up here once more."""
    found = []
    for guest, person in asked.people:
        parts = guided = 0
        for sitting, column, taken in zip(asked.sittings, there, takes[guest], strict=True):
            going: Going = column.options[guest][taken].going if taken is not None else (0,) * len(sitting)
            parts += sum(who >> person & 1 for who in going)
            guided += sum(half.guided for half, who in zip(sitting, going, strict=True) if who >> person & 1)
        all_parts = sum(len(sitting) for sitting in asked.sittings)
        if parts * 100 // all_parts >= asked.least_share and guided >= asked.least_guided:
            found.append((guest, person))
    return frozenset(found)


def best_by_force(asked: Question) -> Worth:
    """The best of all plans."""
    best: Worth | None = None
    for plan in every_plan(asked):
        worth = worth_of(asked, plan)
        best = worth if worth.better_than(best) else best
    assert best
    return best


def planning_of(owner: Person) -> Planning:
    """A cohort that a person’s centre plans; of who belongs to a setting, the one in which it is counted."""
    if owner.organisation.kind == "setting":
        return counted_of(owner).planning
    lead = owner if owner.organisation.kind == "centre" else _mei()
    there = Planning.objects.filter(centre=lead.organisation).first()
    return there or planning_for(programme_of(lead), leading(lead).acting, timezone.localdate())


def counted_of(owner: Person) -> Counted:
    """The agreement of a person’s setting to be counted for what Mei’s centre plans in its authority."""
    authority = owner.organisation.authority
    assert authority
    lead = _mei()
    programme = programme_of(lead)
    programme.authorities.set([authority])
    planning = Planning.objects.filter(authority=authority).first()
    planning = planning or planning_for(programme, lead.acting, timezone.localdate())
    usual_day_of(owner)
    there = Counted.objects.filter(planning=planning, setting=owner.organisation).live().first()
    return there or actions.be_counted(
        planning=planning, people=[colleague_of(owner)], travel=20, name_told=True, by=owner.acting
    )


def searched(planning: Planning, lead: Person, many: int = 5, *, unnamed: int = 0) -> Search:
    """A planning with so many settings more that are counted, and its alternatives."""
    let_be_counted(planning, many, unnamed=unnamed)
    actions.move_planning(planning=planning, to="counted", by=lead.acting)
    search = alternatives.ask_for_alternatives(planning=planning, by=lead.acting)
    run_jobs()
    search.refresh_from_db()
    return search


def alternative_of(owner: Person) -> Alternative:
    """An alternative of what a person’s centre plans, found already."""
    lead = leading(owner) if owner.organisation.kind == "centre" else _mei()
    planning = planning_of(lead)
    there = Alternative.objects.filter(search__planning=planning).first()
    if there:
        return there
    asked = Search.objects.create(
        planning=planning, number=1, many=9, unnamed=5, people=11, asked_by=lead.user, finished_at=timezone.now()
    )
    days = [[(planning.first_from + timedelta(days=7 * number)).isoformat(), number % 2] for number in range(12)]
    Planning.objects.filter(pk=planning.pk).update(status="counted")
    found = {"can_come": 9, "tight_people": 2, "cannot": 2, "tight_days": 6, "travel": 900}
    return Alternative.objects.create(
        search=asked, weekday=3, cadence="weekly", shape="whole", days=days, most_people=10, fewest_tight=2, **found
    )


def _mei() -> Person:
    found = Membership.objects.get(user__name="Mei Castellano")
    return Person(found.user, found, found.acting())


def run_jobs() -> None:
    """Let a worker do what was asked for."""
    while job := claim("a test", at=timezone.now()):
        run(job)
