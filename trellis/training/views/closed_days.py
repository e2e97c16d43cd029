"""Days on which no session is held: those to come, closing more of them, taking some out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.organisations.models import LocalAuthority
from trellis.training import actions
from trellis.training.forms.closed_days import ClosureForm
from trellis.training.models import ClosedDay, Programme
from trellis.training.models.closed_day import CENTRE, ENGLAND
from trellis.training.rules.closed_days import closures

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request
    from trellis.training.rules.closed_days import Closure

Choice = tuple[str, str]


def _may_change(acting: Acting) -> list[Choice]:
    """Whose days somebody may change: the authorities of their programmes, and their centre’s or England’s."""
    england = acting.may(Permission.SEE_ORGANISATIONS)
    found = LocalAuthority.objects.of_today()
    if not england:
        found = found.filter(pk__in=Programme.objects.visible_to(acting).values("authorities"))
    authorities = [(str(each.pk), each.name) for each in found.order_by("name")]
    return [(ENGLAND, "Bank holidays of England") if england else (CENTRE, acting.organisation_name), *authorities]


def _as_holidays(rows: list[ClosedDay], ours: set[UUID]) -> list[tuple[Closure, ClosedDay, bool]]:
    """Closed days as holidays, each with its first day and whether it can be taken out; what can and cannot stay apart."""
    found = []
    for can in (True, False):
        by_day = {each.on: each for each in rows if (each.pk in ours) is can}
        stretches = closures((each.on, each.name) for each in by_day.values())
        found += [(each, by_day[each.first], can) for each in stretches]
    return sorted(found, key=lambda each: each[0].first)


@require_safe
@requires(Permission.CHANGE_CLOSED_DAYS)
def closed_days(request: Request) -> HttpResponse:
    """The closed days to come of England, of one authority or of one’s own centre, as holidays."""
    acting = request.acting
    changes = _may_change(acting)
    choices = changes if changes[0][0] == ENGLAND else [(ENGLAND, "Bank holidays of England"), *changes]
    whose = request.GET.get("of", "")
    whose = whose if whose in dict(choices) else changes[0][0]
    rows = list(ClosedDay.objects.visible_to(acting).whose(whose).filter(on__gte=timezone.localdate()).order_by("on"))
    may_change = whose in dict(changes)
    theirs = ClosedDay.objects.visible_to(acting).changed_by(acting).whose(whose)
    ours = set(theirs.values_list("pk", flat=True)) if may_change else set()
    context = {
        "choices": choices,
        "whose": whose,
        "whose_words": dict(choices)[whose],
        "closures": _as_holidays(rows, ours),
        "may_change": may_change,
    }
    return render(request, "training/closed_days.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_CLOSED_DAYS)
def add_closure(request: Request) -> HttpResponse:
    """Close days."""
    data = request.POST if request.method == "POST" else None
    form = ClosureForm(data, whose=_may_change(request.acting), chosen=request.GET.get("of", ""))
    if form.is_valid():
        try:
            count = actions.add_closure(by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("first", str(refused))
        else:
            messages.success(request, f"{count} {'day is' if count == 1 else 'days are'} closed")
            return redirect(f"{reverse('closed_days')}?of={form.cleaned_data['whose']}")
    return render(request, "training/add_closure.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_CLOSED_DAYS)
def remove_closure(request: Request, closed_day_id: UUID) -> HttpResponse:
    """Make sure, then take out a holiday from one of its days on."""
    acting = request.acting
    closed_day = get_object_or_404(ClosedDay.objects.visible_to(acting), pk=closed_day_id)
    whose = actions.whose_of(closed_day)
    theirs = ClosedDay.objects.visible_to(acting).changed_by(acting)
    if whose not in dict(_may_change(acting)) or not theirs.filter(pk=closed_day.pk).exists():
        raise PermissionDenied
    back = f"{reverse('closed_days')}?of={whose}"
    if request.method == "POST":
        try:
            count = actions.remove_closure(closed_day=closed_day, by=acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{count} {'day is' if count == 1 else 'days are'} open again")
        return redirect(back)
    closure = actions.closure_of(closed_day, theirs)
    return render(request, "training/remove_closure.html", {"closure": closure, "back": back})
