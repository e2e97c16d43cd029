"""The first page of a training centre: what comes next, and what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.first_pages import beside_first_page, first_page
from trellis.organisations.models import OrganisationKind
from trellis.training.models import Application, Cohort, Duty, Place, Programme, Session, TrainerAssignment
from trellis.training.rules.applications import TO_DECIDE
from trellis.training.rules.duties import due_words
from trellis.training.views.short_cohorts import short_cohorts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request

SHOWN = 6
SOON = timedelta(days=90)


@beside_first_page
def my_courses(person: Any) -> list[tuple[str, str]]:
    """Whoever has a place in a course, or teaches one, finds it from their first page."""
    # Every first page asks: one query, and a cheap one. Whoever taught for a centre that they left finds nothing there.
    places, teaching = Place.objects.of(person), TrainerAssignment.objects.of(person)
    if places.values("pk").union(teaching.values("pk")).exists():
        return [("My training: sessions to come", reverse("my_training"))]
    return []


@first_page(OrganisationKind.CENTRE)
def centre_home(request: Request) -> HttpResponse:
    """Applications that wait, the next sessions, duties due soon or overdue, cohorts that wait for approval. As many queries however many there are."""
    acting, today = request.acting, timezone.localdate()
    soon = Session.objects.visible_to(acting).to_come(today).select_related("cohort")
    due = (
        Duty.objects.visible_to(acting).owed().filter(due_on__lte=today + SOON).select_related("authority", "programme")
    )
    duties = list(due.order_by("due_on", "pk")[:SHOWN])
    waiting = Cohort.objects.visible_to(acting).waiting_for_approval().order_by("starts_on", "pk")
    context: dict[str, Any] = {
        "sessions": list(soon[:SHOWN]),
        "duties": [(duty, due_words(duty.due_on, today, duty.status)) for duty in duties],
        "short": short_cohorts(acting, today)[:SHOWN],
        "waiting": list(waiting[:SHOWN]) if acting.may(Permission.RUN_PROGRAMMES) else [],
        "applications": _applications_that_wait(request),
        "any_programme": Programme.objects.visible_to(acting).exists(),
    }
    return render(request, "training/centre_home.html", context)


def _applications_that_wait(request: Request) -> list[Any]:
    """For each programme how many applications wait for a decision, and how many offers end soon: one query."""
    rows = Application.objects.visible_to(request.acting).decided_by(request.acting).filter(forgotten_at=None)
    ending = Application.objects.visible_to(request.acting).ending(timezone.localdate()).values("pk")
    counted = rows.values("programme", "programme__title").annotate(
        to_decide=Count("pk", filter=Q(status__in=TO_DECIDE)), ending=Count("pk", filter=Q(pk__in=ending))
    )
    return [each for each in counted.order_by("programme__title", "programme") if each["to_decide"] or each["ending"]]
