"""Forty cohorts in the demonstration: those of the other authorities, with what these owe; and another centre’s one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.demonstration.clock import figure, one_of, when_open
from trellis.demonstration.elsewhere import (
    ACCESS,
    CANCELLED,
    CODE,
    ELSEWHERE,
    EXCUSED,
    FIRST_CODE,
    HARROWMERE,
    TRAINERS,
    VENUES,
    Elsewhere,
    Going,
)
from trellis.demonstration.learning import Learned
from trellis.organisations.models import LocalAuthority, Membership, Organisation
from trellis.training import actions
from trellis.training.closed_days import Closed
from trellis.training.cohort_templates import cohort_templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.organisations.models import Region
    from trellis.training.models import Cohort, Duty, Programme

TEMPLATE = "senco-award-12-days"
ORDER = ("First", "Second")
TUESDAY_TO_THURSDAY = (1, 2, 3)
SET_UP = timedelta(days=42)
"""So long before its first day a cohort is set up."""


def acting_as(name: str, organisation: Organisation) -> Acting:
    """Somebody of an organisation, by their name."""
    found = Membership.objects.select_related("user", "organisation")
    return found.get(organisation=organisation, user__name=name).acting()


def make_authorities_elsewhere(region: Region) -> list[LocalAuthority]:
    """The invented authorities of which nobody is on Trellis."""
    return LocalAuthority.objects.bulk_create(
        LocalAuthority(code=CODE.format(number=FIRST_CODE + number), name=each.name, region=region)
        for number, each in enumerate(ELSEWHERE)
    )


def christmas(authorities: Sequence[LocalAuthority], today: date) -> list[Closed]:
    """The days between the years on which no cohort meets anywhere, so far as they are in question.

    >>> from datetime import date
    >>> len(christmas([LocalAuthority(code="E06009001")], date(2027, 3, 5)))
    48
    """
    return [
        Closed(first + timedelta(days=number), "Christmas holidays", each.pk)
        for year in range(today.year - 3, today.year + 1)
        for first in [today.replace(year=year, month=12, day=22)]
        for number in range(12)
        for each in authorities
    ]


@dataclass
class Centre:
    """A training centre at work in the demonstration: who leads, who looks after the cohorts, who teaches them."""

    programme: Programme
    lead: Acting
    administrator: Acting
    trainers: list[Acting]
    clock: Clock
    noon: datetime
    learned: Learned

    def hold(self, title: str, authority: LocalAuthority, going: Going, *, deliverer: Acting | None = None) -> Cohort:
        """A cohort that goes as far as it says, with its learners. A `deliverer` sets it up for their own authority."""
        start = self._start(going.began, authority)
        self.clock.at = when_open(min(self.noon - timedelta(days=9), start - SET_UP))
        centre = self.programme.centre
        plan = actions.CohortPlan(
            title=title,
            authority=authority,
            delivered_by=Organisation.objects.get(pk=deliverer.organisation_id) if deliverer else centre,
            template=cohort_templates()[TEMPLATE],
            starts_on=start.date(),
            cadence=going.cadence,
            least_places=8,
            most_places=20,
            venue=f"{authority.name} {one_of(VENUES, title)}",
            access_notes=one_of(ACCESS, title),
        )
        cohort = actions.make_cohort(programme=self.programme, plan=plan, by=deliverer or self.administrator)
        if going.goes_to == "planned":
            return cohort
        trainer = one_of(self.trainers, title)
        actions.assign_trainer(cohort=cohort, user=trainer.user, by=self.administrator)
        cohort = actions.move_cohort(cohort=cohort, to="open", by=self.administrator)
        if going.goes_to == "cancelled":
            self.clock.go_to(start - timedelta(days=13))
            return actions.cancel_cohort(cohort=cohort, because=CANCELLED, by=self.administrator)
        cohort = self._go_on(cohort, going.goes_to)
        self.learned.add(cohort, going.learners, by=self.administrator.user, trainer=trainer.user)
        return cohort

    def _go_on(self, cohort: Cohort, to: str) -> Cohort:
        days = list(cohort.sessions.order_by("on").values_list("on", flat=True))
        for status, on in (("running", days[0]), ("finished", days[-1])):
            if to in (status, "finished"):
                self.clock.at += on - self.clock.at.date()
                cohort = actions.move_cohort(cohort=cohort, to=status, by=self.administrator)
        return cohort

    def _start(self, began: int, authority: LocalAuthority) -> datetime:
        """The day on which a cohort begins, on the weekday of its authority."""
        day = self.noon - timedelta(days=began)
        return day - timedelta(days=(day.weekday() - one_of(TUESDAY_TO_THURSDAY, authority.name)) % 7)

    def owe(self, authority: LocalAuthority, contract: int) -> Duty:
        """The second cohort that an authority owes since its contract."""
        self.clock.at = when_open(self.noon - timedelta(days=contract))
        return actions.add_duty(
            programme=self.programme, authority=authority, contract_on=self.clock.at.date(), by=self.lead
        )

    def bring_to(self, duty: Duty, to: str, second: Cohort | None) -> None:
        """Say of a duty what has become of it, on the days on which it came so far."""
        if to == "excused":
            self.clock.at = when_open(self.noon - timedelta(days=60 + figure(duty.authority.name) % 40))
            actions.move_duty(duty=duty, to=to, because=EXCUSED, by=self.lead)
        if second is None or to not in ("planned", "running", "met"):
            return
        days = list(second.sessions.order_by("on").values_list("on", flat=True))
        for status, on in (("planned", days[0] - SET_UP), ("running", days[0]), ("met", days[-1])):
            self.clock.at += min(on, self.noon.date() - timedelta(days=2)) - self.clock.at.date()
            duty = actions.move_duty(duty=duty, to=status, cohort=second, by=self.lead)
            if status == to:
                return


def hold_elsewhere(programme: Programme, clock: Clock, noon: datetime) -> Learned:
    """Two years in twenty-two authorities; the learners are written by whoever asked."""
    centre = programme.centre
    at_work = Centre(
        programme=programme,
        lead=acting_as("Mei Castellano", centre),
        administrator=acting_as("Kofi Ansah", centre),
        trainers=[acting_as(name, centre) for name in TRAINERS],
        clock=clock,
        noon=noon,
        learned=Learned(noon),
    )
    named = {each.name: each for each in programme.authorities.all()}
    for each in ELSEWHERE:
        _live_through(at_work, each, named[each.name])
    here = named["Harrowmere"]
    first, second = HARROWMERE
    at_work.hold("First cohort in Harrowmere", here, first)
    council = Membership.objects.select_related("user", "organisation").get(user__name="Idris Vaughan")
    at_work.hold("Second cohort in Harrowmere", here, second, deliverer=council.acting())
    return at_work.learned


def _live_through(at_work: Centre, elsewhere: Elsewhere, authority: LocalAuthority) -> None:
    duty = at_work.owe(authority, elsewhere.contract)
    cohorts = [
        at_work.hold(f"{order} cohort in {authority.name}", authority, going)
        for order, going in zip(ORDER, elsewhere.cohorts, strict=False)
    ]
    at_work.bring_to(duty, elsewhere.duty, cohorts[1] if len(cohorts) > 1 else None)


def hold_at_another_centre(centre: Organisation, clock: Clock, noon: datetime, learned: Learned) -> Programme:
    """A small programme of another centre, which knows nothing of the first."""
    lead, trainer = acting_as("Rafael Duarte", centre), acting_as("Anneke Visser", centre)
    here = LocalAuthority.objects.get(name="Harrowmere")
    clock.at = when_open(noon - timedelta(days=130))
    plan = actions.ProgrammePlan(
        title="Award for SENCOs by the lake",
        funder="Harrowmere Council",
        grant_from=(noon - timedelta(days=120)).date(),
        grant_to=(noon + timedelta(days=240)).date(),
        target_started=14,
        target_completed=12,
        who_is_eligible="SENCOs of settings in Harrowmere",
        authorities=[here],
    )
    programme = actions.make_programme(plan=plan, by=lead)
    at_work = Centre(programme, lead, lead, [trainer], clock, noon, learned)
    duty = at_work.owe(here, 128)
    at_work.hold("Lakeside cohort", here, Going(60, 9, "running"))
    at_work.bring_to(duty, "excused", None)
    return programme
