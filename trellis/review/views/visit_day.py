"""Preparing a visit, and its day: the list, the timetable, the visitor’s ratings, where the two differ, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.review import actions, visit_papers
from trellis.review.actions.visit_day import RowChanged
from trellis.review.forms import ChecklistForm, ConversationForm, TimetableRowForm, VisitorRatingForm
from trellis.review.models import ReviewerRating, TimetableRow, VisitNote
from trellis.review.rules.visit import why_not_note, why_not_prepare, why_not_rate_as_visitor
from trellis.review.views.report import paper_response
from trellis.review.views.visit import visit_or_404
from trellis.review.visit_lists import checklist, presets
from trellis.review.visiting import BothSides, both_sides, next_start, opened_view, timetable_of
from trellis.review.wording import levels_of, statements_of, wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.review.models import Visit
    from trellis.review.reading import RoundView


def warn_if_personal(request: Request, *texts: str) -> None:
    """Say gently when something reads as if it were about one child."""
    warning = looks_personal(" ".join(texts), today=timezone.localdate())
    if warning:
        messages.warning(request, warning)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def visit_checklist(request: Request, visit_id: UUID) -> HttpResponse:
    """What the setting gets ready. Its people fill it in, the visitor reads it."""
    visit = visit_or_404(request, visit_id)
    marks = {mark.item: mark for mark in visit.marks.select_related("by")}
    items = checklist(visit.round.audience)
    frozen = why_not_prepare(visit.status)
    changes = request.acting.may(Permission.ARRANGE_VISITS) and not frozen
    form = ChecklistForm(request.POST if request.method == "POST" and changes else None, items=items, marks=marks)
    if changes and form.is_valid():
        try:
            actions.mark_checklist(visit=visit, answers=form.answers, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The list is saved")
            return redirect(visit)
    context = {"visit": visit, "items": items, "marks": marks, "form": form, "changes": changes, "frozen": frozen}
    return render(request, "review/visit_checklist.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def visit_timetable(request: Request, visit_id: UUID) -> HttpResponse:
    """The timetable, to read and print; the setting begins it with one of those there are."""
    visit = visit_or_404(request, visit_id)
    changes = request.acting.may(Permission.ARRANGE_VISITS) and why_not_prepare(visit.status) is None
    preset = presets().get(request.POST.get("preset", ""))
    if request.method == "POST" and changes and preset:
        _tried(request, lambda: actions.begin_timetable(visit=visit, preset=preset, by=request.acting))
        return redirect("visit_timetable", visit_id)
    context = {"visit": visit, "timetable": timetable_of(visit), "changes": changes, "presets": presets()}
    return render(request, "review/visit_timetable.html", context)


def _tried(request: Request, act: object) -> None:
    try:
        act()  # type: ignore[operator]
    except Refused as refused:
        messages.error(request, str(refused))


@require_safe
@requires(Permission.SEE_VISITS)
def export_timetable(request: Request, visit_id: UUID, kind: str) -> HttpResponseBase:
    """The timetable as PDF or Word."""
    visit = visit_or_404(request, visit_id)
    return paper_response(visit_papers.timetable(visit, timetable_of(visit), on=timezone.localdate()), kind)


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def add_timetable_row(request: Request, visit_id: UUID) -> HttpResponse:
    """Add a row to the timetable."""
    visit = visit_or_404(request, visit_id)
    return _row_form(request, visit, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def change_timetable_row(request: Request, row_id: UUID) -> HttpResponse:
    """Change a row."""
    row = _row_or_404(request, row_id)
    return _row_form(request, row.visit, row)


def _row_or_404(request: Request, row_id: UUID) -> TimetableRow:
    return get_object_or_404(TimetableRow.objects.visible_to(request.acting).select_related("visit"), pk=row_id)


def _row_form(request: Request, visit: Visit, row: TimetableRow | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, current = TimetableRowForm(data, row=row, begins=next_start(visit)), None
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.write_row(visit=visit, row=row, answers=form.answers, seen=seen, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        except RowChanged as changed:
            form.add_error(
                None, "Somebody else changed this row meanwhile. What you typed is still here; save again to keep yours"
            )
            current = changed.current
            form.data = {**form.data.dict(), "seen": current.seen}  # type: ignore[attr-defined]
        else:
            return redirect("visit_timetable", visit.pk)
    context = {"visit": visit, "row": row, "form": form, "current": current}
    return render(request, "review/timetable_row.html", context)


@require_POST
@requires(Permission.ARRANGE_VISITS)
def move_timetable_row(request: Request, row_id: UUID, where: str) -> HttpResponse:
    """Let a row come earlier or later, or take it away."""
    row, by = _row_or_404(request, row_id), request.acting
    if where not in ("earlier", "later", "away"):
        raise Http404
    if where == "away":
        _tried(request, lambda: actions.remove_row(row=row, by=by))
    else:
        _tried(request, lambda: actions.trade_places(row=row, earlier=where == "earlier", by=by))
    return redirect("visit_timetable", row.visit_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def visit_area(request: Request, visit_id: UUID, area: str) -> HttpResponse:
    """One area: what the setting has opened, and beside it how the visitor sees it."""
    visit = visit_or_404(request, visit_id)
    wording = wording_of(visit.round)
    words = wording.area(area)
    if words is None:
        raise Http404
    view = opened_view(visit, request.acting, area=words)
    pairs = both_sides(view, _ratings(request, visit, view))
    frozen = why_not_rate_as_visitor(visit.status)
    rates = request.acting.may(Permission.VISIT) and frozen is None
    if rates and request.method == "POST":
        _give_forms(request, visit, pairs)
        if _saved(request, visit, pairs):
            following = wording.neighbours(area)[1]
            if "stay" in request.POST:
                return redirect("visit_area", visit_id, area)
            return redirect("visit_area", visit_id, following.code) if following else redirect(visit)
    context = {
        "visit": visit,
        "view": view,
        "area": words,
        "pairs": pairs,
        "rates": rates,
        "visiting": request.acting.may(Permission.VISIT),
        "before_and_after": wording.neighbours(area),
    }
    return render(request, "review/visit_area.html", context)


def _ratings(request: Request, visit: Visit, view: RoundView) -> list[ReviewerRating]:
    """What the visitor says of the statements of a view: one query."""
    found = ReviewerRating.objects.visible_to(request.acting).filter(visit=visit).annotate(who=F("by__name"))
    return list(
        found.filter(statement__in=[card.rating.statement_id for card in view.cards]) if view.in_part else found
    )


def _give_forms(request: Request, visit: Visit, pairs: list[BothSides]) -> None:
    """A form for each statement; only what was sent needs one."""
    wording, levels = wording_of(visit.round), levels_of(visit.round)
    for pair in pairs:
        code = pair.card.statement.code
        pair.form = VisitorRatingForm(request.POST, code=code, wording=wording, levels=levels, rating=pair.theirs)


def _saved(request: Request, visit: Visit, pairs: list[BothSides]) -> bool:
    """Save what the visitor says of an area, all of it or nothing; says whether all is well."""
    if not all([pair.form.is_valid() for pair in pairs if pair.form]):  # noqa: C419 - each is checked
        return False
    statements = statements_of(visit.round)
    answers = {statements[pair.card.rating.statement_id]: pair.form.answer for pair in pairs if pair.form}
    try:
        actions.rate_as_visitor(visit=visit, answers=answers, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    warn_if_personal(request, *(comment for _level, comment in answers.values()))
    messages.success(request, "Saved. The setting sees it when you share your draft")
    return True


@require_safe
@requires(Permission.SEE_VISITS)
def visit_differences(request: Request, visit_id: UUID) -> HttpResponse:
    """Where the two see it differently, first; then what the visitor commented otherwise."""
    visit = visit_or_404(request, visit_id)
    visiting = request.acting.may(Permission.VISIT)
    view = opened_view(visit, request.acting, ratings_alone=True)
    pairs = both_sides(view, _ratings(request, visit, view))
    comparable = visit.with_ratings or not visiting
    context = {
        "visit": visit,
        "visiting": visiting,
        "comparable": comparable,
        "different": [pair for pair in pairs if pair.differs] if comparable else [],
        "alike": [pair for pair in pairs if pair.theirs and not (comparable and pair.differs)],
    }
    return render(request, "review/visit_differences.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def visit_notes(request: Request, visit_id: UUID) -> HttpResponse:
    """What was said, by whom, and what comes next; whoever was there notes it."""
    visit, acting = visit_or_404(request, visit_id), request.acting
    frozen = why_not_note(visit.status)
    writes = (acting.may(Permission.VISIT) or acting.may(Permission.ARRANGE_VISITS)) and frozen is None
    form = ConversationForm(request.POST if request.method == "POST" and writes else None)
    if writes and form.is_valid():
        try:
            actions.note_conversation(visit=visit, by=acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            warn_if_personal(request, form.cleaned_data["said"], form.cleaned_data["next_steps"])
            messages.success(request, "Noted")
            return redirect("visit_notes", visit_id)
    notes = VisitNote.objects.visible_to(acting).filter(visit=visit).select_related("by")
    context = {"visit": visit, "notes": notes, "form": form, "writes": writes, "frozen": frozen}
    return render(request, "review/visit_notes.html", context)
