"""A training centre in the demonstration: one programme in 23 authorities; in Fenwickshire it is lived through."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from trellis.core.audit import System
from trellis.demonstration.attendance import catch_up, mark_sessions
from trellis.demonstration.clock import figure, when_open
from trellis.demonstration.cohorts import (
    acting_as,
    christmas,
    hold_at_another_centre,
    hold_elsewhere,
    make_authorities_elsewhere,
)
from trellis.demonstration.going import offer_visits, use_surveys, write_about_visits
from trellis.organisations.actions.organisation import change_organisation
from trellis.organisations.models import LocalAuthority, Provider
from trellis.training import actions
from trellis.training.closed_days import shipped
from trellis.training.cohort_templates import cohort_templates
from trellis.training.models import ClosedDay, Cohort, LearnerRole, Mark, Milestone, Place, Programme

if TYPE_CHECKING:
    from datetime import date, datetime

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.organisations.models import Organisation

WITHDREW = (3, 7)
TEMPLATE = "senco-award-12-days"
VISITS = "Sign in at the desk and leave telephones in the tray. There are four steps; ask for the ramp"
SAID = {
    "guest_speaker": ("", "Ngozi Adeyemi, speech and language therapist", "The checklist she sends beforehand"),
    "special_school_visit": ("Larchwood School, Fenwick", "", "Flat shoes, and something to write"),
}
FIRST_LEARNERS = (
    ("Adaeze Obi", "Kingfisher Day Nursery"),
    ("Bronwen Lloyd", "St Ola’s Pre-school"),
    ("Chidi Eze", "Little Foxes Day Nursery"),
    ("Danuta Wolska", "Harbour Street Playgroup"),
    ("Eilidh Fraser", "Puddle Lane Nursery"),
    ("Fatima Siddiqui", "Rainbow Steps Pre-school"),
    ("Gwen Pritchard", "Dovecote Day Nursery"),
    ("Hyun-ju Park", "The Treehouse Club"),
    ("Ines Carvalho", "Willow Bank Playgroup"),
    ("Jasmin Kaur", "Market Square Crèche"),
)
SECOND_LEARNERS = (
    ("Priya Nair", "Bramble Lane Nursery"),
    ("Tomasz Wójcik", "Bramble Lane Nursery"),
    ("Imogen Tate", "Kingfisher Day Nursery"),
    ("Siobhan Daly", "Little Foxes Day Nursery"),
    ("Owen Pugh", "Harbour Street Playgroup"),
    ("Kateryna Bondar", "Puddle Lane Nursery"),
    ("Lamar Joseph", "Rainbow Steps Pre-school"),
    ("Maeve Gallagher", "Dovecote Day Nursery"),
    ("Nnenna Umeh", "Willow Bank Playgroup"),
    ("Grainne Foley", "Mill Lane Primary School, nursery class"),
    ("Megan Price", "Megan Price, childminder"),
)


def hold_programmes(centre: Organisation, other: Organisation, clock: Clock, noon: datetime) -> Programme:
    """Let a centre offer the award in 23 authorities, as it has done for two years, and another one in one."""
    lead, administrator, trainer = (acting_as(name, centre) for name in ("Mei Castellano", "Kofi Ansah", "Zofia Marek"))
    clock.at = when_open(noon - timedelta(days=762))
    here = LocalAuthority.objects.get(name="Fenwickshire")
    there = LocalAuthority.objects.get(name="Harrowmere")
    authorities = [here, there, *make_authorities_elsewhere(here.region)]
    source, days = shipped()
    actions.update_closed_days(days=days, source=source, by=System("The demonstration"))
    closed = christmas(authorities, noon.date())
    actions.update_closed_days(days=closed, source="The demonstration", by=System("The demonstration"))
    change_organisation(
        organisation=centre,
        name=centre.name,
        contact_email="courses@marches.demonstration.example",
        contact_phone="01632 960118",
        by=lead,
    )
    programme = actions.make_programme(plan=_plan(authorities, clock.at.date(), noon.date()), by=lead)
    actions.add_duty(
        programme=programme, authority=there, contract_on=when_open((noon - timedelta(days=745)).date()), by=lead
    )
    learned = hold_elsewhere(programme, clock, noon)
    hold_at_another_centre(other, clock, noon, learned)
    learned.write()
    clock.at = when_open(noon - timedelta(days=640))
    owed = actions.add_duty(programme=programme, authority=here, contract_on=clock.at.date(), by=lead)
    first = _hold(programme, "First cohort in Fenwickshire", here, noon - timedelta(days=240), "weekly", clock, lead)
    _teach(first, trainer, FIRST_LEARNERS, clock, administrator)
    mark_sessions(first, trainer, clock, noon - timedelta(days=90), left=_left(first))
    catch_up(first, trainer)
    clock.go_to(noon - timedelta(days=90))
    _complete(first, clock, administrator)
    second = _hold(
        programme, "Second cohort in Fenwickshire", here, noon - timedelta(days=40), "fortnightly", clock, lead
    )
    actions.move_duty(duty=owed, to="planned", cohort=second, by=lead)
    _teach(second, trainer, SECOND_LEARNERS, clock, administrator)
    offer_visits(second, when_open(noon - timedelta(days=3)).date(), administrator)
    owed.refresh_from_db()
    actions.move_duty(duty=owed, to="running", by=lead)
    mark_sessions(second, trainer, clock, noon - timedelta(days=3))
    catch_up(second, trainer, leave=1)
    clock.go_to(noon - timedelta(days=3))
    to_come = second.sessions.filter(on__gt=noon.date()).exclude(kind="study_time").order_by("number")[1]
    actions.move_session(session=to_come, on=to_come.on, starts=time(10, 30), by=administrator)
    _put_right(second, trainer, administrator)
    _say_more(second, noon.date(), lead, administrator)
    _meet_today(second, noon.date(), administrator)
    write_about_visits(second, clock.at.date(), administrator)
    use_surveys(programme, lead)
    return programme


def _put_right(cohort: Cohort, trainer: Acting, administrator: Acting) -> None:
    """A mark that the register had wrong, and a day that was noted wrongly."""
    mark = Mark.objects.standing().filter(place__cohort=cohort, status="present").order_by("part__session__on", "pk")[0]
    late = actions.Wanted(mark.place_id, mark.part_id, "late", missed=15, base=mark.version)
    because = "They came at a quarter to ten; the sheet says so"
    actions.save_marks(session=mark.part.session, wanted=[late], because=because, by=trainer)
    wrong = Milestone.objects.filter(place__cohort=cohort, kind="started").order_by("place__name")[0]
    actions.void_milestone(milestone=wrong, because="Noted for somebody else", by=administrator)
    actions.mark_milestone(place=wrong.place, kind="started", on=wrong.on, evidence="First session", by=administrator)


def _say_more(cohort: Cohort, today: date, lead: Acting, administrator: Acting) -> None:
    """Who speaks and where, a day that is not held, a rule of the programme that is changed."""
    sessions = {session.kind: session for session in cohort.sessions.all()}
    for kind, (venue, speaker, materials) in SAID.items():
        plan = actions.SessionPlan(
            kind=kind,
            title=sessions[kind].title,
            venue=venue,
            access_notes=VISITS if venue else "",
            speaker=speaker,
            materials=materials,
        )
        actions.change_session(session=sessions[kind], plan=plan, by=administrator)
    because = "Everybody studies at home on this day; the library is closed"
    actions.cancel_session(session=sessions["study_time"], because=because, by=administrator)
    actions.set_rule(
        programme=cohort.programme,
        key="offer_days",
        value=10,
        from_on=today,
        reason="A week was too short over half-term",
        source="Decided by the centre with both councils",
        certainty="agreed",
        by=lead,
    )


def _meet_today(cohort: Cohort, today: date, administrator: Acting) -> None:
    """There is a register to mark on whatever day somebody looks: a tutorial, when no session falls on it.

    Only when all is closed, such as between Christmas and New Year, nobody meets.
    """
    closed = ClosedDay.objects.of(cohort.authority_id, cohort.centre_id).days(today)
    if today in closed or cohort.sessions.held().filter(on=today).exists():
        return
    actions.add_session(
        cohort=cohort,
        plan=actions.SessionPlan(kind="tutorial", title="Questions about the second assignment"),
        on=today,
        starts=time(10, 0),
        ends=time(11, 30),
        guided_minutes=0,
        weekend=True,
        by=administrator,
    )


def _plan(authorities: list[LocalAuthority], began: date, today: date) -> actions.ProgrammePlan:
    return actions.ProgrammePlan(
        title="Level 3 award for SENCOs in early years settings",
        qualification_title="Level 3 award for SENCOs in early years settings",
        qualification_key="senco-level-3-award",
        funder="The Marches Foundation",
        partners="Fenwickshire Council\nHarrowmere Council",
        grant_from=began,
        grant_to=today + timedelta(days=300),
        target_started=520,
        target_completed=430,
        who_is_eligible="SENCOs, their deputies and those about to take the role, with a full and relevant Level 3",
        authorities=authorities,
    )


def _hold(
    programme: Programme,
    title: str,
    authority: LocalAuthority,
    start: datetime,
    cadence: str,
    clock: Clock,
    by: Acting,
) -> Cohort:
    """A cohort from a Thursday on, set up three weeks before."""
    thursday = start.date() - timedelta(days=(start.weekday() - 3) % 7)
    clock.at = when_open(start - timedelta(days=28))
    plan = actions.CohortPlan(
        title=title,
        authority=authority,
        delivered_by=programme.centre,
        template=cohort_templates()[TEMPLATE],
        starts_on=thursday,
        cadence=cadence,
        least_places=6,
        most_places=20,
        venue="Fenwick Library, Meeting Room 2",
        access_notes="Lift beside the desk; a hearing loop in the room. Ask for Kofi.",
    )
    return actions.make_cohort(programme=programme, plan=plan, by=by)


def _teach(cohort: Cohort, trainer: Acting, learners: tuple[tuple[str, str], ...], clock: Clock, by: Acting) -> None:
    """Places are given, and on the first day they start."""
    actions.assign_trainer(cohort=cohort, user=trainer.user, by=by)
    actions.move_cohort(cohort=cohort, to="open", by=by)
    roles = [LearnerRole.SENCO, LearnerRole.DEPUTY_SENCO, LearnerRole.ABOUT_TO_BE]
    for name, setting in learners:
        clock.at += timedelta(minutes=11)
        learner = actions.Learner(
            name=name,
            email=_address(name),
            provider=Provider.objects.filter(organisation__name=setting).first(),
            setting_name=setting,
            role=roles[figure(name, setting) % len(roles)],
        )
        place = actions.give_place(cohort=cohort, learner=learner, by=by)
        actions.mark_milestone(place=place, kind="applied", on=clock.at.date(), evidence="By e-mail", by=by)
        actions.mark_milestone(place=place, kind="accepted", on=clock.at.date(), by=by)
    first = cohort.sessions.order_by("on")[0].on
    clock.at += first - clock.at.date()
    actions.move_cohort(cohort=cohort, to="running", by=by)
    for place in Place.objects.filter(cohort=cohort).by_name():
        actions.mark_milestone(place=place, kind="started", on=first, evidence="First session", by=by)


def _left(cohort: Cohort) -> dict[str, int]:
    """After which session the two came no more who withdraw."""
    names = [place.name for place in Place.objects.filter(cohort=cohort).by_name()]
    return {names[number]: 7 for number in WITHDREW}


def _complete(cohort: Cohort, clock: Clock, by: Acting) -> None:
    """Most complete; two withdrew on the way."""
    days = list(cohort.sessions.order_by("on").values_list("on", flat=True))
    for number, place in enumerate(Place.objects.filter(cohort=cohort).by_name()):
        actions.mark_milestone(place=place, kind="retained_1", on=days[4], evidence="Register", by=by)
        if number in WITHDREW:
            reason = "staffing" if number == 3 else "time"
            actions.withdraw_place(place=place, reason=reason, on=days[6], by=by)
            continue
        actions.mark_milestone(place=place, kind="retained_2", on=days[8], evidence="Register", by=by)
        actions.mark_milestone(place=place, kind="completed", on=days[-1], evidence="All criteria met", by=by)
    actions.move_cohort(cohort=cohort, to="finished", by=by)


def _address(name: str) -> str:
    """As `demonstration.actions` gives it to those who have an account."""
    first, *_, last = name.lower().replace("’", "").replace("ó", "o").split()
    return f"{first}.{last}@demonstration.example"
