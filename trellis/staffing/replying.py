"""What settings reply when somebody outside asks, with their agreement, whether some of their people can be away.

A reply is possible, tight or not possible, and nothing else: no room, no person and no number leaves this module. The
caller asks only for settings that have agreed to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from trellis.organisations.models import Organisation
from trellis.staffing.editions.loading import edition_on, editions
from trellis.staffing.models import Colleague, DayChange, OwnRules, Room, UsualDay
from trellis.staffing.reading import Week, unsaid_for
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import QUARTER, Leaving, Provision
from trellis.staffing.rules.ways_out import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from trellis.staffing.rules.days import Day

Away = tuple["tuple[int, int] | None", ...]
"""For each person who would go, from when to when they are away; None for who stays."""
GROWN_UP = 17


@dataclass
class Replies:
    """One setting with the people who would go: what its week says on a day. What is the same is worked out once."""

    week: Week
    people: tuple[str, ...]
    changes: Mapping[date, list[DayChange]] = field(default_factory=dict)
    _known: dict[Any, Verdict] = field(default_factory=dict)
    _edges: list[date] = field(init=False)
    _quarters: dict[Any, dict[int, Verdict]] = field(default_factory=dict)
    _days: dict[Any, Day | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edges = {edition.starts_on for edition in editions()}
        for each in self.week.colleagues:
            if each.first_aid_until:
                edges.add(each.first_aid_until + timedelta(days=1))
            if each.born_on:
                edges |= {_birthday(each.born_on, age) for age in range(1, GROWN_UP + 1)}
        self._edges = sorted(edges)

    def reply(self, on: date, away: Away) -> Verdict:
        """Whether these people can be away then. Of a weekday that is not written down nothing is known: not possible."""
        usual = self.week.days.get(on.weekday())
        if usual is None:
            return Verdict.NOT_POSSIBLE
        alike = self.alike(on)
        key = (alike, away)
        if key not in self._known:
            self._known[key] = self._worked_out(on, alike, away)
        return self._known[key]

    def alike(self, on: date) -> tuple[int, int, date | None]:
        """What tells days apart: the weekday, what runs out or begins in between, and what is otherwise on that day."""
        return on.weekday(), bisect_right(self._edges, on), on if on in self.changes else None

    def _worked_out(self, on: date, alike: object, away: Away) -> Verdict:
        if alike not in self._days:
            self._days[alike] = self.week.day_on(on, self.changes.get(on, []))
        day, edition = self._days[alike], edition_on(on)
        if day is None:
            return Verdict.POSSIBLE  # it is closed, so that nobody is missed
        if edition is None:
            return Verdict.NOT_POSSIBLE
        if day.provision == Provision.CHILDMINDER:
            return verdict_of(day, self._leavings(away), edition)
        worst = Verdict.POSSIBLE
        for minute, who in _away_in(away, day).items():
            if (alike, who) not in self._quarters:
                leaving = Leaving(
                    tuple(key for number, key in enumerate(self.people) if who >> number & 1),
                    day.opening.start,
                    day.opening.until,
                )
                rows = check(day, leaving, edition).quarters
                self._quarters[alike, who] = {row.minute: row.verdict for row in rows}
            worst = max(worst, self._quarters[alike, who].get(minute, Verdict.POSSIBLE))
        return worst

    def _leavings(self, away: Away) -> tuple[Leaving, ...]:
        together: dict[tuple[int, int], list[str]] = defaultdict(list)
        for key, span in zip(self.people, away, strict=True):
            if span:
                together[span].append(key)
        return tuple(Leaving(tuple(keys), *span) for span, keys in together.items())


def _away_in(away: Away, day: Day) -> dict[int, int]:
    """For each quarter hour in which somebody is away while the setting is open, who: a bit for each."""
    found: dict[int, int] = defaultdict(int)
    for number, span in enumerate(away):
        if span:
            start, until = max(span[0], day.opening.start), min(span[1], day.opening.until)
            for minute in range(start - start % QUARTER, until, QUARTER):
                found[minute] |= 1 << number
    return found


def _birthday(born_on: date, age: int) -> date:
    """The first day on which somebody is so old: of who was born on 29 February, 1 March in most years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def replies_of(going: Mapping[UUID, Sequence[str]], first: date, last: date) -> dict[UUID, Replies]:
    """Settings that have agreed, each with the keys of who would go: their weeks, in as many queries for many as for one."""
    settings = Organisation.objects.filter(pk__in=list(going)).only("setting_kind")
    rooms = _by_setting(Room.objects.filter(organisation__in=list(going)))
    colleagues = _by_setting(Colleague.objects.filter(organisation__in=list(going)))
    days = _by_setting(UsualDay.objects.filter(organisation__in=list(going)).whole())
    own = {each.pk: each for each in OwnRules.objects.filter(organisation__in=list(going))}
    changes = DayChange.objects.filter(organisation__in=list(going), on__range=(first, last))
    otherwise = _by_setting(changes.select_related("colleague", "room"))
    found = {}
    for setting in settings:
        by_day: dict[date, list[DayChange]] = defaultdict(list)
        for change in otherwise[setting.pk]:
            by_day[change.on].append(change)
        week = Week(
            rooms=rooms[setting.pk],
            colleagues=colleagues[setting.pk],
            days={each.weekday: each for each in days[setting.pk]},
            own=own.get(setting.pk) or unsaid_for(setting.pk, setting.setting_kind),
        )
        found[setting.pk] = Replies(week, tuple(going[setting.pk]), dict(by_day))
    return found


def _by_setting(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return found
