"""The first page after signing in: it belongs to the kind of organisation that somebody acts for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trellis.accounts.second_step import second_step_done
from trellis.core.access import signed_in
from trellis.organisations.first_pages import beside, first_page, first_page_of
from trellis.organisations.models import ClaimRequest, OrganisationKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Acting


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in, by the kind of organisation."""
    acting: Acting | None = request.acting  # type: ignore[attr-defined]
    request.beside = beside(request.user, acting)  # type: ignore[attr-defined]
    if acting is None:
        waiting = ClaimRequest.objects.of(request.user).open().with_everything().order_by("-asked_at")  # type: ignore[arg-type]
        return render(request, "organisations/no_organisation.html", {"claims": waiting})
    if acting.needs_second_step and not second_step_done(request):
        return redirect("second_step")
    return first_page_of(acting.organisation_kind)(request)


@first_page(OrganisationKind.GROUP)
def group_home(_request: HttpRequest) -> HttpResponse:
    """Whoever looks after a group begins with its settings."""
    return redirect("group_settings")


@first_page(OrganisationKind.OPERATOR)
def operator_home(_request: HttpRequest) -> HttpResponse:
    """Whoever keeps the installation running begins with the organisations."""
    return redirect("all_organisations")
