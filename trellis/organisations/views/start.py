"""The first page of a new installation, which nobody sees again once there is somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trellis.accounts.models import is_anyone_here
from trellis.accounts.views.sign_in import come_in
from trellis.core.access import public
from trellis.core.operations.starting import start_code_holds
from trellis.core.refusal import Refused
from trellis.organisations.actions.start import start_installation
from trellis.organisations.forms.start import StartCodeForm, StartForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public
def start(request: Any) -> HttpResponse:
    """Ask whoever comes without the link for the code in it."""
    if is_anyone_here():
        raise Http404
    form = StartCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("start_with_code", code=form.cleaned_data["code"])
    return render(request, "organisations/start_code.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public
def start_with_code(request: Any, code: str) -> HttpResponse:
    """A name, an organisation and nothing else."""
    if is_anyone_here() or not start_code_holds(code):
        raise Http404
    form = StartForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "organisations/start.html", {"form": form})
    answers = form.cleaned_data
    try:
        user = start_installation(
            code=code,
            name=answers["name"],
            email=answers["email"],
            password=answers["password"],
            organisation_name=answers["organisation"],
            kind=form.organisation_kind,
            setting_kind=form.setting_kind,
            authority=answers["authority"],
        )
    except Refused as refusal:
        raise Http404 from refusal
    return come_in(request, user=user, password=answers["password"])
