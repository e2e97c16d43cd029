"""The rounds of a setting: starting one, seeing where it stands, moving it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.comparing import targets_of
from trellis.review.forms import AskPersonForm, DismissForm, MoveForm, StartForm
from trellis.review.models import Framework, ParentForm, Part, Round, RoundStatus, Visit
from trellis.review.reading import (
    colleagues_of,
    outline_round,
    prompts_for,
    where_names_stand,
    with_evidence_count,
    with_planned,
)
from trellis.review.rules.home import to_the_end
from trellis.review.rules.plan import WORK_ON_IN_THIS_ORDER
from trellis.review.rules.prompts import FIRST_SHOWN
from trellis.review.rules.rounds import MOVE_LABELS, moves_of, period_of, why_not_move
from trellis.review.views.campaign import asked_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request
    from trellis.review.reading import RoundView


MOST_TO_WORK_ON = 8
"""More at once than this nobody begins; the rest is a link away."""


@require_safe
@requires(Permission.SEE_REVIEW)
def rounds(request: Request) -> HttpResponse:
    """Every review of the setting, the newest first."""
    found = Round.objects.visible_to(request.acting).select_related("framework", "started_by").newest_first()
    found = found.defer("framework__content")
    return render(request, "review/rounds.html", {"page": page_of(found, request.GET)})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def start_round(request: Request) -> HttpResponse:
    """Start a review."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=request.acting.organisation_id)
    asked = asked_for(request)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        frameworks=Framework.objects.visible_to(request.acting).on_offer(),
        colleagues=colleagues_of(request.acting).exclude(pk=request.user.pk),
        period=asked.campaign.period if asked else period_of(timezone.localdate()),
        framework=asked.campaign.framework_id if asked else None,
    )
    if form.is_valid():
        try:
            round = actions.start_round(organisation=organisation, by=request.acting, **form.cleaned_data)
        except actions.UnderWay as found:
            messages.info(request, f"{found}. This is the one")
            return redirect(found.round)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(round)
    under_way = Round.objects.visible_to(request.acting).open().newest_first()
    return render(request, "review/start_round.html", {"form": form, "under_way": under_way})


@require_safe
@requires(Permission.SEE_REVIEW)
def show_round(request: Request, round_id: UUID) -> HttpResponse:
    """Where a review stands: its areas, what to do next, and questions worth a thought."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    view = with_planned(with_evidence_count(outline_round(round)))
    return render(
        request,
        "review/show_round.html",
        {
            "view": view,
            "round": round,
            "work_on_in_order": WORK_ON_IN_THIS_ORDER,
            "to_work_on": view.to_work_on[: None if request.GET.get("show") == "all" else MOST_TO_WORK_ON],
            "next": to_the_end(round.status, alone=request.acting.alone),
            "moves": _moves(view, alone=request.acting.alone) if request.acting.may(Permission.LEAD_REVIEW) else [],
            "prompts": prompts_for(view, today=timezone.localdate(), alone=request.acting.alone)
            if round.is_open
            else [],
            "first_shown": FIRST_SHOWN,
            "targets": targets_of(round, view),
            "people": [(name, Part(part).label) for name, part in round.people.values_list("name", "part")],
            "steps": [
                (at, RoundStatus(to).label, who, note)
                for at, to, who, note in round.steps.values_list("at", "to_status", "by__name", "note")
            ],
            "visits": Visit.objects.visible_to(request.acting)
            .filter(round=round)
            .newest_first()
            .only("kind", "visit_on", "status"),
        },
    )


def _moves(view: RoundView, *, alone: bool) -> list[tuple[str, str, str | None]]:
    """Where the round can go: the status, the words of the button, and why not, if not."""
    status, now = view.round.status, view.standing
    return [
        (
            to,
            MOVE_LABELS[status, to],
            why_not_move(status=status, to=to, rated=now.answered, not_discussed=now.not_discussed, alone=alone),
        )
        for to in moves_of(status, alone=alone)
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def move_round(request: Request, round_id: UUID, to: str) -> HttpResponse:
    """Make sure, then move a review on."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    form = MoveForm(request.POST if request.method == "POST" else None, to=to)
    if to not in RoundStatus.values:
        return redirect(round)
    if form.is_valid():
        try:
            actions.move_round(round=round, to=to, note=form.cleaned_data["note"], by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The review is now {RoundStatus(to).label.lower()}")
            return redirect(round)
    words = MOVE_LABELS.get((round.status, to), "Move the review on")
    context = {"round": round, "form": form, "to": to, "words": words, "view": outline_round(round)}
    if to == RoundStatus.AGREED:
        context["places"] = where_names_stand(round, today=timezone.localdate())
    asking = ParentForm.objects.visible_to(request.acting).filter(round=round).open_on(timezone.localdate())
    return render(request, "review/move_round.html", context | {"asking_parents": asking.exists()})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def ask_person(request: Request, round_id: UUID) -> HttpResponse:
    """Note someone who was asked."""
    round = get_object_or_404(Round.objects.visible_to(request.acting), pk=round_id)
    others = colleagues_of(request.acting).exclude(pk__in=round.people.exclude(user=None).values("user"))
    form = AskPersonForm(request.POST if request.method == "POST" else None, colleagues=others)
    if form.is_valid():
        try:
            actions.ask_person(round=round, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(round)
    return render(request, "review/ask_person.html", {"round": round, "form": form})


@require_POST
@requires(Permission.RATE_STATEMENTS)
def dismiss_prompt(request: Request, round_id: UUID) -> HttpResponse:
    """Answer a quality prompt with a word."""
    round = get_object_or_404(Round.objects.visible_to(request.acting), pk=round_id)
    form = DismissForm(request.POST)
    if form.is_valid():
        try:
            actions.dismiss_prompt(round=round, by=request.acting, **form.cleaned_data)
            messages.success(request, "Noted. You will not be asked that again")
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, "Enter a word or two, so that others know why")
    return redirect(round)
