"""Who belongs to the organisation, and who is invited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import ANSWERABLE, Permission, Role, may_invite
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.actions import people as actions
from trellis.organisations.forms.people import InvitePersonForm, RoleForm
from trellis.organisations.models import ROLES_IN, Invitation, Membership
from trellis.organisations.rules.people import why_not_change_role, why_not_end

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request


@require_safe
@requires(Permission.SEE_PEOPLE)
def people(request: Request) -> HttpResponse:
    """Everyone who belongs here; for those who invite, also who has been invited."""
    acting = request.acting
    members = Membership.objects.visible_to(acting).live().select_related("user").order_by("user__name", "pk")
    page = page_of(members, request.GET)
    invited = Invitation.objects.visible_to(acting).unanswered().select_related("invited_by").order_by("name", "pk")
    context = {
        "page": page,
        "lines": lines_of(page.rows, acting),
        "invited": invited[:100] if acting.may(Permission.INVITE_PEOPLE) else [],
        "may_invite": may_invite(acting.role),
        "now": timezone.now(),
    }
    return render(request, "organisations/people.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE_PEOPLE)
def invite_person(request: Request) -> HttpResponse:
    """Invite somebody."""
    form = InvitePersonForm(request.POST if request.method == "POST" else None, roles=roles_to_give(request.acting))
    if form.is_valid():
        answers = form.cleaned_data
        try:
            actions.invite(email=answers["email"], name=answers["name"], role=form.role, by=request.acting)
            messages.success(request, f"We have sent an invitation to {answers['email']}.")
            return redirect("people")
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return render(request, "organisations/people_invite.html", {"form": form})


@require_POST
@requires(Permission.INVITE_PEOPLE)
def resend_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Send it again."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.acting).unanswered(), pk=invitation_id)
    try:
        actions.resend(invitation=invitation, by=request.acting)
        messages.success(request, f"We have sent the invitation to {invitation.email} again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people")


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE_PEOPLE)
def withdraw_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Take it back."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.acting).unanswered(), pk=invitation_id)
    if request.method == "GET":
        return render(request, "organisations/invitation_withdraw.html", {"invitation": invitation})
    try:
        actions.withdraw(invitation=invitation, by=request.acting)
        messages.success(request, f"The invitation to {invitation.email} is withdrawn.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("people")


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE_PEOPLE)
def change_role(request: Request, membership_id: UUID) -> HttpResponse:
    """Give somebody another role."""
    membership = get_object_or_404(Membership.objects.visible_to(request.acting).live(), pk=membership_id)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        roles=roles_to_give(request.acting),
        initial={"role": membership.role},
    )
    if form.is_valid():
        try:
            actions.change_role(membership=membership, role=form.cleaned_data["role"], by=request.acting)
            messages.success(request, f"{membership.user.name} has another role now.")
            return redirect("people")
        except Refused as refusal:
            form.add_error("role", str(refusal))
    return render(request, "organisations/people_role.html", {"form": form, "membership": membership})


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_PEOPLE)
def end_membership(request: Request, membership_id: UUID) -> HttpResponse:
    """Say goodbye to somebody, or leave."""
    membership = get_object_or_404(Membership.objects.visible_to(request.acting).live(), pk=membership_id)
    leaving = membership.user_id == request.user.pk
    if request.method == "GET":
        return render(request, "organisations/people_end.html", {"membership": membership, "leaving": leaving})
    try:
        actions.end_membership(membership=membership, by=request.acting)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people")
    messages.success(request, "You have left." if leaving else f"{membership.user.name} does not belong here any more.")
    return redirect("account" if leaving else "people")


@dataclass(frozen=True)
class Line:
    """One person in the list, and what whoever reads it can do about them."""

    membership: Membership
    is_self: bool
    may_change: bool
    may_end: bool


def lines_of(memberships: Iterable[Membership], acting: Acting) -> list[Line]:
    """The lines of the list. What the rules refuse is not offered."""
    answerable = Membership.objects.visible_to(acting).live().answerable().count()
    return [_line(membership, acting, answerable) for membership in memberships]


def _line(membership: Membership, acting: Acting, answerable: int) -> Line:
    role, is_self = Role(membership.role), membership.user_id == acting.user.pk
    others = answerable - (role in ANSWERABLE)
    refusals = [
        why_not_change_role(acting.role, old=role, new=each, is_self=is_self, others_answerable=others)
        for each in roles_to_give(acting)
    ]
    may_end = not why_not_end(acting.role, role, is_self=is_self, others_answerable=others)
    return Line(membership, is_self, may_change=None in refusals, may_end=may_end)


def roles_to_give(acting: Acting) -> list[Role]:
    """The roles that a person can invite to their organisation, in the order of the policy."""
    return [role for role in ROLES_IN[acting.organisation_kind] if role in may_invite(acting.role)]
