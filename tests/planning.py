"""Cohorts planned, for tests: questions for the solver, plans by brute force, and forty settings that agree to be counted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

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

