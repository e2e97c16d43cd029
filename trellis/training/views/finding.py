"""Finding the record that an address names: what somebody may not see is not there, what they may not change is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from trellis.training import actions
from trellis.training.models import Cohort, Place, Session

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from trellis.accounts.acting import Acting, Request
    from trellis.training.models import Feed


def cohort_or_404(request: Request, cohort_id: UUID) -> Cohort:
    """A cohort that somebody sees, with how many places are taken."""
    found = Cohort.objects.visible_to(request.acting)
    cohort = get_object_or_404(found.select_related("authority", "programme", "delivered_by"), pk=cohort_id)
    taken = Count("places", filter=~Q(places__status="withdrawn"))
    cohort.taken = found.filter(pk=cohort.pk).aggregate(n=taken)["n"]
    return cohort


def runs(acting: Acting, cohort: Cohort) -> bool:
    """Whether somebody looks after a cohort."""
    return Cohort.objects.visible_to(acting).run_by(acting).filter(pk=cohort.pk).exists()


def cohort_to_run(request: Request, cohort_id: UUID) -> Cohort:
    """A cohort that somebody looks after; another that they see is refused."""
    cohort = cohort_or_404(request, cohort_id)
    if not runs(request.acting, cohort):
        raise PermissionDenied
    return cohort


def cohort_with_learners(request: Request, cohort_id: UUID) -> Cohort:
    """A cohort whose learners somebody may see; another that they see is refused."""
    cohort = cohort_or_404(request, cohort_id)
    if not Cohort.objects.visible_to(request.acting).with_learners_for(request.acting).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    return cohort


def session_or_404(request: Request, session_id: UUID) -> Session:
    """A session that somebody sees."""
    found = Session.objects.visible_to(request.acting).select_related("cohort__programme")
    return get_object_or_404(found, pk=session_id)


def session_to_run(request: Request, session_id: UUID) -> Session:
    """A session of a cohort that somebody looks after; another that they see is refused."""
    session = session_or_404(request, session_id)
    if not runs(request.acting, session.cohort):
        raise PermissionDenied
    return session


def place_or_404(request: Request, place_id: UUID) -> Place:
    """A place that somebody sees."""
    found = Place.objects.visible_to(request.acting).select_related("cohort__programme", "authority", "setting")
    return get_object_or_404(found, pk=place_id)


def place_to_run(request: Request, place_id: UUID) -> Place:
    """A place in a cohort that somebody looks after; another that they see is refused."""
    place = place_or_404(request, place_id)
    if not runs(request.acting, place.cohort):
        raise PermissionDenied
    return place


def session_to_mark(request: Request, session_id: UUID) -> Session:
    """A session in which somebody may mark; another that they see is refused."""
    session = session_or_404(request, session_id)
    marks = Session.objects.visible_to(request.acting).marked_by(request.acting)
    if not marks.filter(pk=session.pk).exists():
        raise PermissionDenied
    return session


def address_of(request: HttpRequest, feed: Feed | None) -> str:
    """The secret address of a calendar, whole; nothing when there is none that can be told."""
    token = actions.token_of(feed) if feed else ""
    return request.build_absolute_uri(reverse("calendar_feed", args=[token])) if token else ""
