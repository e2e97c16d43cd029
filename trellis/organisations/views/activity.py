"""Who did what: the audit of an organisation as its own people read it, and that of the installation itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.models import has_left
from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.accounts.rules import FORMER
from trellis.core.exports import Column, Table, csv_response, xlsx_response
from trellis.core.models import AuditEvent
from trellis.organisations.rules.activity import in_words
from trellis.organisations.rules.activity_details import details

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.core.exports import Cell
    from trellis.core.models.audit import AuditEventQuerySet

SHOWN = 50


@require_safe
@requires(Permission.SEE_ACTIVITY)
def activity(request: Request) -> HttpResponse:
    """What was done in the organisation, the newest first."""
    return _page(request, AuditEvent.objects.visible_to(request.acting), "organisations/activity.html")


@require_safe
@requires(Permission.SEE_ACTIVITY)
def export_activity(request: Request, kind: str) -> HttpResponseBase:
    """The whole of it, as CSV or Excel."""
    return _file(kind, AuditEvent.objects.visible_to(request.acting), request.acting.organisation_name)


@require_safe
@requires(Permission.SEE_OPERATIONS)
def operations_activity(request: Request) -> HttpResponse:
    """What was done for no organisation: reference data, the register, requests of people without an account."""
    events = AuditEvent.objects.visible_to(request.acting, installation=True)
    return _page(request, events, "organisations/operations_activity.html")


@require_safe
@requires(Permission.SEE_OPERATIONS)
def export_operations_activity(request: Request, kind: str) -> HttpResponseBase:
    """The whole of that, as CSV or Excel."""
    return _file(kind, AuditEvent.objects.visible_to(request.acting, installation=True), settings.INSTALLATION_NAME)


def _page(request: Request, events: AuditEventQuerySet, template: str) -> HttpResponse:
    """One page of events, the newest first; `?before=` is the number of the event to go on from."""
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        events = events.filter(number__lt=int(before))
    found = list(events.newest_first().annotate(has_left=has_left("actor_id"))[: SHOWN + 1])
    context = {
        "lines": [(event, _who(event), in_words(event.verb), details(event.change)) for event in found[:SHOWN]],
        "older": found[SHOWN - 1].number if len(found) > SHOWN else None,
        "first": not before,
    }
    return render(request, template, context)


def _file(kind: str, events: AuditEventQuerySet, whose: str) -> HttpResponseBase:
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
    return makers[kind](Table("Activity", whose, columns, _rows(events)), timezone.localdate())


def _rows(events: AuditEventQuerySet) -> Iterator[list[Cell]]:
    for event in events.newest_first().annotate(has_left=has_left("actor_id")).iterator(chunk_size=2000):
        when = timezone.localtime(event.at).replace(tzinfo=None)
        what = [in_words(event.verb), details(event.change)]
        yield [event.number, when, _who(event), event.acting_as, *what, event.address]


def _who(event: Any) -> str:
    """Who did it, as pages say it: no more than that it was a colleague, once they have deleted their account."""
    return FORMER if event.has_left else str(event.actor_name)
