"""Who did what in the organisation: the audit, as its own people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.exports import Column, Table, csv_response, xlsx_response
from trellis.core.models import AuditEvent
from trellis.organisations.rules.activity import details, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.core.exports import Cell

SHOWN = 50


@require_safe
@requires(Permission.SEE_ACTIVITY)
def activity(request: Request) -> HttpResponse:
    """What was done, the newest first; `?before=` is the number of the event to go on from."""
    before = request.GET.get("before", "")
    events = AuditEvent.objects.visible_to(request.acting).newest_first()
    if before.isdecimal() and len(before) < 16:
        events = events.filter(number__lt=int(before))
    found = list(events[: SHOWN + 1])
    context = {
        "lines": [(event, in_words(event.verb), details(event.change)) for event in found[:SHOWN]],
        "older": found[SHOWN - 1].number if len(found) > SHOWN else None,
        "first": not before,
    }
    return render(request, "organisations/activity.html", context)


@require_safe
@requires(Permission.SEE_ACTIVITY)
def export_activity(request: Request, kind: str) -> HttpResponseBase:
    """The whole of it, as CSV or Excel."""
    makers = {"csv": csv_response, "xlsx": xlsx_response}
    if kind not in makers:
        raise Http404
    columns = [
        Column("Number", "number", width=10),
        Column("When", "date", width=20),
        Column("Who", width=24),
        Column("As", width=36),
        Column("What", width=36),
        Column("Details", width=50),
        Column("From", width=18),
    ]
    table = Table("Activity", request.acting.organisation_name, columns, _rows(request))
    return makers[kind](table, timezone.localdate())


def _rows(request: Request) -> Iterator[list[Cell]]:
    for event in AuditEvent.objects.visible_to(request.acting).newest_first().iterator(chunk_size=2000):
        when = timezone.localtime(event.at).replace(tzinfo=None)
        what = [in_words(event.verb), details(event.change)]
        yield [event.number, when, event.actor_name, event.acting_as, *what, event.address]
