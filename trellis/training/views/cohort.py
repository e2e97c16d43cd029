"""Cohorts: a new one with its days shown before it is saved, one of them, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.core.refusal import Refused
from trellis.organisations.models import Organisation, OrganisationKind
from trellis.training import actions
from trellis.training.forms.cohort import BecauseForm, CohortForm, NewCohortForm
from trellis.training.models import Cohort, CohortStatus, Feed, Session, Survey, TrainerAssignment
from trellis.training.models.session import SessionKind
from trellis.training.rules.cohorts import COHORT_MOVE_LABELS, COHORT_MOVES, why_not_change_cohort, why_not_move_cohort
from trellis.training.rules.minutes import guided_words
from trellis.training.rules.surveys import survey_on, survey_words
from trellis.training.views.finding import address_of, cohort_or_404, cohort_to_run
from trellis.training.views.programme import programme_or_404
from trellis.training.views.short_cohorts import short_sentence

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request
    from trellis.training.actions import CohortPlan
    from trellis.training.models import Programme


SHOWN = (
    *("title", "status", "cancelled_because", "centre", "approved_at", "starts_on", "paid_by", "cadence"),
    *("venue", "access_notes", "online_link", "least_places", "most_places"),
    *(f"goes_ahead_{name}" for name in ("with", "at", "because", "by")),
    *("authority__name", "delivered_by__name", "programme__title", "programme__minimum_guided_minutes"),
)
LISTED = ("number", "kind", "title", "on", "starts", "ends", "speaker", "status")
"""What the page of a cohort says of each session."""


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def make_cohort(request: Request, programme_id: UUID) -> HttpResponse:
    """Set up a cohort: what is asked, then the days that follow from it, then it is saved."""
    programme = programme_or_404(request, programme_id)
    form = NewCohortForm(
        request.POST if request.method == "POST" else None,
        authorities=_authorities_for(request.acting, programme),
        deliverers=_deliverers_for(request.acting, programme),
    )
    days: list[date] = []
    if form.is_valid():
        days = _days(form, programme)
        if form.is_valid() and "save" in request.POST:
            try:
                cohort = actions.make_cohort(programme=programme, plan=form.plan, by=request.acting)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The cohort is set up, with all its sessions")
                return redirect(cohort)
    context: dict[str, Any] = {"form": form, "programme": programme}
    if days and form.is_valid():
        context |= _preview(form.plan, days, programme)
    return render(request, "training/make_cohort.html", context)


def _days(form: NewCohortForm, programme: Programme) -> list[date]:
    """The days that follow from a form; why they cannot be so stands at the first day."""
    plan = form.plan
    days = actions.days_for(plan, programme.centre_id)
    reason = actions.why_not_make(plan, days, timezone.localdate())
    if reason:
        form.add_error("starts_on", reason)
    return days


def _preview(plan: CohortPlan, days: list[date], programme: Programme) -> dict[str, Any]:
    """What a cohort would be, for the page that shows it before it is saved."""
    guided = guided_words(plan.template.guided, programme.minimum_guided_minutes)
    return {"preview": list(zip(plan.template.sessions, days, strict=True)), "guided": guided}


def _authorities_for(acting: Acting, programme: Programme) -> QuerySet[Any]:
    """For which authorities somebody can set up a cohort: those of the programme; an authority for itself."""
    found = programme.authorities.order_by("name")
    if acting.organisation_kind == OrganisationKind.AUTHORITY:
        return found.filter(pk=acting.authority_id)
    return found


def _deliverers_for(acting: Acting, programme: Programme) -> QuerySet[Organisation]:
    """Who can deliver it: the centre itself, or an authority of the programme that is on Trellis."""
    own = Organisation.objects.visible_to(acting).filter(pk=acting.organisation_id)
    if acting.organisation_kind == OrganisationKind.AUTHORITY:
        return own
    return actions.who_can_deliver(programme)


@require_safe
@requires(Permission.SEE_PROGRAMMES)
def show_cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    """A cohort: its sessions, the guided minutes against what the award asks for, who teaches it."""
    acting = request.acting
    cohorts = Cohort.objects.visible_to(acting).select_related("authority", "programme", "delivered_by").only(*SHOWN)
    cohort = get_object_or_404(cohorts, pk=cohort_id)
    found = Session.objects.visible_to(acting).filter(cohort=cohort).with_minutes().only(*LISTED)
    sessions = list(found.order_by("on", "starts", "pk"))
    cohort.add_up(sessions)
    runs_it = cohort.is_run_by(acting)
    context = {
        "cohort": cohort,
        "sessions": sessions,
        "kinds": dict(SessionKind.choices),
        "today": timezone.localdate(),
        "guided": guided_words(cohort.guided, cohort.programme.minimum_guided_minutes),
        "trainers": TrainerAssignment.objects.visible_to(acting).of_cohort(cohort),
        "surveys": _surveys(acting, cohort),
        "runs": runs_it,
        "short": short_sentence(acting, cohort, timezone.localdate()),
        "can_change": runs_it and not why_not_change_cohort(cohort.status),
        "sees_learners": cohort.shows_learners_to(acting),
        "moves": _moves(cohort) if runs_it else [],
        "address": address_of(
            request, Feed.objects.visible_to(acting).filter(cohort=cohort).only("token_sealed").first()
        )
        if runs_it
        else "",
        "may_approve": not cohort.is_approved
        and acting.may(Permission.RUN_PROGRAMMES)
        and cohort.centre_id == acting.organisation_id,
    }
    return render(request, "training/show_cohort.html", context)


def _surveys(acting: Acting, cohort: Cohort) -> list[tuple[Survey, str]]:
    """The surveys of the programme, and when this cohort is asked."""
    found = []
    for each in Survey.objects.visible_to(acting).filter(programme=cohort.programme_id).in_order():
        words = survey_words(each.moment, each.weeks)
        on = survey_on(each.moment, each.weeks, first=cohort.first, last=cohort.last)
        found.append((each, f"{words}, {day(on)}" if on else words))
    return found


def _moves(cohort: Cohort) -> list[tuple[str, str, str | None]]:
    """Where a cohort can be moved: the status, the words of the button, and why not, if not."""
    today = timezone.localdate()
    return [
        (
            to,
            COHORT_MOVE_LABELS[cohort.status, to],
            why_not_move_cohort(
                status=cohort.status,
                to=to,
                approved=cohort.is_approved,
                first=cohort.first,
                last=cohort.last,
                today=today,
            ),
        )
        for to in COHORT_MOVES[cohort.status]
        if to != CohortStatus.CANCELLED
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def change_cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    """Change the title, the venue, or how many places there are."""
    cohort = cohort_to_run(request, cohort_id)
    form = CohortForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if form.is_valid():
        try:
            actions.change_cohort(cohort=cohort, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The cohort is changed")
            return redirect(cohort)
    return render(request, "training/change_cohort.html", {"form": form, "cohort": cohort})


@require_POST
@requires(Permission.RUN_COHORTS)
def move_cohort(request: Request, cohort_id: UUID, to: str) -> HttpResponse:
    """Move a cohort on."""
    cohort = cohort_to_run(request, cohort_id)
    try:
        found = actions.move_cohort(cohort=cohort, to=to, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        label = str(found.get_status_display())
        messages.success(request, f"Noted: {label[:1].lower()}{label[1:]}")
    return redirect(cohort)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def cancel_cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    """Make sure, then cancel a cohort."""
    cohort = cohort_to_run(request, cohort_id)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_cohort(cohort=cohort, because=form.cleaned_data["because"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The cohort is cancelled{actions.who_is_told(cohort)}")
            return redirect(cohort)
    return render(request, "training/cancel_cohort.html", {"form": form, "cohort": cohort})


@require_POST
@requires(Permission.RUN_PROGRAMMES)
def approve_cohort(request: Request, cohort_id: UUID) -> HttpResponse:
    """Approve that an authority delivers a cohort."""
    cohort = cohort_or_404(request, cohort_id)
    if cohort.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    try:
        actions.approve_cohort(cohort=cohort, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Approved: the authority delivers this cohort")
    return redirect(cohort)
