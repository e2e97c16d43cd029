"""The first page of a training centre: what comes next, and what is due."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.first_pages import beside_first_page, first_page
from trellis.organisations.models import OrganisationKind
from trellis.training.models import Application, Cohort, Duty, Place, Programme, Session, TrainerAssignment
from trellis.training.models.session import SessionKind
from trellis.training.rules.duties import due_words
from trellis.training.views.short_cohorts import short_cohorts

if TYPE_CHECKING:
    from datetime import date, time
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request

SHOWN = 6
SOON = timedelta(days=90)


class Coming(NamedTuple):
    """A session to come."""

    pk: UUID
    title: str
    kind: str
    on: date
    starts: time
    ends: time
    cohort: str

    @property
    def called(self) -> str:
        """Its title, or what it is."""
        return self.title or SessionKind(self.kind).label


@beside_first_page
def my_courses(person: Any, _acting: Acting | None) -> list[tuple[str, str]]:
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
    soon = Session.objects.visible_to(acting).to_come(today)
    columns = ("pk", "title", "kind", "on", "starts", "ends", "cohort__title")
    sessions = list(map(Coming._make, soon.values_list(*columns)[:SHOWN]))
    due = (
        Duty.objects.visible_to(acting).owed().filter(due_on__lte=today + SOON).select_related("authority", "programme")
    )
    duties = due.only("due_on", "status", "authority__name", "programme__title").order_by("due_on", "pk")[:SHOWN]
    waiting = Cohort.objects.visible_to(acting).waiting_for_approval().order_by("starts_on", "pk")
    context: dict[str, Any] = {
        "sessions": sessions,
        "duties": [(duty, due_words(duty.due_on, today, duty.status)) for duty in duties],
        "short": short_cohorts(acting, today)[:SHOWN],
        "waiting": waiting.values("pk", "title", "starts_on")[:SHOWN] if acting.may(Permission.RUN_PROGRAMMES) else [],
        "applications": _applications_that_wait(acting, today),
        "any_programme": bool(sessions) or Programme.objects.visible_to(acting).exists(),
    }
    return render(request, "training/centre_home.html", context)


def _applications_that_wait(acting: Acting, today: date) -> list[tuple[UUID, str, int, int]]:
    """For each programme how many applications wait for a decision, and how many offers end soon.

    Two queries, as one with both costs more.
    """
    rows = Application.objects.visible_to(acting).decided_by(acting).filter(forgotten_at=None)
    to_decide = Counter(rows.to_decide().values_list("programme_id", "programme__title"))
    ending = Counter(rows.ending(today).values_list("programme_id", "programme__title"))
    in_order = sorted(to_decide | ending, key=lambda found: (found[1], found[0]))
    return [(pk, title, to_decide[pk, title], ending[pk, title]) for pk, title in in_order]
