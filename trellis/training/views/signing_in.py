"""What learners say themselves: the code on the wall, and that they cannot come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import kept_to_themselves, public, signed_in
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.attendance import ApologyForm, CodeForm
from trellis.training.models import Feed, Part, Place, Session, WallCode
from trellis.training.views.finding import session_to_mark

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Request


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def wall_code(request: Request, part_id: UUID) -> HttpResponse:
    """The code on the wall for a part of a day; a new one when asked for."""
    part = get_object_or_404(Part.objects.visible_to(request.acting), pk=part_id)
    part.session = session_to_mark(request, part.session_id)
    if request.method == "POST":
        try:
            actions.open_code(part=part, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("wall_code", part.pk)
    row = WallCode.objects.visible_to(request.acting).open_at(timezone.now()).filter(part=part).first()
    context = {"part": part, "session": part.session, "row": row, "code": actions.code_of(row) if row else ""}
    response = render(request, "training/wall_code.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def sign_in_to_session(request: HttpRequest) -> HttpResponse:
    """Sign in to a session by the code on the wall: a plain answer, or why not."""
    person: Any = request.user
    form = CodeForm(request.POST if request.method == "POST" else None)
    told = ""
    if form.is_valid():
        try:
            told = actions.sign_in(code=form.cleaned_data["code"], user=person)
        except Refused as refused:
            form.add_error("code", str(refused))
    return render(request, "training/sign_in_to_session.html", {"form": form, "told": told})


@require_http_methods(["GET", "POST"])
@signed_in
@kept_to_themselves
def apologise(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Say beforehand that one cannot come."""
    person: Any = request.user
    session = get_object_or_404(Session.objects.of(person).select_related("cohort").distinct(), pk=session_id)
    place = Place.objects.of(person).live().filter(cohort=session.cohort_id).order_by("pk").first()
    if place is None:
        raise Http404
    return _apologise(request, place, session, dates=reverse("my_training"))


@require_http_methods(["GET", "POST"])
@public
@kept_to_themselves
def apologise_by_link(request: HttpRequest, token: str, session_id: UUID) -> HttpResponse:
    """Say beforehand that one cannot come, by the link of somebody who has no account, until the session starts."""
    feed = get_object_or_404(Feed.objects.of(token).for_dates().select_related("place"))
    session = get_object_or_404(feed.sessions(), pk=session_id)
    dates = reverse("dates_by_link", args=[token])
    return _apologise(request, cast("Place", feed.place), session, dates=dates)


def _apologise(request: HttpRequest, place: Place, session: Session, *, dates: str) -> HttpResponse:
    """The page for both; of who it is, a link shows nothing."""
    person: Any = request.user if request.user.is_authenticated else None
    form = ApologyForm(request.POST if request.method == "POST" else None)
    then = actions.day_of(place=place, session=session)
    told, refused = "", actions.why_not_say_sorry(place=place, session=session)
    if form.is_valid() and not refused:
        own = person if person and place.is_of(person) else None
        try:
            told = actions.apologise(place=place, session=session, reason=form.cleaned_data["reason"], user=own)
        except Refused as meanwhile:
            refused = str(meanwhile)
    context = {"form": form, "session": session, "then": then, "told": told, "refused": refused, "dates": dates}
    return render(request, "training/apologise.html", context)
