"""A person decides otherwise than the rules, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.refusal import refuse
from trellis.training.actions.application_links import tell_applicant
from trellis.training.actions.judging import must_decide
from trellis.training.actions.manager_answers import ask_manager, has_agreed
from trellis.training.actions.moving import move
from trellis.training.models import AdmissionDecision, Application, ApplicationStatus, WhoMoved
from trellis.training.rules.applications import SETTING_NEXT, why_not_move
from trellis.training.rules.eligibility import ELIGIBLE, why_not_decide

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


@transaction.atomic
def decide_application(*, application: Application, decision: str, because: str, by: Acting) -> AdmissionDecision:
    """Decide otherwise than stands, with the reason. What the rules said stays beside it. Raises `Refused`.

    An application that the rules refused by its answers alone goes to the setting next, which was not asked until now.
    """
    must_decide(application, by)
    refuse(why_not_decide(decision=decision, standing=application.status, because=because))
    refuse(why_not_move(status=application.status, to=decision))
    asks = decision == ELIGIBLE and not has_agreed(application)
    to = ApplicationStatus.SUBMITTED if asks else decision
    move(application, to=to, who=WhoMoved.CENTRE, by=by, code="decided_by_person")
    made = AdmissionDecision.objects.create(
        application=application, decision=decision, code="decided_by_person", sentence=because, by=by.user
    )
    if asks:
        ask_manager(application)
    tell_applicant(application, news=SETTING_NEXT if asks else "")
    return made
