"""Answering an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trellis.accounts.acting import Themselves
from trellis.accounts.models import has_account
from trellis.accounts.sign_on import NEWCOMER, newcomer
from trellis.accounts.views.sign_in import come_in
from trellis.accounts.views.sign_on import come_in_from
from trellis.core.access import public
from trellis.core.refusal import Refused
from trellis.organisations.actions import people as actions
from trellis.organisations.forms.people import JoinBySignOnForm, JoinForm
from trellis.organisations.middleware import ACTING_AS
from trellis.organisations.models import Invitation, Membership, find_invitation
from trellis.organisations.rules.people import why_not_accept

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.sign_on import Identity


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
@public
def accept_invitation(request: Any, token: str) -> HttpResponseBase:
    """The link in the e-mail was opened: by somebody signed in, by somebody with an account, or by somebody new."""
    invitation = find_invitation(token)
    if invitation is None:
        return unusable(request)
    if request.user.is_authenticated:
        return _accept(request, invitation)
    if has_account(invitation.email):
        return render(request, "organisations/invitation_sign_in.html", {"invitation": invitation})
    known = newcomer(request)
    if known and known.email == invitation.email:
        return _join_by_sign_on(request, invitation, known)
    return _join(request, invitation)


def unusable(request: Any) -> HttpResponse:
    """The same kind answer for a link that is used, withdrawn, too old or made up."""
    return render(request, "organisations/invitation_unusable.html", status=404)


def _accept(request: Any, invitation: Invitation) -> HttpResponse:
    """A person who is signed in says yes."""
    here = Membership.objects.of(request.user).live().filter(organisation_id=invitation.organisation_id)
    reason = why_not_accept(
        invitation.state(timezone.now()),
        invited_email=invitation.email,
        own_email=request.user.email,
        belongs_already=here.exists(),
    )
    if request.method == "GET" or reason:
        return render(request, "organisations/invitation_accept.html", {"invitation": invitation, "reason": reason})
    try:
        membership = actions.accept(invitation=invitation, by=Themselves(request.user))
    except Refused:
        return unusable(request)
    request.session[ACTING_AS] = str(membership.pk)
    messages.success(request, f"You belong to {invitation.organisation.name} now.")
    return redirect("home")


def _join(request: Any, invitation: Invitation) -> HttpResponse:
    """Somebody new gives their name and a password, and is in."""
    form = JoinForm(
        request.POST if request.method == "POST" else None, invited=invitation.email, initial={"name": invitation.name}
    )
    if not form.is_valid():
        return render(request, "organisations/invitation_join.html", {"invitation": invitation, "form": form})
    answers = form.cleaned_data
    try:
        user = actions.accept_as_new_person(invitation=invitation, name=answers["name"], password=answers["password"])
    except Refused:
        return unusable(request)
    return come_in(request, user=user, password=answers["password"], shared_device=answers["shared_device"])


def _join_by_sign_on(request: Any, invitation: Invitation, known: Identity) -> HttpResponseBase:
    """Somebody new, of whom the provider of single sign-on said that the address is theirs, gives their name."""
    shared = bool(request.session[NEWCOMER]["shared_device"])
    initial = {"name": known.name or invitation.name}
    form = JoinBySignOnForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return render(
            request, "organisations/invitation_join_by_sign_on.html", {"invitation": invitation, "form": form}
        )
    try:
        user = actions.accept_as_new_person(invitation=invitation, name=form.cleaned_data["name"], password=None)
    except Refused:
        return unusable(request)
    return come_in_from(request, user, known, shared_device=shared)
