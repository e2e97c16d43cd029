"""What settings have released to the person or their team; every reading is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.files import file_response
from trellis.core.paging import page_of
from trellis.review import actions
from trellis.review.actions.release import readable
from trellis.review.models import Release, ReleaseReading
from trellis.review.released import file_in, released_paper
from trellis.review.views.report import paper_response

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request

LISTED = (
    "released_at",
    "purpose",
    "until",
    "to_user_id",
    "withdrawn_at",
    "ended_at",
    "organisation__name",
    "released_by__name",
)


@require_safe
@requires(Permission.SEE_RELEASED)
def released(request: Request) -> HttpResponse:
    """What was released, the newest first: what is new to the person, of which term, by whom; what is over says so."""
    rows = Release.objects.visible_to(request.acting).as_listed_for(request.acting).newest_first()
    page = page_of(rows.select_related("organisation", "released_by").only(*LISTED), request.GET)
    today = timezone.localdate()
    lines = [(release, release.state(today)) for release in page.rows]
    return render(request, "review/released.html", {"page": page, "lines": lines})


@require_safe
@requires(Permission.SEE_RELEASED)
def show_released(request: Request, release_id: UUID) -> HttpResponse:
    """The copy, as it was released; or that it was withdrawn."""
    release = _release_or_404(request, release_id)
    if readable(release):
        actions.note_reading(release=release, what="page", by=request.acting)
    readings = ReleaseReading.objects.visible_to(request.acting).filter(release=release).select_related("by")
    context = {"release": release, "readable": readable(release), "page": page_of(readings, request.GET)}
    return render(request, "review/show_released.html", context | {"copy": release.content})


def _release_or_404(request: Request, release_id: UUID) -> Release:
    found = Release.objects.visible_to(request.acting).select_related("organisation", "to_user", "to_organisation")
    return get_object_or_404(found, pk=release_id)


@require_safe
@requires(Permission.SEE_RELEASED)
def released_as_paper(request: Request, release_id: UUID, kind: str) -> HttpResponseBase:
    """The copy as PDF or Word."""
    release = _release_or_404(request, release_id)
    if not readable(release):
        raise Http404
    response = paper_response(released_paper(release, on=timezone.localdate()), kind)
    actions.note_reading(release=release, what="paper", by=request.acting)
    return response


@require_safe
@requires(Permission.SEE_RELEASED)
def released_file(request: Request, release_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file that went with the evidence. Who took it is in the audit, too."""
    release = _release_or_404(request, release_id)
    file = file_in(release, file_id)
    if file is None or not readable(release):
        raise Http404
    actions.note_reading(release=release, what="file", by=request.acting)
    return file_response(file, by=request.acting)
