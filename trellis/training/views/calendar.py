"""Calendars by a secret address, and what somebody without an account sees by theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import kept_to_themselves, public, signed_in
from trellis.training import actions
from trellis.training.calendars import calendar_of, etag_of
from trellis.training.models import Feed
from trellis.training.models.place import PLACE_NAMES
from trellis.training.own import apologised_for, days_of
from trellis.training.views.finding import address_of, cohort_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.training.models import Place


@require_safe
@public
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sessions of whoever the address belongs to, for a calendar; “not modified” while nothing has changed."""
    feed = get_object_or_404(Feed.objects.of(token).select_related("cohort", "place__cohort"))
    content = calendar_of(feed.title, feed.sessions(), feed.visits())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    etag = etag_of(content)
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="training.ics"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
@public
@kept_to_themselves
def dates_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions to come of somebody who has no account, by the link that they were sent."""
    feeds = Feed.objects.of(token).for_dates().select_related("place__cohort__programme__centre")
    feed = get_object_or_404(feeds.only("place__status", *(f"place__{name}" for name in PLACE_NAMES)))
    place = cast("Place", feed.place)
    today, places = timezone.localdate(), [place]
    sessions, visits = days_of(places, today)
    context: dict[str, Any] = {
        "place": place,
        "sessions": sessions,
        "token": token,
        "address": address_of(request, place.feeds.for_calendars().first()),
        "sorry": apologised_for(places, sessions),
        "own": visits,
        "visits": {each.session.pk: each.taken for each in visits if each.taken},
        "open_visits": {each.session.pk for each in visits if not each.taken},
    }
    return render(request, "training/dates_by_link.html", context)


@require_POST
@signed_in
def make_my_calendar(request: HttpRequest) -> HttpResponse:
    """Make an address for one’s own sessions, or a new one."""
    actions.make_own_feed(person=request.user)  # type: ignore[arg-type]
    messages.success(request, "Your calendar has a new address. An earlier one does not work any more")
    return redirect("my_training")


@require_POST
@requires(Permission.RUN_COHORTS)
def make_cohort_calendar(request: Request, cohort_id: UUID) -> HttpResponse:
    """Make an address for the sessions of a cohort, or a new one."""
    cohort = cohort_or_404(request, cohort_id)
    if not cohort.is_run_by(request.acting):
        raise PermissionDenied
    actions.make_cohort_feed(cohort=cohort, by=request.acting)
    messages.success(request, "The calendar of this cohort has a new address. An earlier one does not work any more")
    return redirect(cohort)
