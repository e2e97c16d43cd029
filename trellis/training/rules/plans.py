"""Who of each setting could go on which day, and what a plan for a cohort comes to: who reaches the minimum, tight days, travel.

The solver looks for plans; what a plan is, and what it is worth, is said here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

TIGHT, NOT_POSSIBLE = 1, 2
"""What a setting answers besides 0, possible: as `staffing` counts it."""
MOST_OF_A_SETTING = 2

Away = tuple["tuple[int, int] | None", ...]
"""For each person of a setting from when to when they would be away, in minutes after midnight; None for who stays."""
Going = tuple[int, ...]
"""For each part of a day who goes: a bit for each person of the setting."""


@dataclass(frozen=True, slots=True)
class Half:
    """A part of a session: from when to when, in minutes after midnight, and how many of them are guided."""

    starts: int
    ends: int
    guided: int


Sitting = tuple[Half, ...]
"""A session: its parts in order."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A setting that is counted: how many of its people would go, and how many minutes it is to each venue."""

    key: str
    people: int
    travel: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Who of a setting can go on a day, and whether that is tight for it."""

    going: Going
    tight: bool


def away_when(going: Going, sitting: Sitting, people: int, travel: int) -> Away:
    """From when to when each would be away: with the way there and back, and at lunch when both parts are theirs.

    >>> day = (Half(570, 750, 120), Half(795, 930, 90))
    >>> away_when((1, 1), day, 1, 20), away_when((1, 2), day, 2, 0)
    (((550, 950),), ((570, 750), (795, 930)))
    """
    found: list[tuple[int, int] | None] = []
    for person in range(people):
        theirs = [half for half, who in zip(sitting, going, strict=True) if who >> person & 1]
        found.append((max(0, theirs[0].starts - travel), min(1440, theirs[-1].ends + travel)) if theirs else None)
    return tuple(found)


def options_for(people: int, sitting: Sitting, travel: int, answer: Callable[[Away], int]) -> tuple[Option, ...]:
    """Who can go on a day. Of what is possible, what nobody can be added to: whoever comes, comes whenever they can.

    `answer` is what the setting’s week says to some of its people being away.

    >>> day = (Half(570, 750, 120), Half(795, 930, 90))
    >>> options_for(1, day, 20, lambda away: 0)
    (Option(going=(1, 1), tight=False),)
    >>> only_one = lambda away: 2 if None not in away else 1
    >>> [option.going for option in options_for(2, day, 0, only_one)]
    [(1, 1), (2, 2)]
    """
    everybody = range(1 << people)
    can: dict[Going, bool] = {}
    for going in sorted(product(everybody, repeat=len(sitting)), key=lambda going: -_count(going)):
        if not any(going):
            continue
        found = answer(away_when(going, sitting, people, travel))
        if found < NOT_POSSIBLE and not any(_within(going, more) for more in can):
            can[going] = found == TIGHT
    return tuple(Option(going, can[going]) for going in sorted(can))


def _count(going: Going) -> int:
    return sum(who.bit_count() for who in going)


def _within(going: Going, more: Going) -> bool:
    return all(who & also == who for who, also in zip(going, more, strict=True))


@dataclass(frozen=True, slots=True)
class Column:
    """A session on one day at one venue, and who of each setting can go then."""

    venue: int
    options: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True)
class Question:
    """What is asked: sessions on their days, for each of them the venues that it can be at, and who could go then."""

    sittings: tuple[Sitting, ...]
    guests: tuple[Guest, ...]
    days: tuple[date, ...]
    columns: tuple[tuple[Column, ...], ...]
    least_share: int
    least_guided: int

    @property
    def least_parts(self) -> int:
        """How many parts somebody has to attend: their share of all, rounded up."""
        return -(-sum(len(sitting) for sitting in self.sittings) * self.least_share // 100)

    @property
    def people(self) -> list[tuple[int, int]]:
        """Everybody: the number of their setting, and theirs in it."""
        return [(number, person) for number, guest in enumerate(self.guests) for person in range(guest.people)]

    def had(self, sitting: int, option: Option, person: int) -> tuple[int, int]:
        """What somebody has of a session when a setting chooses an option: parts, and guided minutes."""
        theirs = [half for half, who in zip(self.sittings[sitting], option.going, strict=True) if who >> person & 1]
        return len(theirs), sum(half.guided for half in theirs)


class Plan(NamedTuple):
    """At which venue each session is, which option each setting takes on each day, and who reaches the minimum."""

    columns: tuple[int, ...]
    """For each session, which of its columns."""
    takes: tuple[tuple[int | None, ...], ...]
    """For each setting and each session, which of the options there; None where there is none."""
    comes: frozenset[tuple[int, int]]
    """Who reaches the minimum."""


class Worth(NamedTuple):
    """What a plan comes to: people who reach the minimum, days on which that is tight for their setting, minutes of travel."""

    people: int
    tight: int
    travel: int

    def better_than(self, other: Worth | None) -> bool:
        """Whether more can come; of as many, with fewer tight days; of as few, with less travel.

        >>> Worth(3, 9, 9).better_than(Worth(2, 0, 0)), Worth(3, 2, 0).better_than(Worth(3, 1, 9))
        (True, False)
        """
        return other is None or (-self.people, self.tight, self.travel) < (-other.people, other.tight, other.travel)


def worth_of(question: Question, plan: Plan) -> Worth:
    """What a plan comes to."""
    columns = chosen(question, plan)
    coming = {guest for guest, _ in plan.comes}
    tight = sum(
        column.options[guest][taken].tight
        for guest in coming
        for column, taken in zip(columns, plan.takes[guest], strict=True)
        if taken is not None
    )
    travel = sum(2 * question.guests[guest].travel[column.venue] for guest, _ in plan.comes for column in columns)
    return Worth(len(plan.comes), tight, travel)


def tight_for(question: Question, plan: Plan) -> frozenset[int]:
    """The settings for which a plan is tight on some day."""
    columns = chosen(question, plan)
    return frozenset(
        guest
        for guest in {guest for guest, _ in plan.comes}
        for column, taken in zip(columns, plan.takes[guest], strict=True)
        if taken is not None and column.options[guest][taken].tight
    )


def chosen(question: Question, plan: Plan) -> list[Column]:
    """The sessions of a plan, each on its day at its venue."""
    return [columns[number] for columns, number in zip(question.columns, plan.columns, strict=True)]


def had_by(question: Question, plan: Plan) -> dict[tuple[int, int], tuple[int, int]]:
    """What everybody has of a cohort by a plan: parts, and guided minutes."""
    columns, found = chosen(question, plan), {}
    for guest, person in question.people:
        had = [
            question.had(number, column.options[guest][taken], person)
            for number, (column, taken) in enumerate(zip(columns, plan.takes[guest], strict=True))
            if taken is not None
        ]
        found[guest, person] = sum(parts for parts, _ in had), sum(guided for _, guided in had)
    return found


def with_who_reaches(question: Question, plan: Plan) -> Plan:
    """A plan with everybody in it who reaches the minimum by it."""
    least = question.least_parts, question.least_guided
    reach = [each for each, had in had_by(question, plan).items() if had[0] >= least[0] and had[1] >= least[1]]
    return plan._replace(comes=frozenset(reach))


def why_not_plan(question: Question, plan: Plan) -> str | None:
    """What of a plan breaks a rule; None when it keeps all of them."""
    for guest, takes in enumerate(plan.takes):
        for column, taken in zip(chosen(question, plan), takes, strict=True):
            options = column.options[guest]
            if (taken is None) == bool(options) or (taken is not None and taken >= len(options)):
                return "Somebody goes who cannot, or stays who could go"
    if plan.comes - with_who_reaches(question, plan).comes:
        return "Somebody is counted who does not reach the minimum"
    return None


def most_that_could(question: Question) -> int:
    """How many people could reach the minimum at most: each with the best venue for them, and nobody else in their way."""
    return sum(_could(question, guest, person) for guest, person in question.people)


def _could(question: Question, guest: int, person: int) -> bool:
    parts = guided = 0
    for number, columns in enumerate(question.columns):
        had = [question.had(number, option, person) for column in columns for option in column.options[guest]]
        parts += max((each[0] for each in had), default=0)
        guided += max((each[1] for each in had), default=0)
    return parts >= question.least_parts and guided >= question.least_guided
