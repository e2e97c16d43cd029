"""An authority asks many settings to review themselves; a setting answers, or says no thanks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.campaigns import progress_of
from trellis.review.forms.campaign import CampaignForm, NamedForm
from trellis.review.models import Campaign, CampaignInvitation, Framework, Round
from trellis.review.rules.campaign import why_not_remind
from trellis.review.rules.rounds import period_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.accounts.acting import Request

SUGGESTED = timedelta(days=90)


@require_safe
@requires(Permission.SEE_POOLED)
def campaigns(request: Request) -> HttpResponse:
    """What the authority has asked of settings, the newest first."""
    rows = Campaign.objects.visible_to(request.acting).order_by("-opened_at", "pk").select_related("framework")
    page = page_of(rows.defer("framework__content"), request.GET)
    return render(request, "review/campaigns.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_CAMPAIGNS)
def open_campaign(request: Request) -> HttpResponse:
    """Ask settings."""
    today = timezone.localdate()
    earlier = Campaign.objects.visible_to(request.acting).over(today).order_by("-opened_at")
    form = CampaignForm(
        request.POST if request.method == "POST" else None,
        frameworks=Framework.objects.visible_to(request.acting).on_offer(),
        earlier=earlier,
        period=period_of(today),
        until=today + SUGGESTED,
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("framework", "period", "message", "until")}
        try:
            campaign = actions.open_campaign(selection=form.selection, by=request.acting, **said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "The settings are asked by e-mail, and those that have not started see it on their first page"
            )
            return redirect(campaign)
    return render(request, "review/open_campaign.html", {"form": form})


@require_safe
@requires(Permission.SEE_POOLED)
def show_campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """How many have started and finished, as far as that can be told; and who said that they take part."""
    campaign = _campaign_or_404(request, campaign_id)
    named = CampaignInvitation.objects.visible_to(request.acting).filter(campaign=campaign)
    page = page_of(named.select_related("organisation").order_by("organisation__name", "pk"), request.GET)
    context: dict[str, Any] = {"campaign": campaign, "progress": progress_of(campaign), "page": page}
    return render(request, "review/show_campaign.html", context | {"refused": _why_not_remind(request, campaign)})


def _campaign_or_404(request: Request, campaign_id: UUID) -> Campaign:
    found = Campaign.objects.visible_to(request.acting).select_related(
        "framework", "opened_by", "reminded_by", "follows"
    )
    return get_object_or_404(found.defer("framework__content"), pk=campaign_id)


def _why_not_remind(request: Request, campaign: Campaign) -> str | None:
    over, may = campaign.until < timezone.localdate(), request.acting.may(Permission.RUN_CAMPAIGNS)
    return why_not_remind(reminded=campaign.reminded_at is not None, over=over, may=may)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_CAMPAIGNS)
def remind_campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """Make sure, then remind those that have not started."""
    campaign = _campaign_or_404(request, campaign_id)
    if request.method == "POST":
        try:
            actions.remind_campaign(campaign=campaign, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Those that have not started are reminded")
        return redirect(campaign)
    context = {"campaign": campaign, "refused": _why_not_remind(request, campaign)}
    return render(request, "review/remind_campaign.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def show_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """What the authority asks of the setting; what it learns; whether it may know who takes part."""
    invitation = _invitation_or_404(request, invitation_id)
    data = request.POST if request.method == "POST" else None
    form = NamedForm(data, initial={"named": invitation.may_be_named})
    if form.is_valid():
        try:
            actions.let_be_named(invitation=invitation, named=form.cleaned_data["named"], by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Saved")
        return redirect("show_invitation", invitation_id)
    campaign = invitation.campaign
    rounds = Round.objects.visible_to(request.acting).filter(framework=campaign.framework_id).newest_first()
    over = campaign.until < timezone.localdate()
    context = {"invitation": invitation, "campaign": campaign, "form": form, "round": rounds.first(), "over": over}
    return render(request, "review/show_invitation.html", context)


def _invitation_or_404(request: Request, invitation_id: UUID) -> CampaignInvitation:
    found = CampaignInvitation.objects.visible_to(request.acting).with_progress()
    found = found.select_related("campaign__organisation", "campaign__framework", "declined_by")
    return get_object_or_404(found.defer("campaign__framework__content"), pk=invitation_id)


@require_POST
@requires(Permission.LEAD_REVIEW)
def decline_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Say no thanks."""
    invitation = _invitation_or_404(request, invitation_id)
    try:
        actions.decline_invitation(invitation=invitation, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "You have said no thanks. Nobody at your authority sees that it was you")
    return redirect("home")


def asked_for(request: Request) -> CampaignInvitation | None:
    """The invitation that the address of a page names, when it is the setting’s own."""
    try:
        wanted = UUID(request.GET.get("asked", ""))
    except ValueError:
        return None
    found = CampaignInvitation.objects.visible_to(request.acting).select_related("campaign")
    return found.filter(pk=wanted).first()
