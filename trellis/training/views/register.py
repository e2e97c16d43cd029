"""The register of a session: marking on a phone, what a page sends by itself, the sheet to print, a file of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.dates import clock, moment
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.attendance import StandingMark, read_register
from trellis.training.forms.attendance import MarksFileForm, RegisterForm, marks_sent, name_of
from trellis.training.models import AbsenceReason, MarkStatus, Session
from trellis.training.views.finding import session_to_mark

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request
    from trellis.training.actions import Outcome
    from trellis.training.attendance import Register
    from trellis.training.models import Mark

DAYS_SHOWN = 6
# As they fit beside each other on a phone.
SHORT = {MarkStatus.APOLOGISED.value: "Apologised", MarkStatus.CANCELLED.value: "Cancelled"}


@require_safe
@requires(Permission.MARK_ATTENDANCE)
def today(request: Request) -> HttpResponse:
    """The registers of today; the only one at once. Then the last ones before."""
    day = timezone.localdate()
    mine = (
        Session.objects.visible_to(request.acting).marked_by(request.acting).held().exclude(cohort__status="cancelled")
    )
    now = list(mine.filter(on=day).select_related("cohort").order_by("starts", "pk"))
    if len(now) == 1 and "all" not in request.GET:
        return redirect("attendance_register", now[0].pk)
    before = mine.filter(on__lt=day).select_related("cohort").order_by("-on", "-starts", "pk")[:DAYS_SHOWN]
    following = mine.filter(on__gt=day).select_related("cohort").order_by("on", "starts", "pk")[:1]
    return render(request, "training/today.html", {"sessions": now, "before": before, "following": following})


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def register(request: Request, session_id: UUID) -> HttpResponse:
    """The register of a session: as one form without scripts; with them each mark is sent by itself."""
    session = session_to_mark(request, session_id)
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, session)
    found = read_register(session)
    data = request.POST if request.method == "POST" else None
    form = RegisterForm(data, register=found, all_present=request.POST.get("all_present", ""))
    outcome = None
    if form.is_valid():
        try:
            outcome = actions.save_marks(
                session=session,
                wanted=form.wanted,
                by=request.acting,
                because=form.cleaned_data["because"],
                places=found.places,
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            if not outcome.conflicts:
                messages.success(request, _saved_words(outcome))
                return redirect("attendance_register", session.pk)
            form.register = read_register(session)
    return render(request, "training/register.html", _shown(form, outcome))


def _shown(form: RegisterForm, outcome: Outcome | None) -> dict[str, Any]:
    session, found = form.register.session, form.register
    names = {place.pk: place.name for place in found.places}
    labels = {part.pk: part.label for part in found.parts}
    conflicts = outcome.conflicts if outcome else []
    return {
        "form": form,
        "session": session,
        "parts": found.parts,
        "rows": list(form.rows(seen_now=bool(conflicts))),
        "refused": actions.why_not_mark_session(session),
        "asks_why": session.on < timezone.localdate(),
        "conflicts": [
            f"{names[each.place_id]}, {labels[each.part_id].lower()}: {told(mark)}" for each, mark in conflicts
        ],
        "saved": len(outcome.saved) if outcome else 0,
        "undo": _undoable(found),
        "statuses": [(value, SHORT.get(value, label)) for value, label in MarkStatus.choices],
        "reasons": [("", "None given"), *AbsenceReason.choices],
    }


def _undoable(found: Register) -> list[StandingMark]:
    """What was saved last, unless that was taking something back."""
    return [mark for mark in found.last_batch if mark.because != "Taken back"]


def told(mark: StandingMark) -> str:
    """How somebody is marked, by whom and when, in words."""
    minutes = f", {mark.missed_minutes} minutes" if mark.missed_minutes else ""
    when = timezone.localtime(mark.at)
    at = clock(when.time()) if when.date() == timezone.localdate() else moment(mark.at)
    who = mark.by or "the learner, by link"
    status = mark.words
    return f"{status[:1].lower()}{status[1:]}{minutes} ({who}, {at})"


def _saved_words(outcome: Outcome) -> str:
    number = len(outcome.saved)
    if not number:
        return "Nothing has changed, so nothing was saved"
    return f"{number} {'mark is' if number == 1 else 'marks are'} saved"


def _undo(request: Request, session: Session) -> HttpResponse:
    try:
        number = actions.undo_marks(session=session, batch=UUID(request.POST["undo"]), by=request.acting)
    except (Refused, ValueError) as refused:
        messages.error(request, str(refused) if isinstance(refused, Refused) else "There is nothing to take back")
    else:
        messages.success(request, f"{number} {'mark is' if number == 1 else 'marks are'} taken back")
    return redirect("attendance_register", session.pk)


@require_POST
@requires(Permission.MARK_ATTENDANCE)
def send_marks(request: Request, session_id: UUID) -> HttpResponse:
    """Marks that an open register sends, perhaps long after they were made: what became of each, exactly once."""
    session = session_to_mark(request, session_id)
    try:
        wanted = marks_sent(request.POST.get("marks", ""))
        outcome = actions.save_marks(
            session=session, wanted=wanted, by=request.acting, because=request.POST.get("because", "")[:200]
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused), "field": refused.field}, status=422)
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"message": "These marks cannot be read. Open the register again"}, status=422)
    found = read_register(session)
    names = {(place.pk, part.pk): name_of(place, part) for place in found.places for part in found.parts}
    ids = {each.key: str(each.client_id) for each in wanted}
    answers = [
        _answer("saved", ids[mark.place_id, mark.part_id], names, mark, mark.place_id, mark.part_id)
        for mark in outcome.saved
    ]
    answers += [_answer("saved", str(each.client_id), names, mark, *each.key) for each, mark in outcome.known]
    answers += [_answer("conflict", str(each.client_id), names, mark, *each.key) for each, mark in outcome.conflicts]
    return JsonResponse({"marks": answers, "undo": str(outcome.saved[0].batch) if outcome.saved else ""})


def _answer(
    result: str,
    client_id: str,
    names: dict[tuple[UUID, UUID], str],
    mark: Mark | StandingMark | None,
    place_id: UUID,
    part_id: UUID,
) -> dict[str, Any]:
    return {
        "id": client_id,
        "result": result,
        "name": names[place_id, part_id],
        "version": mark.version if mark else 0,
        "status": mark.status if mark else MarkStatus.UNMARKED,
        "missed": mark.missed_minutes if mark else 0,
        "reason": mark.reason if mark else "",
        "told": told(mark) if isinstance(mark, StandingMark) and result == "conflict" else "",
    }


@require_safe
@requires(Permission.MARK_ATTENDANCE)
def register_sheet(request: Request, session_id: UUID) -> HttpResponse:
    """The register as a sheet to print and sign; what is marked already stands in it."""
    session = session_to_mark(request, session_id)
    found = read_register(session)
    rows = [(place, [_on_paper(found.last(place, part)) for part in found.parts]) for place in found.places]
    return render(request, "training/register_sheet.html", {"session": session, "parts": found.parts, "rows": rows})


def _on_paper(mark: StandingMark | None) -> str:
    """How somebody is marked, for a sheet that lies on a table: without the reason, and nothing when nobody marked them."""
    if mark is None or mark.status == MarkStatus.UNMARKED:
        return ""
    status = SHORT.get(mark.status, mark.words)
    return f"{status}, {mark.missed_minutes} minutes" if mark.missed_minutes else status


@require_http_methods(["GET", "POST"])
@requires(Permission.MARK_ATTENDANCE)
def register_file(request: Request, session_id: UUID) -> HttpResponse:
    """Marks from a CSV file: each rejected row with its line and why; the good ones are saved, or none."""
    session = session_to_mark(request, session_id)
    sent = request.method == "POST"
    form = MarksFileForm(
        request.POST if sent else None, request.FILES if sent else None, register=read_register(session)
    )
    if form.is_valid() and (not form.rejected or form.cleaned_data["good_ones"]):
        try:
            because = form.cleaned_data["because"]
            outcome = actions.save_marks(session=session, wanted=form.wanted, by=request.acting, because=because)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _saved_words(outcome))
            if not form.rejected:
                return redirect("attendance_register", session.pk)
    context = {"form": form, "session": session, "rejected": form.rejected}
    return render(request, "training/register_file.html", context)
