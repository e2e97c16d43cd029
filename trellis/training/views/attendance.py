"""What marks add up to: a learner, one’s own, a cohort; and catching up on what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import signed_in
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.attendance import attendance_of, criteria_words, guided_missed
from trellis.training.forms.attendance import SignOffForm
from trellis.training.forms.cohort import BecauseForm
from trellis.training.models import Application, ApplicationStatus, CatchUp, CatchUpStatus, Cohort, Part, Place, Session
from trellis.training.rules.applications import BOOKED_NEXT
from trellis.training.rules.figures import guided_against
from trellis.training.rules.minutes import hours, short_hours
from trellis.training.views.finding import cohort_with_learners, place_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Request
    from trellis.training.attendance import LearnerAttendance


@require_safe
@requires(Permission.SEE_LEARNERS)
def cohort_attendance(request: Request, cohort_id: UUID) -> HttpResponse:
    """Each learner of a cohort: attended, apologised, guided time, what can still be reached; open catch-ups."""
    cohort = cohort_with_learners(request, cohort_id)
    places = Place.objects.visible_to(request.acting).filter(cohort=cohort).live().by_name().only("name", "status")
    open_ones = (
        CatchUp.objects.visible_to(request.acting).filter(place__cohort=cohort, status=CatchUpStatus.OPEN).named()
    )
    learners = attendance_of(cohort, list(places))
    context = {
        "cohort": cohort,
        "learners": learners,
        "lost": [
            (found.place, row)
            for found in learners
            if found.figures.to_open
            for row in found.rows
            if row.of_one.can_open
        ],
        "asked": cohort.programme.minimum_guided_minutes,
        "guided_against": guided_against,
        "open_ones": open_ones.order_by("part__session__on", "place__name", "pk"),
    }
    return render(request, "training/cohort_attendance.html", context)


@require_safe
@requires(Permission.SEE_LEARNERS)
def place_attendance(request: Request, place_id: UUID) -> HttpResponse:
    """How one learner attended."""
    place = place_or_404(request, place_id)
    figures = _figures([attendance_of(place.cohort, [place])[0]])[0]
    return render(request, "training/place_attendance.html", {"place": place, **figures})


@require_safe
@requires(Permission.BOOK_TRAINING)
def staff_training(request: Request) -> HttpResponse:
    """The people of a setting who have a place, and whether they can reach the minimum: what alerts tell, no figures.

    Whoever one has booked is there from the booking on, with how far it is.
    """
    places = Place.objects.visible_to(request.acting).live().select_related("cohort__programme__centre")
    of_cohorts: dict[Cohort, list[Place]] = {}
    for place in places.order_by("-cohort__starts_on", "cohort", "name", "pk"):
        of_cohorts.setdefault(place.cohort, []).append(place)
    courses = [(cohort, attendance_of(cohort, learning)) for cohort, learning in of_cohorts.items()]
    booked = Application.objects.of(request.user).filter(booked_by=request.user, setting=request.acting.organisation_id)
    booked = booked.filter(place=None).exclude(status=ApplicationStatus.WITHDRAWN).select_related("programme__centre")
    context = {"courses": courses, "booked": booked.order_by("-begun_at", "pk"), "next_words": BOOKED_NEXT}
    return render(request, "training/staff_training.html", context)


def _figures(learners: list[LearnerAttendance]) -> list[dict[str, Any]]:
    """What a page says of each learner; what was missed with its words."""
    words = criteria_words(
        [each.place.cohort for each in learners], {code for each in learners for code in each.figures.criteria_missed}
    )
    return [
        {
            "found": found,
            "guided": short_hours(found.figures.guided),
            "best": short_hours(found.figures.guided_best),
            "asked": hours(found.place.cohort.programme.minimum_guided_minutes),
            "share": found.place.cohort.programme.minimum_attendance,
            "criteria": [
                (code, words.get((found.place.cohort_id, code), "")) for code in found.figures.criteria_missed
            ],
        }
        for found in learners
    ]


@require_safe
@signed_in
def my_attendance(request: HttpRequest) -> HttpResponse:
    """How one attended oneself, in each course."""
    person: Any = request.user
    places = Place.objects.of(person).live().select_related("cohort__programme").order_by("-placed_at", "pk")
    learners = _figures([attendance_of(place.cohort, [place])[0] for place in places])
    return render(request, "training/my_attendance.html", {"learners": learners})


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def show_catch_up(request: Request, catch_up_id: UUID) -> HttpResponse:
    """Something to catch up on; signing it off."""
    catch_up = _catch_up_or_404(request, catch_up_id)
    others = Session.objects.visible_to(request.acting).held().exclude(cohort=catch_up.place.cohort_id)
    others = others.filter(
        cohort__programme=catch_up.place.cohort.programme_id,
        on__range=(catch_up.part.session.on, timezone.localdate()),
    )
    others = others.select_related("cohort").only("title", "kind", "cohort__title").order_by("-on", "pk")
    form = SignOffForm(request.POST if request.method == "POST" else None, sessions=others)
    if form.is_valid():
        try:
            actions.sign_off_catch_up(catch_up=catch_up, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Signed off: {catch_up.place.name} has caught up")
            return redirect("place_attendance", catch_up.place_id)
    earlier = CatchUp.objects.visible_to(request.acting).undone().filter(place=catch_up.place_id, part=catch_up.part_id)
    context = {
        "catch_up": catch_up,
        "form": form,
        "guided": guided_missed(catch_up),
        "earlier": earlier.exclude(pk=catch_up.pk).told(),
    }
    return render(request, "training/show_catch_up.html", context)


@require_POST
@requires(Permission.MARK_ATTENDANCE)
def open_catch_up(request: Request, place_id: UUID, part_id: UUID) -> HttpResponse:
    """Let somebody catch up on what they lost by being late or leaving early."""
    place = place_or_404(request, place_id)
    part = get_object_or_404(Part.objects.visible_to(request.acting), pk=part_id, session__cohort=place.cohort_id)
    try:
        catch_up = actions.open_catch_up(place=place, part=part, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("place_attendance", place.pk)
    messages.success(request, f"{place.name} can catch up on this now")
    return redirect(catch_up)


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def end_catch_up(request: Request, catch_up_id: UUID) -> HttpResponse:
    """Say why something is not caught up."""
    catch_up = _catch_up_or_404(request, catch_up_id)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.end_catch_up(catch_up=catch_up, because=form.cleaned_data["because"][:300], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is noted that this is not caught up")
            return redirect("place_attendance", catch_up.place_id)
    return render(request, "training/end_catch_up.html", {"catch_up": catch_up, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def undo_catch_up(request: Request, catch_up_id: UUID) -> HttpResponse:
    """Take a sign-off back, and say why it was wrong."""
    catch_up = _catch_up_or_404(request, catch_up_id)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            now = actions.undo_catch_up(
                catch_up=catch_up, because=form.cleaned_data["because"][:300], by=request.acting
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The sign-off is taken back. Its minutes count no more")
            return redirect(now)
    return render(request, "training/undo_catch_up.html", {"catch_up": catch_up, "form": form})


def _catch_up_or_404(request: Request, catch_up_id: UUID) -> CatchUp:
    return get_object_or_404(CatchUp.objects.visible_to(request.acting).told(), pk=catch_up_id)
