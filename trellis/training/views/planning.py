"""What a centre sees of a cohort that it plans: what it asks, how far the search is, the alternatives, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.models import Job
from trellis.core.refusal import Refused
from trellis.core.rules.small_numbers import at_least
from trellis.training.actions import alternatives
from trellis.training.actions import planning as actions
from trellis.training.cohort_templates import cohort_templates, in_half_days
from trellis.training.forms.planning import PlanningForm, UseForm
from trellis.training.models import Alternative, Counted, Planning, Search
from trellis.training.models.session import ELSEWHERE
from trellis.training.rules.patterns import WEEKDAYS
from trellis.training.rules.planning import how_far, names_are_told, why_not_use
from trellis.training.views.programme import programme_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request


@require_safe
@requires(Permission.RUN_COHORTS)
def plannings(request: Request, programme_id: UUID) -> HttpResponse:
    """The cohorts of a programme that are being planned, and those that were."""
    programme = programme_or_404(request, programme_id)
    if programme.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    rows = Planning.objects.visible_to(request.acting).filter(programme=programme).select_related("authority")
    return render(request, "training/plannings.html", {"programme": programme, "plannings": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def make_planning(request: Request, programme_id: UUID) -> HttpResponse:
    """Begin to plan a cohort."""
    programme = programme_or_404(request, programme_id)
    if programme.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = PlanningForm(data, authorities=programme.authorities.order_by("name"))
    if form.is_valid():
        try:
            planning = actions.make_planning(programme=programme, said=form.said, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Settings can agree to be counted from now on")
            return redirect(planning)
    return render(request, "training/make_planning.html", {"form": form, "programme": programme})


def _planning_or_404(request: Request, planning_id: UUID) -> Planning:
    found = Planning.objects.visible_to(request.acting).counting().select_related("programme", "authority", "cohort")
    return get_object_or_404(found, pk=planning_id)


@require_safe
@never_cache
@requires(Permission.RUN_COHORTS)
def show_planning(request: Request, planning_id: UUID) -> HttpResponse:
    """What is planned, and the alternatives of the last search, the best first. Without a script, a link reads it anew."""
    planning, acting = _planning_or_404(request, planning_id), request.acting
    search = Search.objects.visible_to(acting).filter(planning=planning).first()
    job = _job_of(acting, search) if search and search.job_id else None
    found = Alternative.objects.visible_to(acting).filter(search=search).best_first() if search else []
    context = {
        "planning": planning,
        "agreed": at_least(planning.agreed, planning.agreed + 5),
        "search": search,
        "job": job,
        "own_job": job is not None and job.asked_by_id == acting.user.pk,
        "alternatives": [(each, _how_far(each)) for each in found],
        "weekdays": [WEEKDAYS[number] for number in planning.weekdays],
    }
    return render(request, "training/show_planning.html", context)


def _job_of(acting: Acting, search: Search) -> Job | None:
    """How far a search is: for everybody of the centre, whoever of them asked."""
    jobs = Job.objects.visible_to(acting, operating=True).filter(organisation_id=acting.organisation_id)
    return jobs.filter(pk__in=[search.job_id]).first()


def _how_far(alternative: Alternative) -> str:
    return how_far(
        people=alternative.can_come,
        most=alternative.most_people,
        tight=alternative.tight_days,
        fewest=alternative.fewest_tight,
        proven=alternative.proven,
    )


@require_POST
@requires(Permission.RUN_COHORTS)
def move_planning(request: Request, planning_id: UUID, to: str) -> HttpResponse:
    """Count those that have agreed, or give up."""
    planning = _planning_or_404(request, planning_id)
    try:
        actions.move_planning(planning=planning, to=to, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(planning)


@require_POST
@requires(Permission.RUN_COHORTS)
def ask_for_alternatives(request: Request, planning_id: UUID) -> HttpResponse:
    """Let alternatives be looked for."""
    planning = _planning_or_404(request, planning_id)
    try:
        alternatives.ask_for_alternatives(planning=planning, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(planning)


def _alternative_or_404(request: Request, alternative_id: UUID) -> Alternative:
    found = Alternative.objects.visible_to(request.acting)
    return get_object_or_404(
        found.select_related("search__planning__programme", "search__planning__authority"), pk=alternative_id
    )


@require_safe
@requires(Permission.RUN_COHORTS)
def show_alternative(request: Request, alternative_id: UUID) -> HttpResponse:
    """One alternative: its days and venues, who can come in numbers, and who would be left out."""
    found = _alternative_or_404(request, alternative_id)
    planning, search = found.search.planning, found.search
    sessions = in_half_days(cohort_templates()[planning.template], found.pattern.shape).sessions
    context = {
        "alternative": found,
        "planning": planning,
        "search": search,
        "days": list(zip(sessions, found.dates, strict=True)),
        "elsewhere": ELSEWHERE,
        "how_far": _how_far(found),
        "named": _named(request.acting, found),
        "refused": why_not_use(
            status=planning.status,
            finished=search.finished_at is not None,
            first=found.dates[0][0],
            today=timezone.localdate(),
        ),
    }
    return render(request, "training/show_alternative.html", context)


def _named(acting: Acting, alternative: Alternative) -> list[str] | None:
    """The settings left out that let their name be told, as long as they do; nothing when no names are told."""
    search = alternative.search
    if not names_are_told(search.unnamed, withdrawn=search.somebody_withdrew):
        return None
    told = Counted.objects.visible_to(acting).filter(pk__in=alternative.left_out)
    return list(told.order_by("setting__name").values_list("setting__name", flat=True))


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def use_alternative(request: Request, alternative_id: UUID) -> HttpResponse:
    """Set up a cohort with the days of an alternative."""
    found = _alternative_or_404(request, alternative_id)
    data = request.POST if request.method == "POST" else None
    form = UseForm(data, title=found.search.planning.title, can_come=found.can_come)
    if form.is_valid():
        try:
            cohort = alternatives.use_alternative(alternative=found, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The cohort is set up, with all its sessions")
            return redirect(cohort)
    return render(request, "training/use_alternative.html", {"form": form, "alternative": found})
