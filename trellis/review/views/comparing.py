"""Then and now: two reviews side by side, all of them over the years, and what a setting aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions, papers
from trellis.review.comparing import compare, newest_targets, over_the_years
from trellis.review.forms import TargetsForm
from trellis.review.models import Round
from trellis.review.reading import outline_round
from trellis.review.rules.comparing import why_not_compare
from trellis.review.rules.rounds import why_not_add
from trellis.review.similar import Similar, similar_to
from trellis.review.views.report import paper_response
from trellis.review.wording import levels_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.review.comparing import Comparison, Years

MOST_OFFERED = 12


@require_safe
@requires(Permission.SEE_REVIEW)
def compare_with(request: Request, round_id: UUID, other_id: UUID) -> HttpResponse:
    """A review beside an earlier one, statement by statement."""
    found = _comparison_or_404(request, round_id, other_id)
    others = Round.objects.visible_to(request.acting).filter(framework__key=found.now.framework.key)
    others = (
        others.filter(started_at__lt=found.now.started_at).newest_first().only("period", "started_at")[:MOST_OFFERED]
    )
    return render(request, "review/compare.html", {"found": found, "round": found.now, "others": others})


@require_safe
@requires(Permission.SEE_REVIEW)
def export_comparison(request: Request, round_id: UUID, other_id: UUID, kind: str) -> HttpResponseBase:
    """The same on paper, as PDF or Word."""
    found = _comparison_or_404(request, round_id, other_id)
    return paper_response(papers.comparison(found, on=timezone.localdate()), kind)


def _comparison_or_404(request: Request, round_id: UUID, other_id: UUID) -> Comparison:
    rounds = Round.objects.visible_to(request.acting).with_wording().in_bulk([round_id, other_id])
    if not {round_id, other_id} <= rounds.keys():
        raise Http404
    later, earlier = rounds[round_id], rounds[other_id]
    if why_not_compare(same_review=later == earlier, same_framework=later.framework.key == earlier.framework.key):
        raise Http404
    if later.started_at < earlier.started_at:
        later, earlier = earlier, later
    return compare(later, earlier)


@require_safe
@requires(Permission.SEE_REVIEW)
def beside_similar(request: Request, round_id: UUID) -> HttpResponse:
    """A review that is counted beside settings like this one; nobody else’s can be seen by it."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    found = similar_to(round, request.acting)
    known = isinstance(found, Similar)
    return render(request, "review/beside_similar.html", {"round": round, "found": found, "known": known})


def _years(request: Request) -> Years:
    agreed = Round.objects.visible_to(request.acting).with_wording().exclude(agreed_at=None)
    return over_the_years(agreed.newest_first()[:MOST_OFFERED])


@require_safe
@requires(Permission.SEE_REVIEW)
def our_review_over_the_years(request: Request) -> HttpResponse:
    """How each area stood in each agreed review, and what was done meanwhile: one page to print."""
    return render(request, "review/over_the_years.html", {"years": _years(request)})


@require_safe
@requires(Permission.SEE_REVIEW)
def export_over_the_years(request: Request, kind: str) -> HttpResponseBase:
    """The same page as PDF or Word."""
    years = _years(request)
    if not years.views:
        raise Http404
    paper = papers.years(years, scope=request.acting.organisation_name, on=timezone.localdate())
    return paper_response(paper, kind)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def set_targets(request: Request, round_id: UUID) -> HttpResponse:
    """Say what you aim for in each area."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    data = request.POST if request.method == "POST" else None
    form = TargetsForm(data, view=outline_round(round), levels=levels_of(round), aims=newest_targets(round))
    frozen = why_not_add(status=round.status)
    if form.is_valid():
        try:
            actions.set_targets(round=round, levels=form.aims, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What you aim for is saved")
            return redirect(round)
    return render(request, "review/set_targets.html", {"round": round, "form": form, "frozen": frozen})
