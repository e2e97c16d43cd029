"""Applications in the demonstration: a cohort to come with few places, and somebody in each state on the way to one.

A few in each other cohort that is open too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from trellis.accounts.roles import Role
from trellis.demonstration.clock import when_open
from trellis.organisations.models import LocalAuthority, Membership
from trellis.qualifications.models import ListedQualification
from trellis.training import actions
from trellis.training.actions import Answer, Work
from trellis.training.cohort_templates import cohort_templates

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.training.models import Application, Cohort, Programme

TEMPLATE = "senco-award-12-days"
MOST = 6
YES = Answer(agreed=True, release=True, cover=True, ratio=True, observation=True, name="The manager")
NO = Answer(agreed=False, because="Two of us leave in spring, so nobody can cover the days", name="The manager")


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies: who, where, how far it goes, and what they answer otherwise than most."""

    name: str
    setting: str
    goes_to: str
    says: dict[str, Any] = field(default_factory=dict)


APPLICANTS = (
    Applicant("Abena Mensah", "Kingfisher Day Nursery", "accepted"),
    Applicant("Catrin Rees", "Little Foxes Day Nursery", "accepted"),
    Applicant("Dorota Nowak", "Puddle Lane Nursery", "accepted", {"needs": {"access": "A hearing loop", "adjustments": "The slides a day before"}}),
    Applicant("Eleanor Whitby", "St Ola’s Pre-school", "declined"),
    Applicant("Farida Rahmani", "Dovecote Day Nursery", "offered", {"role": "deputy_senco"}),
    Applicant("Gloria Adjei", "Harbour Street Playgroup", "offered"),
    Applicant("Harriet Blake", "Market Square Crèche", "waiting"),
    Applicant("Ivana Kovač", "Willow Bank Playgroup", "waiting", {"beside": "together"}),
    Applicant("Jodie Marsh", "Willow Bank Playgroup", "waiting", {"beside": "together", "earlier": "short"}),
    Applicant("Keziah Thomas", "The Treehouse Club", "waiting", {"role": "about_to_be", "earlier": "short"}),
    Applicant("Lucia Ferreira", "Rainbow Steps Pre-school", "eligible"),
    Applicant("Milena Petrova", "Rainbow Steps Pre-school", "judged", {"level_3": "unsure"}),
    Applicant("Nuala Brennan", "Kingfisher Day Nursery", "judged", {"level_3": "no"}),
    Applicant("Olwen Hughes", "Little Foxes Day Nursery", "decided", {"earlier": "holds_award"}),
    Applicant("Parveen Aziz", "Dovecote Day Nursery", "refused"),
    Applicant("Rosalind Ekpo", "Puddle Lane Nursery", "sent"),
    Applicant("Saoirse Quinn", "Harbour Street Playgroup", "draft"),
)  # fmt: skip
ELSEWHERE = {
    "Eastholme": (
        Applicant("Aoife Lindsay", "Acorn Cottage Nursery", "accepted"),
        Applicant("Bukola Ojo", "Kite Yard Pre-school", "accepted", {"role": "deputy_senco"}),
        Applicant("Ceri Vaughan", "Ivy Meadow Playgroup", "offered"),
        Applicant("Delyth Parry", "Elm Way Day Nursery", "eligible"),
        Applicant("Ewelina Duda", "Clover Steps Childcare", "sent"),
    ),
    "Linnetshire": (
        Applicant("Fiona Achterberg", "Gosling Court Nursery", "accepted", {"earlier": "short"}),
        Applicant("Grainne Toner", "Hedgerow Row Playgroup", "offered"),
        Applicant("Hibo Warsame", "Beech Cottage Pre-school", "waiting"),
        Applicant("Iris Chen", "Ladybird Yard Nursery", "refused"),
    ),
    "Ottersea": (
        Applicant("Jaswinder Bains", "Foxglove Way Nursery", "eligible"),
        Applicant("Katya Melnyk", "Jackdaw Meadow Day Nursery", "judged", {"level_3": "studying"}),
        Applicant("Lindiwe Dube", "Dewdrop Court Childcare", "sent"),
    ),
}  # fmt: skip


def apply_for_places(programme: Programme, clock: Clock, noon: datetime) -> Cohort:
    """Open a cohort that begins in ten weeks, and let people apply over the last weeks, there and elsewhere."""
    lead = Membership.objects.select_related("user", "organisation").get(
        organisation=programme.centre, role=Role.PROGRAMME_LEAD
    )
    by = lead.acting()
    clock.at = when_open(noon - timedelta(days=24))
    cohort = _open(programme, noon, by)
    for applicant in APPLICANTS:
        clock.at += timedelta(hours=1)
        application = _write(programme, cohort, applicant)
        _go(application, cohort, applicant.goes_to, by, (noon + timedelta(days=5)))
    for authority, applicants in ELSEWHERE.items():
        clock.at = when_open(noon - timedelta(days=16))
        there = programme.cohorts.select_related("authority").get(status="open", authority__name=authority)
        for applicant in applicants:
            clock.at += timedelta(hours=1)
            application = _write(programme, there, applicant)
            _go(application, there, applicant.goes_to, by, noon + timedelta(days=6))
    clock.at = when_open(noon - timedelta(days=1))
    actions.run_waiting_list(programme_id=programme.pk)
    return cohort


def _open(programme: Programme, noon: datetime, by: Acting) -> Cohort:
    """A cohort from a Thursday on, in ten weeks."""
    start = noon.date() + timedelta(days=70)
    plan = actions.CohortPlan(
        title="Third cohort in Fenwickshire",
        authority=LocalAuthority.objects.get(name="Fenwickshire"),
        delivered_by=programme.centre,
        template=cohort_templates()[TEMPLATE],
        starts_on=start - timedelta(days=(start.weekday() - 3) % 7),
        cadence="weekly",
        least_places=4,
        most_places=MOST,
        venue="Fenwick Library, Meeting Room 2",
    )
    cohort = actions.make_cohort(programme=programme, plan=plan, by=by)
    return actions.move_cohort(cohort=cohort, to="open", by=by)


def _write(programme: Programme, cohort: Cohort, applicant: Applicant) -> Application:
    """All questions answered, as somebody would one after another."""
    first, *_, last = applicant.name.lower().replace("č", "c").split()
    application, _token = actions.begin_application(
        programme=programme, name=applicant.name, email=f"{first}.{last}@demonstration.example"
    )
    town = cohort.authority.name.removesuffix("shire")
    says: dict[str, Any] = {"role": "senco", "level_3": "held", "earlier": "none", "beside": "", **applicant.says}
    answers: dict[str, dict[str, Any]] = {
        "cohort": {"wanted": [cohort]},
        "setting": {"work": Work(name=f"{applicant.setting}, {town}")},
        "authority": {"authority_id": cohort.authority_id, "in_england": True},
        "role": {"role": says["role"]},
        "level-3": {"level_3": says["level_3"], "level_3_title": ""},
        "years": {"years": 6},
        "training": {"earlier": says["earlier"]},
        "funded": {"funded_before": False},
        "funding": {"paid_by": "grant"},
        "beside": {"beside": says["beside"]},
        "needs": {"needs": says.get("needs", {})},
        "manager": {"manager_name": "The manager", "manager_email": f"manager.{last}@demonstration.example"},
    }
    if says["level_3"] != "no":
        listed = ListedQualification.objects.filter(level=3).order_by("ref").first()
        answers["level-3-which"] = {
            "level_3_listed": listed,
            "level_3_title": listed.name if listed else "Diploma for the early years workforce",
        }
    if says["role"] == "about_to_be":
        answers["role-from"] = {"role_from": cohort.starts_on}
    for step, answer in answers.items():
        if applicant.goes_to == "draft" and step in ("funding", "beside", "needs", "manager"):
            continue
        application = actions.save_answer(application=application, step=step, answer=answer)
    return application


def _go(application: Application, cohort: Cohort, to: str, by: Acting, until: datetime) -> None:
    """As far as this one goes."""
    if to == "draft":
        return
    actions.send_application(application=application)
    if to == "sent":
        return
    if to == "decided":
        because = "Her award is of another country and not recognised here. She showed us the papers"
        actions.decide_application(application=application, decision="eligible", because=because, by=by)
    if application.status == "submitted":
        actions.answer_for_setting(application=application, answer=NO if to == "refused" else YES)
    if to == "waiting":
        actions.put_on_list(application=application, by=by)
    if to in ("accepted", "declined", "offered"):
        actions.offer_place(application=application, cohort=cohort, until=until.date(), by=by)
    if to == "accepted":
        actions.accept_offer(application=application)
    if to == "declined":
        actions.decline_offer(application=application)
