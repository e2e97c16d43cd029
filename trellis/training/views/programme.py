"""Programmes: the list, one of them, a new one, changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Max, Min, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.programme import ProgrammeForm
from trellis.training.models import Cohort, Programme, Survey
from trellis.training.rules.surveys import survey_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request
    from trellis.core.paging import Page
    from trellis.training.models.cohort import CohortQuerySet

COHORTS_SHOWN = 10
"""On a phone each row is a card, so that more would be screens of scrolling."""


@require_safe
@requires(Permission.SEE_PROGRAMMES)
def programmes(request: Request) -> HttpResponse:
    """The programmes that somebody sees, by title."""
    rows = Programme.objects.visible_to(request.acting).select_related("centre").order_by("title", "pk")
    return render(request, "training/programmes.html", {"page": page_of(rows, request.GET)})


@require_safe
@requires(Permission.SEE_PROGRAMMES)
def show_programme(request: Request, programme_id: UUID) -> HttpResponse:
    """What a programme is, and its cohorts, the newest first."""
    programme = programme_or_404(request, programme_id)
    cohorts = Cohort.objects.visible_to(request.acting).filter(programme=programme)
    context = {
        "programme": programme,
        "authorities": list(programme.authorities.order_by("name").values_list("name", flat=True)),
        "regions": list(programme.regions.order_by("name").values_list("name", flat=True)),
        "surveys": [
            (each, survey_words(each.moment, each.weeks))
            for each in Survey.objects.visible_to(request.acting).filter(programme=programme).in_order()
        ],
        "page": _cohorts_listed(cohorts, request.GET),
        "own": programme.centre_id == request.acting.organisation_id,
    }
    return render(request, "training/show_programme.html", context)


def _cohorts_listed(cohorts: CohortQuerySet, query: Mapping[str, str]) -> Page[Cohort]:
    """A page of cohorts, the newest first, with what the list says of each: three queries, however many there are."""
    said = cohorts.select_related("authority").only(
        "title", "status", "starts_on", "most_places", "delivered_by", "authority__name"
    )
    page = page_of(said.order_by("-starts_on", "pk"), query, size=COHORTS_SHOWN)
    shown = cohorts.filter(pk__in=[cohort.pk for cohort in page.rows]).order_by()
    taken = dict(shown.values_list("pk").annotate(n=Count("places", filter=~Q(places__status="withdrawn"))))
    held = ~Q(sessions__status="cancelled")
    days = shown.values_list("pk").annotate(
        first_on=Min("sessions__on", filter=held), last_on=Max("sessions__on", filter=held)
    )
    first_and_last = {key: (first, last) for key, first, last in days}
    for cohort in page.rows:
        cohort.taken, (cohort.first, cohort.last) = taken[cohort.pk], first_and_last[cohort.pk]
    return page


def programme_or_404(request: Request, programme_id: UUID) -> Programme:
    """A programme that somebody sees."""
    return get_object_or_404(Programme.objects.visible_to(request.acting).select_related("centre"), pk=programme_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def make_programme(request: Request) -> HttpResponse:
    """Set up a programme."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None, centre_id=request.acting.organisation_id)
    if form.is_valid():
        try:
            programme = actions.make_programme(plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("title", str(refused))
        else:
            messages.success(request, "The programme is set up. Now add its first cohort")
            return redirect(programme)
    return render(request, "training/make_programme.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def change_programme(request: Request, programme_id: UUID) -> HttpResponse:
    """Change what is said of a programme."""
    programme = programme_or_404(request, programme_id)
    data = request.POST if request.method == "POST" else None
    form = ProgrammeForm(data, centre_id=programme.centre_id, programme=programme)
    if form.is_valid():
        try:
            actions.change_programme(programme=programme, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("title", str(refused))
        else:
            messages.success(request, "The programme is changed")
            return redirect(programme)
    return render(request, "training/change_programme.html", {"form": form, "programme": programme})
