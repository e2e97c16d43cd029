"""Writing the report of a visit, correcting its facts, taking up what it recommends, saying how it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from trellis.core.audit import record
from trellis.core.dates import day
from trellis.core.refusal import Refused
from trellis.review.actions.plan import Intention, add_action
from trellis.review.actions.visit import hold_visit
from trellis.review.models import (
    Correction,
    CorrectionAnswer,
    Recommendation,
    RecommendationTaken,
    ReportVersion,
    VisitFeedback,
    VisitStatus,
)
from trellis.review.rules.visit import why_not_correct, why_not_write_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trellis.accounts.acting import Acting
    from trellis.review.models import Action, Statement, Visit


@dataclass(frozen=True)
class Said:
    """What a report says; recommendations are statements and what to do about each."""

    strong: str
    work_on: str
    self_evaluation: str = ""
    agreed: str = ""
    recommendations: Sequence[tuple[Statement, str]] = ()


@transaction.atomic
def write_report(*, visit: Visit, said: Said, after: int, by: Acting) -> ReportVersion:
    """Write the next version of the report over version `after`, keeping every earlier one.

    Raises `Refused` when it is not the visitor’s turn, or another version came meanwhile.
    """
    hold_visit(visit, why_not_write_report(visit.status))
    newest = visit.versions.first()
    if (newest.number if newest else 0) != after:
        raise Refused("The report was changed in another window. What you typed is still here; save again to keep it")
    version = ReportVersion.objects.create(
        visit=visit,
        number=after + 1,
        strong=said.strong,
        work_on=said.work_on,
        self_evaluation=said.self_evaluation,
        agreed=said.agreed,
        by=by.user,
    )
    Recommendation.objects.bulk_create(
        Recommendation(version=version, number=number, statement=statement, what=what)
        for number, (statement, what) in enumerate(said.recommendations, start=1)
    )
    record(by=by, verb="visit.report_written", subject=visit, change={"version": [after, after + 1]})
    return version


@transaction.atomic
def correct_fact(*, visit: Visit, says: str, should_say: str, by: Acting) -> Correction:
    """Say that a fact in the draft is not right. Raises `Refused` when there is nothing to check."""
    hold_visit(visit, why_not_correct(visit.status))
    version = visit.versions.first()
    if version is None:
        raise Refused("There is nothing to check now")
    correction = Correction.objects.create(visit=visit, version=version, says=says, should_say=should_say, by=by.user)
    record(by=by, verb="visit.fact_corrected", subject=visit)
    return correction


@transaction.atomic
def answer_correction(*, correction: Correction, taken_in: bool, why_not: str = "", by: Acting) -> CorrectionAnswer:
    """Take a correction in, or say why not; once. Raises `Refused` when it is answered or not the visitor’s turn."""
    visit = correction.visit
    hold_visit(visit, None if visit.status == VisitStatus.CHECKED else "The setting is still checking the facts")
    try:
        with transaction.atomic():
            answer = CorrectionAnswer.objects.create(
                correction=correction, taken_in=taken_in, why_not="" if taken_in else why_not, by=by.user
            )
    except IntegrityError as earlier:
        raise Refused("This was answered already") from earlier
    record(by=by, verb="visit.correction_answered", subject=visit, change={"taken_in": [None, taken_in]})
    return answer


@transaction.atomic
def act_on(*, recommendation: Recommendation, by: Acting) -> Action:
    """Make an action of what a report recommends, once; doing it again gives the same action.

    Raises `Refused` while the report is not final, or when the round is archived.
    """
    visit = recommendation.version.visit
    if visit.status != VisitStatus.FINAL:
        raise Refused("The report is not final yet")
    taken = RecommendationTaken.objects.filter(recommendation=recommendation).select_related("action").first()
    if taken:
        return taken.action
    why = f"Recommended after the visit on {day(visit.visit_on)}" if visit.visit_on else "Recommended after the visit"
    action = add_action(
        round=visit.round,
        statement=recommendation.statement,
        intention=Intention(what=recommendation.what, why=why),
        by=by,
    )
    try:
        with transaction.atomic():
            RecommendationTaken.objects.create(recommendation=recommendation, action=action, by=by.user)
    except IntegrityError as earlier:
        raise Refused("Somebody else has just made this an action") from earlier
    return action


@transaction.atomic
def give_feedback(*, visit: Visit, answers: Mapping[str, Any], by: Acting) -> VisitFeedback:
    """Say how the visit was, once the report is final; once. Raises `Refused` otherwise."""
    if visit.status != VisitStatus.FINAL:
        raise Refused("You can say how it was when the report is final")
    try:
        with transaction.atomic():
            feedback = VisitFeedback.objects.create(visit=visit, by=by.user, **answers)
    except IntegrityError as earlier:
        raise Refused("Your setting has said how it was already") from earlier
    record(by=by, verb="visit.feedback_given", subject=visit)
    return feedback
