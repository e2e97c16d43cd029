"""Asking to use Trellis for a setting, and answering those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.acting import Themselves
from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.access import public, signed_in
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.actions import claims as actions
from trellis.organisations.asking_often import has_asked_too_often
from trellis.organisations.forms.claims import (
    APPROVE,
    PASS_ON,
    AskForm,
    AskForNewForm,
    AskWithoutAccountForm,
    DecideForm,
    InviteSettingForm,
)
from trellis.organisations.models import ClaimRequest, Provider, find_answer
from trellis.organisations.rules.claims import CLAIM_LABELS, ClaimState

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request


@require_http_methods(["GET", "POST"])
@signed_in
def claim_setting(request: Any, provider_id: UUID) -> HttpResponse:
    """Ask for a setting that is in the register."""
    provider = get_object_or_404(Provider.objects.visible_to(request.acting), pk=provider_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_for_setting(provider=provider, by=actor(request), **form.cleaned_data)
            messages.success(request, "We have passed your request on. You will get an e-mail when it is decided.")
            return redirect("your_claims")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "organisations/claim_setting.html", {"form": form, "provider": provider})


@require_http_methods(["GET", "POST"])
@signed_in
def claim_new_setting(request: Any) -> HttpResponse:
    """Ask for a setting that is in no register."""
    form = AskForNewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_for_new_setting(by=actor(request), **form.cleaned_data)
            messages.success(request, "We have passed your request on. You will get an e-mail when it is decided.")
            return redirect("your_claims")
        except Refused as refused:
            form.add_error("name", str(refused))
    return render(request, "organisations/claim_new_setting.html", {"form": form})


@require_safe
@signed_in
def your_claims(request: Any) -> HttpResponse:
    """What a person has asked for, and the answers."""
    own = ClaimRequest.objects.of(request.user).with_everything().order_by("-asked_at", "pk")
    return render(request, "organisations/your_claims.html", {"page": page_of(own, request.GET)})


@require_http_methods(["GET", "POST"])
@public
def ask_for_your_setting(request: Any) -> HttpResponse:
    """Somebody without an account asks. The answer is the same whatever is known of the setting or the address."""
    form = AskWithoutAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if has_asked_too_often(request, form.cleaned_data["email"]):
            return render(request, "organisations/asked_too_often.html", status=429)
        actions.ask_without_account(**form.cleaned_data)
        return redirect("asked_for_your_setting")
    return render(request, "organisations/ask_for_your_setting.html", {"form": form})


@require_safe
@public
def asked_for_your_setting(request: Any) -> HttpResponse:
    """What happens next."""
    return render(request, "organisations/asked_for_your_setting.html")


@require_safe
@never_cache
@public
def claim_answer(request: Any, token: str) -> HttpResponse:
    """Why not, for somebody without an account, who has the link in an e-mail."""
    claim = find_answer(token)
    status = 200 if claim else 404
    return render(request, "organisations/claim_answer.html", {"claim": claim}, status=status)


@require_safe
@requires(Permission.APPROVE_CLAIMS)
def claims(request: Request) -> HttpResponse:
    """Who asks for a setting: those who wait first, `?state=` for those that were answered."""
    state = request.GET.get("state", "")
    state = state if state in set(ClaimState) else ClaimState.ASKED
    rows = ClaimRequest.objects.visible_to(request.acting).filter(state=state).with_everything()
    order = "asked_at" if state == ClaimState.ASKED else "-asked_at"
    context = {"page": page_of(rows.order_by(order, "pk"), request.GET), "state": state, "states": CLAIM_LABELS}
    context["kept_days"] = settings.ENVIRONMENT.keep_refused_claims_days
    return render(request, "organisations/claims.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_CLAIMS)
def decide_claim(request: Request, claim_id: UUID) -> HttpResponse:
    """Say yes, or no with a reason; or pass it on to those who decide about the setting that it turns out to mean."""
    claim = get_object_or_404(ClaimRequest.objects.visible_to(request.acting).with_everything(), pk=claim_id)
    provider = actions.provider_of(claim)
    for_others = actions.who_else_decides(provider, request.acting)
    form = DecideForm(request.POST if request.method == "POST" else None, for_others=for_others)
    if form.is_valid():
        try:
            return _decided(request, claim, form)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("decide_claim", claim_id)
    context = {"form": form, "claim": claim, "provider": provider, "for_others": for_others}
    return render(request, "organisations/decide_claim.html", context)


def _decided(request: Request, claim: ClaimRequest, form: DecideForm) -> HttpResponse:
    """Do what was decided. Raises `Refused`."""
    if form.cleaned_data["decision"] == APPROVE:
        setting = actions.approve_claim(claim=claim, by=request.acting)
        messages.success(request, f"{setting.name} uses Trellis now. We have written to {claim.person}.")
    elif form.cleaned_data["decision"] == PASS_ON:
        actions.pass_on_claim(claim=claim, by=request.acting)
        messages.success(request, "We have passed the request on, and told those who decide.")
    else:
        actions.refuse_claim(claim=claim, reason=form.cleaned_data["reason"], by=request.acting)
        messages.success(request, f"We have told {claim.person} why not.")
    return redirect("claims")


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_CLAIMS)
def invite_setting(request: Request, provider_id: UUID) -> HttpResponse:
    """Invite the first person of a setting in the register."""
    provider = get_object_or_404(
        Provider.objects.visible_to(request.acting).looked_after_by(request.acting), pk=provider_id
    )
    form = InviteSettingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.invite_setting(provider=provider, by=request.acting, **form.cleaned_data)
            messages.success(request, f"We have sent an invitation to {form.cleaned_data['email']}.")
            return redirect("find_setting")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "organisations/invite_setting.html", {"form": form, "provider": provider})


def actor(request: Any) -> Acting | Themselves:
    """As whom a signed-in person asks: for an organisation, or, belonging to none yet, for themselves."""
    return request.acting or Themselves(request.user)
