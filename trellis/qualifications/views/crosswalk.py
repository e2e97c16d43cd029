"""Two sets of criteria side by side, and which of them ask for the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.exports import Column, Table, csv_response, xlsx_response
from trellis.core.refusal import Refused
from trellis.qualifications.actions.crosswalk import link_criteria, unlink_criteria
from trellis.qualifications.forms.criteria import LinkForm
from trellis.qualifications.models import CriteriaSet, Criterion, CrosswalkLink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.core.exports import Cell


@dataclass(frozen=True)
class Beside:
    """A criterion with those of the other set that ask for the same, each with the link."""

    criterion: Criterion
    links: list[tuple[CrosswalkLink, Criterion]]


@dataclass(frozen=True)
class Crosswalk:
    """Two sets, criterion by criterion."""

    one: CriteriaSet
    other: CriteriaSet
    lines: list[Beside]
    left_over: list[Criterion]
    sides: list[tuple[CriteriaSet, list[Criterion]]]


def crosswalk_of(request: Request, set_id: UUID, other_id: UUID) -> Crosswalk:
    """The two sets, if one sees both: five queries, however long they are."""
    sets = [get_object_or_404(CriteriaSet.objects.visible_to(request.acting), pk=key) for key in (set_id, other_id)]
    if set_id == other_id:
        raise Http404
    sides = [(each, list(Criterion.objects.visible_to(request.acting).of_set(each))) for each in sets]
    by_key = {each.pk: each for _, side in sides for each in side}
    links: dict[UUID, list[tuple[CrosswalkLink, Criterion]]] = defaultdict(list)
    for link in CrosswalkLink.objects.visible_to(request.acting).live().order_by("added_at", "pk"):
        if link.one_id in by_key and link.other_id in by_key:
            links[link.one_id].append((link, by_key[link.other_id]))
            links[link.other_id].append((link, by_key[link.one_id]))
    lines = [Beside(each, links[each.pk]) for each in sides[0][1]]
    return Crosswalk(sets[0], sets[1], lines, [each for each in sides[1][1] if not links[each.pk]], sides)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CRITERIA)
def crosswalk(request: Request, set_id: UUID, other_id: UUID) -> HttpResponse:
    """The criteria of one set beside those of the other; sent, two of them are linked."""
    both = crosswalk_of(request, set_id, other_id)
    may_link = request.acting.may(Permission.CHANGE_CRITERIA)
    form = LinkForm(request.POST if request.method == "POST" and may_link else None, sides=both.sides)
    if form.is_valid():
        chosen = {str(each.pk): each for _, side in both.sides for each in side}
        try:
            link_criteria(
                one=chosen[form.cleaned_data["one"]], other=chosen[form.cleaned_data["other"]], by=request.acting
            )
            messages.success(request, "They are linked.")
            return redirect("crosswalk", set_id, other_id)
        except Refused as refusal:
            form.add_error("other", str(refusal))
    return render(request, "qualifications/crosswalk.html", {"both": both, "form": form, "may_link": may_link})


@require_POST
@requires(Permission.CHANGE_CRITERIA)
def unlink(request: Request, set_id: UUID, other_id: UUID, link_id: UUID) -> HttpResponse:
    """Take a link away."""
    links = CrosswalkLink.objects.visible_to(request.acting).select_related(
        "one__outcome__unit", "other__outcome__unit"
    )
    try:
        unlink_criteria(link=get_object_or_404(links, pk=link_id), by=request.acting)
        messages.success(request, "The link is taken away.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("crosswalk", set_id, other_id)


@require_safe
@requires(Permission.SEE_CRITERIA)
def export_crosswalk(request: Request, set_id: UUID, other_id: UUID, kind: str) -> HttpResponseBase:
    """The rows of the page as CSV or Excel."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    both = crosswalk_of(request, set_id, other_id)
    columns = (
        Column("Code", width=12),
        Column(both.one.title, width=60),
        Column("Code there", width=12),
        Column(both.other.title, width=60),
    )
    table = Table("Criteria side by side", request.acting.organisation_name, columns, _lines(both))
    today = timezone.localdate()
    return csv_response(table, today) if kind == "csv" else xlsx_response(table, today)


def _lines(both: Crosswalk) -> Iterator[tuple[Cell, ...]]:
    for line in both.lines:
        mine = (line.criterion.full_code, line.criterion.text)
        for _, there in line.links:
            yield (*mine, there.full_code, there.text)
        if not line.links:
            yield (*mine, "", "")
    for each in both.left_over:
        yield ("", "", each.full_code, each.text)
