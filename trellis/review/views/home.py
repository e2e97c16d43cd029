"""The first page: where things stand, what is due, what to do next; nothing else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.dates import end_of
from trellis.organisations.first_pages import first_page
from trellis.organisations.models import OrganisationKind
from trellis.review.models import Action, CampaignInvitation, Evidence, HelpRequest, Round, Visit
from trellis.review.models.visit import VisitKind
from trellis.review.reading import RoundView, left_behind, outline_round, planned_of, with_action_count
from trellis.review.rules.campaign import was_open_during
from trellis.review.rules.home import Next, what_next
from trellis.review.rules.visit import waits_for

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request

DUE_SHOWN, ASKED_SHOWN = 6, 3


class Asked(NamedTuple):
    """A review that an authority asks for."""

    pk: UUID
    who: str
    period: str
    until: date


class Waiting(NamedTuple):
    """A visit of which something waits, and what."""

    pk: UUID
    called: str
    visit_on: date | None
    words: str | None


@first_page(OrganisationKind.SETTING)
def setting_home(request: Request) -> HttpResponse:
    """The first page of whoever works in a setting; whoever only visits it begins with the visits."""
    acting, today = request.acting, timezone.localdate()
    if acting.may(Permission.VISIT):
        return redirect("visits")
    round = Round.objects.visible_to(acting).with_wording().newest_first().first()
    view = outline_round(round) if round else None
    if view and round and not round.is_open:  # before that, its statements come first
        view = with_action_count(view)
    planned = planned_of(Action.objects.visible_to(acting).open().soonest_first(), acting.organisation_id)
    due = [action for action in planned if action.due_on]
    late = sum(1 for action in due if action.due_on and action.due_on < today)
    overdue = late if acting.may(Permission.CHANGE_ACTIONS) else 0
    step = _next(view, overdue=overdue, acting=acting)
    context: dict[str, Any] = {
        "round": round,
        "view": view,
        "due": due[:DUE_SHOWN],
        "more_due": len(due) > DUE_SHOWN,
    }
    context |= {"next": step, "next_address": _address(step, view), "today": today}
    context["visits"] = _visits_that_wait(acting)
    context["answers"] = (
        HelpRequest.objects.visible_to(acting).answered().order_by("-asked_at").only("wanted", "topic")[:3]
    )
    context["asked"] = _asked(acting, today)
    context["left"] = left_behind(planned, acting)
    dated = Evidence.objects.visible_to(acting).filter(look_again_on__lte=today).only("look_again_on", "looked_at")
    context["look_again"] = sum(piece.is_to_look_at_again(today) for piece in dated)
    return render(request, "review/home.html", context)


def _visits_that_wait(acting: Acting) -> list[Waiting]:
    """The visits of which something waits, for those who arrange them."""
    if not acting.may(Permission.ARRANGE_VISITS):
        return []
    found = Visit.objects.visible_to(acting).filter(status__in=("planned", "prepared", "drafted")).newest_first()
    columns = ("pk", "kind", "visit_on", "status", "invitation_id", "invitation__accepted_at")
    waiting = [
        Waiting(pk, VisitKind(kind).visit, visit_on, waits_for(status, unanswered=bool(invitation and not accepted_at)))
        for pk, kind, visit_on, status, invitation, accepted_at in found.values_list(*columns)
    ]
    return [visit for visit in waiting if visit.words]


def _asked(acting: Acting, today: date) -> list[Asked]:
    """What the setting’s authority asks of it and it has neither started nor declined: two queries at most."""
    columns = ("pk", "campaign__organisation__name", "campaign__period", "campaign__until")
    found = CampaignInvitation.objects.visible_to(acting).open(today).order_by("campaign__until", "pk")
    asked = list(found.values_list(*columns, "campaign__framework_id", "campaign__opened_at"))
    if not asked:
        return []
    began = Round.objects.visible_to(acting).values_list("framework_id", "started_at", "agreed_at")
    lasted: defaultdict[UUID, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for framework, started_at, agreed_at in began:
        if started_at:
            lasted[framework].append((started_at, agreed_at))
    return [
        Asked(pk, who, period, until)
        for pk, who, period, until, framework, opened_at in asked
        if not any(was_open_during(*times, opened_at=opened_at, over_at=end_of(until)) for times in lasted[framework])
    ][:ASKED_SHOWN]


def _next(view: RoundView | None, *, overdue: int, acting: Acting) -> Next:
    return what_next(
        status=view.round.status if view else None,
        answered=view.standing.answered if view else 0,
        not_discussed=view.standing.not_discussed if view else 0,
        next_area=view.next_area.title if view and view.next_area else "",
        without_action=len(view.without_action) if view else 0,
        overdue=overdue,
        leads=acting.may(Permission.LEAD_REVIEW),
        alone=acting.alone,
    )


def _address(step: Next, view: RoundView | None) -> str:
    if step.step == "start":
        return reverse("start_round")
    if step.step == "overdue":
        return reverse("plan") + "?show=overdue"
    if view is None or step.step == "nothing":
        return ""
    if step.step == "rate" and view.next_area:
        return reverse("rate_area", args=[view.round.pk, view.next_area.code])
    return view.round.get_absolute_url() + ("#to-work-on" if step.step == "plan" else "")
