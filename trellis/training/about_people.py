"""What award programmes keep of a person: their places and milestones, what they teach, set up and noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from trellis.core.personal import left_out, on_leaving, told
from trellis.training.actions.leaving import leave_training
from trellis.training.actions.old_applications import forget_applications_of
from trellis.training.models import (
    AccessNeeds,
    AdmissionDecision,
    AdmissionRule,
    Application,
    ApplicationStep,
    CatchUp,
    Cohort,
    Counted,
    Feed,
    Journey,
    ManagerAnswer,
    Mark,
    Milestone,
    Offer,
    Place,
    Planning,
    Programme,
    Reflection,
    Search,
    TrainerAssignment,
    VisitOffer,
    VisitPlace,
    WallCode,
)

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver, Person

IN_THE_AUDIT = "who decided stands in the audit, which is told"


def _at_their_address(person: Person) -> Q:
    return Q(user__isnull=True, email=person.email)


def _of_a_place_at_their_address(person: Person) -> Q:
    return Q(place__user__isnull=True, place__email=person.email)


def _application_at_their_address(person: Person) -> Q:
    return Q(user__isnull=True, email=person.email)


def _needs_at_their_address(person: Person) -> Q:
    return Q(application__user__isnull=True, application__email=person.email)


def _visit_at_their_address(person: Person) -> Q:
    return Q(visit__place__user__isnull=True, visit__place__email=person.email)


@on_leaving
def forget_applications(leaver: Leaver, by: Actor) -> None:
    """Whoever deletes their account applies no more; what they said in applications is forgotten."""
    forget_applications_of(user_id=leaver.user_id, email=leaver.email, by=by)


told(
    "places",
    "Courses you have or had a place in",
    Place,
    "user",
    says={
        "Since": "placed_at",
        "Programme": "cohort__programme__title",
        "Cohort": "cohort__title",
        "Held by": "cohort__centre__name",
        "Name": "name",
        "E-mail address": "email",
        "Setting": "setting_name",
        "Role": "role",
        "Status": "status",
    },
    newest="placed_at",
    also=_at_their_address,
)
told(
    "milestones",
    "What is noted of you in courses",
    Milestone,
    "place__user",
    says={
        "Noted": "noted_at",
        "Cohort": "place__cohort__title",
        "What": "kind",
        "Day": "on",
        "What shows it": "evidence",
        "Why": "reason",
        "Void since": "voided_at",
        "Why void": "voided_because",
    },
    newest="noted_at",
    also=_of_a_place_at_their_address,
)
told(
    "teaching",
    "Cohorts you teach or taught",
    TrainerAssignment,
    "user",
    says={"Since": "since", "Cohort": "cohort__title", "Held by": "cohort__centre__name", "Until": "ended_at"},
    newest="since",
)
told(
    "attendance",
    "How you were marked in courses",
    Mark,
    "place__user",
    says={
        "Marked": "at",
        "Cohort": "place__cohort__title",
        "Day": "part__session__on",
        "Part": "part__label",
        "How": "status",
        "Minutes missed": "missed_minutes",
        "Reason": "reason",
        "Where from": "source",
        "Why corrected": "because",
    },
    newest="at",
    also=_of_a_place_at_their_address,
)
told(
    "catching_up",
    "What you had to catch up on in courses",
    CatchUp,
    "place__user",
    says={
        "Since": "opened_at",
        "Cohort": "place__cohort__title",
        "Day": "part__session__on",
        "Part": "part__label",
        "Stands": "status",
        "How": "method",
        "Minutes": "minutes",
        "Why not": "because",
        "Closed": "closed_at",
        "Taken back": "undone_at",
        "Why taken back": "undone_because",
    },
    newest="opened_at",
    also=_of_a_place_at_their_address,
)
told(
    "calendars",
    "The address of your training calendar, without its secret",
    Feed,
    "user",
    says={"Made": "made_at"},
    newest="made_at",
)
told(
    "visits_chosen",
    "Visits you chose in courses",
    VisitPlace,
    "place__user",
    says={
        "Chosen": "taken_at",
        "Cohort": "place__cohort__title",
        "Host": "offer__host_name",
        "Day": "offer__on",
        "Given back": "given_back_at",
    },
    newest="taken_at",
    also=_of_a_place_at_their_address,
)
told(
    "reflections",
    "What you wrote about visits in courses",
    Reflection,
    "visit__place__user",
    says={
        "Changed": "changed_at",
        "Host": "visit__offer__host_name",
        "Day": "visit__offer__on",
        "What you wrote": "text",
        "Criteria": "criteria",
    },
    newest="changed_at",
    also=_visit_at_their_address,
    put={"Criteria": lambda codes: ", ".join(codes)},
)
left_out(Journey, "said_by", because=IN_THE_AUDIT)
left_out(VisitOffer, "made_by", "confirmed_by", because=IN_THE_AUDIT)
left_out(VisitPlace, "taken_by", "given_back_by", because=IN_THE_AUDIT)
left_out(Mark, "by", because=IN_THE_AUDIT)
left_out(CatchUp, "closed_by", "undone_by", because=IN_THE_AUDIT)
left_out(WallCode, "opened_by", because=IN_THE_AUDIT)
told(
    "applications",
    "Courses you applied for",
    Application,
    "user",
    says={
        "Begun": "begun_at",
        "Programme": "programme__title",
        "Centre": "centre__name",
        "Name": "name",
        "E-mail address": "email",
        "Setting": "setting_name",
        "Role": "role",
        "Level 3": "level_3",
        "Called": "level_3_title",
        "In the qualifications list": "level_3_listed__ref",
        "Years": "years",
        "Earlier training": "earlier",
        "Funded before": "funded_before",
        "Who pays": "paid_by",
        "Beside others": "beside",
        "Manager": "manager_name",
        "Manager’s address": "manager_email",
        "Status": "status",
        "Sent": "sent_at",
        "Points": "priority",
    },
    newest="begun_at",
    also=_application_at_their_address,
)
told(
    "access_needs",
    "What you said you need in order to take part in a course",
    AccessNeeds,
    "application__user",
    says={
        "Programme": "application__programme__title",
        "To take part": "access",
        "Reading, writing, deadlines": "adjustments",
    },
    newest="application__begun_at",
    also=_needs_at_their_address,
)
left_out(Application, "booked_by", "listed_by", because=IN_THE_AUDIT)
left_out(ApplicationStep, "by", because=IN_THE_AUDIT)
left_out(AdmissionDecision, "by", because=IN_THE_AUDIT)
left_out(AdmissionRule, "set_by", because=IN_THE_AUDIT)
left_out(ManagerAnswer, "by", because=IN_THE_AUDIT)
left_out(Offer, "made_by", because=IN_THE_AUDIT)
left_out(Programme, "made_by", because=IN_THE_AUDIT)
left_out(Cohort, "made_by", "approved_by", "goes_ahead_by", because=IN_THE_AUDIT)
left_out(Planning, "made_by", because=IN_THE_AUDIT)
left_out(Counted, "agreed_by", "withdrawn_by", because=IN_THE_AUDIT)
left_out(Search, "asked_by", because=IN_THE_AUDIT)
left_out(TrainerAssignment, "ended_by", because=IN_THE_AUDIT)
left_out(Place, "placed_by", because=IN_THE_AUDIT)
left_out(Milestone, "noted_by", "voided_by", because=IN_THE_AUDIT)

on_leaving(leave_training)
