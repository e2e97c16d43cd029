"""What the rules of a programme say of an application, and what a person decides beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import System, record
from trellis.core.refusal import Refused
from trellis.organisations.models import Sector
from trellis.qualifications.models import ListedQualification
from trellis.training.actions.application_links import tell_applicant
from trellis.training.actions.moving import move
from trellis.training.admission import admission_of, shipped_rules
from trellis.training.models import (
    AdmissionDecision,
    AdmissionRule,
    Application,
    CohortFunding,
    Duty,
    EarlierTraining,
    LearnerRole,
    Payer,
    Place,
    PlaceStatus,
    WhoMoved,
)
from trellis.training.rules.eligibility import ELIGIBLE, NOT_ELIGIBLE, Facts, Verdict, judge
from trellis.training.rules.priority import Standing, priority

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.training.models import Programme

BY_RULES = System("The rules of the programme")


def facts_of(application: Application) -> Facts:
    """What the rules look at: the answers, and the places that the centre’s own programmes have on record."""
    mine = _places_of(application)
    known = application.provider or application.setting
    return Facts(
        in_england=application.in_england,
        has_setting=bool(application.setting_key),
        setting_in_register=known is not None,
        maintained=getattr(known, "sector", "") == Sector.MAINTAINED,
        role=application.role,
        role_has_a_day=application.role_from is not None,
        level_3=application.level_3,
        listed_level=application.level_3_listed.level if application.level_3_listed else None,
        list_is_here=ListedQualification.objects.exists(),
        holds_award=application.earlier == EarlierTraining.HOLDS_AWARD,
        completed_here=mine.filter(status=PlaceStatus.COMPLETED).exists(),
        funded_before=bool(application.funded_before),
        funded_here=mine.filter(cohort__paid_by=CohortFunding.GRANT).exists(),
        wants_grant=application.paid_by == Payer.GRANT,
        payer_known=application.paid_by != Payer.UNKNOWN,
    )


def _places_of(application: Application) -> QuerySet[Place]:
    theirs = Place.objects.live().of_somebody(application.email, application.user_id)
    return theirs.filter(cohort__centre_id=application.centre_id)


def standing_of(application: Application) -> Standing:
    """What is weighed: the answers, who of the setting has the award from this centre, what the authority owes."""
    there = Q(provider_id=application.provider_id) if application.provider_id else Q(setting_id=application.setting_id)
    known = bool(application.provider_id or application.setting_id)
    trained = Place.objects.filter(there, cohort__centre_id=application.centre_id, status=PlaceStatus.COMPLETED)
    owed = Duty.objects.owed().filter(programme_id=application.programme_id, authority_id=application.authority_id)
    return Standing(
        in_post=application.role in (LearnerRole.SENCO, LearnerRole.DEPUTY_SENCO),
        nobody_trained_here=known and not trained.exists(),
        no_training_yet=application.earlier == EarlierTraining.NONE,
        second_cohort_owed=application.authority_id is not None and owed.exists(),
        childminder=application.role == LearnerRole.CHILDMINDER,
        pays_themselves=application.paid_by == Payer.SELF,
    )


def refusing_verdict(application: Application) -> Verdict | None:
    """What the rules in force today would refuse it for, by its answers and before anybody else is asked."""
    asked = admission_of(application.programme_id, timezone.localdate()).asked
    verdict = judge(facts_of(application), asked)
    return verdict if verdict.decision == NOT_ELIGIBLE else None


def judge_application(application: Application) -> AdmissionDecision:
    """Let the rules in force today look at an application, write down what they say and how many points it has.

    When a person has let it go on since it was last sent, their word stands and only the points are new.
    """
    admission = admission_of(application.programme_id, timezone.localdate())
    verdict = judge(facts_of(application), admission.asked)
    newest = application.decisions.order_by("-at", "-pk").first()
    decided = newest if newest and newest.by_id and newest.decision == ELIGIBLE else None
    if decided:
        verdict = Verdict(decided.decision, decided.code, decided.sentence)
    points, reasons = priority(standing_of(application), admission.weights)
    move(
        application,
        to=verdict.decision,
        who=WhoMoved.RULES,
        by=BY_RULES,
        code=verdict.code,
        priority=points,
        priority_because=[list(each) for each in reasons],
    )
    tell_applicant(application)
    return decided or AdmissionDecision.objects.create(
        application=application, decision=verdict.decision, code=verdict.code, sentence=verdict.sentence
    )


def must_decide(application: Application, by: Acting) -> None:
    """Only whoever decides about an application goes on. Raises `Refused`."""
    if not Application.objects.decided_by(by).filter(pk=application.pk).exists():
        raise Refused("Only whoever decides about this application can do this")


@transaction.atomic
def set_rule(
    *, programme: Programme, key: str, value: int, from_on: date, reason: str, source: str, certainty: str, by: Acting
) -> AdmissionRule:
    """Say how a rule of a programme is from a day on; what was in force before stays in the list. Raises `Refused`."""
    if not by.may(Permission.DECIDE_APPLICATIONS) or programme.centre_id != by.organisation_id:
        raise Refused("Only whoever decides about applications at the centre can do this")
    plain = shipped_rules()[key]
    if not plain.least <= value <= plain.most:
        raise Refused(f"Enter a number from {plain.least} to {plain.most}")
    if from_on < timezone.localdate():
        raise Refused("A rule cannot have changed in the past")
    rule = AdmissionRule.objects.create(
        programme=programme,
        key=key,
        value=value,
        from_on=from_on,
        reason=reason,
        source=source,
        certainty=certainty,
        set_by=by.user,
    )
    record(by=by, verb="programme.rule_set", subject=programme, change={"rule": key, "value": value, "from": from_on})
    return rule
