"""Cohorts with too few learners: which they are, and what is decided about one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.admission import days_of, shipped_rules
from trellis.training.forms.short_cohort import GoAheadForm, MoveLearnersForm
from trellis.training.models import Cohort, Place
from trellis.training.rules.cohorts import TO_BEGIN, too_few
from trellis.training.views.finding import cohort_to_run

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request
MOST = 50


def short_cohorts(acting: Acting, today: date) -> list[tuple[Cohort, str]]:
    """Cohorts that somebody looks after and that begin soon with too few learners, each with its sentence."""
    rows = Cohort.objects.visible_to(acting).run_by(acting).begins_by(latest_short(today))
    columns = ("title", "programme_id", "least_places", "starts_on", "goes_ahead_with")
    found = list(rows.order_by("starts_on", "title", "pk").only(*columns))
    if found:
        Place.objects.visible_to(acting).count_in(found)
    return _said(found, today)


def short_sentence(acting: Acting, cohort: Cohort, today: date) -> str:
    """That a cohort has too few learners, for whoever looks after it; nothing otherwise."""
    soon = cohort.status in TO_BEGIN and cohort.starts_on <= latest_short(today)
    found = _said([cohort], today) if soon and cohort.is_run_by(acting) else []
    return found[0][1] if found else ""


def latest_short(today: date) -> date:
    """The last day on which a cohort can begin about which anything is said."""
    return today + timedelta(days=shipped_rules()["short_days"].most)


def _said(cohorts: list[Cohort], today: date) -> list[tuple[Cohort, str]]:
    few = [each for each in cohorts if each.is_undecided]
    days = days_of("short_days", {each.programme_id for each in few}, today) if few else {}
    said = [
        (each, too_few(taken=each.taken, least=each.least_places, starts_on=each.starts_on, today=today, days=days[each.programme_id]))
        for each in few
    ]  # fmt: skip
    return [(each, sentence) for each, sentence in said if sentence]


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def go_ahead(request: Request, cohort_id: UUID) -> HttpResponse:
    """Decide that a cohort is held with few learners, and say why."""
    cohort = cohort_to_run(request, cohort_id)
    form = GoAheadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.go_ahead(cohort=cohort, because=form.cleaned_data["because"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your decision is noted with the cohort")
            return redirect(cohort)
    return render(request, "training/go_ahead.html", {"form": form, "cohort": cohort})


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPLICATIONS)
def ask_waiting(request: Request, cohort_id: UUID) -> HttpResponse:
    """Make sure, then ask those who wait for other cohorts about this one."""
    cohort = cohort_to_run(request, cohort_id)
    if cohort.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    if request.method == "POST":
        try:
            asked = actions.ask_waiting(cohort=cohort, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{asked} {'person gets' if asked == 1 else 'people get'} an e-mail")
        return redirect(cohort)
    context = {
        "cohort": cohort,
        "waiting": actions.who_can_be_asked(cohort).count(),
        "refused": actions.why_not_ask(cohort),
    }
    return render(request, "training/ask_waiting.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def move_learners(request: Request, cohort_id: UUID) -> HttpResponse:
    """Move learners of a cohort that has not begun to another of the programme."""
    cohort, acting = cohort_to_run(request, cohort_id), request.acting
    others = Cohort.objects.visible_to(acting).run_by(acting).filter(programme=cohort.programme, status__in=TO_BEGIN)
    cohorts = list(others.exclude(pk=cohort.pk).listed().order_by("starts_on", "title", "pk")[:MOST])
    places = list(Place.objects.visible_to(acting).filter(cohort=cohort).live().by_name())
    form = MoveLearnersForm(request.POST if request.method == "POST" else None, cohorts=cohorts, places=places)
    if form.is_valid():
        try:
            moved = actions.move_learners(cohort=cohort, by=acting, **form.said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{moved} moved. {'They get' if moved > 1 else 'The learner gets'} an e-mail")
            return redirect(cohort)
    context = {"form": form, "cohort": cohort, "cohorts": cohorts, "places": places}
    return render(request, "training/move_learners.html", context)
