"""Visits: the list, planning one, its page, inviting the visitor, moving it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.actions.visit import side_of
from trellis.review.forms import ArrangementForm, InviteVisitorForm, MoveForm
from trellis.review.forms.visit import OPENED
from trellis.review.models import Correction, ReportVersion, Round, Visit, VisitStatus
from trellis.review.rules.visit import MOVED_BY, VISIT_MOVE_LABELS, VISIT_MOVES, visit_next, why_not_move_visit
from trellis.review.visiting import latest_round_for
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


def visit_or_404(request: Request, visit_id: UUID) -> Visit:
    """A visit that somebody sees, with its round and its visitor."""
    return get_object_or_404(Visit.objects.visible_to(request.acting).with_wording(), pk=visit_id)


@require_safe
@requires(Permission.SEE_VISITS)
def visits(request: Request) -> HttpResponse:
    """The visits of a setting, or those that a visitor is invited to."""
    found = Visit.objects.visible_to(request.acting).select_related(
        "round", "reviewer__user", "invitation__accepted_by"
    )
    page = page_of(found.newest_first(), request.GET)
    newest = Round.objects.visible_to(request.acting).newest_first().first()
    context = {"page": page, "visiting": request.acting.may(Permission.VISIT), "newest": newest}
    return render(request, "review/visits.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def plan_visit(request: Request, round_id: UUID) -> HttpResponse:
    """Plan a visit to look at a review with."""
    round = get_object_or_404(Round.objects.visible_to(request.acting), pk=round_id)
    return _plan(request, round, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def follow_up_visit(request: Request, visit_id: UUID) -> HttpResponse:
    """Plan a visit that follows another, to look at what came of it; about the newest review."""
    visit = visit_or_404(request, visit_id)
    return _plan(request, latest_round_for(visit), visit)


def _plan(request: Request, round: Round, follows: Visit | None) -> HttpResponse:
    form = ArrangementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            visit = actions.plan_visit(
                round=round, arrangement=form.arrangement, follow_up_of=follows, by=request.acting
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The visit is planned. Now invite your visitor")
            return redirect(visit)
    return render(request, "review/plan_visit.html", {"form": form, "round": round, "follows": follows})


@require_safe
@requires(Permission.SEE_VISITS)
def show_visit(request: Request, visit_id: UUID) -> HttpResponse:
    """Where a visit stands, what comes next, and the way to everything in it."""
    visit, acting = visit_or_404(request, visit_id), request.acting
    side, has_report = side_of(acting), ReportVersion.objects.visible_to(acting).filter(visit=visit).exists()
    acts = acting.may(Permission.ARRANGE_VISITS) or acting.may(Permission.VISIT)
    context = {
        "visit": visit,
        "side": side,
        "next": visit_next(visit.status, side, invited=bool(visit.visitor_name)) if acts else "",
        "moves": _moves(visit, request, has_report=has_report) if acts else [],
        "opened": [words for name, words in OPENED.items() if getattr(visit, f"with_{name}")],
        "steps": visit.steps.annotate(who=F("by__name")),
        "first_area": wording_of(visit.round).areas[0].code,
        "has_report": has_report,
        "following": Visit.objects.visible_to(acting).filter(follow_up_of=visit).only("kind", "visit_on"),
    }
    return render(request, "review/show_visit.html", context)


def _moves(visit: Visit, request: Request, *, has_report: bool) -> list[tuple[str, str, str | None]]:
    """Where somebody can move the visit: the status, the words of the button, and why not, if not."""
    side, status = side_of(request.acting), visit.status
    open_to = [to for to in VISIT_MOVES[status] if side in MOVED_BY[status, to]]
    if not open_to:
        return []
    unanswered = Correction.objects.visible_to(request.acting).filter(visit=visit).unanswered().count()
    return [
        (
            to,
            VISIT_MOVE_LABELS[status, to],
            why_not_move_visit(
                status=status,
                to=to,
                side=side,
                dated=visit.visit_on is not None,
                has_report=has_report,
                unanswered=unanswered,
            ),
        )
        for to in open_to
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def change_visit(request: Request, visit_id: UUID) -> HttpResponse:
    """Change the days of a visit, and what it opens."""
    visit = visit_or_404(request, visit_id)
    form = ArrangementForm(request.POST if request.method == "POST" else None, visit=visit)
    if form.is_valid():
        try:
            actions.change_visit(visit=visit, arrangement=form.arrangement, by=request.acting)
        except Refused as refused:
            form.add_error("visit_on", str(refused))
        else:
            messages.success(request, "The visit is changed")
            return redirect(visit)
    return render(request, "review/change_visit.html", {"form": form, "visit": visit})


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE_PEOPLE)
def invite_visitor(request: Request, visit_id: UUID) -> HttpResponse:
    """Invite somebody to a visit."""
    visit = visit_or_404(request, visit_id)
    form = InviteVisitorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.invite_visitor(visit=visit, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, f"We have written to {form.cleaned_data['email']}")
            return redirect(visit)
    return render(request, "review/invite_visitor.html", {"form": form, "visit": visit})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def move_visit(request: Request, visit_id: UUID, to: str) -> HttpResponse:
    """Make sure, then move a visit on."""
    visit = visit_or_404(request, visit_id)
    side = side_of(request.acting)
    words = VISIT_MOVE_LABELS.get((visit.status, to))
    if words is None or side not in MOVED_BY[visit.status, to] or not _acts(request):
        return redirect(visit)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.move_visit(visit=visit, to=to, note=form.cleaned_data["note"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Noted: {VisitStatus(to).label[0].lower()}{VisitStatus(to).label[1:]}")
            return redirect(visit)
    return render(request, "review/move_visit.html", {"visit": visit, "form": form, "to": to, "words": words})


def _acts(request: Request) -> bool:
    """Whether somebody does more than read."""
    return request.acting.may(Permission.ARRANGE_VISITS) or request.acting.may(Permission.VISIT)


@require_http_methods(["GET", "POST"])
@requires(Permission.VISIT)
def stop_visiting(request: Request) -> HttpResponse:
    """Leave a setting that one visited."""
    if request.method == "POST":
        try:
            actions.stop_visiting(by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("visits")
        messages.success(request, "You have left.")
        return redirect("account")
    return render(request, "review/stop_visiting.html", {})
