"""What authorities owe: the list by due day, one of them, a new one, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.cohort import BecauseForm
from trellis.training.forms.learner import DutyForm, WhichCohortForm
from trellis.training.models import Cohort, Duty, DutyStatus, Programme
from trellis.training.rules.duties import DUTY_MOVE_LABELS, DUTY_MOVES, due_words, from_when, waits_for_its_cohort

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_DUTIES)
def duties(request: Request) -> HttpResponse:
    """Second cohorts that are owed, the soonest due first; those met or excused on demand."""
    today = timezone.localdate()
    show_all = request.GET.get("show") == "all"
    rows = Duty.objects.visible_to(request.acting).select_related("programme", "authority", "cohort")
    rows = rows if show_all else rows.owed()
    page = page_of(rows.order_by("due_on", "pk"), request.GET)
    when = {duty.pk: due_words(duty.due_on, today, duty.status) for duty in page.rows}
    return render(request, "training/duties.html", {"page": page, "when": when, "show_all": show_all})


@require_safe
@requires(Permission.SEE_DUTIES)
def show_duty(request: Request, duty_id: UUID) -> HttpResponse:
    """One second cohort that is owed: since when, until when, where it stands; later cohorts there and who pays them."""
    duty = _duty_or_404(request, duty_id)
    cohorts = Cohort.objects.visible_to(request.acting).filter(programme=duty.programme, authority=duty.authority)
    own = duty.programme.centre_id == request.acting.organisation_id
    context = {
        "duty": duty,
        "when": due_words(duty.due_on, timezone.localdate(), duty.status),
        "cohorts": cohorts.order_by("starts_on", "pk"),
        "moves": _moves(request, duty) if own and request.acting.may(Permission.RUN_PROGRAMMES) else [],
    }
    return render(request, "training/show_duty.html", context)


def _moves(request: Request, duty: Duty) -> list[tuple[str, str, str]]:
    """Where a duty can go, how that is called, and from when on, where that is not yet."""
    cohort = duty.cohort or (_can_meet(request, duty).first() if duty.status == DutyStatus.PROMISED else None)
    stands = cohort.status if cohort else ""
    found = []
    for to in DUTY_MOVES[duty.status]:
        when = ""
        if waits_for_its_cohort(to=to, cohort=stands):
            when = from_when(to=to, cohort=stands)
            if cohort:
                when = from_when(to=to, cohort=stands, title=cohort.title, first=cohort.first, last=cohort.last)
        found.append((to, DUTY_MOVE_LABELS[duty.status, to], when))
    return found


def _can_meet(request: Request, duty: Duty) -> QuerySet[Cohort]:
    """The cohorts that can meet a duty: neither cancelled nor the first there."""
    there = Cohort.objects.visible_to(request.acting).filter(programme=duty.programme, authority=duty.authority)
    first = there.begun_in(duty.programme_id, duty.authority_id).first()
    later = there.exclude(pk=first.pk) if first else there
    return later.exclude(status="cancelled").order_by("starts_on", "pk")


def _duty_or_404(request: Request, duty_id: UUID) -> Duty:
    found = Duty.objects.visible_to(request.acting).select_related("programme", "authority", "cohort")
    return get_object_or_404(found, pk=duty_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def add_duty(request: Request) -> HttpResponse:
    """Note that an authority owes a second cohort."""
    programmes = Programme.objects.visible_to(request.acting).order_by("title")
    form = DutyForm(request.POST if request.method == "POST" else None, programmes=programmes)
    if form.is_valid():
        try:
            duty = actions.add_duty(by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("authority", str(refused))
        else:
            messages.success(request, "The duty is noted")
            return redirect(duty)
    return render(request, "training/add_duty.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def move_duty(request: Request, duty_id: UUID, to: str) -> HttpResponse:
    """Say where a duty stands: with which cohort, or why the authority is excused."""
    duty = _duty_or_404(request, duty_id)
    if duty.programme.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    if (duty.status, to) not in DUTY_MOVE_LABELS:
        return redirect(duty)
    data = request.POST if request.method == "POST" else None
    form: WhichCohortForm | BecauseForm | None = None
    if to == DutyStatus.PLANNED and duty.status == DutyStatus.PROMISED:
        form = WhichCohortForm(data, cohorts=_can_meet(request, duty))
    elif to == DutyStatus.EXCUSED:
        form = BecauseForm(data)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            actions.move_duty(duty=duty, to=to, by=request.acting, **(form.cleaned_data if form else {}))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Noted")
        return redirect(duty)
    context = {"duty": duty, "form": form, "words": DUTY_MOVE_LABELS[duty.status, to]}
    return render(request, "training/move_duty.html", context)
