"""Where learners of the demonstration go to look, what they write of it, and which surveys the programme uses."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from trellis.training import actions
from trellis.training.models import Cohort, Place, Programme, Session, SurveyMoment, VisitPlace

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

AT_A_SETTING = "setting_visit"
SURVEYS = (
    actions.SurveyPlan(
        "How sure I am of my work", SurveyMoment.BEFORE, note="Ten questions, on paper at the first session"
    ),
    actions.SurveyPlan("How sure I am of my work", SurveyMoment.AFTER, note="The same ten questions"),
    actions.SurveyPlan(
        "What has changed in my setting", SurveyMoment.LATER, weeks=12, note="By e-mail, with the manager"
    ),
)


def use_surveys(programme: Programme, lead: Acting) -> None:
    """The programme asks its learners three times."""
    for plan in SURVEYS:
        actions.add_survey(programme=programme, plan=plan, by=lead)


def offer_visits(cohort: Cohort, on: date, by: Acting) -> None:
    """Three hosts offer places; one of them cannot after all, and two learners have chosen where they go."""
    session = cohort.sessions.get(kind=AT_A_SETTING)
    first = actions.add_visit_offer(session=session, plan=_plan("Heron Lane Nursery School", on, places=2), by=by)
    later = actions.add_visit_offer(
        session=session, plan=_plan("Brookfield Children’s Centre", on + timedelta(days=28), places=4), by=by
    )
    off = actions.add_visit_offer(session=session, plan=_plan("The Old Dairy Nursery", on, places=1), by=by)
    goes, waits, *_ = Place.objects.filter(cohort=cohort).live().order_by("name", "pk")
    for offer, place in ((first, goes), (later, waits)):
        actions.take_visit(offer=offer, place=place, user=by.user, by=by)
    actions.cancel_visit_offer(offer=off, because="The nursery is being painted", by=by)


def write_about_visits(cohort: Cohort, today: date, by: Acting) -> None:
    """Whoever has been there has written about it."""
    session: Session = cohort.sessions.get(kind=AT_A_SETTING)
    for visit in VisitPlace.objects.filter(session=session, offer__on__lte=today).live():
        text = (
            "Every room had the same pictures for the day, at the height of the children. I shall try this with ours."
        )
        actions.write_reflection(visit=visit, text=text, criteria=actions.criteria_of_visit(session)[:1], by=by)


def _plan(host: str, on: date, *, places: int) -> actions.VisitPlan:
    return actions.VisitPlan(
        host_name=host,
        address="12 Weir Street, Fenwick",
        on=on,
        starts=time(9, 30),
        ends=time(12, 0),
        places=places,
        contact="Ask at the door for the SENCO",
        bring="Something with your photograph, and your DBS certificate number",
        travel="Bus 14 from the station; there is no place to park",
        prompts="How do they tell the children what comes next? Who talks with parents, and when?",
    )
