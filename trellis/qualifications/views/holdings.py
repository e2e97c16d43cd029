"""Who holds what: a setting’s people, and oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires, second_step_done
from trellis.accounts.roles import Permission
from trellis.core.access import signed_in
from trellis.core.exports import Column, Table, csv_response, xlsx_response
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.models import Membership, OrganisationKind
from trellis.qualifications.actions import holdings as actions
from trellis.qualifications.forms.holdings import (
    NOT_SEEN,
    ChooseForm,
    HeldForm,
    NarrowHoldingsForm,
    OwnHeldForm,
    PersonHeldForm,
)
from trellis.qualifications.models import Holding, ListedQualification, Qualification
from trellis.qualifications.rules.holdings import state_of
from trellis.qualifications.rules.listing import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Acting, Request
    from trellis.core.exports import Cell
    from trellis.qualifications.models.holding import HoldingQuerySet

FOUND_AT_ONCE = 20
MOST_MEMBERS = 500
STATES = {"out": "Has run out", "soon": "Runs out soon", "": ""}
COLUMNS = (
    Column("Person", width=28),
    Column("Qualification", width=50),
    Column("Level", "number", width=8),
    Column("Gained", "date", width=18),
    Column("Runs out", "date", width=18),
    Column("Evidence seen", width=30),
    Column("Seen by", width=28),
    Column("Seen on", "date", width=18),
)


def narrowed(request: Request, today: date) -> tuple[NarrowHoldingsForm, HoldingQuerySet]:
    """The form, and the holdings that fit it, as the page and its exports show them."""
    form = NarrowHoldingsForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = Holding.objects.visible_to(request.acting).live().told().by_person()
    if answers.get("name"):
        rows = rows.of_name(answers["name"])
    if answers.get("show") == form.RUNNING_OUT:
        rows = rows.running_out(today)
    if answers.get("show") == form.NOT_SEEN:
        rows = rows.filter(evidence="")
    return form, rows


@require_safe
@requires(Permission.SEE_HOLDINGS)
def holdings(request: Request) -> HttpResponse:
    """Everybody’s qualifications in the organisation, and what runs out."""
    today = timezone.localdate()
    form, rows = narrowed(request, today)
    context = {
        "form": form,
        "page": page_of(rows, request.GET),
        "narrows": any(form.cleaned_data.values()) if form.is_valid() else False,
        "state_of": lambda each: state_of(each.expires_on, today),
        "states": STATES,
        "running_out": Holding.objects.visible_to(request.acting).live().running_out(today).count(),
    }
    return render(request, "qualifications/holdings.html", context)


@require_safe
@requires(Permission.SEE_HOLDINGS)
def export_holdings(request: Request, kind: str) -> HttpResponseBase:
    """The rows of the page as CSV or Excel."""
    today = timezone.localdate()
    if kind not in ("csv", "xlsx"):
        raise Http404
    _, rows = narrowed(request, today)
    table = Table("Who holds what", request.acting.organisation_name, COLUMNS, _lines(rows))
    return csv_response(table, today) if kind == "csv" else xlsx_response(table, today)


def _lines(rows: HoldingQuerySet) -> Iterator[tuple[Cell, ...]]:
    for each in rows.iterator(chunk_size=500):
        seen_by = each.seen_by.name if each.seen_by else ""
        evidence = each.get_evidence_display() if each.evidence else "Not yet"
        days = (each.achieved_on, each.expires_on)
        yield (each.person, each.title, each.level, *days, evidence, seen_by, each.seen_on)


@require_safe
@signed_in
def my_qualifications(request: Any) -> HttpResponse:
    """What is written down of oneself, in whatever organisation."""
    today = timezone.localdate()
    rows = Holding.objects.of(request.user).told().select_related("organisation").order_by("-achieved_on", "pk")
    context = {
        "page": page_of(rows, request.GET),
        "state_of": lambda each: state_of(each.expires_on, today),
        "states": STATES,
    }
    return render(request, "qualifications/my_qualifications.html", context)


@require_safe
@signed_in
def choose_held(request: Any) -> HttpResponse:
    """Look for what somebody holds, in the catalogue and in the list of early years qualifications."""
    form = ChooseForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    words = words_of(text)
    offered = Qualification.objects.visible_to(request.acting).filter(withdrawn=False).in_order()
    for word in words:
        offered = offered.filter(title__icontains=word)
    listed = ListedQualification.objects.visible_to(request.acting).with_words(text).in_order()
    context = {
        "form": form,
        "words": words,
        "offered": offered[:FOUND_AT_ONCE] if words else [],
        "listed": listed[:FOUND_AT_ONCE] if words else [],
    }
    return render(request, "qualifications/choose_held.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add_holding(request: Any, qualification_id: UUID | None = None, listed_id: UUID | None = None) -> HttpResponse:
    """Write down that somebody holds it; whoever may not do so for others, that they hold it themselves."""
    acting: Acting | None = request.acting
    if acting is None or acting.organisation_kind != OrganisationKind.SETTING:
        raise Http404
    what: Qualification | ListedQualification
    if listed_id:
        what = get_object_or_404(ListedQualification.objects.visible_to(acting), pk=listed_id)
    else:
        what = get_object_or_404(Qualification.objects.visible_to(acting), pk=qualification_id)
    others = acting.may(Permission.CHANGE_HOLDINGS) and not acting.alone
    if acting.may(Permission.CHANGE_HOLDINGS) and acting.needs_second_step and not second_step_done(request):
        return redirect("second_step")
    form = _form(request, acting, others=others)
    if form.is_valid():
        person = _person(form, acting)
        try:
            actions.add_holding(what=what, held=actions.Held(**form.said), **person, by=acting)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"It is written down: {what}.")
            return redirect("holdings" if acting.may(Permission.SEE_HOLDINGS) else "my_qualifications")
    return render(request, "qualifications/add_holding.html", {"form": form, "what": what, "others": others})


def _form(request: Any, acting: Acting, *, others: bool) -> HeldForm:
    """Who may write down for others chooses the person; a childminder says what they hold and have seen themselves."""
    sent = request.POST if request.method == "POST" else None
    if others:
        here = Membership.objects.visible_to(acting).live().select_related("user").order_by("user__name", "pk")
        return PersonHeldForm(sent, members=here[:MOST_MEMBERS])
    return HeldForm(sent) if acting.may(Permission.CHANGE_HOLDINGS) else OwnHeldForm(sent)


def _person(form: HeldForm, acting: Acting) -> dict[str, Any]:
    if not isinstance(form, PersonHeldForm):
        return {"user": acting.user}
    return {"user": form.people.get(form.cleaned_data["person"]), "name": form.cleaned_data["name"]}


@require_safe
@requires(Permission.SEE_HOLDINGS)
def show_holding(request: Request, holding_id: UUID) -> HttpResponse:
    """One holding and everything that was ever said of it."""
    holding = get_object_or_404(Holding.objects.visible_to(request.acting).told(), pk=holding_id)
    history = holding.changes.select_related("by", "seen_by").order_by("-number")[:100]
    state = STATES[state_of(holding.expires_on, timezone.localdate())]
    return render(request, "qualifications/holding.html", {"holding": holding, "history": history, "state": state})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_HOLDINGS)
def change_holding(request: Request, holding_id: UUID) -> HttpResponse:
    """Say something else of a holding, such as that the evidence was seen."""
    holding = get_object_or_404(Holding.objects.visible_to(request.acting).live().told(), pk=holding_id)
    known = {name: getattr(holding, name) for name in ("achieved_on", "expires_on", "seen_on")}
    known["evidence"] = holding.evidence or NOT_SEEN
    form = HeldForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        version = _version(request)
        try:
            actions.change_holding(holding=holding, held=actions.Held(**form.said), version=version, by=request.acting)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("show_holding", holding.pk)
    return render(request, "qualifications/change_holding.html", {"form": form, "holding": holding})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_HOLDINGS)
def end_holding(request: Request, holding_id: UUID) -> HttpResponse:
    """Take a holding out."""
    holding = get_object_or_404(Holding.objects.visible_to(request.acting).live().told(), pk=holding_id)
    if request.method == "GET":
        return render(request, "qualifications/end_holding.html", {"holding": holding})
    try:
        actions.end_holding(holding=holding, version=_version(request), by=request.acting)
        messages.success(request, "It is taken out.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("holdings")


def _version(request: Request) -> int:
    """The version that the page showed; one that nobody has when it says none."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1
