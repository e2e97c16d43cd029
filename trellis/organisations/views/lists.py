"""The settings of an authority and of a group, and every organisation: places, and nothing of their work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.actions import organisation as actions
from trellis.organisations.forms.lists import AddOrganisationForm, OrganisationsForm, SettingsForm
from trellis.organisations.models import Organisation, OrganisationKind, Provider
from trellis.organisations.searching import find_providers

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request
    from trellis.core.paging import Page

LISTED = ("number", "name", "kind", "town", "postcode")


@require_safe
@requires(Permission.SEE_AUTHORITY_SETTINGS)
def authority_settings(request: Request) -> HttpResponse:
    """The register’s settings in the authority, or those of them that use Trellis. Never what they do with it."""
    form = SettingsForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {"form": form, "on_trellis": answers.get("show") == SettingsForm.ON_TRELLIS}
    if context["on_trellis"]:
        context["page"] = settings_on_trellis(request, answers)
    else:
        context["page"] = settings_of_the_register(request, answers)
    return render(request, "organisations/authority_settings.html", context)


def settings_of_the_register(request: Request, answers: dict[str, Any]) -> Page[Provider]:
    """A page of the register in the authority, by name."""
    rows = Provider.objects.visible_to(request.acting).in_authority(request.acting.authority_id).listed()
    rows = rows.only(*LISTED).annotate(on_trellis=F("organisation__pk"))
    if answers.get("kind"):
        rows = rows.filter(kind=answers["kind"])
    if answers.get("name"):
        return find_providers(answers["name"], rows, request.GET).page
    return page_of(rows.by_name(), request.GET)


def settings_on_trellis(request: Request, answers: dict[str, Any]) -> Page[Organisation]:
    """A page of the settings of the authority that use Trellis, also those that are in no register."""
    rows = Organisation.objects.visible_to(request.acting).filter(kind=OrganisationKind.SETTING)
    if answers.get("kind"):
        rows = rows.filter(setting_kind=answers["kind"])
    if answers.get("name"):
        rows = rows.filter(name__icontains=answers["name"])
    return page_of(rows.select_related("provider").order_by("name", "pk"), request.GET)


@require_safe
@requires(Permission.SEE_ORGANISATIONS)
def all_organisations(request: Request) -> HttpResponse:
    """Every organisation on this installation and how many people belong to it."""
    form = OrganisationsForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = Organisation.objects.visible_to(request.acting).select_related("authority")
    if answers.get("kind"):
        rows = rows.filter(kind=answers["kind"])
    if answers.get("name"):
        rows = rows.filter(name__icontains=answers["name"])
    page = page_of(rows.order_by("name", "pk"), request.GET)
    context = {"form": form, "page": page, "people": people_in(request, page)}
    return render(request, "organisations/all_organisations.html", context)


def people_in(request: Request, page: Page[Organisation]) -> dict[UUID, int]:
    """How many people belong to each organisation of a page: one query."""
    rows = Organisation.objects.visible_to(request.acting).filter(pk__in=[row.pk for row in page.rows])
    return dict(rows.values_list("pk").annotate(n=Count("memberships", filter=Q(memberships__ended_at__isnull=True))))


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_ORGANISATIONS)
def add_organisation(request: Request) -> HttpResponse:
    """Add a group of settings, a local authority or a training centre, and invite who leads it."""
    form = AddOrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_organisation(by=request.acting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("authority", str(refusal))
        else:
            messages.success(request, f"We have sent an invitation to {form.cleaned_data['email']}.")
            return redirect("all_organisations")
    return render(request, "organisations/add_organisation.html", {"form": form})
