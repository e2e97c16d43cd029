"""Reports: on the screen, as PDF, Word, Excel and CSV; and the blank form."""

from __future__ import annotations

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
from trellis.review.models import Round
from trellis.review.reading import (
    RoundView,
    outline_round,
    read_round,
    said_at_agreeing,
    with_evidence,
    with_evidence_count,
    with_plan,
)
from trellis.review.rules.plan import STRONG_IN_THIS_ORDER, WORK_ON_IN_THIS_ORDER, when_due
from trellis.review.views.evidence import chosen_evidence
from trellis.review.views.plan import SHOWS, chosen_actions
from trellis.review.voices import heard, who_was_heard
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.core.documents import Document
    from trellis.core.exports import Table


def _round_or_404(request: Request, round_id: UUID) -> Round:
    rounds = Round.objects.visible_to(request.acting).with_wording("agreed_by__name").select_related("agreed_by")
    return get_object_or_404(rounds, pk=round_id)


def _whole(request: Request, round: Round, *, beside: bool = True) -> RoundView:
    """Everything that was said, with the evidence for those who may see it, and the plan; without what stands
    `beside` it: who said it and when, and what was said last time.
    """
    view = with_plan(read_round(round, who=beside, last=beside))
    return with_evidence(view) if request.acting.may(Permission.SEE_EVIDENCE) else with_evidence_count(view)


@require_safe
@requires(Permission.SEE_REVIEW)
def report(request: Request, round_id: UUID) -> HttpResponse:
    """One page: what is strong, what to work on, the plan, who was asked."""
    view = with_evidence_count(with_plan(outline_round(_round_or_404(request, round_id))))
    short = _one_page(request, view)
    more = {"asked": short.asked, "most": short.most, "first_of_plan": papers.first_of_the_plan}
    more |= {"strong_in_order": STRONG_IN_THIS_ORDER, "work_on_in_order": WORK_ON_IN_THIS_ORDER}
    return render(request, "review/report.html", _context(view, short.agreeing) | more)


@require_safe
@requires(Permission.SEE_REVIEW)
def full_report(request: Request, round_id: UUID) -> HttpResponse:
    """Everything, with the chart and the table that says the same."""
    view = _whole(request, _round_or_404(request, round_id), beside=False)
    said, voices = _said(request, view), heard(view.round, alone=request.acting.alone)
    asked = papers.who_was_asked(said["people"], alone=said["alone"], heard=voices.asked)
    more = {"asked": asked, "voices": voices, "chart": papers.chart(view), "table": papers.area_table(view)}
    return render(request, "review/full_report.html", _context(view, said["agreeing"]) | more)


def _said(request: Request, view: RoundView) -> dict[str, Any]:
    """What every report says besides the ratings, and besides what others say."""
    people = [papers.Asked(*row) for row in view.round.people.values_list("name", "part")]
    said = {"people": people, "agreeing": said_at_agreeing(view.round), "plan": view.plan}
    return {**said, "alone": request.acting.alone, "on": timezone.localdate()}


def _one_page(request: Request, view: RoundView) -> papers.OnePage:
    return papers.OnePage(view, heard=who_was_heard(view.round, alone=request.acting.alone), **_said(request, view))


def _context(view: RoundView, agreeing: str) -> dict[str, object]:
    """What both reports need on the screen."""
    return {
        "view": view,
        "round": view.round,
        "standing": papers.standing_of(view.round),
        "agreeing": agreeing,
        "plan": view.plan,
        "today": timezone.localdate(),
        "when_due": when_due,
        "note": papers.NOT_THE_OFFICIAL_FORM,
    }


@require_safe
@requires(Permission.SEE_REVIEW)
def export_report(request: Request, round_id: UUID, what: str, kind: str) -> HttpResponseBase:
    """The one-page or the full report, as PDF or Word; or the ratings, as Excel or CSV."""
    view, acting = _whole(request, _round_or_404(request, round_id)), request.acting
    if what == "ratings":
        return table_response(papers.ratings_export(view, scope=acting.organisation_name), kind)
    if what == "one-page":
        return paper_response(_one_page(request, view).paper, kind)
    voices, evidence = heard(view.round, alone=acting.alone), acting.may(Permission.SEE_EVIDENCE)
    return paper_response(papers.in_full(view, evidence=evidence, voices=voices, **_said(request, view)), kind)


@require_safe
@requires(Permission.SEE_REVIEW)
def blank_form(request: Request, round_id: UUID, kind: str) -> HttpResponseBase:
    """The statements of a round, to print and fill in by hand."""
    round = _round_or_404(request, round_id)
    document = papers.blank_form(wording_of(round), scope=round.organisation.name, on=timezone.localdate())
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
        return table_response(papers.plan_export(rows, title=title, scope=scope, alone=alone, on=today), kind)
    return paper_response(papers.plan_document(rows, title=title, scope=scope, alone=alone, on=today), kind)


@require_safe
@requires(Permission.SEE_EVIDENCE)
def export_evidence(request: Request, kind: str) -> HttpResponseBase:
    """The pieces of evidence as the screen shows them, with the same filter."""
    again = request.GET.get("show") == "look-again"
    pieces = chosen_evidence(request, again=again).select_related("added_by")
    title = "Evidence to look at again" if again else "Evidence"
    return table_response(papers.evidence_export(pieces, title=title, scope=request.acting.organisation_name), kind)


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
