"""Applying for a place without an account: the programme, one question on each page, checking, sending, answering."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.core.access import kept_to_themselves, public
from trellis.core.dates import day
from trellis.core.often import counted_of
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.models import OrganisationKind
from trellis.training import actions
from trellis.training.actions.moving import held_in
from trellis.training.applying import (
    DAY,
    MOST_FROM_AN_ADDRESS,
    answers_of,
    asked_about,
    can_look_up,
    chosen_of,
    cohorts_to_choose,
    has_asked_too_often,
    look_alike,
    looked_up,
    newest_offer,
    programme_to_apply_for,
    speaks_against,
    tell_when,
    why_of,
)
from trellis.training.applying import (
    courses_to_apply_for as courses_open,
)
from trellis.training.forms.application import SEARCHES, STEPS, BeginForm
from trellis.training.models import Application, KeyFor, OfferStatus
from trellis.training.rules.applications import APPLICATION_MOVES, why_not_answer, why_not_write
from trellis.training.rules.questions import QUESTIONS, missing_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from trellis.training.models import Cohort

P = ParamSpec("P")


def with_application(
    view: Callable[Concatenate[Any, Application, str, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Find the application of a link; a link that opens nothing leads to a page that says so."""

    @wraps(view)
    def found(request: Any, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        application = actions.find_application(token, KeyFor.APPLICANT)
        if application is None:
            return render(request, "training/application_unusable.html", status=404)
        return view(request, application, token, *args, **kwargs)

    return kept_to_themselves(found)


@require_safe
@public
def courses_to_apply_for(request: Any) -> HttpResponse:
    """The cohorts that are open for applications, the next first; those of one entry of the catalogue with `?course=`."""
    rows, key = courses_open(), request.GET.get("course", "")[:60]
    page = page_of(rows.filter(programme__qualification_key=key) if key else rows, request.GET)
    tell_when(page.rows)
    return render(
        request, "training/courses_to_apply_for.html", {"page": page, "key": key, "alike": look_alike(page.rows)}
    )


@require_http_methods(["GET", "POST"])
@public
def apply_for_place(request: Any, programme_id: UUID) -> HttpResponse:
    """What the programme is. Whoever is signed in begins at once, whoever is not gets a link by e-mail.

    `?start=` is the cohort that they chose in the list: the first question comes back to it.
    """
    programme = programme_to_apply_for(programme_id)
    if programme is None:
        raise Http404
    cohorts = list(cohorts_to_choose(programme))
    tell_when(cohorts)
    chosen = chosen_of(cohorts, request.GET)
    known = request.user.is_authenticated
    form = BeginForm(request.POST if request.method == "POST" and not known else None)
    if request.method == "POST" and cohorts:
        if known:
            if counted_of("applying for a course", str(request.user.pk), within=DAY) > MOST_FROM_AN_ADDRESS:
                return render(request, "training/apply_too_often.html", {"programme": programme}, status=429)
            return _begin(request, programme, chosen)
        if form.is_valid():
            if has_asked_too_often(request, form.cleaned_data["email"]):
                return render(request, "training/apply_too_often.html", {"programme": programme}, status=429)
            actions.send_link(programme=programme, wanted=chosen, **form.cleaned_data)
            return render(request, "training/link_is_sent.html", {"programme": programme, **form.cleaned_data})
    context = {
        "programme": programme,
        "cohorts": cohorts,
        "chosen": chosen,
        "form": form,
        "known": known,
        "alike": look_alike(cohorts),
    }
    return render(request, "training/apply_for_place.html", context)


def _begin(request: Any, programme: Any, wanted: Cohort | None) -> HttpResponse:
    """Begin for whoever is signed in, with the setting that they act for."""
    acting = request.acting
    of_setting = acting is not None and acting.organisation_kind == OrganisationKind.SETTING
    work = actions.work_of(acting) if of_setting else None
    who = {"name": request.user.name, "email": request.user.email, "user": request.user}
    _, token = actions.begin_application(programme=programme, work=work, wanted=wanted, **who)
    return redirect("application", token)


@require_safe
@public
@with_application
def application(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    """Where the application stands and what can be done; while it is being written, the next question."""
    if application.status == "draft":
        return redirect(_next_page(application, token))
    offer = newest_offer(application)
    open_offer = offer is not None and offer.status == OfferStatus.OPEN
    tell_when([offer.cohort] if offer else [])
    context = {
        "application": application,
        "token": token,
        "offer": offer if open_offer or application.status in ("accepted", "expired", "declined") else None,
        "can_answer": offer is not None
        and why_not_answer(status=offer.status, until=offer.until, today=timezone.localdate()) is None,
        "why": why_of(application),
        "dates": actions.where_to_look(application.place) if application.place else "",
        "asked_about": [each for each in asked_about(application) if held_in(each) < each.most_places],
        "can_withdraw": "withdrawn" in APPLICATION_MOVES[application.status],
    }
    return render(request, "training/application.html", context)


def _next_page(application: Application, token: str) -> str:
    """The first question without an answer, or the list of answers."""
    for step in actions.steps_of(application):
        if step not in application.answered:
            return reverse("application_step", args=[token, step])
    return reverse("check_application", args=[token])


@require_http_methods(["GET", "POST"])
@public
@with_application
def application_step(request: HttpRequest, application: Application, token: str, step: str) -> HttpResponse:
    """One question; what is answered is kept, and the next question follows."""
    steps = actions.steps_of(application)
    if step not in steps:
        raise Http404
    if why_not_write(application.status):
        return redirect("application", token)
    about: dict[str, Any] = {"application": application}
    context: dict[str, Any] = {"step": step, "token": token, "title": QUESTIONS[step], "application": application}
    if step == "cohort":
        about["cohorts"] = list(cohorts_to_choose(application.programme))
        tell_when(about["cohorts"])
    if step in SEARCHES:
        found = looked_up(step, request.GET)
        about["found"] = found.rows
        if can_look_up(step, found):
            context |= {"search": SEARCHES[step](request.GET if "q" in request.GET else None), "page": found}
        else:
            about["found"] = None
    form = STEPS[step](request.POST if request.method == "POST" else None, **about)
    if form.is_valid():
        try:
            application = actions.save_answer(application=application, step=step, answer=form.answer)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("application", token)
        return redirect(_after(application, token, step))
    place = steps.index(step)
    longest = actions.steps_at_most(application, steps)
    context |= {
        "form": form,
        "number": longest.index(step) + 1,
        "of": len(longest),
        "at_most": not {"setting", "role", "level-3"} <= {*application.answered},
        "before": steps[place - 1] if place else "",
    }
    return render(request, "training/application_step.html", context)


def _after(application: Application, token: str, step: str) -> str:
    """The question after one; whoever changes an answer at the end comes back to the list of answers."""
    steps = actions.steps_of(application)
    if not missing_of(steps, application.answered):
        return reverse("check_application", args=[token])
    following = [each for each in steps[steps.index(step) + 1 :] if each not in application.answered]
    return reverse("application_step", args=[token, following[0]]) if following else _next_page(application, token)


@require_http_methods(["GET", "POST"])
@public
@with_application
def check_application(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    """All answers, each to be changed; then it is sent."""
    if why_not_write(application.status):
        return redirect("application", token)
    if request.method == "POST":
        try:
            actions.send_application(application=application)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("check_application", token)
        messages.success(request, "Your application is sent")
        return redirect("application", token)
    steps = actions.steps_of(application)
    missing = missing_of(steps, application.answered)
    context = {
        "application": application,
        "token": token,
        "answers": answers_of(application, steps),
        "missing": missing,
        "why": why_of(application),
        "against": None if missing else speaks_against(application),
    }
    return render(request, "training/check_application.html", context)


@require_http_methods(["GET", "POST"])
@public
@with_application
def answer_offer(request: HttpRequest, application: Application, token: str, answer: str) -> HttpResponse:
    """Accept the place that is offered, or leave it to somebody else."""
    offer = newest_offer(application)
    if offer is None:
        raise Http404
    refused = why_not_answer(status=offer.status, until=offer.until, today=timezone.localdate())
    if refused:
        messages.error(request, refused)
        return redirect("application", token)
    if request.method == "POST":
        act = actions.accept_offer if answer == "accept" else actions.decline_offer
        try:
            act(application=application)
        except Refused as why:
            messages.error(request, str(why))
        return redirect("application", token)
    tell_when([offer.cohort])
    context = {"application": application, "token": token, "offer": offer, "accepts": answer == "accept"}
    return render(request, "training/answer_offer.html", context)


@require_http_methods(["GET", "POST"])
@public
@with_application
def withdraw_application(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    """Withdraw the application, or leave the waiting list."""
    if request.method == "POST":
        try:
            actions.withdraw_application(application=application)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("application", token)
    return render(request, "training/withdraw_application.html", {"application": application, "token": token})


@require_http_methods(["POST"])
@public
@with_application
def ask_manager_again(request: HttpRequest, application: Application, token: str) -> HttpResponse:
    """Ask the setting once more after it has said no."""
    try:
        actions.ask_manager_again(application=application)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("application", token)


@require_http_methods(["POST"])
@public
@with_application
def want_as_well(request: HttpRequest, application: Application, token: str, cohort_id: UUID) -> HttpResponse:
    """Say that another cohort, which somebody who waits was asked about, would do as well."""
    cohort = next((each for each in asked_about(application) if each.pk == cohort_id), None)
    if cohort is None:
        raise Http404
    try:
        actions.want_as_well(application=application, cohort=cohort)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Noted: the course starting {day(cohort.starts_on)} would suit you as well")
    return redirect("application", token)
