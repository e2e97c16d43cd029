"""What the setting does: its manager answers by link, or books several people at once; one’s own applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires, second_step_done
from trellis.accounts.roles import Permission
from trellis.core.access import kept_to_themselves, public, signed_in
from trellis.core.often import counted_of
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.applying import (
    DAY,
    MOST_FROM_AN_ADDRESS,
    chosen_of,
    cohorts_to_choose,
    look_alike,
    programme_to_apply_for,
    tell_when,
    what_they_ask,
)
from trellis.training.forms.admission import PEOPLE_AT_ONCE, BookForm, PersonForm, ReleaseForm, people_forms
from trellis.training.models import Application, KeyFor
from trellis.training.rules.applications import BOOKED_NEXT

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.training.models import Cohort, Programme


@require_http_methods(["GET", "POST"])
@public
@kept_to_themselves
def confirm_release(request: Any, token: str) -> HttpResponse:
    """The manager says that the setting can release somebody, or why it cannot."""
    application = actions.find_application(token, KeyFor.MANAGER)
    if application is None:
        return render(request, "training/application_unusable.html", {"manager": True}, status=404)
    form = ReleaseForm(request.POST if request.method == "POST" else None, initial={"name": application.manager_name})
    if form.is_valid():
        try:
            actions.answer_for_setting(application=application, answer=form.said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "training/release_is_answered.html", {"application": application})
    context = {"form": form, "application": application, "asks": what_they_ask(application)}
    return render(request, "training/confirm_release.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOK_TRAINING)
def book_people(request: Request, programme_id: UUID) -> HttpResponse:
    """Apply for several people of one’s setting; each line is checked by itself."""
    programme = programme_to_apply_for(programme_id)
    if programme is None:
        raise Http404
    cohorts = list(cohorts_to_choose(programme))
    if not cohorts:
        return redirect("apply_for_place", programme.pk)
    data = request.POST if request.method == "POST" else None
    if data is not None and "one_more" in data:
        form = BookForm(initial={"confirmed": data.getlist("confirmed")})
        return _book_page(request, programme, cohorts, form, people_forms(data, one_more=True))
    form, people = BookForm(data), people_forms(data)
    fine = all([form.is_valid(), *(each.is_valid() for each in people)])
    if fine and not any(each.booking for each in people):
        people[0].add_error("name", "Enter at least one person")
        fine = False
    if fine:
        booked = _book(request, programme, people, chosen_of(cohorts, request.GET))
        if not any(each.errors for each in people):
            messages.success(request, f"{booked} {'person gets' if booked == 1 else 'people get'} an e-mail")
            return redirect("my_applications")
        messages.success(request, f"{booked} booked. The others are below, with the reason") if booked else None
    return _book_page(request, programme, cohorts, form, people)


def _book_page(
    request: Request, programme: Programme, cohorts: list[Cohort], form: BookForm, people: list[PersonForm]
) -> HttpResponse:
    tell_when(cohorts)
    context = {
        "programme": programme,
        "cohorts": cohorts,
        "chosen": chosen_of(cohorts, request.GET),
        "alike": look_alike(cohorts),
        "form": form,
        "people": people,
        "most": PEOPLE_AT_ONCE,
    }
    return render(request, "training/book_people.html", context)


def _book(request: Request, programme: Any, people: list[PersonForm], wanted: Cohort | None) -> int:
    """Book each line by itself: how many were. A line that is refused says why."""
    booked = 0
    for person in people:
        if not person.booking:
            continue
        if counted_of("booking for a course", str(request.user.pk), within=DAY) > MOST_FROM_AN_ADDRESS:
            person.add_error("email", "You have applied for many people today. Go on tomorrow")
            continue
        try:
            actions.book_person(programme=programme, booking=person.booking, wanted=wanted, by=request.acting)
        except Refused as refused:
            person.add_error("email", str(refused))
        else:
            booked += 1
    return booked


@require_safe
@signed_in
def my_applications(request: Any) -> HttpResponse:
    """One’s own applications, and those that one booked for the setting."""
    acting = request.acting
    may_book = acting is not None and acting.may(Permission.BOOK_TRAINING)
    may_book = may_book and (not acting.needs_second_step or second_step_done(request))
    rows = Application.objects.of(request.user).select_related("programme__centre").order_by("-begun_at", "pk")
    context = {
        "own": rows.filter(user=request.user),
        "booked": rows.filter(booked_by=request.user, setting=acting.organisation_id) if may_book else [],
    }
    return render(request, "training/my_applications.html", context)


@require_safe
@requires(Permission.BOOK_TRAINING)
def booked_application(request: Request, application_id: UUID) -> HttpResponse:
    """How far it is with somebody whom one booked for the setting: what one said oneself, and no answer of theirs."""
    rows = Application.objects.of(request.user).filter(booked_by=request.user, setting=request.acting.organisation_id)
    application = get_object_or_404(rows.select_related("programme__centre", "place__cohort"), pk=application_id)
    context = {"application": application, "next": BOOKED_NEXT[application.status]}
    return render(request, "training/booked_application.html", context)


@require_POST
@signed_in
def open_my_application(request: Any, application_id: UUID) -> HttpResponse:
    """Go on with one’s own application."""
    application = get_object_or_404(Application.objects.of(request.user).filter(user=request.user), pk=application_id)
    return redirect("application", actions.link_for(application=application))
