"""Sessions: one of them, a new one, changing, moving and cancelling one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.cohort import BecauseForm, NewSessionForm, SessionForm, WhenForm
from trellis.training.models import Mark, MarkStatus, Part, PlaceStatus, Session, SessionStatus
from trellis.training.rules.cohorts import why_not_change_session
from trellis.training.rules.minutes import guided_words
from trellis.training.rules.visits import VISITS
from trellis.training.views.finding import cohort_to_run, session_or_404, session_to_run

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_PROGRAMMES)
def show_training_session(request: Request, session_id: UUID) -> HttpResponse:
    """A session: when, where, who speaks, and its parts."""
    session = session_or_404(request, session_id)
    refused = why_not_change_session(status=session.status, cohort=session.cohort.status)
    sees_learners = session.cohort.shows_learners_to(request.acting)
    context = {
        "session": session,
        "today": timezone.localdate(),
        "parts": list(Part.objects.visible_to(request.acting).filter(session=session)),
        "guided": _guided_in(request, session),
        "sorry": _who_cannot_come(request, session) if sees_learners else [],
        "marks": request.acting.may(Permission.MARK_ATTENDANCE) and sees_learners,
        "visits": session.kind in VISITS and sees_learners,
        "can_change": not refused and session.cohort.is_run_by(request.acting),
    }
    return render(request, "training/show_training_session.html", context)


def _who_cannot_come(request: Request, session: Session) -> list[str]:
    """The names of those who said so beforehand, as it stands."""
    marks = Mark.objects.visible_to(request.acting).standing().filter(part__session=session)
    sorry = marks.filter(status=MarkStatus.APOLOGISED, place__status=PlaceStatus.TAKEN)
    return list(sorry.order_by("place__name").values_list("place__name", flat=True).distinct())


def _guided_in(request: Request, session: Session) -> str:
    """The guided minutes of the whole cohort against what the award asks for, in words."""
    held = Part.objects.visible_to(request.acting).filter(session__cohort=session.cohort_id)
    held = held.exclude(session__status=SessionStatus.CANCELLED)
    planned = held.aggregate(n=Sum("guided_minutes", default=0))["n"]
    return guided_words(planned, session.cohort.programme.minimum_guided_minutes)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def add_training_session(request: Request, cohort_id: UUID) -> HttpResponse:
    """Add a session to a cohort."""
    cohort = cohort_to_run(request, cohort_id)
    form = NewSessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("on", "starts", "ends", "guided_minutes", "weekend")}
        try:
            actions.add_session(cohort=cohort, plan=form.plan, by=request.acting, **said)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "The session is added")
            return redirect(cohort)
    return render(request, "training/add_training_session.html", {"form": form, "cohort": cohort})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def change_training_session(request: Request, session_id: UUID) -> HttpResponse:
    """Change what is said of a session."""
    session = session_to_run(request, session_id)
    form = SessionForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        try:
            actions.change_session(session=session, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The session is changed")
            return redirect(session)
    return render(request, "training/change_training_session.html", {"form": form, "session": session})


def _who_is_told(session: Session) -> str:
    """Who hears of a change; of what is past nobody does."""
    return actions.who_is_told(session.cohort) if session.on >= timezone.localdate() else ""


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def move_training_session(request: Request, session_id: UUID) -> HttpResponse:
    """Hold a session on another day or at another time."""
    session = session_to_run(request, session_id)
    form = WhenForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_valid():
        try:
            moved = actions.move_session(session=session, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            stays = (moved.on, moved.starts) == (session.on, session.starts)
            said = (
                "It was then already, so nothing has changed"
                if stays
                else f"The session has moved{_who_is_told(moved)}"
            )
            messages.success(request, said)
            return redirect(session)
    return render(request, "training/move_training_session.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def cancel_training_session(request: Request, session_id: UUID) -> HttpResponse:
    """Make sure, then cancel a session."""
    session = session_to_run(request, session_id)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            found = actions.cancel_session(session=session, because=form.cleaned_data["because"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The session is cancelled{_who_is_told(found)}")
            return redirect(session)
    return render(request, "training/cancel_training_session.html", {"form": form, "session": session})
