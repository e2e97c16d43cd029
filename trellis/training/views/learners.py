"""Learners of a cohort: the list, one of them, a new one, what they reach; and one’s own training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import signed_in
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.models import Provider
from trellis.training import actions
from trellis.training.forms.cohort import BecauseForm, LearnerForm
from trellis.training.forms.learner import MilestoneForm, WithdrawForm
from trellis.training.models import AccessNeeds, Feed, Milestone, Place, PlaceStatus, Session
from trellis.training.own import apologised_for, days_of
from trellis.training.rules.milestones import order_of
from trellis.training.views.finding import (
    address_of,
    cohort_to_run,
    cohort_with_learners,
    place_or_404,
    place_to_run,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_LEARNERS)
def learners(request: Request, cohort_id: UUID) -> HttpResponse:
    """Who has a place in a cohort, by name."""
    cohort = cohort_with_learners(request, cohort_id)
    rows = Place.objects.visible_to(request.acting).filter(cohort=cohort).by_name()
    context = {"cohort": cohort, "page": page_of(rows, request.GET, size=50), "runs": cohort.is_run_by(request.acting)}
    return render(request, "training/learners.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def add_learner(request: Request, cohort_id: UUID) -> HttpResponse:
    """Give somebody a place."""
    cohort = cohort_to_run(request, cohort_id)
    form = LearnerForm(
        request.POST if request.method == "POST" else None, providers=Provider.objects.visible_to(request.acting)
    )
    if form.is_valid():
        try:
            place = actions.give_place(cohort=cohort, learner=form.learner, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{place.name} has a place")
            return redirect("learners", cohort.pk)
    return render(request, "training/add_learner.html", {"form": form, "cohort": cohort})


@require_safe
@requires(Permission.SEE_LEARNERS)
def show_place(request: Request, place_id: UUID) -> HttpResponse:
    """A learner, and what they have reached."""
    place = place_or_404(request, place_id)
    milestones = (
        Milestone.objects.visible_to(request.acting).filter(place=place).select_related("noted_by", "voided_by")
    )
    context = {
        "place": place,
        "milestones": sorted(milestones, key=lambda each: (each.on, order_of(each.kind), each.noted_at)),
        "runs": place.cohort.is_run_by(request.acting),
        "is_taken": place.status == PlaceStatus.TAKEN,
        "needs": AccessNeeds.objects.visible_to(request.acting).filter(application__place=place).first(),
    }
    return render(request, "training/show_place.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def add_milestone(request: Request, place_id: UUID) -> HttpResponse:
    """Note what a learner has reached."""
    place = place_to_run(request, place_id)
    form = MilestoneForm(request.POST if request.method == "POST" else None, reached=_reached(request, place))
    if form.is_valid():
        try:
            actions.mark_milestone(place=place, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "The milestone is noted")
            return redirect(place)
    return render(request, "training/add_milestone.html", {"form": form, "place": place})


def _reached(request: Request, place: Place) -> list[str]:
    """What stands of somebody’s milestones."""
    found = Milestone.objects.visible_to(request.acting).standing().filter(place=place)
    return list(found.values_list("kind", flat=True))


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def withdraw_place(request: Request, place_id: UUID) -> HttpResponse:
    """Note that a learner withdraws, and why."""
    place = place_to_run(request, place_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_place(place=place, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "It is noted that they withdrew. Somebody else can have the place")
            return redirect(place)
    return render(request, "training/withdraw_place.html", {"form": form, "place": place})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def void_milestone(request: Request, milestone_id: UUID) -> HttpResponse:
    """Make a milestone void that was noted by mistake."""
    found = Milestone.objects.visible_to(request.acting).select_related("place__cohort")
    milestone = get_object_or_404(found, pk=milestone_id)
    if not milestone.place.cohort.is_run_by(request.acting):
        raise PermissionDenied
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.void_milestone(milestone=milestone, because=form.cleaned_data["because"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The milestone is void")
            return redirect(milestone.place)
    return render(request, "training/void_milestone.html", {"form": form, "milestone": milestone})


@require_safe
@signed_in
def my_training(request: HttpRequest) -> HttpResponse:
    """One’s own places, the sessions to come, and the address for one’s calendar."""
    person: Any = request.user
    today = timezone.localdate()
    places = list(Place.objects.of(person).named().order_by("-placed_at", "pk"))
    sessions, visits = days_of(places, today)
    context = {
        "places": places,
        "sessions": sessions,
        "sorry": apologised_for(places, sessions) if sessions else {},
        "visits": visits,
        "chosen": {each.session.pk: each.taken for each in visits if each.taken},
        "open_visits": {each.session.pk for each in visits if not each.taken},
        "teaching": Session.objects.of_person(person).to_come(today).told(),
        "address": address_of(request, Feed.objects.of_person(person).first()),
    }
    return render(request, "training/my_training.html", context)
