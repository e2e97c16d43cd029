"""A cohort that is being planned, read as questions for the solver; and in which order these are asked.

Of the settings it knows what they reply, and which agreement each reply belongs to. It shows nothing to anybody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from trellis.staffing.replying import replies_of
from trellis.training.cohort_templates import cohort_templates, in_half_days
from trellis.training.models import ClosedDay, Counted
from trellis.training.models.planning import free
from trellis.training.rules.minutes import after_midnight
from trellis.training.rules.patterns import When, beginnings, patterns_of
from trellis.training.rules.plans import Column, Guest, Half, Question, Worth, most_that_could, options_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from trellis.staffing.replying import Replies
    from trellis.training.cohort_templates import CohortTemplate
    from trellis.training.models import Planning
    from trellis.training.rules.patterns import Pattern
    from trellis.training.rules.plans import Sitting
    from trellis.training.solving import Found


@dataclass(frozen=True)
class Counting:
    """Who is counted: each agreement, as a guest, and what the setting replies."""

    agreements: list[Counted]
    guests: tuple[Guest, ...]
    replies: list[Replies]

    @property
    def people(self) -> int:
        """How many people would go."""
        return sum(guest.people for guest in self.guests)


def who_is_counted(planning: Planning) -> list[Counted]:
    """The agreements that stand, always in the same order: without those of which somebody has left since.

    Two searches with one person more or less would say what that one answered.
    """
    found = Counted.objects.filter(planning=planning).live().prefetch_related("people").order_by("setting", "pk")
    return [each for each in found if each.stands]


def counting(planning: Planning) -> Counting:
    """The weeks of all settings that are counted: as many queries for many as for one."""
    agreements = who_is_counted(planning)
    keys = {each.setting_id: sorted(str(person.pk) for person in each.people.all()) for each in agreements}
    replies = replies_of(keys, planning.first_from, planning.over_by)
    two = bool(planning.other_venue)
    guests = tuple(
        Guest(str(each.pk), len(keys[each.setting_id]), (each.travel, *([each.other_travel] if two else [])))
        for each in agreements
    )
    return Counting(agreements, guests, [replies[each.setting_id] for each in agreements])


def sittings_of(template: CohortTemplate) -> tuple[Sitting, ...]:
    """The sessions of a template as the planner counts them."""
    return tuple(
        tuple(Half(after_midnight(part.starts), after_midnight(part.ends), part.guided) for part in session.parts)
        for session in template.sessions
    )


def when_of(planning: Planning) -> When:
    """When a cohort can be held: without the closed days of England, of the authority and of the centre."""
    closed = ClosedDay.objects.of(planning.authority_id, planning.centre_id).days(planning.first_from)
    trainers = free(planning.weekdays, planning.not_on)
    venues = tuple(planning.venues_free)
    return When(planning.first_from, planning.first_until, planning.over_by, closed, trainers, venues)


def questions_of(planning: Planning, counted: Counting) -> dict[Pattern, list[Question]]:
    """For each pattern in which the cohort can be held, a question for each beginning that differs in more than its days."""
    when, programme = when_of(planning), planning.programme
    least = programme.minimum_attendance, programme.minimum_guided_minutes
    can_go = _WhoCanGo(counted)
    found: dict[Pattern, list[Question]] = {}
    for pattern in patterns_of(planning.weekdays, planning.cadences, planning.shapes):
        sittings = sittings_of(in_half_days(cohort_templates()[planning.template], pattern.shape))
        different: dict[Any, Question] = {}
        for days in beginnings(pattern, when, len(sittings)):
            columns = tuple(
                tuple(can_go.column(day, venue, sitting) for venue in when.venues_on(day))
                for day, sitting in zip(days, sittings, strict=True)
            )
            different.setdefault(columns, Question(sittings, counted.guests, days, columns, *least))
        if different:
            found[pattern] = list(different.values())
    return found


class _WhoCanGo:
    """Who of each setting can go on a day to a venue; what is the same on other days is worked out once."""

    def __init__(self, counted: Counting) -> None:
        self.counted = counted
        self._columns: dict[Any, Column] = {}
        self._options: dict[Any, Any] = {}

    def column(self, day: date, venue: int, sitting: Sitting) -> Column:
        times = tuple((half.starts, half.ends) for half in sitting)
        key = (day, venue, times)
        if key not in self._columns:
            options = tuple(self._of(number, day, venue, sitting, times) for number in range(len(self.counted.guests)))
            self._columns[key] = Column(venue, options)
        return self._columns[key]

    def _of(self, number: int, day: date, venue: int, sitting: Sitting, times: Any) -> Any:
        guest, replies = self.counted.guests[number], self.counted.replies[number]
        travel = guest.travel[venue]
        key = (number, replies.alike(day), travel, times)
        if key not in self._options:
            self._options[key] = options_for(guest.people, sitting, travel, lambda away: int(replies.reply(day, away)))
        return self._options[key]


def digest_of(questions: dict[Pattern, list[Question]]) -> str:
    """What tells whether the same was asked: not what."""
    return sha256(repr(sorted(questions.items())).encode()).hexdigest()


@dataclass
class Looking:
    """How far it is with one pattern: what was found for each of its beginnings, and what those could come to at most."""

    questions: Sequence[Question]
    most: list[int]
    found: dict[int, Found] = field(default_factory=dict)

    @property
    def best(self) -> tuple[Question, Found]:
        """The best so far: of those as good, the one that begins first."""
        which = min(
            self.found, key=lambda each: (-(worth := self.found[each].worth).people, worth.tight, worth.travel, each)
        )
        return self.questions[which], self.found[which]

    @property
    def most_people(self) -> int:
        """No beginning lets more people come."""
        return max(self._most(which) for which in range(len(self.questions)))

    @property
    def fewest_tight(self) -> int:
        """No beginning with as many people has fewer tight days."""
        people = self.best[1].worth.people
        could = [which for which in range(len(self.questions)) if self._most(which) >= people]
        fewest = min((self.found[which].fewest_tight if which in self.found else 0 for which in could), default=0)
        return min(fewest, self.best[1].worth.tight)

    @property
    def proven(self) -> bool:
        """Whether nothing is better: the other beginnings were looked at, or cannot let as many come."""
        people = self.best[1].worth.people
        return all(
            self.found[which].proven if which in self.found else self._most(which) < people
            for which in range(len(self.questions))
        )

    def could_be_better(self, which: int) -> bool:
        """Whether it is worth looking at a beginning."""
        return which not in self.found and (not self.found or self._most(which) >= self.best[1].worth.people)

    def _most(self, which: int) -> int:
        return self.found[which].most_people if which in self.found else self.most[which]


@dataclass(frozen=True)
class Step:
    """One more beginning was looked at: of which pattern, and how far it is with it and in all."""

    pattern: Pattern
    looking: Looking
    better: bool
    done: int
    total: int


def look(questions: dict[Pattern, list[Question]]) -> Iterator[Step]:
    """Ask one question after the other: first of every pattern the beginning that promises most, then the others.

    So every pattern has an answer soon, and better ones come. The order follows from the questions alone.
    """
    # The solver is tens of megabytes, and only the worker that looks for alternatives needs it.
    from trellis.training.solving import solve

    all_of = {
        pattern: Looking(asked, [most_that_could(each) for each in asked]) for pattern, asked in questions.items()
    }
    total = sum(len(asked) for asked in questions.values())
    rounds: dict[int, list[tuple[int, Pattern, int]]] = defaultdict(list)
    for pattern, looking in all_of.items():
        order = sorted(range(len(looking.questions)), key=lambda which: (-looking.most[which], which))
        for number, which in enumerate(order):
            rounds[min(number, 1)].append((-looking.most[which], pattern, which))
    for done, (_, pattern, which) in enumerate([*sorted(rounds[0]), *sorted(rounds[1])], start=1):
        looking = all_of[pattern]
        before: Worth | None = looking.best[1].worth if looking.found else None
        if looking.could_be_better(which) and (found := solve(looking.questions[which])):
            looking.found[which] = found
        if looking.found:
            yield Step(pattern, looking, looking.best[1].worth.better_than(before), done, total)


def left_out_of(found: Found, counted: Counting) -> list[UUID]:
    """The agreements of the settings of which somebody cannot reach the minimum."""
    coming: dict[int, int] = defaultdict(int)
    for guest, _ in found.plan.comes:
        coming[guest] += 1
    return [each.pk for number, each in enumerate(counted.agreements) if coming[number] < counted.guests[number].people]
