"""A learner’s own visits: choosing one, what to bring and look for, and writing about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trellis.core.access import kept_to_themselves, public, signed_in
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.actions.signing_in import VISIT_BY_LINK, ALearner
from trellis.training.criteria_words import words_of
from trellis.training.forms.visits import ReflectionForm
from trellis.training.models import Feed, Place, PlaceStatus, Session, VisitOffer, VisitPlace
from trellis.training.rules.visits import VISITS, why_not_by_link, why_not_give_back, why_not_reflect

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.models import User
    from trellis.core.audit import Actor
    from trellis.training.models import Reflection


def _mine(request: HttpRequest, session_id: UUID) -> tuple[Session, Place]:
    """A visit of one’s own course, and one’s place in it."""
    person: Any = request.user
    found = Session.objects.of(person).select_related("cohort__programme__centre").distinct()
    session = get_object_or_404(found, pk=session_id, kind__in=VISITS)
    place = Place.objects.of(person).filter(cohort=session.cohort_id, status=PlaceStatus.TAKEN).order_by("pk").first()
    if place is None:
        raise Http404
    return session, place


@require_http_methods(["GET", "POST"])
@signed_in
def my_visit(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Choose where one goes, change it or give it back; what to bring, how to get there, what to look for."""
    session, place = _mine(request, session_id)
    return _visit(request, session, place, reverse("my_visit", args=[session.pk]))


@require_http_methods(["GET", "POST"])
@public
@kept_to_themselves
def visit_by_link(request: HttpRequest, token: str, session_id: UUID) -> HttpResponse:
    """The same for somebody who has no account, by the link to their dates; who they are it does not show."""
    session, place = _by_link(token, session_id)
    return _visit(request, session, place, request.path, token=token)


def _by_link(token: str, session_id: UUID) -> tuple[Session, Place]:
    """A visit of the course that a link is for, and the place of whom it was sent to."""
    feed = get_object_or_404(
        Feed.objects.of(token).for_dates().select_related("place__user"), place__status=PlaceStatus.TAKEN
    )
    sessions = feed.sessions().select_related("cohort__programme__centre")
    return get_object_or_404(sessions, pk=session_id, kind__in=VISITS), cast("Place", feed.place)


def _visit(request: HttpRequest, session: Session, place: Place, address: str, *, token: str = "") -> HttpResponse:
    """The page for both."""
    offers = session.visit_offers.counted().in_order()
    taken = place.visits.live().filter(session=session).select_related("offer", "reflection").first()
    if taken:
        taken.offer.session = session
    if request.method == "POST":
        _choose(request, list(offers), place, taken)
        return redirect(address)
    today = timezone.localdate()
    context = {
        "session": session,
        "address": address,
        "token": token,
        "taken": taken,
        "offers": [each for each in offers.standing().filter(on__gte=today) if not taken or each.pk != taken.offer_id],
        "stays": _why_it_stays(taken) if taken else None,
        "cancelled": _cancelled(session, place) if not taken else None,
        "not_yet": _why_not_write(taken) if taken else None,
    }
    return render(request, "training/my_visit.html", context)


def _choose(request: HttpRequest, offers: list[VisitOffer], place: Place, taken: VisitPlace | None) -> None:
    """Take the place that was asked for, or give back the one there is.

    With a link nobody is known but whose place it is, unless they are signed in themselves.
    """
    person, by = _who(request, place)
    wanted = next((each for each in offers if str(each.pk) == request.POST.get("offer")), None)
    try:
        if wanted:
            actions.take_visit(offer=wanted, place=place, user=person, by=by)
            messages.success(request, f"You go to {wanted.host_name}")
        elif "give_back" in request.POST and taken:
            actions.give_back_visit(visit=taken, user=person, by=by)
            messages.success(request, "Your place is given back. Somebody else can have it")
    except Refused as refused:
        messages.error(request, str(refused))


def _who(request: HttpRequest, place: Place) -> tuple[User | None, Actor]:
    """The person whose place it is, when they are signed in themselves; else a learner with their link."""
    signed_in_as: Any = request.user
    if signed_in_as.is_authenticated and place.is_of(signed_in_as):
        return signed_in_as, ALearner(signed_in_as.pk, signed_in_as.name)
    return None, VISIT_BY_LINK


def _why_it_stays(visit: VisitPlace) -> str | None:
    written = hasattr(visit, "reflection")
    return why_not_give_back(back=False, written=written, on=visit.offer.on, today=timezone.localdate())


def _cancelled(session: Session, place: Place) -> VisitOffer | None:
    """The visit that a learner had chosen last, when it was cancelled."""
    mine = place.visits.filter(session=session)
    found = mine.select_related("offer").order_by("-taken_at").first()
    return found.offer if found and found.offer.cancelled_because else None


def _why_not_write(visit: VisitPlace) -> str | None:
    return why_not_reflect(back=False, off=visit.offer.is_off, on=visit.offer.on, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
@signed_in
def write_reflection(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Write about one’s visit, or change what one wrote."""
    person: Any = request.user
    mine = VisitPlace.objects.of(person).live().filter(place__status=PlaceStatus.TAKEN)
    visit = mine.filter(session=session_id, session__kind__in=VISITS).told().order_by("place").first()
    if visit is None:
        raise Http404
    session, written = visit.offer.session, getattr(visit, "reflection", None)
    return _write(request, session, visit, written, reverse("my_visit", args=[session.pk]))


@require_http_methods(["GET", "POST"])
@public
@kept_to_themselves
def write_reflection_by_link(request: HttpRequest, token: str, session_id: UUID) -> HttpResponse:
    """The same for somebody who has no account. What they wrote before no link shows: they write it anew."""
    session, place = _by_link(token, session_id)
    visit = get_object_or_404(place.visits.live().told(), session=session)
    return _write(request, session, visit, None, reverse("visit_by_link", args=[token, session.pk]), token=token)


def _write(
    request: HttpRequest,
    session: Session,
    visit: VisitPlace,
    written: Reflection | None,
    back: str,
    *,
    token: str = "",
) -> HttpResponse:
    """The page for both."""
    criteria = words_of(actions.criteria_of_visit(session))
    form = ReflectionForm(request.POST if request.method == "POST" else None, criteria=criteria, written=written)
    refused = _why_not_write(visit) or why_not_by_link(
        by_link=bool(token), account=visit.place.user_id is not None, written=hasattr(visit, "reflection")
    )
    if form.is_valid() and not refused:
        said = {"text": form.cleaned_data["text"], "criteria": form.cleaned_data.get("criteria", [])}
        _, by = _who(request, visit.place)
        try:
            actions.write_reflection(visit=visit, by=by, **said)
        except Refused as meanwhile:
            form.add_error(None, str(meanwhile))
        else:
            messages.success(request, "Kept. Whoever teaches your course can read it")
            return redirect(back)
    context = {"form": form, "visit": visit, "session": session, "refused": refused, "address": back, "token": token}
    return render(request, "training/write_reflection.html", context)
