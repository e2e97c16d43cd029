"""Reports: on the screen, as PDF, Word, Excel and CSV; and the blank form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.documents import docx_response, pdf_response
from trellis.core.exports import csv_response, xlsx_response
from trellis.review import papers
from trellis.review.models import Action, Evidence, Round
from trellis.review.reading import RoundView, view_round, with_evidence_and_actions
from trellis.review.views.plan import SHOWS, chosen_actions
from trellis.review.voices import heard
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.core.documents import Document
    from trellis.core.exports import Table


def _view_or_404(request: Request, round_id: UUID) -> RoundView:
    rounds = Round.objects.visible_to(request.acting).with_wording().select_related("agreed_by")
    view = view_round(get_object_or_404(rounds, pk=round_id))
    return with_evidence_and_actions(view, evidence=request.acting.may(Permission.SEE_EVIDENCE))


def _plan(request: Request, view: RoundView) -> list[Action]:
    found = Action.objects.visible_to(request.acting).filter(rounds=view.round)
    return list(found.select_related("owner", "statement").soonest_first())


@require_safe
@requires(Permission.SEE_REVIEW)
def report(request: Request, round_id: UUID) -> HttpResponse:
    """One page: what is strong, what to work on, the plan, who was asked."""
    return render(request, "review/report.html", _context(request, _view_or_404(request, round_id)))


@require_safe
@requires(Permission.SEE_REVIEW)
def full_report(request: Request, round_id: UUID) -> HttpResponse:
    """Everything, with the chart and the table that says the same."""
    view = _view_or_404(request, round_id)
    context = _context(request, view) | {"chart": papers.chart(view), "table": papers.area_table(view)}
    return render(request, "review/full_report.html", context)


def _context(request: Request, view: RoundView) -> dict[str, object]:
    people, voices = view.round.people.all(), heard(view.round, alone=request.acting.alone)
    return {
        "voices": voices,
        "view": view,
        "round": view.round,
        "plan": _plan(request, view),
        "first_of_plan": papers.first_of_the_plan,
        "asked": papers.who_was_asked(people, alone=request.acting.alone, voices=voices),
        "most": papers.MOST_ON_ONE_PAGE,
        "note": papers.NOT_THE_OFFICIAL_FORM,
        "rating_words": papers.rating_words,
    }


@require_safe
@requires(Permission.SEE_REVIEW)
def export_report(request: Request, round_id: UUID, what: str, kind: str) -> HttpResponseBase:
    """The one-page or the full report, as PDF or Word; or the ratings, as Excel or CSV."""
    view, today, acting = _view_or_404(request, round_id), timezone.localdate(), request.acting
    if what == "ratings":
        return table_response(papers.ratings_export(view, scope=acting.organisation_name), kind)
    said = {"people": list(view.round.people.all()), "voices": heard(view.round, alone=acting.alone)}
    given: dict[str, Any] = {"plan": _plan(request, view), "alone": acting.alone, "on": today, **said}
    if what == "one-page":
        return paper_response(papers.one_page(view, **given), kind)
    return paper_response(papers.in_full(view, evidence=acting.may(Permission.SEE_EVIDENCE), **given), kind)


@require_safe
@requires(Permission.SEE_REVIEW)
def blank_form(request: Request, round_id: UUID, kind: str) -> HttpResponseBase:
    """The statements of a round, to print and fill in by hand."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    document = papers.blank(wording_of(round), scope=round.organisation.name, on=timezone.localdate())
    return paper_response(document, kind)


@require_safe
@requires(Permission.SEE_REVIEW)
def export_plan(request: Request, kind: str) -> HttpResponseBase:
    """The plan as the screen shows it, with the same filter."""
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    rows = chosen_actions(request, show).select_related("owner", "statement")
    scope, alone, today = request.acting.organisation_name, request.acting.alone, timezone.localdate()
    title = f"Action plan, {SHOWS[show].lower()}"
    if kind in ("csv", "xlsx"):
        return table_response(replace(papers.plan_export(rows, scope=scope, alone=alone), title=title), kind)
    return paper_response(replace(papers.plan_document(rows, scope=scope, alone=alone, on=today), title=title), kind)


@require_safe
@requires(Permission.SEE_EVIDENCE)
def export_evidence(request: Request, kind: str) -> HttpResponseBase:
    """Every piece of evidence: what it is, where it is kept, when to look at it again."""
    pieces = (
        Evidence.objects.visible_to(request.acting).with_use_count().select_related("added_by").order_by("title", "pk")
    )
    return table_response(papers.evidence_export(pieces, scope=request.acting.organisation_name), kind)


def table_response(table: Table, kind: str) -> HttpResponseBase:
    """A table as `csv` or `xlsx`; anything else is not there."""
    makers = {"csv": csv_response, "xlsx": xlsx_response}
    if kind not in makers:
        raise Http404
    return makers[kind](table, timezone.localdate())


def paper_response(document: Document, kind: str) -> HttpResponseBase:
    """A document as `pdf` or `docx`; anything else is not there."""
    makers = {"pdf": pdf_response, "docx": docx_response}
    if kind not in makers:
        raise Http404
    return makers[kind](document)
