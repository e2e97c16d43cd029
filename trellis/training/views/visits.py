"""Visits of learners, for whoever looks after a cohort or teaches it, and for a setting that hosts them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.models import Provider
from trellis.training import actions
from trellis.training.criteria_words import words_of
from trellis.training.forms.cohort import BecauseForm
from trellis.training.forms.visits import HowManyForm, VisitOfferForm, WhoGoesForm
from trellis.training.models import Place, PlaceStatus, Reflection, VisitOffer, VisitPlace
from trellis.training.rules.visits import CONTACT_KEPT, VISITS, why_not_offer_visit
from trellis.training.views.finding import session_or_404, session_to_run

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request
    from trellis.training.models import Session

OFFERED = (
    *("on", "starts", "ends", "host_name", "address", "contact", "places", "status", "cancelled_because"),
    *("confirmed_at", "host__name", "host__provider__number"),
)
OF_GOING = ("place__name", "place__setting_name", "reflection__visit")


@require_safe
@requires(Permission.SEE_LEARNERS)
def session_visits(request: Request, session_id: UUID) -> HttpResponse:
    """The visits that a session offers, who goes where, who has not chosen, and who has written about it."""
    session, acting = _visit_or_404(request, session_id), request.acting
    if not session.cohort.shows_learners_to(acting):
        raise PermissionDenied
    going: dict[UUID, list[VisitPlace]] = defaultdict(list)
    taken = VisitPlace.objects.visible_to(acting).live().filter(session=session)
    taken = taken.select_related("place", "reflection").only("offer", *OF_GOING)
    for each in taken.order_by("place__name", "pk"):
        going[each.offer_id].append(each)
    offers = VisitOffer.objects.visible_to(acting).filter(session=session).select_related("host__provider")
    offers = offers.only(*OFFERED).in_order()
    here = Place.objects.visible_to(acting).filter(cohort=session.cohort_id, status=PlaceStatus.TAKEN)
    gone = {each.place_id for chosen in going.values() for each in chosen}
    refused = why_not_offer_visit(kind=session.kind, session=session.status, cohort=session.cohort.status)
    context = {
        "session": session,
        "offers": [(offer, going.get(offer.pk, [])) for offer in offers],
        "anybody": bool(going),
        "waiting": [place for place in here.by_name().only("name", "setting_name") if place.pk not in gone],
        "today": timezone.localdate(),
        "can_change": not refused and session.cohort.is_run_by(acting),
    }
    return render(request, "training/session_visits.html", context)


def _visit_or_404(request: Request, session_id: UUID) -> Session:
    session = session_or_404(request, session_id)
    if session.kind not in VISITS and not VisitOffer.objects.visible_to(request.acting).filter(session=session):
        raise Http404
    return session


def _not_chosen(acting: Acting, session: Session) -> QuerySet[Place]:
    """The learners of a session who go to none of its visits."""
    chosen = VisitPlace.objects.visible_to(acting).live().filter(session=session).values("place")
    here = Place.objects.visible_to(acting).filter(cohort=session.cohort_id, status=PlaceStatus.TAKEN)
    return here.exclude(pk__in=chosen).by_name()


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def add_visit_offer(request: Request, session_id: UUID) -> HttpResponse:
    """Write down what a host offers."""
    session = session_to_run(request, session_id)
    form = _offer_form(request, session)
    if form.is_valid():
        try:
            actions.add_visit_offer(session=session, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, "The visit is written down. Learners can choose it")
            return redirect("session_visits", session.pk)
    return render(request, "training/add_visit_offer.html", {"form": form, "session": session})


def _offer_form(request: Request, session: Session, offer: VisitOffer | None = None) -> VisitOfferForm:
    data = request.POST if request.method == "POST" else None
    providers = Provider.objects.visible_to(request.acting)
    return VisitOfferForm(data, providers=providers, session=session, offer=offer)


def _offer_to_run(request: Request, offer_id: UUID) -> VisitOffer:
    """An offer of a cohort that somebody looks after; another that they see is refused."""
    found = VisitOffer.objects.visible_to(request.acting).select_related("session__cohort", "host__provider")
    offer = get_object_or_404(found, pk=offer_id)
    if not offer.session.cohort.is_run_by(request.acting):
        raise PermissionDenied
    return offer


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def change_visit_offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Change what a host offers."""
    offer = _offer_to_run(request, offer_id)
    form = _offer_form(request, offer.session, offer)
    if form.is_valid():
        try:
            actions.change_visit_offer(offer=offer, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("places", str(refused))
        else:
            messages.success(request, "The visit is changed")
            return redirect(offer)
    return render(request, "training/change_visit_offer.html", {"form": form, "offer": offer})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def cancel_visit_offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Make sure, then cancel a visit."""
    offer = _offer_to_run(request, offer_id)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_visit_offer(offer=offer, because=form.cleaned_data["because"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The visit is cancelled. Whoever wanted to go there is told")
            return redirect(offer)
    return render(request, "training/cancel_visit_offer.html", {"form": form, "offer": offer})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_COHORTS)
def send_learner(request: Request, offer_id: UUID) -> HttpResponse:
    """Give a learner who has not chosen a place in a visit."""
    offer = _offer_to_run(request, offer_id)
    waiting = _not_chosen(request.acting, offer.session)
    form = WhoGoesForm(request.POST if request.method == "POST" else None, places=waiting)
    if form.is_valid():
        place = form.cleaned_data["place"]
        try:
            actions.take_visit(offer=offer, place=place, user=request.acting.user, by=request.acting)
        except Refused as refused:
            form.add_error("place", str(refused))
        else:
            messages.success(request, f"{place.name} goes there")
            return redirect(offer)
    return render(request, "training/send_learner.html", {"form": form, "offer": offer})


@require_POST
@requires(Permission.RUN_COHORTS)
def free_visit_place(request: Request, visit_id: UUID) -> HttpResponse:
    """Give back a learner’s place in a visit."""
    found = VisitPlace.objects.visible_to(request.acting).select_related("offer__session__cohort", "place")
    visit = get_object_or_404(found, pk=visit_id)
    if not visit.offer.session.cohort.is_run_by(request.acting):
        raise PermissionDenied
    try:
        actions.give_back_visit(visit=visit, user=request.acting.user, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{visit.place.name} can choose another visit")
    return redirect(visit.offer)


@require_safe
@requires(Permission.SEE_LEARNERS)
def show_reflection(request: Request, visit_id: UUID) -> HttpResponse:
    """What a learner wrote about a visit."""
    found = Reflection.objects.visible_to(request.acting).select_related(
        "visit__offer__session__cohort", "visit__place"
    )
    reflection = get_object_or_404(found, visit=visit_id)
    criteria = words_of(reflection.criteria)
    return render(request, "training/show_reflection.html", {"reflection": reflection, "criteria": criteria})


@require_safe
@requires(Permission.HOST_LEARNERS)
def hosted_visits(request: Request) -> HttpResponse:
    """The visits that one’s own setting hosts, those to come first, and who comes."""
    today = timezone.localdate()
    rows = VisitOffer.objects.visible_to(request.acting).select_related("session__cohort__programme__centre")
    rows = rows if request.GET.get("show") == "all" else rows.filter(on__gte=today).standing()
    page = page_of(rows.in_order(), request.GET)
    coming: dict[UUID, list[Any]] = defaultdict(list)
    named = [offer.pk for offer in page.rows if offer.on >= today - CONTACT_KEPT]
    taken = VisitPlace.objects.visible_to(request.acting).live().filter(offer__in=named)
    for each in taken.select_related("place").order_by("place__name", "pk"):
        coming[each.offer_id].append(each.place)
    context: dict[str, Any] = {"named": set(named)}
    context |= {"page": page, "coming": coming, "today": today, "show_all": request.GET.get("show") == "all"}
    return render(request, "training/hosted_visits.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOST_LEARNERS)
def confirm_visit_offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Say how many learners can come to one’s own setting."""
    found = VisitOffer.objects.visible_to(request.acting).select_related("session__cohort")
    offer = get_object_or_404(found, pk=offer_id)
    form = HowManyForm(request.POST if request.method == "POST" else None, offer=offer)
    if form.is_valid():
        try:
            actions.confirm_visit_offer(offer=offer, places=form.cleaned_data["places"], by=request.acting)
        except Refused as refused:
            form.add_error("places", str(refused))
        else:
            messages.success(request, "Noted. The training centre sees how many can come")
            return redirect("hosted_visits")
    return render(request, "training/confirm_visit_offer.html", {"form": form, "offer": offer})
